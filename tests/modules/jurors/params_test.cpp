// Parameter sets that are refused, one rule a case.
#include "modules/jurors/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::jurors;

BOOST_AUTO_TEST_CASE(defaults_and_devnet_are_valid) {
    BOOST_TEST(validate(Params{}).has_value());
    BOOST_TEST(validate(devnet_params()).has_value());
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused) {
    const auto refused = [](auto change) {
        Params params;
        change(params);
        return validate(params).has_error();
    };
    BOOST_TEST(refused([](Params& p) { p.min_stake = Amount(0); }));
    BOOST_TEST(refused([](Params& p) { p.min_stake = Amount::max(); }));
    BOOST_TEST(refused([](Params& p) { p.max_seats = 0; }));
    BOOST_TEST(refused([](Params& p) { p.unbonding_s = 0; }));
    BOOST_TEST(!refused([](Params& p) { p.unbonding_s = 1; }));
    BOOST_TEST(refused([](Params& p) { p.unbonding_s = 31'536'001; }));
    BOOST_TEST(refused([](Params& p) { p.max_jurors = 0; }));
    BOOST_TEST(refused([](Params& p) { p.max_jurors = 1'048'577; }));
}

BOOST_AUTO_TEST_CASE(a_unit_of_stake_covers_a_seats_largest_penalty) {
    BOOST_TEST(validate_seat_lock(Amount(5), Amount(5)).has_value());
    BOOST_TEST(validate_seat_lock(Amount(4), Amount(5)).has_error());
}
