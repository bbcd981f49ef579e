// Attribution of an epoch's mint to its submissions, in constant time each.
#include "modules/rewards/grants.hpp"

#include <algorithm>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/api.hpp"
#include "modules/rewards/events.hpp"

namespace assay::rewards {

Amount grant_size(const Epoch& epoch, const Grant& grant) {
    if (!epoch.ended || grant.fraud) return grant.granted;
    const auto out = mul_div_floor(epoch.contributors, grant.burned_fees, epoch.burned_fees);
    CHECK(out.has_value());
    return *out;
}

Amount vested_of(const Epoch& epoch, Amount granted, std::uint64_t now_s) {
    if (!epoch.ended || now_s < epoch.ends_s) return {};
    const Amount at_once = ppm_floor(granted, epoch.terms.at_once_ppm);
    const std::uint64_t elapsed_s = std::min(now_s - epoch.ends_s, epoch.terms.vesting_s);
    const auto later = mul_div_floor(difference_of(granted, at_once), Amount(elapsed_s),
                                     Amount(epoch.terms.vesting_s));
    CHECK(later.has_value());
    return sum_of(at_once, *later);
}

Amount payable_of(const Epoch& epoch, const Grant& grant, Amount granted, std::uint64_t now_s) {
    const Amount bound = difference_of(granted, sum_of(grant.pledged, grant.seized));
    return min_of(vested_of(epoch, granted, now_s), bound);
}

std::optional<OpenGrant> open_grant(const State& state, std::uint64_t submission) {
    auto grant = state.get(kGrants, submission);
    if (!grant) return std::nullopt;
    Epoch epoch = state.must_get(kEpochs, grant->epoch);
    return OpenGrant{std::move(*grant), std::move(epoch)};
}

void compute_grant(State& state, OpenGrant& open) {
    auto& [grant, epoch] = open;
    if (grant.computed) return;
    grant.granted = grant_size(epoch, grant);
    grant.computed = true;
    epoch.granted = sum_of(epoch.granted, grant.granted);
    if (++epoch.computed != epoch.grants) return;
    const Amount remainder = difference_of(epoch.contributors, epoch.granted);
    ledger::burn(state, pool::kVesting, remainder, BurnReason::other);
    epoch.burned_back = sum_of(epoch.burned_back, remainder);
}

void put_grant(State& state, const OpenGrant& open) {
    state.put(kGrants, open.grant.submission, open.grant);
    state.put(kEpochs, open.epoch.number, open.epoch);
}

std::uint64_t current_epoch(const State& state) {
    return state.must_get(kCurrentEpoch, {});
}

std::uint32_t mint_share_ppm(const State& state) {
    return state.must_get(kEpochs, current_epoch(state)).terms.mu_ppm;
}

void fee_burned(State& state, const BurnedFee& fee) {
    if (fee.burned.is_zero()) return;
    CHECK(!state.contains(kGrants, fee.submission));
    Epoch epoch = state.must_get(kEpochs, current_epoch(state));
    epoch.burned_fees = sum_of(epoch.burned_fees, fee.burned);
    ++epoch.grants;
    put_grant(state, {.grant = {.submission = fee.submission,
                                .order = fee.order,
                                .contributor = fee.contributor,
                                .epoch = epoch.number,
                                .burned_fees = fee.burned},
                      .epoch = epoch});
    emit(state, ModuleId::rewards,
         RewardEarned{.submission = fee.submission,
                      .contributor = fee.contributor,
                      .epoch = epoch.number,
                      .burned_fees = fee.burned});
}

void claw_back(State& state, std::uint64_t submission) {
    auto open = open_grant(state, submission);
    if (!open) return;
    auto& [grant, epoch] = *open;
    CHECK(!grant.fraud);
    if (epoch.ended) {
        compute_grant(state, *open);
        const Amount elsewhere = sum_of(grant.pledged, grant.seized);
        grant.clawed_back = difference_of(grant.granted, sum_of(grant.released, elsewhere));
        ledger::burn(state, pool::kVesting, grant.clawed_back, BurnReason::other);
        epoch.burned_back = sum_of(epoch.burned_back, grant.clawed_back);
    } else {
        epoch.burned_fees = difference_of(epoch.burned_fees, grant.burned_fees);
        --epoch.grants;
    }
    grant.fraud = true;
    put_grant(state, *open);
    emit(state, ModuleId::rewards,
         RewardClawedBack{.submission = submission,
                          .contributor = grant.contributor,
                          .burned = grant.clawed_back,
                          .released = grant.released});
}

}  // namespace assay::rewards
