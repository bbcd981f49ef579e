// Puts the groups of commands together.
#include "cli/commands/catalog.hpp"
#include "cli/commands/commands.hpp"
#include "cli/terminal/output.hpp"

namespace assay::cli {

namespace {

Command version_command() {
    return {.path = "version",
            .summary = "Print the version of this program",
            .examples = {"assay version"},
            .run = [](const Session& session) -> Outcome<void> {
                Fields fields;
                fields.add("version", ASSAY_VERSION);
                fields.print(session.output);
                return {};
            }};
}

}  // namespace

CommandTable all_commands() {
    CommandTable out;
    out.group("keys", "Make, import, list and export keys");
    out.group("tx", "Send any message of any module, and read raw transactions");
    out.group("tx send", "Send any message, made from its declaration");
    out.group("query", "Look at accounts, blocks, transactions and every module's views");
    for (const auto& module : catalog().modules()) {
        const std::string name(module.name);
        out.group("tx send " + name, "Messages of the " + name + " module");
        out.group("query " + name, "Views of the " + name + " module");
    }
    out.add(key_commands());
    out.add(transfer_commands());
    add_market_commands(out);
    out.add(tx_commands());
    out.add(query_commands());
    out.add(proof_commands());
    out.add(abi_commands());
    out.add(version_command());
    return out;
}

}  // namespace assay::cli
