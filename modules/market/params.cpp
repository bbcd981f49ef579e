// The rules between the market's numbers.
#include "modules/market/params.hpp"

#include <algorithm>

#include "chain/state/state.hpp"
#include "modules/market/tiers.hpp"

namespace assay::market {

namespace {

constexpr std::uint64_t kMaxWindow_s = 31'536'000;  // a year
constexpr std::uint32_t kMaxFee_ppm = 500'000;
constexpr std::uint32_t kMaxBond_ppm = 10'000'000;  // ten times the value at stake
// Of three jurors who are each right in 75% of the cases, the majority is right: 27/64 + 27/64.
constexpr std::uint64_t kPanelRight_ppm = 843'750;
constexpr std::uint64_t kLeastSampling_ppm = 2'000'000;
constexpr std::uint64_t kGoldErrorOdds_ppm = 52'632;  // 0.05 / 0.95, rounded up
constexpr std::uint32_t kMaxSample = 10'000;
constexpr std::uint64_t kMaxUnbonded = 1'000;
constexpr std::uint32_t kMaxWeight_ppm = 1'000'000'000;
constexpr std::uint32_t kMaxGraderPenalty_ppm = 100'000'000;  // a hundred fees
constexpr std::uint32_t kEffort_ppm = 150'000;  // P5: what looking adds to being right
constexpr Amount kMaxAmount = Amount::from_raw(static_cast<u128>(1) << 90);  // above the cap
constexpr std::uint32_t kLeastTierShare_ppm = 10'000;
constexpr std::uint32_t kMaxBuyerShare_ppm = 950'000;

Result<void> within(const char* field, std::uint64_t value, std::uint64_t least,
                    std::uint64_t most) {
    if (value >= least && value <= most) return {};
    return failure(std::string("market.") + field + " is outside " + std::to_string(least) + ".." +
                   std::to_string(most));
}

// A share of a share, rounded up; each at most ten wholes.
std::uint64_t part_up(std::uint64_t a_ppm, std::uint64_t b_ppm) {
    return (a_ppm * b_ppm + kPpm - 1) / kPpm;
}

}  // namespace

Result<void> validate_splits(const Params& params) {
    const FeeSplit& fee = params.fee_split;
    const std::uint64_t fees = std::uint64_t{fee.burned_ppm} + fee.validators_ppm + fee.jurors_ppm +
                               fee.insurance_ppm + fee.treasury_ppm;
    if (fees != kPpm) return failure("P1: market.feeSplit does not sum to 1000000");
    const SlashSplit& slash = params.slash_split;
    if (std::uint64_t{slash.challenger_ppm} + slash.buyer_ppm + slash.burned_ppm != kPpm)
        return failure("P1: market.slashSplit does not sum to 1000000");
    return {};
}

Result<void> validate_collateral(const Params& params, const Windfall& windfall) {
    const std::uint64_t lost = kPpm - params.slash_split.challenger_ppm;
    const std::uint64_t burned =
        part_up(params.fee_ppm, params.fee_split.burned_ppm);  // of the value
    const std::uint64_t paid = kPpm + part_up(burned, windfall.minted_ppm);
    for (std::uint8_t tier = 0; tier <= kTopTier; ++tier) {
        const TierTerms of = tier_terms(params, tier);
        const std::uint64_t convicted = of.audit_share_ppm * kPanelRight_ppm / kPpm;
        const std::uint64_t acquitted = of.audit_share_ppm - convicted;
        const std::uint64_t gains =
            part_up(kPpm - convicted, paid) +
            part_up(acquitted, part_up(of.collateral_ppm, windfall.lost_bond_ppm));
        if (convicted * (of.collateral_ppm * lost / kPpm) / kPpm >= gains) continue;
        if (tier == 0)
            return failure(
                "P3: market.auditSharePpm and contributorBondPpm are too small to deter");
        return failure("P3: market.tiers.t" + std::to_string(tier) + " is too small to deter");
    }
    return {};
}

std::uint32_t largest_collateral_ppm(const Params& params) {
    std::uint32_t out = 0;
    for (std::uint8_t tier = 0; tier <= kTopTier; ++tier)
        out = std::max(out, tier_terms(params, tier).collateral_ppm);
    return out;
}

Result<void> validate_buyer_bond(const Params& params) {
    const std::uint64_t slashed_to_buyer =
        std::uint64_t{params.contributor_bond_ppm} * params.slash_split.buyer_ppm / kPpm;
    const std::uint64_t saved = kPpm + params.fee_ppm + slashed_to_buyer;
    const std::uint64_t least = (kGoldErrorOdds_ppm * saved + kPpm - 1) / kPpm;
    if (params.buyer_bond_ppm >= least) return {};
    return failure("P8: market.buyerBondPpm is below " + std::to_string(least) +
                   ", too little to deter false gold");
}

Result<void> validate_sampling(const Params& params) {
    const std::uint64_t deterrence =
        std::uint64_t{params.audit_share_ppm} * params.defect_weight_ppm / kPpm;
    if (deterrence >= kLeastSampling_ppm) return {};
    return failure("P2: market.auditSharePpm times defectWeightPpm is below 2");
}

Result<void> validate_grading(const Params& params) {
    if (params.grader_fee.is_zero() || params.grader_fee > kMaxAmount)
        return failure("market.graderFee is outside 1..2^90");
    if (params.grader_effort > kMaxAmount) return failure("market.graderEffort is above 2^90");
    const Amount sigma = ppm_floor(params.grader_fee, params.grader_penalty_ppm);
    const Amount gain = ppm_floor(sum_of(params.grader_fee, sigma), kEffort_ppm);
    if (gain >= params.grader_effort) return {};
    return failure("P5: 0.15 of (graderFee + penalty) = " + to_string(gain) +
                   " is below market.graderEffort");
}

Result<void> validate_insurance(const Params& params) {
    const Insurance& insurance = params.insurance;
    if (insurance.buyer_share_ppm > kMaxBuyerShare_ppm)
        return failure("P10: market.insurance.buyerSharePpm is above 950000");
    if (auto out = within("insurance.coveragePpm", insurance.coverage_ppm, 0, kPpm); !out)
        return out;
    if (auto out = within("insurance.epochSharePpm", insurance.epoch_share_ppm, 0, kPpm); !out)
        return out;
    return within("insurance.claimWindowS", insurance.claim_window_s, 1, kMaxWindow_s);
}

Result<void> validate_open_window(const Params& params, std::uint64_t evidence_s) {
    if (params.open_window_s <= evidence_s) return {};
    return failure("market.openWindowS is longer than disputes.evidenceS");
}

Result<void> validate(const Params& params) {
    if (auto out = validate_splits(params); !out) return out;
    if (auto out = within("feePpm", params.fee_ppm, 1, kMaxFee_ppm); !out) return out;
    if (auto out = within("buyerBondPpm", params.buyer_bond_ppm, 0, kPpm); !out) return out;
    if (auto out = within("contributorBondPpm", params.contributor_bond_ppm, 1, kMaxBond_ppm); !out)
        return out;
    if (auto out = within("auditSharePpm", params.audit_share_ppm, 1, kPpm); !out) return out;
    if (auto out = within("holdbackPpm", params.holdback_ppm, 0, kPpm); !out) return out;
    if (auto out = within("cancelFeePpm", params.cancel_fee_ppm, 0, kPpm); !out) return out;
    if (auto out = within("revealWindowS", params.reveal_window_s, 1, kMaxWindow_s); !out)
        return out;
    if (auto out = within("challengeWindowS", params.challenge_window_s, 1, kMaxWindow_s); !out)
        return out;
    if (auto out = within("holdbackS", params.holdback_s, 1, kMaxWindow_s); !out) return out;
    if (auto out = within("maxOrderS", params.max_order_s, 1, kMaxWindow_s); !out) return out;
    if (auto out = within("minOrderS", params.min_order_s, 1, params.max_order_s); !out) return out;
    if (params.max_live_submissions == 0) return failure("market.maxLiveSubmissions is zero");
    if (auto out = within("sampleItems", params.sample_items, 1, kMaxSample); !out) return out;
    if (auto out = within("defectsRejected", params.defects_rejected, 1, params.sample_items); !out)
        return out;
    if (auto out = within("defectsForgiven", params.defects_forgiven, 0,
                          std::uint64_t{params.defects_rejected} - 1);
        !out)
        return out;
    if (auto out = within("defectWeightPpm", params.defect_weight_ppm, kPpm, kMaxWeight_ppm); !out)
        return out;
    // Half a window for asking, half for the answer.
    if (auto out = within("openWindowS", params.open_window_s, 1, params.challenge_window_s / 2);
        !out)
        return out;
    if (auto out = within("unbondedMaxItems", params.unbonded_max_items, 1, kMaxUnbonded); !out)
        return out;
    if (auto out = within("relayPremiumPpm", params.relay_premium_ppm, 0, kPpm); !out) return out;
    if (auto out = within("unbondedRevealS", params.unbonded_reveal_s, 1, params.reveal_window_s);
        !out)
        return out;
    if (auto out = within("goldWindowS", params.gold_window_s, 1, kMaxWindow_s); !out) return out;
    if (auto out = within("answerS", params.answer_s, 1, kMaxWindow_s); !out) return out;
    if (auto out = within("graderCommitS", params.grader_commit_s, 1, kMaxWindow_s); !out)
        return out;
    if (auto out = within("graderRevealS", params.grader_reveal_s, 1, kMaxWindow_s); !out)
        return out;
    if (auto out =
            within("graderPenaltyPpm", params.grader_penalty_ppm, kPpm, kMaxGraderPenalty_ppm);
        !out)
        return out;
    if (auto out = validate_grading(params); !out) return out;
    for (std::uint8_t tier = 1; tier <= kTopTier; ++tier) {
        const TierTerms of = tier_terms(params, tier);
        const std::string name = "tiers.t" + std::to_string(tier);
        if (auto out = within((name + ".auditSharePpm").c_str(), of.audit_share_ppm,
                              kLeastTierShare_ppm, kPpm);
            !out)
            return out;
        if (auto out =
                within((name + ".collateralPpm").c_str(), of.collateral_ppm, 1, kMaxBond_ppm);
            !out)
            return out;
    }
    if (params.largest_submission.is_zero() || params.largest_submission > kMaxAmount)
        return failure("market.largestSubmission is outside 1..2^90");
    if (auto out = validate_buyer_bond(params); !out) return out;
    if (auto out = validate_insurance(params); !out) return out;
    return validate_sampling(params);
}

Params devnet_params() {
    Params out;
    out.reveal_window_s = 20;
    out.challenge_window_s = 15;
    out.holdback_s = 30;
    out.open_window_s = 5;
    out.unbonded_reveal_s = 10;
    out.insurance.claim_window_s = 120;
    out.min_order_s = 5;
    out.gold_window_s = 10;
    out.answer_s = 10;
    out.grader_fee = Amount(kTokenUnits / 20);
    out.grader_effort = Amount(kTokenUnits / 40);
    out.grader_commit_s = 10;
    out.grader_reveal_s = 10;
    out.largest_submission = Amount::from_raw(static_cast<u128>(kTokenUnits) * 170);
    return out;
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::market
