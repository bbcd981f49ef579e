// Amounts never wrap: every operation against an independent 256-bit reference.
#include "chain/types/amount.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace assay;
using Big = boost::multiprecision::cpp_int;

namespace {

Big big(Amount a) { return (Big(a.high()) << 64) | Big(a.low()); }

// Random width first, so that small, middle and full-width values all occur.
Amount random_amount(std::mt19937_64& random) {
    const unsigned bits = static_cast<unsigned>(random() % 129);
    u128 raw = static_cast<u128>(random()) << 64 | random();
    if (bits == 0) return {};
    return Amount::from_raw(raw >> (128 - bits));
}

const Big kLimit = Big(1) << 128;

void check_equal(const std::optional<Amount>& got, const Big& want) {
    const bool fits = want >= 0 && want < kLimit;
    BOOST_REQUIRE_EQUAL(got.has_value(), fits);
    if (fits) BOOST_REQUIRE(big(*got) == want);
}

}  // namespace

BOOST_AUTO_TEST_CASE(arithmetic_agrees_with_big_integers_or_refuses) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 20'000; ++i) {
        const Amount a = random_amount(random);
        const Amount b = random_amount(random);
        const Amount c = random_amount(random);
        check_equal(checked_add(a, b), big(a) + big(b));
        check_equal(checked_sub(a, b), big(a) - big(b));
        check_equal(checked_mul(a, b), big(a) * big(b));
        if (c.is_zero()) {
            BOOST_TEST(!mul_div_floor(a, b, c).has_value());
            BOOST_TEST(!mul_div_ceil(a, b, c).has_value());
            continue;
        }
        const Big product = big(a) * big(b);
        check_equal(mul_div_floor(a, b, c), product / big(c));
        check_equal(mul_div_ceil(a, b, c), (product + big(c) - 1) / big(c));
    }
}

BOOST_AUTO_TEST_CASE(ppm_rounds_payouts_down_and_debts_up) {
    BOOST_TEST(ppm_floor(Amount(999), 50'000) == Amount(49));
    BOOST_TEST(ppm_ceil(Amount(999), 50'000) == Amount(50));
    BOOST_TEST(ppm_floor(Amount(1'000'000), kPpm) == Amount(1'000'000));
}

BOOST_AUTO_TEST_CASE(text_form_round_trips_and_names_what_is_wrong) {
    std::mt19937_64 random(2);
    for (int i = 0; i < 2'000; ++i) {
        const Amount a = random_amount(random);
        BOOST_TEST(to_string(a) == big(a).str());
        BOOST_TEST(*parse_amount(to_string(a)) == a);
    }
    BOOST_TEST(*parse_amount("0xff") == Amount(255));
    BOOST_TEST(parse_amount("-1").error().message == "amount is negative");
    BOOST_TEST(parse_amount("").error().message == "amount is empty");
    BOOST_TEST(parse_amount("1.5").error().message == "amount is not a whole number: '1.5'");
    BOOST_TEST(parse_amount("340282366920938463463374607431768211456").error().message ==
               "amount exceeds 2^128 - 1");
}
