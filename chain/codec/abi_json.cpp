// The ABI as JSON.
#include "chain/codec/abi_json.hpp"

#include "chain/codec/abi.hpp"

namespace assay::abi {

namespace {

struct Refused {
    std::uint16_t code = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (code, name))

void write_pair(JsonWriter& out, const char* key, const std::string& value) {
    out.Key(key);
    out.String(value);
}

void write_param(JsonWriter& out, const Param& param, bool in_event) {
    out.StartObject();
    write_pair(out, "name", param.name);
    write_pair(out, "type", param.type);
    if (!param.internal_type.empty()) write_pair(out, "internalType", param.internal_type);
    if (in_event) {
        out.Key("indexed");
        out.Bool(param.indexed);
    }
    if (!param.components.empty()) {
        out.Key("components");
        out.StartArray();
        for (const auto& component : param.components) write_param(out, component, false);
        out.EndArray();
    }
    out.EndObject();
}

void write_params(JsonWriter& out, const char* key, const std::vector<Param>& params,
                  bool in_event = false) {
    out.Key(key);
    out.StartArray();
    for (const auto& param : params) write_param(out, param, in_event);
    out.EndArray();
}

void write_function(JsonWriter& out, const Function& function) {
    out.StartObject();
    write_pair(out, "type", "function");
    write_pair(out, "name", function.name);
    write_params(out, "inputs", function.inputs);
    write_params(out, "outputs", function.outputs);
    write_pair(out, "stateMutability",
               function.view ? "view" : (function.payable ? "payable" : "nonpayable"));
    out.EndObject();
}

void write_event(JsonWriter& out, const Event& event) {
    out.StartObject();
    write_pair(out, "type", "event");
    write_pair(out, "name", event.name);
    write_params(out, "inputs", event.inputs, true);
    out.Key("anonymous");
    out.Bool(false);
    out.EndObject();
}

}  // namespace

void write_abi_json(JsonWriter& out, const std::vector<Function>& functions,
                    const std::vector<Event>& events) {
    out.StartArray();
    for (const auto& function : functions) write_function(out, function);
    for (const auto& event : events) write_event(out, event);
    out.StartObject();
    write_pair(out, "type", "error");
    write_pair(out, "name", struct_name<Refused>());
    write_params(out, "inputs", params_of<Refused>());
    out.EndObject();
    out.EndArray();
}

Bytes encode_refused(std::uint16_t code, const std::string& name) {
    static const auto selector =
        selector_of(signature_of(struct_name<Refused>(), params_of<Refused>()));
    Bytes out = to_bytes(selector);
    append(out, encode(Refused{.code = code, .name = name}));
    return out;
}

}  // namespace assay::abi
