// `assay juror`: stake, and the seats it is drawn for.
#include "cli/commands/commands.hpp"
#include "cli/commands/present.hpp"
#include "cli/commands/typed_message.hpp"
#include "cli/commands/votes.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/views.hpp"

namespace assay::cli {

namespace {

using namespace jurors;

Outcome<Amount> amount_of(const Arguments& arguments) {
    const auto amount = parse_money(arguments.text("AMOUNT"));
    if (!amount) return usage("AMOUNT: " + amount.error().message);
    return *amount;
}

Outcome<void> run_stake(const Session& session) {
    const auto amount = amount_of(session.arguments);
    if (!amount) return amount.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "jurors", StakeJuror{}, *amount);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    session.output.note(
        "It weighs in draws from the next epoch on; \"assay juror seats\" shows "
        "what you were drawn for.");
    return {};
}

Outcome<void> run_unstake(const Session& session) {
    const auto amount = amount_of(session.arguments);
    if (!amount) return amount.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto sent = send_typed(session, *sender, "jurors", UnstakeJuror{.amount = *amount});
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

void print_juror(Output& output, const Juror& juror, const JurorTotals& totals,
                 std::uint64_t now_s) {
    Fields fields;
    fields.add("juror", checksummed(juror.account));
    fields.add("stake", show_money(juror.stake));
    fields.add("locked by seats", show_money(juror.locked));
    fields.add("pledged for own work", show_money(juror.pledged));
    for (const auto& one : juror.unbondings)
        fields.add("unbonding", show_money(one.amount) + ", paid " + when(one.ends_s, now_s));
    fields.add("seats", std::to_string(juror.seats) + ", " + std::to_string(juror.paid_seats) +
                            " of them earned something");
    fields.add("earned", show_money(juror.earned));
    fields.add("penalties", show_money(juror.penalties));
    if (juror.suspended_until_epoch > totals.epoch)
        fields.add("suspended", "until epoch " + std::to_string(juror.suspended_until_epoch));
    fields.add("epoch", std::to_string(totals.epoch));
    fields.add("all jurors' stake in draws", show_money(totals.eligible));
    fields.print(output);
}

Outcome<void> run_show(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto juror = ask(*rpc, ModuleId::jurors, GetJuror{.account = *account});
    if (!juror) return juror.error();
    if (session.output.json()) {
        print_record(session.output, *juror);
        return {};
    }
    const auto totals = ask(*rpc, ModuleId::jurors, GetJurorTotals{});
    if (!totals) return totals.error();
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    print_juror(session.output, *juror, *totals, *now);
    return {};
}

std::string next_step(const disputes::Dispute& dispute, const disputes::Seat& seat) {
    const std::string id = std::to_string(dispute.id);
    if (dispute.phase == disputes::Phase::commit && seat.commitment == Hash256{})
        return "assay dispute vote-commit " + id + " accept|reject";
    if (dispute.phase == disputes::Phase::reveal && seat.commitment != Hash256{} &&
        seat.choice == disputes::Choice{})
        return "assay dispute vote-reveal " + id;
    return "-";
}

Outcome<void> run_seats(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto all = all_disputes(*rpc);
    if (!all) return all.error();
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    Table table({"dispute", "seat", "phase", "claim", "submission", "phase ends", "to do"});
    for (const auto& dispute : *all) {
        const bool drawn =
            dispute.phase == disputes::Phase::commit || dispute.phase == disputes::Phase::reveal;
        if (!drawn) continue;
        const auto panel = ask(*rpc, ModuleId::disputes, disputes::GetPanel{.dispute = dispute.id});
        if (!panel) return panel.error();
        for (const auto& seat : *panel)
            if (seat.juror == *account)
                table.add({std::to_string(dispute.id), std::to_string(seat.seat),
                           words_of(dispute.phase), words_of(dispute.claim),
                           std::to_string(dispute.submission), when(dispute.deadline_s, *now),
                           next_step(dispute, seat)});
    }
    table.print(session.output, "no seats in disputes that wait for votes");
    return {};
}

}  // namespace

std::vector<Command> juror_commands() {
    auto looking = keyring_flags();
    looking.insert(looking.begin(), rpc_flag());
    const Positional account = {
        "ACCOUNT", "an address, or one of your keys by name; your only key unless given", false};
    const Positional amount = {"AMOUNT", "as 100assay"};
    return {
        {.path = "juror stake",
         .summary = "Add stake; draws weigh it from the next epoch on",
         .positionals = {amount},
         .flags = sending_flags(),
         .examples = {"assay juror stake 100assay"},
         .notes = "Stake answers for votes: a wrong, missing or unrevealed vote costs part of it, "
                  "a vote with the majority earns the fee.",
         .run = run_stake},
        {.path = "juror unstake",
         .summary = "Take stake back; paid out after the unbonding time",
         .positionals = {amount},
         .flags = sending_flags(),
         .examples = {"assay juror unstake 50assay"},
         .run = run_unstake},
        {.path = "juror show",
         .summary = "A juror's stake, seats and earnings",
         .positionals = {account},
         .flags = looking,
         .examples = {"assay juror show", "assay juror show alice --json"},
         .run = run_show},
        {.path = "juror seats",
         .summary = "The seats that wait for your vote, and what to do",
         .positionals = {account},
         .flags = looking,
         .examples = {"assay juror seats"},
         .run = run_seats},
    };
}

}  // namespace assay::cli
