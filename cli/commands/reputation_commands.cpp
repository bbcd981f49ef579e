// `assay reputation`: what an account's work earned it, and which tier follows.
#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/present.hpp"
#include "cli/keys/keyring.hpp"
#include "modules/reputation/views.hpp"

namespace assay::cli {

namespace {

using namespace reputation;

std::string lacking(const Reputation& now) {
    const TierRule& next = now.next_tier;
    std::string out;
    const auto add = [&](const std::string& what) { out += (out.empty() ? "" : ", ") + what; };
    if (now.score_ppm < next.score_ppm) add("a score of " + std::to_string(next.score_ppm));
    if (now.buyers < next.buyers) add(std::to_string(next.buyers) + " buyers");
    if (now.stake < next.stake) add(show_money(next.stake) + " staked as a juror");
    return out;
}

void print_reputation(Output& output, const Reputation& now, std::uint64_t) {
    Fields fields;
    fields.add("account", checksummed(now.account));
    fields.add("tier", "T" + std::to_string(now.tier));
    fields.add("score", std::to_string(now.score_ppm) + " of " + std::to_string(kFullScore_ppm));
    fields.add("buyers that count", std::to_string(now.buyers));
    fields.add("staked as a juror", show_money(now.stake));
    fields.add("order fees burned", show_money(now.burned));
    fields.add("rejections", std::to_string(now.rejections));
    fields.add("frauds", std::to_string(now.frauds));
    if (now.tier < kTopTier)
        fields.add("T" + std::to_string(now.tier + 1) + " needs", lacking(now));
    fields.print(output);
}

Outcome<void> run_reputation(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto now = ask(*rpc, ModuleId::reputation, ReputationOf{.account = *account});
    if (!now) return now.error();
    return show_record(session, *rpc, *now, print_reputation);
}

}  // namespace

std::vector<Command> reputation_commands() {
    auto looking = keyring_flags();
    looking.insert(looking.begin(), rpc_flag());
    return {
        {.path = "reputation",
         .summary = "An account's score and tier, and what the next tier needs",
         .positionals = {{"ACCOUNT",
                          "an address, or one of your keys by name; your only key unless given",
                          false}},
         .flags = looking,
         .examples = {"assay reputation", "assay reputation alice --json"},
         .notes = "Accepted work earns a score by the order fees that it burned, up to a cap for "
                  "each buyer. It halves in 90 days, a rejection takes a quarter, fraud all of "
                  "it. A tier lets you commit with more behind your work and fewer audits: "
                  "\"assay submit commit --tier N\".",
         .run = run_reputation},
    };
}

}  // namespace assay::cli
