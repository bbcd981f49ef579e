// The rules of committing at a tier.
#include "modules/market/commit_at_tier.hpp"

#include "chain/exec/paging.hpp"
#include "modules/market/commit.hpp"
#include "modules/market/money.hpp"
#include "modules/market/needs.hpp"
#include "modules/market/policy.hpp"
#include "modules/market/tiers.hpp"

namespace assay::market {

TxCode CommitAtTier::check(const TxEnv&) const {
    if (tier > kTopTier) return TxCode::unknown_choice;
    return refuse_commitment_form(item_count, commitment);
}

TxCode CommitAtTier::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (find_policy(record->policy)->in_batches()) return TxCode::wrong_policy;
    if (const auto code = refuse_commitment(state, env, *record, item_count, commitment);
        code != TxCode::ok)
        return code;
    if (tier > needs::tier_of(state, env.block, env.sender)) return TxCode::tier_not_reached;
    const Amount bond = tier_bond(checked_value(*record, item_count), record->terms, tier);
    if (env.value != bond) return TxCode::wrong_value;

    commit(state, env, *record,
           {.commitment = commitment, .item_count = item_count, .bond = bond, .tier = tier});
    return TxCode::ok;
}

Result<Amount> QuoteCommitAtTier::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing_record("order", order);
    if (tier > kTopTier) return failure("tiers are 0 to " + std::to_string(kTopTier));
    const auto value = value_of(item_count, record->price_per_item);
    if (!value) return failure("items times price is above " + to_string(kMaxOrderValue));
    return tier_bond(*value, record->terms, tier);
}

}  // namespace assay::market
