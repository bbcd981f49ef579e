// Questions about stake.
#include "cli/commands/staking_lookup.hpp"

#include "cli/keys/keyring.hpp"

namespace assay::cli {

using namespace staking;

Outcome<Consensus> validator_named(const Arguments& arguments, const std::string& name) {
    std::string text = arguments.text(name);
    if (text.starts_with("0x")) text.erase(0, 2);
    for (char& c : text)
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    const auto address = fixed_from_hex<20>("0x" + text);
    if (!address)
        return usage(name + ": \"" + arguments.text(name) +
                     "\" is no validator's address of 40 hex digits; \"assay stake validators\" "
                     "lists them");
    return Consensus(*address);
}

Outcome<Amount> stake_amount(const Arguments& arguments, const RpcClient& rpc,
                             const Address& account, const Consensus& validator) {
    const std::string text = arguments.text("AMOUNT");
    if (text != "all") {
        const auto amount = parse_money(text);
        if (!amount) return usage("AMOUNT: " + amount.error().message);
        return *amount;
    }
    const auto held =
        ask(rpc, ModuleId::staking, GetDelegation{.delegator = account, .validator = validator});
    if (!held) return held.error();
    if (held->stake.is_zero())
        return Problem{Exit::refused,
                       checksummed(account) + " has no stake at " + to_hex0x(validator)};
    return held->stake;
}

Outcome<std::vector<ValidatorStatus>> all_validators(const RpcClient& rpc) {
    std::vector<ValidatorStatus> out;
    for (;;) {
        const auto after = out.empty() ? Consensus{} : out.back().validator.address;
        auto page = ask(rpc, ModuleId::staking, ListValidators{.after = after, .count = kMaxPage});
        if (!page) return page.error();
        for (auto& each : *page) out.push_back(std::move(each));
        if (page->size() < kMaxPage) return out;
    }
}

Outcome<std::vector<DelegationStatus>> delegations_of(const RpcClient& rpc,
                                                      const Address& account) {
    std::vector<DelegationStatus> out;
    for (;;) {
        const auto after = out.empty() ? Consensus{} : out.back().validator;
        auto page = ask(rpc, ModuleId::staking,
                        ListDelegations{.delegator = account, .after = after, .count = kMaxPage});
        if (!page) return page.error();
        for (auto& each : *page) out.push_back(std::move(each));
        if (page->size() < kMaxPage) return out;
    }
}

Outcome<ValidatorStatus> status_of(const RpcClient& rpc, const Consensus& validator) {
    return ask(rpc, ModuleId::staking, GetValidator{.validator = validator});
}

Outcome<Params> staking_params(const RpcClient& rpc) {
    return ask(rpc, ModuleId::staking, GetStakingParams{});
}

}  // namespace assay::cli
