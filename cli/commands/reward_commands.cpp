// `assay rewards`: what was minted for accepted work, and collecting it.
#include "cli/client/ask.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"

namespace assay::cli {

namespace {

using namespace rewards;

Outcome<void> run_claim(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "rewards", ClaimVested{.submission = *id});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

void print_reward(Output& output, const Reward& reward, std::uint64_t now_s) {
    Fields fields;
    fields.add("submission", std::to_string(reward.grant.submission));
    fields.add("contributor", checksummed(reward.grant.contributor));
    fields.add("epoch", std::to_string(reward.grant.epoch));
    fields.add("order fee burned", show_money(reward.grant.burned_fees));
    if (!reward.epoch_ended) {
        fields.add("minted", "when the epoch ends, " + when(reward.vesting_begins_s, now_s));
        fields.print(output);
        return;
    }
    fields.add("minted", show_money(reward.granted));
    fields.add("vested", show_money(reward.vested));
    fields.add("paid so far", show_money(reward.grant.released));
    fields.add("to claim now", show_money(reward.claimable));
    fields.add("all vested", when(reward.vesting_ends_s, now_s));
    if (reward.grant.fraud)
        fields.add("clawed back for fraud", show_money(reward.grant.clawed_back));
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto id = session.arguments.number("SUBMISSION");
    if (!id) return id.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto reward = ask(*rpc, ModuleId::rewards, GetReward{.submission = *id});
    if (!reward) return reward.error();
    return show_record(session, *rpc, *reward, print_reward);
}

void print_epoch(Output& output, const Epoch& epoch, std::uint64_t now_s) {
    Fields fields;
    const auto money = [&](const char* name, Amount amount) {
        fields.add(name, show_money(amount), to_string(amount));
    };
    fields.add("epoch", std::to_string(epoch.number));
    fields.add(epoch.ended ? "ended" : "ends", when(epoch.ends_s, now_s));
    money("order fees burned", epoch.burned_fees);
    if (epoch.ended) {
        money("might have minted", epoch.emission);
        money("to validators", epoch.validators);
        money("to contributors", epoch.contributors);
        money("to jurors", epoch.jurors);
        money("to the treasury", epoch.treasury);
        fields.add("submissions rewarded", std::to_string(epoch.grants));
        money("claimed so far", epoch.released);
    }
    fields.print(output);
}

Outcome<void> run_epoch(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto epoch = [&]() -> Outcome<Epoch> {
        if (!session.arguments.has("EPOCH")) return ask(*rpc, ModuleId::rewards, CurrentEpoch{});
        const auto number = session.arguments.number("EPOCH");
        if (!number) return number.error();
        return ask(*rpc, ModuleId::rewards, GetEpoch{.number = *number});
    }();
    if (!epoch) return epoch.error();
    return show_record(session, *rpc, *epoch, print_epoch);
}

}  // namespace

std::vector<Command> reward_commands() {
    const Positional submission = {"SUBMISSION", "its number"};
    return {
        {.path = "rewards claim",
         .summary = "Collect what has vested of a submission's minted reward",
         .positionals = {submission},
         .flags = sending_flags(),
         .examples = {"assay rewards claim 12"},
         .notes = "A quarter is there when the epoch of the acceptance ends, the rest vests bit "
                  "by bit; claim as often as you like. The money goes to the contributor, "
                  "whoever sends it.",
         .run = run_claim},
        {.path = "rewards show",
         .summary = "What was minted for a submission, and what of it can be claimed",
         .positionals = {submission},
         .flags = {rpc_flag()},
         .examples = {"assay rewards show 12", "assay rewards show 12 --json"},
         .run = run_show},
        {.path = "rewards epoch",
         .summary = "What an epoch burned and minted",
         .positionals = {{"EPOCH", "its number; the one that runs unless given", false}},
         .flags = {rpc_flag()},
         .examples = {"assay rewards epoch", "assay rewards epoch 41 --json"},
         .run = run_epoch},
    };
}

}  // namespace assay::cli
