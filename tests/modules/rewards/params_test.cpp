// Parameters of minting: each rule refuses what breaks it; the emission rate meets its definition.
#include "modules/rewards/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using rewards::Params;

namespace {

template <class Change>
std::string refusal(const Change& change) {
    Params params;
    change(params);
    const auto good = rewards::validate(params);
    return good ? "" : good.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults_and_devnet_pass) {
    BOOST_TEST(refusal([](Params&) {}) == "");
    BOOST_TEST(refusal([](Params& params) { params = rewards::devnet_params(); }) == "");
    BOOST_TEST(rewards::devnet_params().epoch_s == 20U);
    BOOST_TEST(rewards::devnet_params().vesting_s == 120U);
}

BOOST_AUTO_TEST_CASE(p1_keeps_mu_below_the_burn_and_splits_whole) {
    BOOST_TEST(refusal([](Params& params) { params.mu_ppm = 950'000; }) == "");
    BOOST_TEST(refusal([](Params& params) { params.mu_ppm = 950'001; }) ==
               "P1: rewards.muPpm is above 950000");
    const std::string split = "P1: rewards.split does not sum to 1000000";
    BOOST_TEST(refusal([](Params& params) { params.split.jurors_ppm = 99'999; }) == split);
    BOOST_TEST(refusal([](Params& params) { params.split.treasury_ppm = 100'001; }) == split);
    BOOST_TEST(refusal([](Params& params) {
                   params.split = {
                       .contributors_ppm = 0xFFFF'FFFF, .jurors_ppm = 1'000'001, .treasury_ppm = 0};
               }) == split);
}

BOOST_AUTO_TEST_CASE(times_are_bounded) {
    BOOST_TEST(refusal([](Params& params) { params.epoch_s = 0; }).starts_with("rewards.epochS"));
    BOOST_TEST(
        refusal([](Params& params) { params.epoch_s = 2'592'001; }).starts_with("rewards.epochS"));
    BOOST_TEST(refusal([](Params& params) { params.half_life_s = 16 * 86'400 - 1; }) ==
               "rewards.halfLifeS is below 16 epochs");
    BOOST_TEST(refusal([](Params& params) {
                   params.half_life_s = 31'536'000'001;
               }).starts_with("rewards.halfLifeS is above"));
    BOOST_TEST(
        refusal([](Params& params) { params.vesting_s = 0; }).starts_with("rewards.vestingS"));
    BOOST_TEST(refusal([](Params& params) {
                   params.vesting_s = 315'360'001;
               }).starts_with("rewards.vestingS"));
    BOOST_TEST(refusal([](Params& params) {
                   params.at_once_ppm = 1'000'001;
               }).starts_with("rewards.atOncePpm"));
}

// Expected: floor(2^32 (1 - 2^(-epoch/126230400))), computed with 60 decimal digits.
BOOST_AUTO_TEST_CASE(the_emission_rate_halves_what_is_left_in_four_years) {
    const std::pair<std::uint64_t, std::uint64_t> expected[] = {
        {1, 23},          {20, 471},          {3600, 84902},
        {86400, 2037192}, {604800, 14240072}, {2592000, 60697299}};
    for (const auto& [epoch_s, rate] : expected) {
        Params params;
        params.epoch_s = epoch_s;
        BOOST_TEST(rewards::emission_rate(params) == rate);
    }
    Params coarse;
    coarse.half_life_s = 16 * coarse.epoch_s;
    BOOST_TEST(rewards::emission_rate(coarse) == 182092522U);
    u128 left = static_cast<u128>(1) << 90;  // of the cap, by the rule of every epoch of four years
    for (int day = 0; day < 1'461; ++day) left -= (left * rewards::emission_rate(Params{})) >> 32;
    const u128 half = static_cast<u128>(1) << 89;
    BOOST_TEST((left > half - half / 1'000'000 && left < half + half / 1'000'000));
}
