// Minting at the end of an epoch.
#include "modules/rewards/epochs.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/events.hpp"

namespace assay::rewards {

namespace {

// floor(a * b / c) of numbers known to fit.
Amount scaled(Amount a, std::uint64_t b, std::uint64_t c) {
    const auto out = mul_div_floor(a, Amount(b), Amount(c));
    CHECK(out.has_value());
    return *out;
}

Amount issued(const State& state) {
    const Supply supply = ledger::supply(state);
    return sum_of(supply.genesis, supply.minted);
}

}  // namespace

Mint mint_of(const Params& terms, Amount issued, Amount burned_fees) {
    Mint out;
    out.emission = scaled(difference_of(kCap, issued), emission_rate(terms), 1ULL << 32U);
    out.validators = scaled(out.emission, 1, 4);
    const Amount work = min_of(scaled(out.emission, 3, 4), ppm_floor(burned_fees, terms.mu_ppm));
    out.contributors = ppm_floor(work, terms.split.contributors_ppm);
    out.jurors = ppm_floor(work, terms.split.jurors_ppm);
    out.treasury = ppm_floor(work, terms.split.treasury_ppm);
    return out;
}

Amount work_mint(const Mint& mint) {
    return sum_of(sum_of(mint.contributors, mint.jurors), mint.treasury);
}

void begin_epoch(State& state, Epoch epoch) {
    epoch.terms = state.must_get(kParams, {});
    epoch.ends_s = epoch.begins_s + epoch.terms.epoch_s;
    state.put(kEpochs, epoch.number, epoch);
    state.put(kCurrentEpoch, {}, epoch.number);
    schedule(state, {.time_s = epoch.ends_s, .kind = DeadlineKind::epoch_ends, .id = epoch.number});
}

void on_epoch_ends(State& state, const BlockEnv&, std::uint64_t number) {
    Epoch epoch = state.must_get(kEpochs, number);
    CHECK(!epoch.ended && state.must_get(kCurrentEpoch, {}) == number);
    const Mint mint = mint_of(epoch.terms, issued(state), epoch.burned_fees);
    ledger::mint(state, pool::kValidators, mint.validators);
    ledger::mint(state, pool::kVesting, mint.contributors);
    ledger::mint(state, pool::kJurorFees, mint.jurors);
    ledger::mint(state, pool::kTreasury, mint.treasury);
    epoch.ended = true;
    epoch.emission = mint.emission;
    epoch.validators = mint.validators;
    epoch.contributors = mint.contributors;
    epoch.jurors = mint.jurors;
    epoch.treasury = mint.treasury;
    state.put(kEpochs, number, epoch);
    emit(state, ModuleId::rewards,
         EpochEnded{.epoch = number,
                    .emission = mint.emission,
                    .work_mint = work_mint(mint),
                    .burned_fees = epoch.burned_fees});
    begin_epoch(state, {.number = number + 1, .begins_s = epoch.ends_s});
}

}  // namespace assay::rewards
