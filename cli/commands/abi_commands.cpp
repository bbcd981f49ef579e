// `assay abi`: the modules' addresses and ABIs, for other tools.
#include <ostream>

#include "cli/client/abi_value.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/commands/commands.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

// error Refused(uint16 code, string name): how every refusal comes back from eth_call.
void write_refused(JsonWriter& out) {
    out.StartObject();
    out.Key("type");
    out.String("error");
    out.Key("name");
    out.String("Refused");
    out.Key("inputs");
    out.StartArray();
    for (const auto& [name, type] : {std::pair{"code", "uint16"}, std::pair{"name", "string"}}) {
        out.StartObject();
        out.Key("name");
        out.String(name);
        out.Key("type");
        out.String(type);
        out.Key("internalType");
        out.String(type);
        out.EndObject();
    }
    out.EndArray();
    out.EndObject();
}

void write_module(JsonWriter& out, const Module& module) {
    out.StartObject();
    out.Key("name");
    write_text(out, module.name);
    out.Key("address");
    write_text(out, to_hex0x(module_address(module.id)));
    out.Key("abi");
    out.StartArray();
    for (const auto& entry : module.messages) write_abi_function(out, entry.function);
    for (const auto& entry : module.views) write_abi_function(out, entry.function);
    for (const auto& entry : module.events) write_abi_event(out, entry.event);
    write_refused(out);
    out.EndArray();
    out.EndObject();
}

Outcome<void> run_abi(const Session& session) {
    const std::string wanted = session.arguments.text("MODULE");
    if (!wanted.empty() && module_named(wanted) == nullptr) {
        std::string names;
        for (const auto& module : catalog().modules())
            names += (names.empty() ? "" : ", ") + std::string(module.name);
        return usage("there is no module \"" + wanted + "\"; there are " + names);
    }
    session.output.document([&](JsonWriter& out) {
        out.StartObject();
        out.Key("modules");
        out.StartArray();
        for (const auto& module : catalog().modules())
            if (wanted.empty() || module.name == wanted) write_module(out, module);
        out.EndArray();
        out.EndObject();
    });
    return {};
}

}  // namespace

std::vector<Command> abi_commands() {
    return {{.path = "abi",
             .summary = "Print every module's address and ABI as JSON",
             .positionals = {{"MODULE", "only this module", false}},
             .examples = {"assay abi > abi.json", "assay abi market"},
             .run = run_abi}};
}

}  // namespace assay::cli
