// The rules between the numbers of disputes.
#include "modules/disputes/params.hpp"

#include <algorithm>

#include "chain/state/state.hpp"

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
    if (params.lost_bond_to_contributor_ppm > kPpm)
        return failure("disputes.lostBondToContributorPpm is above 1000000");
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

}  // namespace

Result<void> validate(const Params& params) {
    if (auto out = validate_amounts(params); !out) return out;
    if (auto out = validate_rates(params); !out) return out;
    for (const std::uint64_t phase_s : {params.evidence_s, params.commit_s, params.reveal_s})
        if (phase_s == 0 || phase_s > kMaxPhase_s)
            return failure("disputes: a phase is outside 1.." + std::to_string(kMaxPhase_s) +
                           " seconds");
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

std::uint64_t longest_dispute_s(const Params& params) {
    return kMaxDraws * (params.evidence_s + params.commit_s + params.reveal_s);
}

Amount seat_lock(const Params& params) {
    const std::uint32_t largest = std::max(
        {params.incoherent_penalty_ppm, params.no_show_penalty_ppm, params.unrevealed_penalty_ppm});
    return ppm_floor(params.jury_fee, largest);
}

Params devnet_params() {
    Params out;
    out.min_challenge_bond = Amount(kTokenUnits / 100);
    out.jury_fee = Amount(kTokenUnits / 20);
    out.juror_effort = Amount(kTokenUnits / 40);
    out.evidence_s = 5;
    out.commit_s = 10;
    out.reveal_s = 10;
    return out;
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::disputes
