// Views by name: arguments as an object or in order, a block at the end, results as JSON.
#include <map>

#include "rpc/assay/assay_api.hpp"

namespace assay::rpc {

namespace {

constexpr std::string_view kPrefix = "assay_";
// The member of named arguments that says at which block to ask.
constexpr const char* kBlock = "block";

// The view's arguments by name, and the block to ask at.
struct Question {
    rapidjson::Document arguments{rapidjson::kObjectType};
    BlockRef block;
};

Rpc<BlockRef> block_of(const JsonValue& value) {
    if (value.IsNull()) return BlockRef{};
    const auto ref = read_block_ref(value);
    if (!ref) return invalid_params("block: " + ref.error().message);
    return *ref;
}

void copy_member(rapidjson::Document& to, std::string_view name, const JsonValue& value) {
    auto& memory = to.GetAllocator();
    to.AddMember(JsonValue(name.data(), static_cast<rapidjson::SizeType>(name.size()), memory),
                 JsonValue(value, memory), memory);
}

bool has_input(const abi::Function& view, std::string_view name) {
    for (const auto& input : view.inputs)
        if (input.name == name) return true;
    return false;
}

Rpc<Question> by_name(const abi::Function& view, const JsonValue& params) {
    Question out;
    for (const auto& member : params.GetObject()) {
        if (text_of(member.name) == kBlock && !has_input(view, kBlock)) {
            const auto ref = block_of(member.value);
            if (!ref) return ref.error();
            out.block = *ref;
        } else {
            copy_member(out.arguments, text_of(member.name), member.value);
        }
    }
    return out;
}

Rpc<Question> by_position(const abi::Function& view, const JsonValue& params) {
    const auto count = static_cast<rapidjson::SizeType>(view.inputs.size());
    if (params.Size() > count + 1)
        return invalid_params("too many arguments, want at most " + std::to_string(count) +
                              " and a block");
    Question out;
    for (rapidjson::SizeType i = 0; i < count && i < params.Size(); ++i)
        copy_member(out.arguments, view.inputs[i].name, params[i]);
    if (params.Size() > count) {
        const auto ref = block_of(params[count]);
        if (!ref) return ref.error();
        out.block = *ref;
    }
    return out;
}

Outcome ask(const EthApi& api, const ViewEntry& view, Call& call) {
    const JsonValue none(rapidjson::kArrayType);
    const JsonValue& params = call.params == nullptr ? none : *call.params;
    const auto question =
        params.IsObject() ? by_name(view.function, params) : by_position(view.function, params);
    if (!question) return question.error();
    const auto asked = view.from_json(question->arguments);
    if (!asked) return invalid_params(asked.error().message);
    const auto at = api.blocks.state(question->block);
    if (!at) return at.error();
    const Caller caller(api.backend, *at);
    const auto done = (*asked)->answer(caller.state(), caller.block(), call.out);
    if (!done) return revert_error(refused_call(done.error().message));
    return Done{};
}

std::string json_type_of(const std::string& abi_type) {
    if (abi_type.ends_with("]")) return "array";
    if (abi_type == "bool") return "boolean";
    return abi_type.starts_with("tuple") ? "object" : "string";
}

std::vector<MethodParam> params_of(const abi::Function& view) {
    std::vector<MethodParam> out;
    for (const auto& input : view.inputs)
        out.push_back({.name = input.name, .type = json_type_of(input.type)});
    out.push_back({.name = kBlock, .type = "string", .required = false});
    return out;
}

}  // namespace

std::vector<ViewMethod> view_methods(const Registry& registry) {
    std::map<std::string, unsigned> owners;
    for (const auto& module : registry.modules())
        for (const auto& view : module.views) ++owners[view.function.name];
    std::vector<ViewMethod> out;
    for (const auto& module : registry.modules())
        for (const auto& view : module.views) {
            const std::string& name = view.function.name;
            const std::string full = std::string(module.name) + "_" + name;
            out.push_back({std::string(kPrefix) + full, module.name, &view, false});
            if (owners[name] == 1)
                out.push_back({std::string(kPrefix) + name, module.name, &view, true});
        }
    return out;
}

void add_view_methods(Dispatcher& dispatcher, const EthApi& api) {
    for (const auto& method : view_methods(api.backend.registry)) {
        const ViewEntry& view = *method.view;
        dispatcher.add({.name = method.name,
                        .summary = "View " + view.function.signature + " of module " +
                                   std::string(method.module),
                        .params = params_of(view.function)},
                       [&api, &view](Call& call) { return ask(api, view, call); });
    }
}

void add_assay_methods(Dispatcher& dispatcher, const EthApi& api) {
    add_chain_methods(dispatcher, api);
    add_view_methods(dispatcher, api);
}

}  // namespace assay::rpc
