// Owns the market's parameters: rates, windows and limits that genesis sets.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay {
class State;
}

namespace assay::market {

// How an accepted submission's order fee is split. Sums to 10^6; the rounding remainder is burned.
struct FeeSplit {
    std::uint32_t burned_ppm = 600'000;
    std::uint32_t validators_ppm = 150'000;
    std::uint32_t jurors_ppm = 100'000;
    std::uint32_t insurance_ppm = 100'000;
    std::uint32_t treasury_ppm = 50'000;
};
BOOST_DESCRIBE_STRUCT(FeeSplit, (),
                      (burned_ppm, validators_ppm, jurors_ppm, insurance_ppm, treasury_ppm))

// How a slashed contributor bond is split. Sums to 10^6; the rounding remainder is burned.
struct SlashSplit {
    std::uint32_t challenger_ppm = 400'000;
    std::uint32_t buyer_ppm = 250'000;
    std::uint32_t burned_ppm = 350'000;
};
BOOST_DESCRIBE_STRUCT(SlashSplit, (), (challenger_ppm, buyer_ppm, burned_ppm))

// What a tier above T0 asks of a submission.
struct TierTerms {
    std::uint32_t audit_share_ppm = 0;  // of its submissions that are drawn for an audit
    std::uint32_t collateral_ppm = 0;   // of the value at stake
};
BOOST_DESCRIBE_STRUCT(TierTerms, (), (audit_share_ppm, collateral_ppm))

struct Tiers {
    TierTerms t1{.audit_share_ppm = 800'000, .collateral_ppm = 900'000};
    TierTerms t2{.audit_share_ppm = 600'000, .collateral_ppm = 1'800'000};
    TierTerms t3{.audit_share_ppm = 500'000, .collateral_ppm = 2'500'000};
    TierTerms t4{.audit_share_ppm = 400'000, .collateral_ppm = 3'600'000};
};
BOOST_DESCRIBE_STRUCT(Tiers, (), (t1, t2, t3, t4))

// What the insurance pool gives back of a buyer's loss by fraud (insurance.hpp).
struct Insurance {
    std::uint32_t coverage_ppm = 500'000;      // of a loss
    std::uint32_t buyer_share_ppm = 900'000;   // of what all of a buyer's fees cost for good: P10
    std::uint32_t epoch_share_ppm = 100'000;   // of the pool, in one epoch
    std::uint64_t claim_window_s = 2'592'000;  // from the claw-back on
};
BOOST_DESCRIBE_STRUCT(Insurance, (),
                      (coverage_ppm, buyer_share_ppm, epoch_share_ppm, claim_window_s))

// The terms an order keeps from the day it was posted.
struct Params {
    std::uint32_t fee_ppm = 50'000;  // of accepted value
    FeeSplit fee_split;
    SlashSplit slash_split;
    std::uint32_t buyer_bond_ppm = 100'000;        // of the largest payout
    std::uint32_t contributor_bond_ppm = 350'000;  // of the value at stake (tier T0)
    std::uint32_t audit_share_ppm = 1'000'000;     // share of work that is open to challenge (T0)
    std::uint32_t holdback_ppm = 100'000;          // of a payout
    std::uint32_t cancel_fee_ppm = 10'000;         // of the largest payout, burned
    std::uint64_t reveal_window_s = 86'400;
    std::uint64_t challenge_window_s = 259'200;
    std::uint64_t holdback_s = 2'592'000;
    std::uint64_t min_order_s = 60;  // from posting to the order's deadline
    std::uint64_t max_order_s = 31'536'000;
    std::uint32_t max_live_submissions = 100'000;  // of one order
    // Payment after sampling (sampling.hpp).
    std::uint32_t sample_items = 100;             // k
    std::uint32_t defects_forgiven = 2;           // c0
    std::uint32_t defects_rejected = 9;           // c_r
    std::uint32_t defect_weight_ppm = 2'000'000;  // lambda
    std::uint64_t open_window_s = 86'400;         // to show items that somebody asked for
    std::uint64_t unbonded_max_items = 20;        // of one submission without a bond
    std::uint64_t unbonded_reveal_s = 600;        // such a place is not reserved for long
    std::uint32_t relay_premium_ppm =
        100'000;  // of a sponsored message's base fee, for its relayer
    Amount min_opening_bond = Amount(kTokenUnits / 1'000);  // an item; else the item's price
    std::uint64_t gold_window_s = 86'400;  // for the buyer, to open the gold that was drawn
    std::uint64_t answer_s = 86'400;       // for contributors, to show the items that are compared
    Tiers tiers;
    Insurance insurance;
    Amount grader_fee = Amount(kTokenUnits / 2);     // of a seat in an audit
    std::uint32_t grader_penalty_ppm = 3'000'000;    // of the fee: sigma
    std::uint64_t grader_commit_s = 86'400;          // to look at the drawn items
    std::uint64_t grader_reveal_s = 86'400;          // to tell what was found
    Amount grader_effort = Amount(kTokenUnits / 4);  // what looking at a sample costs a grader
    Amount largest_submission = Amount::from_raw(static_cast<u128>(kTokenUnits) * 2'800);  // P7
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (fee_ppm, fee_split, slash_split, buyer_bond_ppm, contributor_bond_ppm,
                       audit_share_ppm, holdback_ppm, cancel_fee_ppm, reveal_window_s,
                       challenge_window_s, holdback_s, min_order_s, max_order_s,
                       max_live_submissions, sample_items, defects_forgiven, defects_rejected,
                       defect_weight_ppm, open_window_s, unbonded_max_items, unbonded_reveal_s,
                       relay_premium_ppm, min_opening_bond, gold_window_s, answer_s, tiers,
                       insurance, grader_fee, grader_penalty_ppm, grader_commit_s, grader_reveal_s,
                       grader_effort, largest_submission))

inline constexpr Table<Only, Params> kParams{ModuleId::market, 3};

Result<void> validate(const Params& params);
// P1: every split sums to 10^6.
Result<void> validate_splits(const Params& params);
// What made-up work brings beside its value, known where the modules' parameters meet.
struct Windfall {
    std::uint32_t minted_ppm = 0;     // for its contributor, of the fee that it burns
    std::uint32_t lost_bond_ppm = 0;  // from a challenger who loses, of the contributor's bond
};
// P3, for every tier: made-up work loses on average before panels of three whose jurors are right
// in 75% of the cases, 27/32 together, and nobody appeals: with a the share open to challenge, c =
// 27/32 a what is convicted, B the bond, r the challenger's share, m and w the windfall:
// c (1 - r) B >= (1 - c) (1 + m) + (a - c) w B.
Result<void> validate_collateral(const Params& params, const Windfall& windfall);
// Of the tiers' collateral, in ppm of the value at stake.
std::uint32_t largest_collateral_ppm(const Params& params);
// P8: the buyer's bond >= e / (1 - e) of what false gold saves the buyer at e = 0.05, the error of
// a jury: the value, the fee on it, and the buyer's share of the slashed bond of tier T0.
Result<void> validate_buyer_bond(const Params& params);
// P2: a times lambda >= 2, so that a share of garbage costs more than it is paid. Stated of T0: the
// lambda of the other tiers follows from it (tiers.hpp).
Result<void> validate_sampling(const Params& params);
// P5 for graders: 0.15 (fee + sigma) >= effort, what looking at a sample costs.
Result<void> validate_grading(const Params& params);
// P10: what all claims of a buyer may return is strictly less than what the buyer's fees cost a
// coalition that owns every role, so that no wash trade with proven own fraud pays.
Result<void> validate_insurance(const Params& params);
// A dispute lasts longer than its evidence period; an answer that is due must come before its end,
// or a friend's dispute would keep missing items from counting.
Result<void> validate_open_window(const Params& params, std::uint64_t evidence_s);
// Windows of a few seconds, for one machine.
Params devnet_params();
// Writes the genesis record.
void init(State& state, const Params& params);

}  // namespace assay::market
