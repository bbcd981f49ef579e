// The rules of committing with pledges.
#include "modules/market/commit_pledged.hpp"

#include "chain/exec/paging.hpp"
#include "modules/market/commit.hpp"
#include "modules/market/money.hpp"
#include "modules/market/needs.hpp"
#include "modules/market/policy.hpp"
#include "modules/market/tiers.hpp"

namespace assay::market {

TxCode CommitPledged::check(const TxEnv&) const {
    if (tier > kTopTier) return TxCode::unknown_choice;
    if (const auto code = refuse_commitment_form(item_count, commitment); code != TxCode::ok)
        return code;
    return refuse_offer({.rewards = rewards, .holdbacks = holdbacks, .stake = stake});
}

TxCode CommitPledged::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (find_policy(record->policy)->in_batches()) return TxCode::wrong_policy;
    if (const auto code = refuse_commitment(state, env, *record, item_count, commitment);
        code != TxCode::ok)
        return code;
    if (tier > needs::tier_of(state, env.block, env.sender)) return TxCode::tier_not_reached;
    const Amount collateral = tier_bond(checked_value(*record, item_count), record->terms, tier);
    const auto plan = plan_pledges(state, env.block, env.sender, collateral,
                                   {.rewards = rewards, .holdbacks = holdbacks, .stake = stake});
    if (!plan) return plan.error();
    if (env.value != plan->rest) return TxCode::wrong_value;

    const std::uint64_t id = commit(state, env, *record,
                                    {.commitment = commitment,
                                     .item_count = item_count,
                                     .bond = plan->rest,
                                     .tier = tier,
                                     .pledged = total_of(plan->pledges)});
    take_pledges(state, id, env.sender, plan->pledges);
    return TxCode::ok;
}

Result<Amount> QuoteCommitPledged::view(const State& state, const BlockEnv& block) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing_record("order", order);
    if (tier > kTopTier) return failure("tiers are 0 to " + std::to_string(kTopTier));
    const auto value = value_of(item_count, record->price_per_item);
    if (!value) return failure("items times price is above " + to_string(kMaxOrderValue));
    const Offer offer{.rewards = rewards, .holdbacks = holdbacks, .stake = stake};
    if (const auto code = refuse_offer(offer); code != TxCode::ok)
        return failure(std::string(name_of(code)));
    const auto plan =
        plan_pledges(state, block, contributor, tier_bond(*value, record->terms, tier), offer);
    if (!plan) return failure(std::string(name_of(plan.error())));
    return plan->rest;
}

Result<Pledges> GetPledges::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kSubmissions, submission)) return missing_record("submission", submission);
    return state.get_or_default(kPledges, submission);
}

}  // namespace assay::market
