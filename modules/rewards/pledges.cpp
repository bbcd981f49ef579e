// Unvested rewards that stand behind other submissions.
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/api.hpp"
#include "modules/rewards/grants.hpp"

namespace assay::rewards {

namespace {

OpenGrant must_open(const State& state, std::uint64_t submission) {
    auto open = open_grant(state, submission);
    CHECK(open.has_value());
    return std::move(*open);
}

void lower_pledge(OpenGrant& open, Amount amount) {
    open.grant.pledged = difference_of(open.grant.pledged, amount);
    open.epoch.pledged = difference_of(open.epoch.pledged, amount);
}

}  // namespace

Amount pledgeable(const State& state, const BlockEnv& block, std::uint64_t submission,
                  const Address& owner) {
    const auto open = open_grant(state, submission);
    if (!open || open->grant.contributor != owner) return {};
    if (open->grant.fraud || !open->epoch.ended) return {};
    const Amount granted = grant_size(open->epoch, open->grant);
    const Amount taken = sum_of(vested_of(open->epoch, granted, block.time_s),
                                sum_of(open->grant.pledged, open->grant.seized));
    return checked_sub(granted, taken).value_or(Amount{});
}

void pledge(State& state, std::uint64_t submission, Amount amount) {
    OpenGrant open = must_open(state, submission);
    compute_grant(state, open);
    open.grant.pledged = sum_of(open.grant.pledged, amount);
    open.epoch.pledged = sum_of(open.epoch.pledged, amount);
    put_grant(state, open);
    ledger::move(state, pool::kVesting, pool::kPledges, amount);
}

void return_pledge(State& state, std::uint64_t submission, Amount amount) {
    OpenGrant open = must_open(state, submission);
    lower_pledge(open, amount);
    if (open.grant.fraud) {
        open.grant.clawed_back = sum_of(open.grant.clawed_back, amount);
        open.epoch.burned_back = sum_of(open.epoch.burned_back, amount);
        ledger::burn(state, pool::kPledges, amount, BurnReason::other);
    } else {
        ledger::move(state, pool::kPledges, pool::kVesting, amount);
    }
    put_grant(state, open);
}

void seize_pledge(State& state, std::uint64_t submission, Amount amount, const Address& to) {
    OpenGrant open = must_open(state, submission);
    lower_pledge(open, amount);
    open.grant.seized = sum_of(open.grant.seized, amount);
    open.epoch.seized = sum_of(open.epoch.seized, amount);
    put_grant(state, open);
    ledger::move(state, pool::kPledges, to, amount);
}

Amount pledged(const State& state, std::uint64_t submission) {
    return state.get_or_default(kGrants, submission).pledged;
}

}  // namespace assay::rewards
