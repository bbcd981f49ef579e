// `assay stake`: what delegators do, and looking at validators and stake.
#include "cli/commands/commands.hpp"
#include "cli/commands/staking_lookup.hpp"
#include "cli/commands/typed_message.hpp"
#include "modules/staking/messages.hpp"

namespace assay::cli {

namespace {

using namespace staking;

// The account, the chain and the validator that every message below names.
struct Request {
    Sender sender;
    Consensus validator;
};

Outcome<Request> open_request(const Session& session, const std::string& name) {
    const auto validator = validator_named(session.arguments, name);
    if (!validator) return validator.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    return Request{*sender, *validator};
}

template <class M>
Outcome<void> send_and_print(const Session& session, const Sender& sender, const M& message,
                             Amount value = {}) {
    const auto sent = send_typed(session, sender, "staking", message, value);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

Outcome<void> run_delegate(const Session& session) {
    const auto amount = parse_money(session.arguments.text("AMOUNT"));
    if (!amount) return usage("AMOUNT: " + amount.error().message);
    const auto request = open_request(session, "VALIDATOR");
    if (!request) return request.error();
    const auto status = status_of(request->sender.rpc(), request->validator);
    if (!status) return status.error();
    const auto params = staking_params(request->sender.rpc());
    if (!params) return params.error();
    if (status->status != Status::active)
        session.output.note("This validator is " + words_of(status->status) +
                            ": its stake earns nothing while it is.");
    session.output.note("It takes " + show_percent(status->validator.commission_ppm) +
                        " of what the stake earns. The stake is slashed with it, and comes back " +
                        show_duration(params->unbonding_s) + " after you undelegate it.");
    return send_and_print(session, request->sender, Delegate{.validator = request->validator},
                          *amount);
}

// What a validator's own operator should know before its stake goes.
void warn_operator(const Session& session, const ValidatorStatus& status, const Params& params,
                   const Address& sender, Amount held, Amount leaving) {
    if (sender != status.validator.operator_account || leaving > held) return;
    if (difference_of(held, leaving) < params.min_self_bond)
        session.output.note("You operate this validator: with less than " +
                            show_money(params.min_self_bond) +
                            " of your own it is jailed at once.");
}

struct Leaving {
    Amount amount;
    Params params;
};

// The amount that is to leave `from`, with the warnings due.
Outcome<Leaving> leaving_of(const Session& session, const Sender& sender, const Consensus& from) {
    const auto amount = stake_amount(session.arguments, sender.rpc(), sender.address(), from);
    if (!amount) return amount.error();
    const auto held = ask(sender.rpc(), ModuleId::staking,
                          GetDelegation{.delegator = sender.address(), .validator = from});
    if (!held) return held.error();
    const auto status = status_of(sender.rpc(), from);
    if (!status) return status.error();
    const auto params = staking_params(sender.rpc());
    if (!params) return params.error();
    warn_operator(session, *status, *params, sender.address(), held->stake, *amount);
    return Leaving{*amount, *params};
}

Outcome<void> run_undelegate(const Session& session) {
    const auto request = open_request(session, "VALIDATOR");
    if (!request) return request.error();
    const auto leaving = leaving_of(session, request->sender, request->validator);
    if (!leaving) return leaving.error();
    session.output.note(show_money(leaving->amount) + " earns nothing from now on and is paid to " +
                        checksummed(request->sender.address()) + " after " +
                        show_duration(leaving->params.unbonding_s) +
                        ", less what is slashed until then.");
    return send_and_print(session, request->sender,
                          Unbond{.validator = request->validator, .amount = leaving->amount});
}

Outcome<void> run_redelegate(const Session& session) {
    const auto request = open_request(session, "FROM");
    if (!request) return request.error();
    const auto to = validator_named(session.arguments, "TO");
    if (!to) return to.error();
    if (*to == request->validator) return usage("FROM and TO are the same validator");
    const auto leaving = leaving_of(session, request->sender, request->validator);
    if (!leaving) return leaving.error();
    session.output.note(show_money(leaving->amount) + " moves at once. For " +
                        show_duration(leaving->params.unbonding_s) +
                        " it goes on to answer for what FROM did, and your stake at TO cannot be "
                        "redelegated on.");
    return send_and_print(
        session, request->sender,
        Redelegate{.from = request->validator, .to = *to, .amount = leaving->amount});
}

// The one validator that owes the account something.
Outcome<Consensus> paying_validator(const Session& session, const Sender& sender) {
    if (session.arguments.has("VALIDATOR")) return validator_named(session.arguments, "VALIDATOR");
    const auto delegations = delegations_of(sender.rpc(), sender.address());
    if (!delegations) return delegations.error();
    std::vector<Consensus> found;
    for (const auto& each : *delegations)
        if (!each.rewards.is_zero()) found.push_back(each.validator);
    if (found.size() == 1) return found.front();
    if (found.empty())
        return Problem{Exit::refused, "no delegation of " + checksummed(sender.address()) +
                                          " has earned anything"};
    std::string names;
    for (const auto& each : found) names += " " + to_hex0x(each);
    return usage("several validators owe you something; name one of" + names);
}

Outcome<void> run_claim(const Session& session) {
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto validator = paying_validator(session, *sender);
    if (!validator) return validator.error();
    const auto held = ask(sender->rpc(), ModuleId::staking,
                          GetDelegation{.delegator = sender->address(), .validator = *validator});
    if (!held) return held.error();
    const auto status = status_of(sender->rpc(), *validator);
    if (!status) return status.error();
    std::string due = show_money(held->rewards) + " of rewards";
    if (sender->address() == status->validator.operator_account)
        due += " and " + show_money(status->validator.commission) + " of commission";
    session.output.note("Pays " + due + ", and what comes until then.");
    return send_and_print(session, *sender, WithdrawRewards{.validator = *validator});
}

Outcome<void> run_validators(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    auto validators = all_validators(*rpc);
    if (!validators) return validators.error();
    if (session.arguments.has("active"))
        std::erase_if(*validators,
                      [](const ValidatorStatus& each) { return each.status != Status::active; });
    if (session.output.json()) {
        print_record(session.output, *validators);
        return {};
    }
    Table table({"validator", "state", "votes", "stake", "commission", "missed", "operator"});
    for (const auto& each : *validators)
        table.add({to_hex0x(each.validator.address), words_of(each.status),
                   std::to_string(each.validator.power), show_money(each.validator.tokens),
                   show_percent(each.validator.commission_ppm), std::to_string(each.missed_blocks),
                   short_address(each.validator.operator_account)});
    table.print(session.output, "no validators");
    return {};
}

Outcome<void> run_show(const Session& session) {
    const auto validator = validator_named(session.arguments, "VALIDATOR");
    if (!validator) return validator.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto status = status_of(*rpc, *validator);
    if (!status) return status.error();
    if (session.output.json()) {
        print_record(session.output, *status);
        return {};
    }
    const auto now = rpc->latest_time_s();
    if (!now) return now.error();
    const Validator& record = status->validator;
    Fields fields;
    fields.add("validator", to_hex0x(record.address));
    fields.add("state", words_of(status->status));
    if (status->status == Status::jailed)
        fields.add("may be unjailed", when(record.jailed_until_s, *now));
    fields.add("votes", std::to_string(record.power));
    fields.add("stake", show_money(record.tokens));
    fields.add("operator", checksummed(record.operator_account));
    fields.add("fee recipient", checksummed(record.fee_recipient));
    const std::string since =
        record.commission_since_s == 0 ? "" : ", since " + when(record.commission_since_s, *now);
    fields.add("commission", show_percent(record.commission_ppm) + since);
    fields.add("commission to claim", show_money(record.commission));
    fields.add("blocks missed", std::to_string(status->missed_blocks) + " of the present window");
    fields.add("public key", to_hex0x(record.public_key));
    fields.print(session.output);
    return {};
}

void print_delegations(Output& output, const std::vector<DelegationStatus>& delegations,
                       std::uint64_t now_s) {
    Table table({"validator", "stake", "to claim"});
    Table waiting({"what", "validator", "amount", "until"});
    bool any = false;
    for (const auto& each : delegations) {
        const std::string at = to_hex0x(each.validator);
        table.add({at, show_money(each.stake), show_money(each.rewards)});
        for (const auto& entry : each.unbondings)
            waiting.add({"is paid out", at, show_money(entry.amount), when(entry.ends_s, now_s)});
        for (const auto& entry : each.redelegations)
            waiting.add({"answers for " + to_hex0x(entry.source), at, show_money(entry.amount),
                         when(entry.ends_s, now_s)});
        any = any || !each.unbondings.empty() || !each.redelegations.empty();
    }
    table.print(output, "no delegations");
    if (!any) return;
    output.out() << "\n";
    waiting.print(output, "");
}

Outcome<void> run_delegations(const Session& session) {
    const auto account = account_of(session.arguments, "ACCOUNT");
    if (!account) return account.error();
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto delegations = delegations_of(*rpc, *account);
    if (!delegations) return delegations.error();
    return show_record(session, *rpc, *delegations, print_delegations);
}

constexpr const char* kExample = "0x5e1f4c6e9a0b...";

std::vector<Command> looking() {
    auto keys = keyring_flags();
    keys.insert(keys.begin(), rpc_flag());
    const Positional account = {
        "ACCOUNT", "an address, or one of your keys by name; your only key unless given", false};
    return {
        {.path = "stake validators",
         .summary = "All validators: state, votes, stake, commission",
         .flags = {rpc_flag(), {"active", "", "only those whose votes count now"}},
         .examples = {"assay stake validators --active", "assay stake validators --json"},
         .run = run_validators},
        {.path = "stake show",
         .summary = "One validator",
         .positionals = {validator_positional()},
         .flags = {rpc_flag()},
         .examples = {std::string("assay stake show ") + kExample},
         .run = run_show},
        {.path = "stake delegations",
         .summary = "An account's stake: what it earned, what is on its way out, what answers for "
                    "another validator",
         .positionals = {account},
         .flags = keys,
         .examples = {"assay stake delegations", "assay stake delegations alice --json"},
         .run = run_delegations},
    };
}

}  // namespace

std::vector<Command> stake_commands() {
    const Positional validator = validator_positional();
    const Positional part = {"AMOUNT", "as 10assay, or all"};
    const std::string example = kExample;
    std::vector<Command> out = looking();
    out.push_back({.path = "stake delegate",
                   .summary = "Put stake behind a validator and share what it earns",
                   .positionals = {validator, {"AMOUNT", "as 10assay"}},
                   .flags = sending_flags(),
                   .examples = {"assay stake delegate " + example + " 10assay"},
                   .run = run_delegate});
    out.push_back({.path = "stake redelegate",
                   .summary = "Move stake to another validator at once",
                   .positionals = {{"FROM", "the validator it leaves"},
                                   {"TO", "the validator it goes to"},
                                   part},
                   .flags = sending_flags(),
                   .examples = {"assay stake redelegate " + example + " 0x77aa... 10assay"},
                   .notes = "Until the unbonding time has passed it may still be slashed for what "
                            "FROM did while it was there.",
                   .run = run_redelegate});
    out.push_back({.path = "stake undelegate",
                   .summary = "Take stake back; paid out after the unbonding time",
                   .positionals = {validator, part},
                   .flags = sending_flags(),
                   .examples = {"assay stake undelegate " + example + " all"},
                   .run = run_undelegate});
    out.push_back({.path = "stake claim",
                   .summary = "Collect what a delegation earned, and an operator's commission",
                   .positionals = {{"VALIDATOR", "the one that owes you, if only one does", false}},
                   .flags = sending_flags(),
                   .examples = {"assay stake claim", "assay stake claim " + example},
                   .run = run_claim});
    return out;
}

}  // namespace assay::cli
