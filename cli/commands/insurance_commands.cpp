// `assay insurance`: what a buyer recovers of a loss by fraud.
#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/market/insurance.hpp"

namespace assay::cli {

namespace {

using namespace market;

void print_claim(Output& output, const Claim& claim, std::uint64_t now_s) {
    Fields fields;
    fields.add("lost", show_money(claim.loss));
    fields.add("covered by the order's terms", show_money(claim.covered));
    fields.add("left of what your fees allow", show_money(claim.buyer_left));
    fields.add("left of what this epoch pays", show_money(claim.epoch_left));
    fields.add(claim.claimed ? "claimed" : "to claim now",
               claim.claimed ? "yes; a loss is claimed once" : show_money(claim.claimable));
    fields.add("claim before", when(claim.claim_by_s, now_s));
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto claim = ask(*rpc, ModuleId::market, QuoteInsurance{.submission = *id});
    if (!claim) return claim.error();
    return show_record(session, *rpc, *claim, print_claim);
}

// The least is what the chain quotes, unless the person names one.
Outcome<void> run_claim(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    ClaimInsurance message{.submission = *id};
    if (const auto text = session.arguments.maybe("least")) {
        const auto least = parse_money(*text);
        if (!least) return usage("--least: " + least.error().message);
        message.least = *least;
    } else {
        const auto quoted = ask(sender->rpc(), ModuleId::market, QuoteInsurance{.submission = *id});
        if (!quoted) return quoted.error();
        message.least = quoted->claimable;
    }
    const auto sent = send_typed(session, *sender, "market", message);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

}  // namespace

std::vector<Command> insurance_commands() {
    const Positional submission = {"SUBMISSION", "its number"};
    return {
        {.path = "insurance show",
         .summary = "What insurance would pay for a submission whose fraud was proven too late",
         .positionals = {submission},
         .flags = {rpc_flag()},
         .examples = {"assay insurance show 12", "assay insurance show 12 --json"},
         .run = run_show},
        {.path = "insurance claim",
         .summary = "Recover a part of what was paid for a submission that was clawed back",
         .positionals = {submission},
         .flags = joined({{"least", "AMOUNT", "refuse less; what is quoted now unless given"}},
                         sending_flags()),
         .examples = {"assay insurance claim 12", "assay insurance claim 12 --least 0.5assay"},
         .notes = "For the order's buyer, once a submission. A claim is bounded by the order's "
                  "terms, by what your own fees have paid so far, and by what the pool pays in an "
                  "epoch: where the last one binds, waiting for the next epoch may bring more.",
         .run = run_claim},
    };
}

}  // namespace assay::cli
