// Drawing conditions.
#include "tests/economy/conditions.hpp"

#include <cmath>

namespace assay::economy {

namespace {

std::uint32_t ppm_between(Random& random, std::uint32_t low, std::uint32_t high) {
    return low + static_cast<std::uint32_t>(random.below(high - low + 1));
}

// From a copy of the stream, so that the rows which know no tiers see the same numbers as ever. The
// collateral covers every challenger's share that vary() draws (P3).
void vary_tiers(market::Params& market, Random random) {
    for (std::uint32_t* collateral :
         {&market.tiers.t1.collateral_ppm, &market.tiers.t2.collateral_ppm,
          &market.tiers.t3.collateral_ppm, &market.tiers.t4.collateral_ppm})
        *collateral = ppm_between(random, *collateral + *collateral / 5, 2 * *collateral);
    market.insurance.coverage_ppm = ppm_between(random, 100'000, 1'000'000);
    market.insurance.buyer_share_ppm = ppm_between(random, 500'000, 950'000);
    market.insurance.epoch_share_ppm = ppm_between(random, 100'000, 1'000'000);
}

// Rates around the defaults, wide enough that a rule between them often fails.
void vary(ModuleParams& params, Random& random) {
    market::Params& market = params.market;
    market.fee_ppm = ppm_between(random, 20'000, 200'000);
    market.contributor_bond_ppm = ppm_between(random, 300'000, 1'000'000);
    market.buyer_bond_ppm = ppm_between(random, 75'000, 200'000);
    market.holdback_ppm = ppm_between(random, 0, 300'000);
    const std::uint32_t challenger = ppm_between(random, 200'000, 450'000);
    const std::uint32_t buyer = ppm_between(random, 100'000, 200'000);
    market.slash_split = {.challenger_ppm = challenger,
                          .buyer_ppm = buyer,
                          .burned_ppm = 1'000'000 - challenger - buyer};
    market.audit_share_ppm = ppm_between(random, 900'000, 1'000'000);
    market.defect_weight_ppm = ppm_between(random, 2'000'000, 4'000'000);
    params.disputes.challenge_bond_ppm = ppm_between(random, 150'000, 500'000);
    params.rewards.mu_ppm = ppm_between(random, 400'000, 950'000);
    vary_tiers(market, random);
}

// A hundred items at a thousand tokens fit into one submission: juries paid for it (P7), and stake
// that answers for them.
void admit_large(ModuleParams& params) {
    params.jurors.min_stake = tokens(10'000);
    params.disputes.max_jury_fee = tokens(1'600);
    for (reputation::TierRule* rule : {&params.reputation.t1, &params.reputation.t2,
                                       &params.reputation.t3, &params.reputation.t4})
        rule->stake = params.jurors.min_stake;
    params.market.largest_submission = tokens(100'000);
}

}  // namespace

std::uint64_t Random::next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

Amount tokens(double count) {
    return *checked_mul(Amount(static_cast<std::uint64_t>(count * 1e9)), Amount(1'000'000'000));
}

Conditions random_conditions(Random& random, const Change& change) {
    Conditions out;
    do {
        out.params = devnet_params();
        admit_large(out.params);
        vary(out.params, random);
    } while (!validate(out.params));
    // A thousandth of a token to a thousand tokens an item.
    out.price = tokens(std::pow(10, random.between(-3, 3)));
    out.items = 1 + static_cast<std::uint32_t>(random.below(12));
    out.juror_accuracy = random.between(0.75, 0.98);
    out.effort = random.between(0.1, 0.8);
    out.juror_effort = static_cast<double>(out.params.disputes.juror_effort.low());
    if (change) change(out);
    return out;
}

}  // namespace assay::economy
