// The rules between the numbers of disputes.
#include "modules/disputes/params.hpp"

#include <algorithm>

#include "chain/state/state.hpp"
#include "modules/disputes/division.hpp"

namespace assay::disputes {

namespace {

constexpr std::uint64_t kMaxPhase_s = 2'592'000;        // thirty days
constexpr std::uint32_t kMaxPenalty_ppm = 100'000'000;  // a hundred fees
constexpr std::uint32_t kErrorPercent = 30;             // P4: how often a jury errs
constexpr std::uint32_t kEffort_ppm = 150'000;          // P5: what effort adds to being right
constexpr Amount kMaxAmount = Amount::from_raw(static_cast<u128>(1) << 90);  // above the cap

Result<void> validate_amounts(const Params& params) {
    if (params.jury_fee.is_zero() || params.jury_fee > kMaxAmount)
        return failure("disputes.juryFee is outside 1..2^90");
    if (params.max_jury_fee < params.jury_fee || params.max_jury_fee > kMaxAmount)
        return failure("disputes.maxJuryFee is outside juryFee..2^90");
    if (params.min_challenge_bond.is_zero() || params.min_challenge_bond > kMaxAmount)
        return failure("disputes.minChallengeBond is outside 1..2^90");
    if (params.juror_effort > kMaxAmount) return failure("disputes.jurorEffort is above 2^90");
    return {};
}

Result<void> validate_rates(const Params& params) {
    if (params.challenge_bond_ppm == 0 || params.challenge_bond_ppm > kPpm)
        return failure("disputes.challengeBondPpm is outside 1..1000000");
    if (params.penalty_to_coherent_ppm > kPpm)
        return failure("disputes.penaltyToCoherentPpm is above 1000000");
    if (params.lost_bond_to_winner_ppm > kPpm)
        return failure("disputes.lostBondToWinnerPpm is above 1000000");
    if (params.join_bond_ppm == 0 || params.join_bond_ppm > kPpm)
        return failure("disputes.joinBondPpm is outside 1..1000000");
    if (params.review_ppm > kPpm) return failure("disputes.reviewPpm is above 1000000");
    if (params.pool_fees_ppm > kPpm) return failure("disputes.poolFeesPpm is above 1000000");
    if (params.incoherent_penalty_ppm == 0) return failure("disputes.incoherentPenaltyPpm is zero");
    if (params.no_show_penalty_ppm < params.incoherent_penalty_ppm)
        return failure("disputes.noShowPenaltyPpm is below incoherentPenaltyPpm");
    if (params.unrevealed_penalty_ppm < params.no_show_penalty_ppm)
        return failure("disputes.unrevealedPenaltyPpm is below noShowPenaltyPpm");
    if (params.unrevealed_penalty_ppm > kMaxPenalty_ppm)
        return failure("disputes.unrevealedPenaltyPpm is above 100000000");
    return {};
}

std::uint32_t largest_penalty_ppm(const Params& params) {
    return std::max(
        {params.incoherent_penalty_ppm, params.no_show_penalty_ppm, params.unrevealed_penalty_ppm});
}

}  // namespace

Result<void> validate_ranges(const Params& params) {
    if (auto out = validate_amounts(params); !out) return out;
    return validate_rates(params);
}

Result<void> validate(const Params& params) {
    if (auto out = validate_ranges(params); !out) return out;
    for (const std::uint64_t phase_s :
         {params.evidence_s, params.commit_s, params.reveal_s, params.appeal_s})
        if (phase_s == 0 || phase_s > kMaxPhase_s)
            return failure("disputes: a phase is outside 1.." + std::to_string(kMaxPhase_s) +
                           " seconds");
    if (auto out = validate_lost_bonds(params); !out) return out;
    return validate_juror_effort(params);
}

Result<void> validate_challenge_bond(std::uint32_t challenge_bond_ppm,
                                     std::uint32_t challenger_share_ppm) {
    const std::uint64_t paid =
        static_cast<std::uint64_t>(challenge_bond_ppm) * (100 - kErrorPercent);
    const std::uint64_t gained = static_cast<std::uint64_t>(challenger_share_ppm) * kErrorPercent;
    if (paid < gained)
        return failure("P4: disputes.challengeBondPpm is below 3/7 of the challenger's share");
    return {};
}

Result<void> validate_juror_effort(const Params& params) {
    const Amount sigma = ppm_floor(params.jury_fee, params.incoherent_penalty_ppm);
    const Amount gain = ppm_floor(sum_of(params.jury_fee, sigma), kEffort_ppm);
    if (gain < params.juror_effort)
        return failure("P5: 0.15 of (juryFee + penalty) = " + to_string(gain) +
                       " is below disputes.jurorEffort");
    return {};
}

Result<void> validate_pool_share(std::uint32_t pool_fees_ppm, std::uint32_t burned_share_ppm) {
    if (pool_fees_ppm < burned_share_ppm) return {};
    return failure("disputes.poolFeesPpm is not below the burned share of a slashed bond");
}

Result<void> validate_lost_bonds(const Params& params) {
    if (params.pool_fees_ppm < kPpm - params.lost_bond_to_winner_ppm) return {};
    return failure("disputes.poolFeesPpm is not below the burned share of a backer's lost bond");
}

namespace {

constexpr std::uint64_t kLastMajority = kMaxPanelSeats / 2 + 1;

// What a majority of the last panel loses by voting against the truth, in millionths of a fee.
Amount bribe_ppm(const Params& params) {
    return Amount((std::uint64_t{kPpm} + params.incoherent_penalty_ppm) * kLastMajority);
}

std::optional<Amount> gain_by_bribe(Amount value_at_stake, Amount contributor_bond,
                                    const Params& params) {
    return checked_add(value_at_stake, ppm_ceil(challenge_cost(contributor_bond, params).bond,
                                                params.lost_bond_to_winner_ppm));
}

}  // namespace

Amount fee_of_dispute(Amount value_at_stake, Amount contributor_bond, const Params& params) {
    const auto gain = gain_by_bribe(value_at_stake, contributor_bond, params);
    if (!gain) return params.max_jury_fee;
    // fee * (10^6 + sigma_ppm) * 64 >= gain * 10^6
    const auto least = mul_div_ceil(*gain, Amount(kPpm), bribe_ppm(params));
    if (!least) return params.max_jury_fee;
    return min_of(max_of(*least, params.jury_fee), params.max_jury_fee);
}

Amount largest_covered_gain(const Params& params) {
    const auto out = mul_div_floor(params.max_jury_fee, bribe_ppm(params), Amount(kPpm));
    return out.value_or(Amount::max());
}

Result<void> validate_largest_value(const Params& params, Amount largest_value,
                                    std::uint32_t largest_collateral_ppm) {
    const Amount bond = ppm_ceil(largest_value, largest_collateral_ppm);
    const auto gain = gain_by_bribe(largest_value, bond, params);
    const Amount covered = largest_covered_gain(params);
    if (gain && *gain <= covered) return {};
    return failure("P7: 64 of (disputes.maxJuryFee + penalty) = " + to_string(covered) +
                   " is below what market.largestSubmission is worth to a briber");
}

std::uint32_t lost_bond_ppm(const Params& params) {
    const std::uint64_t product =
        std::uint64_t{params.challenge_bond_ppm} * params.lost_bond_to_winner_ppm;
    return static_cast<std::uint32_t>((product + kPpm - 1) / kPpm);
}

std::uint64_t extension_s(const Params& params) {
    return (params.evidence_s + kExtensionParts - 1) / kExtensionParts;
}

Amount seat_lock(const Params& params) {
    return ppm_floor(params.jury_fee, largest_penalty_ppm(params));
}

Amount largest_seat_lock(const Params& params) {
    return ppm_floor(params.max_jury_fee, largest_penalty_ppm(params));
}

Params devnet_params() {
    Params out;
    out.min_challenge_bond = Amount(kTokenUnits / 100);
    out.jury_fee = Amount(kTokenUnits / 20);
    out.max_jury_fee = Amount(kTokenUnits);
    out.juror_effort = Amount(kTokenUnits / 40);
    out.evidence_s = 5;
    out.commit_s = 10;
    out.reveal_s = 10;
    out.appeal_s = 5;
    return out;
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::disputes
