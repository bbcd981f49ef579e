// Commands out of views.
#include "cli/commands/view_command.hpp"

#include "cli/commands/fields.hpp"
#include "cli/commands/send.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

const Flag kBlock = {"block", "BLOCK", "a height, latest, safe, finalized or earliest", "latest"};

std::vector<Flag> view_flags() {
    return {rpc_flag(), kBlock};
}

Outcome<void> run_view(const Session& session, const Module& module, const ViewEntry& view) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto block = block_of(session.arguments.text("block"));
    if (!block) return block.error();
    const auto fields = fields_of(view.function.inputs, session.arguments, view_flags(),
                                  [&] { return rpc->latest_time_s(); });
    if (!fields) return fields.error();
    const auto values = ask_view(*rpc, module, view, *fields, *block);
    if (!values) return values.error();
    print_values(session.output, *values);
    return {};
}

}  // namespace

Outcome<std::string> block_of(const std::string& text) {
    if (text == "latest" || text == "earliest" || text == "safe" || text == "finalized" ||
        text == "pending" || text.starts_with("0x"))
        return text;
    const auto height = parse_number(text, "block");
    if (!height) return height.error();
    return quantity(Amount(*height));
}

void print_values(Output& output, const std::vector<AbiValue>& values) {
    if (output.json()) {
        output.document([&](JsonWriter& out) { write_values(out, values); });
        return;
    }
    Fields fields;
    const AbiValue* rows = nullptr;
    for (const auto& value : values) {
        const bool is_table = value.is_list() && !value.param.components.empty();
        if (is_table && rows == nullptr)
            rows = &value;
        else if (value.is_tuple())
            for (const auto& part : value.items) fields.add(part.param.name, show_value(part));
        else
            fields.add(value.param.name.empty() ? "result" : value.param.name, show_value(value));
    }
    fields.print(output);
    if (rows == nullptr) return;
    std::vector<std::string> columns;
    for (const auto& part : rows->param.components) columns.push_back(part.name);
    Table table(columns);
    for (const auto& item : rows->items) {
        std::vector<std::string> cells;
        for (const auto& part : item.items) cells.push_back(show_value(part));
        table.add(std::move(cells));
    }
    table.print(output, "none");
}

Command view_command(const Module& module, const ViewEntry& view) {
    Command out;
    const std::string place = "query " + std::string(module.name) + " ";
    out.path = place + kebab(view.function.name);
    out.alias = place + view.function.name;
    out.summary = "Ask " + view.function.signature;
    out.flags = field_flags(view.function.inputs, view_flags());
    std::string example = "assay " + out.path;
    for (const auto& flag : out.flags)
        if (flag.name.find('.') == std::string::npos)
            example += " --" + flag.name + " " + flag.value;
    out.examples = {example, example + " --json"};
    out.flags.push_back(fields_flag());
    for (const auto& flag : view_flags()) out.flags.push_back(flag);
    out.run = [&module, &view](const Session& session) { return run_view(session, module, view); };
    return out;
}

Command friendly_view(const FriendlyView& name) {
    const Module* module = module_named(name.module);
    CHECK(module != nullptr);
    const ViewEntry* view = view_named(*module, name.view);
    CHECK(view != nullptr);
    Command out = view_command(*module, *view);
    out.path = name.path;
    out.alias.clear();
    out.summary = name.summary;
    out.examples = name.examples;
    for (const auto& [field, value] : name.defaults)
        for (auto& flag : out.flags)
            if (flag.name == kebab(field)) flag.standard = value;
    if (name.positional.empty()) return out;
    const std::string wanted = kebab(name.positional);
    std::erase_if(out.flags, [&](const Flag& flag) { return flag.name == wanted; });
    out.positionals = {{wanted, "which one"}};
    return out;
}

}  // namespace assay::cli
