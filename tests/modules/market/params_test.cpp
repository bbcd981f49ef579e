// Parameter sets of the market that are refused, one rule a case.
#include "modules/market/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::market;

namespace {

template <class F>
Params changed(F change) {
    Params params;
    change(params);
    return params;
}

template <class F>
bool refused(F change) {
    return validate(changed(change)).has_error();
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults_and_devnet_are_valid) {
    BOOST_TEST(validate(Params{}).has_value());
    BOOST_TEST(validate(devnet_params()).has_value());
}

BOOST_AUTO_TEST_CASE(rates_out_of_range_are_refused) {
    BOOST_TEST(refused([](Params& p) { p.fee_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.fee_ppm = 500'001; }));
    BOOST_TEST(!refused([](Params& p) { p.fee_ppm = 500'000; }));
    BOOST_TEST(refused([](Params& p) { p.buyer_bond_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.contributor_bond_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.contributor_bond_ppm = 10'000'001; }));
    BOOST_TEST(!refused([](Params& p) {
        p.contributor_bond_ppm = 10'000'000;
        p.buyer_bond_ppm = 200'000;
    }));
    BOOST_TEST(refused([](Params& p) { p.audit_share_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.audit_share_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.holdback_ppm = 1'000'001; }));
    BOOST_TEST(!refused([](Params& p) { p.holdback_ppm = 1'000'000; }));
    BOOST_TEST(refused([](Params& p) { p.cancel_fee_ppm = 1'000'001; }));
}

BOOST_AUTO_TEST_CASE(windows_and_counts_out_of_range_are_refused) {
    BOOST_TEST(refused([](Params& p) { p.reveal_window_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.reveal_window_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.challenge_window_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.challenge_window_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.holdback_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.holdback_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.max_order_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.max_order_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.min_order_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.min_order_s = p.max_order_s + 1; }));
    BOOST_TEST(!refused([](Params& p) { p.min_order_s = p.max_order_s; }));
    BOOST_TEST(refused([](Params& p) { p.max_live_submissions = 0; }));
    BOOST_TEST(refused([](Params& p) { p.gold_window_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.gold_window_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.answer_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.answer_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.grader_commit_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.grader_commit_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.grader_reveal_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.grader_reveal_s = 31'536'001; }));
}

BOOST_AUTO_TEST_CASE(p5_looking_pays_a_grader) {
    const auto with = [](std::uint64_t fee, std::uint32_t penalty_ppm, std::uint64_t effort) {
        return refused([&](Params& p) {
            p.grader_fee = Amount(fee);
            p.grader_penalty_ppm = penalty_ppm;
            p.grader_effort = Amount(effort);
        });
    };
    BOOST_TEST(!with(1'000, 3'000'000, 600));  // 0.15 of 4,000
    BOOST_TEST(with(1'000, 3'000'000, 601));
    BOOST_TEST(with(1'000, 2'999'999, 600));
    BOOST_TEST(with(0, 3'000'000, 0));
    BOOST_TEST(with(1'000, 999'999, 1));  // a penalty below the fee
    BOOST_TEST(with(1'000, 100'000'001, 1));
    BOOST_TEST(refused(
        [](Params& p) { p.grader_fee = Amount::from_raw((static_cast<u128>(1) << 90) + 1); }));
    BOOST_TEST(refused(
        [](Params& p) { p.grader_effort = Amount::from_raw((static_cast<u128>(1) << 90) + 1); }));
}

BOOST_AUTO_TEST_CASE(p8_a_buyers_bond_outweighs_what_false_gold_saves) {
    BOOST_TEST(!refused([](Params& p) { p.buyer_bond_ppm = 59'869; }));
    BOOST_TEST(refused([](Params& p) { p.buyer_bond_ppm = 59'868; }));
    BOOST_TEST(refused([](Params& p) { p.buyer_bond_ppm = 0; }));
    // The fee and the buyer's share of the slash count.
    BOOST_TEST(refused([](Params& p) {
        p.buyer_bond_ppm = 59'869;
        p.fee_ppm = 60'000;
    }));
    BOOST_TEST(refused([](Params& p) {
        p.buyer_bond_ppm = 59'869;
        p.contributor_bond_ppm = 400'000;
    }));
}

BOOST_AUTO_TEST_CASE(p1_every_split_sums_to_a_million) {
    BOOST_TEST(refused([](Params& p) { p.fee_split.burned_ppm += 1; }));
    BOOST_TEST(refused([](Params& p) { p.fee_split.treasury_ppm -= 1; }));
    BOOST_TEST(refused([](Params& p) { p.slash_split.challenger_ppm += 1; }));
    BOOST_TEST(refused([](Params& p) { p.slash_split.buyer_ppm -= 1; }));
    // A sum that wraps in 32 bits is no million.
    BOOST_TEST(refused([](Params& p) {
        p.fee_split = {.burned_ppm = 0xFFFF'FFFF,
                       .validators_ppm = 1'000'001,
                       .jurors_ppm = 0,
                       .insurance_ppm = 0,
                       .treasury_ppm = 0};
    }));
    BOOST_TEST(refused([](Params& p) {
        p.slash_split = {.challenger_ppm = 0xFFFF'FFFF, .buyer_ppm = 1'000'001, .burned_ppm = 0};
    }));
    const Params moved = changed([](Params& p) {
        p.slash_split = {.challenger_ppm = 0, .buyer_ppm = 0, .burned_ppm = 1'000'000};
        p.fee_split = {.burned_ppm = 0,
                       .validators_ppm = 0,
                       .jurors_ppm = 0,
                       .insurance_ppm = 0,
                       .treasury_ppm = 1'000'000};
    });
    BOOST_TEST(validate_splits(moved).has_value());
    BOOST_TEST(validate(moved).has_value());
}

BOOST_AUTO_TEST_CASE(p3_a_bad_submission_costs_what_it_could_have_earned) {
    // Of a = 0.8, 0.675 is convicted: 0.675 x 0.6 B >= 0.325 at B = 0.80247.
    const auto audited = [](std::uint32_t audit, std::uint32_t bond) {
        return changed([&](Params& p) {
            p.audit_share_ppm = audit;
            p.contributor_bond_ppm = bond;
        });
    };
    const auto deters = [&](std::uint32_t audit, std::uint32_t bond, Windfall windfall = {}) {
        return validate_collateral(audited(audit, bond), windfall).has_value();
    };
    BOOST_TEST(deters(800'000, 802'470));
    BOOST_TEST(!deters(800'000, 802'460));
    BOOST_TEST(!deters(799'990, 802'470));
    // All looked at, juries still err: 0.50625 B >= 0.15625.
    BOOST_TEST(deters(1'000'000, 308'644));
    BOOST_TEST(!deters(1'000'000, 308'640));
    // 3% of the value are burned: 0.15625 x 1.03 / 0.50625, or B (0.50625 - 0.03125) = 0.15625.
    BOOST_TEST(!deters(1'000'000, 317'890, {.minted_ppm = 1'000'000}));
    BOOST_TEST(deters(1'000'000, 317'904, {.minted_ppm = 1'000'000}));
    BOOST_TEST(!deters(1'000'000, 328'940, {.lost_bond_ppm = 200'000}));
    BOOST_TEST(deters(1'000'000, 328'960, {.lost_bond_ppm = 200'000}));
    const auto out = validate_collateral(audited(500'000, 100'000), {});
    BOOST_REQUIRE(out.has_error());
    BOOST_TEST(out.error().message.starts_with("P3: market.auditSharePpm"));
}

BOOST_AUTO_TEST_CASE(p3_counts_only_what_the_challenger_does_not_get) {
    Params params;
    params.audit_share_ppm = 600'000;
    params.contributor_bond_ppm = 1'800'000;  // 0.50625 x 0.6 x 1.8 = 0.54675 >= 0.49375
    BOOST_TEST(validate_collateral(params, {}).has_value());
    params.slash_split = {.challenger_ppm = 1'000'000, .buyer_ppm = 0, .burned_ppm = 0};
    BOOST_TEST(validate_collateral(params, {}).has_error());
}

BOOST_AUTO_TEST_CASE(p3_holds_for_every_tier) {
    const auto third = [](std::uint32_t audit, std::uint32_t collateral) {
        return changed([&](Params& p) {
            p.tiers.t3 = {.audit_share_ppm = audit, .collateral_ppm = collateral};
        });
    };
    // Of a half, 0.421875 is convicted: 0.421875 x 0.6 B >= 0.578125 at B = 2.28395.
    BOOST_TEST(validate_collateral(third(500'000, 2'283'960), {}).has_value());
    BOOST_TEST(validate_collateral(third(500'000, 2'283'940), {}).error().message ==
               "P3: market.tiers.t3 is too small to deter");
    const auto weak = [](auto change) {
        return validate_collateral(changed(change), {}).has_error();
    };
    BOOST_TEST(!weak([](Params&) {}));
    BOOST_TEST(weak([](Params& p) { p.tiers.t1.collateral_ppm = 700'000; }));
    BOOST_TEST(weak([](Params& p) { p.tiers.t2.audit_share_ppm = 500'000; }));
    BOOST_TEST(weak([](Params& p) { p.tiers.t4.audit_share_ppm = 370'000; }));
    BOOST_TEST(largest_collateral_ppm(Params{}) == 3'600'000u);
    BOOST_TEST(largest_collateral_ppm(third(500'000, 3'600'001)) == 3'600'001u);
    BOOST_TEST(refused([](Params& p) { p.tiers.t4.audit_share_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.tiers.t1.audit_share_ppm = 9'999; }));
    BOOST_TEST(refused(
        [](Params& p) { p.tiers.t1 = {.audit_share_ppm = 1'000'000, .collateral_ppm = 0}; }));
    BOOST_TEST(refused([](Params& p) { p.tiers.t4.collateral_ppm = 10'000'001; }));
}

BOOST_AUTO_TEST_CASE(p10_claims_return_less_than_fees_cost) {
    BOOST_TEST(!refused([](Params& p) { p.insurance.buyer_share_ppm = 950'000; }));
    const auto out = validate(changed([](Params& p) { p.insurance.buyer_share_ppm = 950'001; }));
    BOOST_REQUIRE(out.has_error());
    BOOST_TEST(out.error().message.starts_with("P10"));
    BOOST_TEST(refused([](Params& p) { p.insurance.coverage_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.insurance.epoch_share_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.insurance.claim_window_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.insurance.claim_window_s = 31'536'001; }));
}

BOOST_AUTO_TEST_CASE(p2_a_share_of_garbage_costs_more_than_it_is_paid) {
    const auto sampled = [](std::uint32_t audit, std::uint32_t weight) {
        return changed([&](Params& p) {
            p.audit_share_ppm = audit;
            p.defect_weight_ppm = weight;
        });
    };
    BOOST_TEST(validate_sampling(sampled(1'000'000, 2'000'000)).has_value());
    BOOST_TEST(validate_sampling(sampled(1'000'000, 1'999'999)).has_error());
    BOOST_TEST(validate_sampling(sampled(400'000, 5'000'000)).has_value());
    BOOST_TEST(validate_sampling(sampled(400'000, 4'999'997)).has_error());
    const auto out = validate(sampled(1'000'000, 1'500'000));
    BOOST_REQUIRE(out.has_error());
    BOOST_TEST(out.error().message.starts_with("P2"));
}

BOOST_AUTO_TEST_CASE(sampling_and_openings_out_of_range_are_refused) {
    BOOST_TEST(refused([](Params& p) { p.sample_items = 0; }));
    BOOST_TEST(refused([](Params& p) { p.sample_items = 10'001; }));
    BOOST_TEST(refused([](Params& p) { p.defects_rejected = 0; }));
    BOOST_TEST(refused([](Params& p) { p.defects_rejected = p.sample_items + 1; }));
    BOOST_TEST(refused([](Params& p) { p.defects_forgiven = p.defects_rejected; }));
    BOOST_TEST(refused([](Params& p) { p.defect_weight_ppm = 999'999; }));
    BOOST_TEST(refused([](Params& p) { p.defect_weight_ppm = 1'000'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.open_window_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.open_window_s = p.challenge_window_s / 2 + 1; }));
    BOOST_TEST(!refused([](Params& p) { p.open_window_s = p.challenge_window_s / 2; }));
    Params params;
    BOOST_TEST(validate_open_window(params, params.open_window_s).has_value());
    BOOST_TEST(validate_open_window(params, params.open_window_s - 1).has_error());
}
