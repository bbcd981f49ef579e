// What governance needs: the chain's parameters by name, the validator set and who has stake there.
#include <set>

#include "chain/codec/field_path.hpp"
#include "modules/governance/needs.hpp"
#include "modules/staking/api.hpp"
#include "modules/wiring/governed.hpp"

namespace assay::governance::needs {

namespace {

field_path::Outcome assign(Governed& into, const ParamChange& change) {
    constexpr std::string_view kFees = "fees.";
    const std::string_view name = change.name;
    if (name.starts_with(kFees))
        return field_path::assign(into.fees, name.substr(kFees.size()), change.value);
    return field_path::assign(into.modules, name, change.value);
}

// Writes the changes into `into`.
Verdict assign_all(Governed& into, const std::vector<ParamChange>& changes) {
    std::set<std::string> seen;
    for (const ParamChange& change : changes) {
        if (!seen.insert(change.name).second)
            return {TxCode::param_repeated, change.name + " is named twice"};
        switch (assign(into, change)) {
            case field_path::Outcome::done: break;
            case field_path::Outcome::unknown:
                return {TxCode::param_unknown, "there is no parameter " + change.name};
            case field_path::Outcome::malformed:
                return {TxCode::param_malformed,
                        change.name + " cannot be \"" + change.value + "\""};
        }
    }
    return {};
}

bool same(const Governed& a, const Governed& b) {
    return record::encode(a.modules) == record::encode(b.modules) &&
           record::encode(a.fees) == record::encode(b.fees);
}

}  // namespace

Verdict judge_params(const State& state, const std::vector<ParamChange>& changes) {
    const Governed before = governed(state);
    Governed after = before;
    if (Verdict verdict = assign_all(after, changes); verdict.code != TxCode::ok) return verdict;
    if (same(before, after)) return {TxCode::params_unchanged, "these are the values in force"};
    if (const auto good = validate_change(before, after); !good)
        return {TxCode::param_fixed, good.error().message};
    if (const auto good = validate(after.modules); !good)
        return {TxCode::params_invalid, good.error().message};
    if (const auto good = validate(after.fees); !good)
        return {TxCode::params_invalid, good.error().message};
    return {};
}

void apply_params(State& state, const std::vector<ParamChange>& changes) {
    Governed after = governed(state);
    CHECK(assign_all(after, changes).code == TxCode::ok);
    put_governed(state, after);
}

std::vector<Bonded> bonded_set(const State& state) {
    std::vector<Bonded> out;
    for (const auto& each : staking::stakes_of_set(state))
        out.push_back({.validator = each.validator, .tokens = each.tokens, .shares = each.shares});
    return out;
}

std::optional<Standing> standing(const State& state, const Address& account,
                                 const Consensus& validator) {
    const auto speaker = staking::operator_of(state, validator);
    if (!speaker) return std::nullopt;
    return Standing{.shares = staking::shares_of(state, account, validator),
                    .is_operator = *speaker == account};
}

}  // namespace assay::governance::needs
