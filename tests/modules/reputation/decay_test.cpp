// The table of the half-life against exact arithmetic, and what rounding does to scores.
#include "modules/reputation/decay.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/choices.hpp"

using namespace assay;
using namespace assay::reputation;
using Big = boost::multiprecision::cpp_int;

namespace {

Big power(const Big& base, unsigned exponent) {
    return boost::multiprecision::pow(base, exponent);
}

// Whether x <= score * 2^(-steps/90), in integers: x^90 * 2^steps <= score^90.
bool at_most_exact(std::uint64_t x, std::uint64_t score, unsigned steps) {
    return power(Big(x), 90) * power(Big(2), steps) <= power(Big(score), 90);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_entry_is_the_floor_of_its_power) {
    for (unsigned d = 0; d < kHalfLifeSteps; ++d) {
        const Big bound = power(Big(2), 32 * 90 - d);
        BOOST_TEST((power(Big(kDecay[d]), 90) <= bound), "entry " << d << " is too large");
        BOOST_TEST((power(Big(kDecay[d] + 1), 90) > bound), "entry " << d << " is too small");
    }
}

BOOST_AUTO_TEST_CASE(ninety_steps_halve_exactly) {
    BOOST_TEST(decayed(1'000'000, 0) == 1'000'000U);
    BOOST_TEST(decayed(1'000'000, 90) == 500'000U);
    BOOST_TEST(decayed(1'000'000, 180) == 250'000U);
    BOOST_TEST(decayed(999'999, 90) == 499'999U);
    BOOST_TEST(decayed_up(999'999, 90) == 500'000U);
    BOOST_TEST(decayed(1'000'000, 45) == 707'106U);  // 10^6 / sqrt 2 = 707106.78
    BOOST_TEST(decayed_up(1'000'000, 45) == 707'107U);
    BOOST_TEST(decayed(1'000'000, 20 * 90) == 0U);
    BOOST_TEST(decayed(1'000'000, ~std::uint64_t{0}) == 0U);
    BOOST_TEST(decayed_up(1'000'000, ~std::uint64_t{0}) == 1U);
    BOOST_TEST(decayed_up(0, 7) == 0U);
}

BOOST_AUTO_TEST_CASE(rounding_never_favours_the_owner_and_costs_less_than_a_point) {
    const Bytes bytes = test::bytes_of_seed(3, 40'000);
    test::Choices choices(bytes);
    for (int i = 0; i < 1'000; ++i) {
        const auto score = static_cast<std::uint32_t>(choices.number() % 1'000'001);
        const auto steps = static_cast<unsigned>(choices.number() % 1'000);
        const std::uint32_t down = decayed(score, steps);
        const std::uint32_t up = decayed_up(score, steps);
        BOOST_TEST(at_most_exact(down, score, steps));
        BOOST_TEST(!at_most_exact(down + 2, score, steps));
        BOOST_TEST((up == score || up == 0 || !at_most_exact(up, score, steps) ||
                    steps % kHalfLifeSteps == 0));
        BOOST_TEST(up <= down + 2);
        // In two parts never more, and rounded up never less, than at once.
        const unsigned first = steps == 0 ? 0 : static_cast<unsigned>(choices.number() % steps);
        BOOST_TEST(decayed(decayed(score, first), steps - first) <= down);
        BOOST_TEST(decayed_up(decayed_up(score, first), steps - first) >= down);
    }
    BOOST_TEST(!choices.empty());
}
