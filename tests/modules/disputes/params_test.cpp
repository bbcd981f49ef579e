// Parameter sets that are refused, one rule a case.
#include "modules/disputes/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::disputes;

BOOST_AUTO_TEST_CASE(defaults_and_devnet_are_valid) {
    BOOST_TEST(validate(Params{}).has_value());
    BOOST_TEST(validate(devnet_params()).has_value());
    BOOST_TEST(seat_lock(Params{}) == Amount(3 * kTokenUnits));  // six fees of half a token
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

// 64 * (fee + 3 fees) is 256 fees; a challenger who loses leaves half of a bond of 100.
BOOST_AUTO_TEST_CASE(p7_the_fee_grows_with_the_value_at_stake) {
    Params params;
    params.jury_fee = Amount(100);
    params.max_jury_fee = Amount(1'000);
    params.min_challenge_bond = Amount(100);
    const auto fee = [&](Amount value, std::uint64_t contributor_bond = 0) {
        return fee_of_dispute(value, Amount(contributor_bond), params);
    };
    BOOST_TEST(fee(Amount(0)) == Amount(100));
    BOOST_TEST(fee(Amount(25'550)) == Amount(100));
    BOOST_TEST(fee(Amount(25'551)) == Amount(101));
    BOOST_TEST(fee(Amount(25'000), 4'800) == Amount(100));  // half of a quarter of it is 600
    BOOST_TEST(fee(Amount(25'000), 4'801) == Amount(101));
    BOOST_TEST(fee(Amount(255'950)) == Amount(1'000));
    BOOST_TEST(fee(Amount(255'951)) == Amount(1'000));
    BOOST_TEST(fee(Amount::max()) == Amount(1'000));
    BOOST_TEST(fee(Amount::max(), 1) == Amount(1'000));
    BOOST_TEST(largest_covered_gain(params) == Amount(256'000));
    BOOST_TEST(largest_seat_lock(params) == Amount(6'000));
}

BOOST_AUTO_TEST_CASE(p7_the_largest_submission_is_covered_by_the_largest_fee) {
    Params params;
    params.jury_fee = Amount(100);
    params.max_jury_fee = Amount(1'000);
    params.min_challenge_bond = Amount(100);
    // 200,000 + half of a quarter of twice that is 250,000.
    BOOST_TEST(validate_largest_value(params, Amount(200'000), 2'000'000).has_value());
    BOOST_TEST(validate_largest_value(params, Amount(204'800), 2'000'000).has_value());
    const auto out = validate_largest_value(params, Amount(204'801), 2'000'000);
    BOOST_REQUIRE(out.has_error());
    BOOST_TEST(out.error().message.starts_with("P7"));
    BOOST_TEST(validate_largest_value(params, Amount(204'800), 2'000'010).has_error());
    BOOST_TEST(validate_largest_value(params, Amount::max(), 1).has_error());
    BOOST_TEST(lost_bond_ppm(params) == 125'000u);
    params.challenge_bond_ppm = 333'333;
    BOOST_TEST(lost_bond_ppm(params) == 166'667u);
}
