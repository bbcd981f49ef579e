// `assay transfer`: tokens from one account to another.
#include "cli/commands/commands.hpp"
#include "cli/commands/send.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

Outcome<void> run_transfer(const Session& session) {
    const auto to = parse_address(session.arguments.text("TO"));
    if (!to) return usage("TO: " + to.error().message);
    const auto amount = parse_money(session.arguments.text("AMOUNT"));
    if (!amount) return usage("AMOUNT: " + amount.error().message);
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = sender->send({"transfer", *to, *amount, {}, {{"to", checksummed(*to)}}});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

}  // namespace

std::vector<Command> transfer_commands() {
    return {{.path = "transfer",
             .summary = "Send tokens to an account",
             .positionals = {{"TO", "the receiver's address"},
                             {"AMOUNT", "1.5assay, 2gwei or whole base units"}},
             .flags = sending_flags(),
             .examples = {"assay transfer 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 1.5assay",
                          "assay transfer 0x7099... 100 --from alice --yes --json"},
             .run = run_transfer}};
}

}  // namespace assay::cli
