// Parameter sets that are refused, one rule a case.
#include "modules/disputes/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::disputes;

BOOST_AUTO_TEST_CASE(defaults_and_devnet_are_valid) {
    BOOST_TEST(validate(Params{}).has_value());
    BOOST_TEST(validate(devnet_params()).has_value());
    BOOST_TEST(seat_lock(Params{}) == Amount(3 * kTokenUnits));  // six fees of half a token
    BOOST_TEST(longest_dispute_s(devnet_params()) == 6 * 50u + 5 * 5u + 1u + 20u + 7u);
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused) {
    const auto refused = [](auto change) {
        Params params;
        change(params);
        return validate(params).has_error();
    };
    BOOST_TEST(refused([](Params& p) { p.jury_fee = Amount(0); }));
    BOOST_TEST(refused([](Params& p) { p.jury_fee = Amount::max(); }));
    BOOST_TEST(refused([](Params& p) { p.min_challenge_bond = Amount(0); }));
    BOOST_TEST(refused([](Params& p) { p.min_challenge_bond = Amount::max(); }));
    BOOST_TEST(refused([](Params& p) { p.juror_effort = Amount::max(); }));
    BOOST_TEST(refused([](Params& p) { p.challenge_bond_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.challenge_bond_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.penalty_to_coherent_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.lost_bond_to_winner_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.pool_fees_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.max_jury_fee = Amount(kTokenUnits / 2 - 1); }));
    BOOST_TEST(refused([](Params& p) { p.max_jury_fee = Amount::max(); }));
    BOOST_TEST(refused([](Params& p) { p.join_bond_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.join_bond_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.appeal_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.review_ppm = 1'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.incoherent_penalty_ppm = 0; }));
    BOOST_TEST(refused([](Params& p) { p.no_show_penalty_ppm = 2'999'999; }));
    BOOST_TEST(refused([](Params& p) { p.unrevealed_penalty_ppm = 4'499'999; }));
    BOOST_TEST(refused([](Params& p) { p.unrevealed_penalty_ppm = 100'000'001; }));
    BOOST_TEST(refused([](Params& p) { p.evidence_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.commit_s = 0; }));
    BOOST_TEST(refused([](Params& p) { p.reveal_s = 2'592'001; }));
}

BOOST_AUTO_TEST_CASE(p4_a_baseless_challenge_loses_at_jury_error_three_tenths) {
    // 0.3 * 0.4 / 0.7 = 0.171428...
    BOOST_TEST(validate_challenge_bond(171'429, 400'000).has_value());
    BOOST_TEST(validate_challenge_bond(171'428, 400'000).has_error());
}

BOOST_AUTO_TEST_CASE(p5_a_right_vote_pays_for_the_effort) {
    Params params;
    params.jury_fee = Amount(100);
    params.juror_effort = Amount(60);  // 0.15 * (100 + 300)
    BOOST_TEST(validate_juror_effort(params).has_value());
    params.juror_effort = Amount(61);
    BOOST_TEST(validate_juror_effort(params).has_error());
    BOOST_TEST(validate(params).has_error());
}

BOOST_AUTO_TEST_CASE(the_jurors_pool_pays_less_than_a_slash_burns) {
    BOOST_TEST(validate_pool_share(349'999, 350'000).has_value());
    BOOST_TEST(validate_pool_share(350'000, 350'000).has_error());
}

BOOST_AUTO_TEST_CASE(the_jurors_pool_pays_less_than_a_lost_bond_burns) {
    Params params;
    params.lost_bond_to_winner_ppm = 700'000;
    params.pool_fees_ppm = 299'999;
    BOOST_TEST(validate(params).has_value());
    params.pool_fees_ppm = 300'000;
    BOOST_TEST(validate(params).has_error());
}

// 127 * (fee + 3 fees) is 508 fees.
BOOST_AUTO_TEST_CASE(p7_the_fee_grows_with_the_value_at_stake) {
    Params params;
    params.jury_fee = Amount(100);
    params.max_jury_fee = Amount(1'000);
    BOOST_TEST(fee_of_dispute(Amount(0), params) == Amount(100));
    BOOST_TEST(fee_of_dispute(Amount(50'800), params) == Amount(100));
    BOOST_TEST(fee_of_dispute(Amount(50'801), params) == Amount(101));
    BOOST_TEST(fee_of_dispute(Amount(508'000), params) == Amount(1'000));
    BOOST_TEST(fee_of_dispute(Amount(508'001), params) == Amount(1'000));
    BOOST_TEST(fee_of_dispute(Amount::max(), params) == Amount(1'000));
    BOOST_TEST(largest_covered_value(params) == Amount(508'000));
    BOOST_TEST(largest_seat_lock(params) == Amount(6'000));
}
