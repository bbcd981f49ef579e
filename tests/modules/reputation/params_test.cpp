// Parameter sets of reputation that are refused, one rule a case.
#include "modules/reputation/params.hpp"

#include <boost/test/unit_test.hpp>

#include "modules/wiring/governed.hpp"

using namespace assay;
using namespace assay::reputation;

namespace {

template <class F>
std::string refusal(F change) {
    Params params;
    change(params);
    const auto good = validate(params);
    return good ? "" : good.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(defaults_and_devnet_are_valid) {
    BOOST_TEST(refusal([](Params&) {}) == "");
    BOOST_TEST(validate(reputation::devnet_params()).has_value());
}

BOOST_AUTO_TEST_CASE(numbers_out_of_range_are_refused) {
    BOOST_TEST(refusal([](Params& p) { p.step_s = 0; }).starts_with("reputation.stepS"));
    BOOST_TEST(refusal([](Params& p) { p.full_burn = {}; }).starts_with("reputation.fullBurn"));
    BOOST_TEST(
        refusal([](Params& p) { p.full_burn = Amount::max(); }).starts_with("reputation.fullBurn"));
    BOOST_TEST(refusal([](Params& p) {
                   p.counterparty_cap_ppm = 0;
               }).starts_with("reputation.counterpartyCapPpm"));
    BOOST_TEST(refusal([](Params& p) {
                   p.buyer_counts_ppm = 0;
               }).starts_with("reputation.buyerCountsPpm"));
    BOOST_TEST(refusal([](Params& p) {
                   p.buyer_counts_ppm = p.counterparty_cap_ppm + 1;
               }).starts_with("reputation.buyerCountsPpm"));
    BOOST_TEST(refusal([](Params& p) { p.buyer_counts_ppm = p.counterparty_cap_ppm; }) == "");
    BOOST_TEST(
        refusal([](Params& p) { p.rejection_ppm = 0; }).starts_with("reputation.rejectionPpm"));
    BOOST_TEST(refusal([](Params& p) {
                   p.rejection_ppm = 1'000'001;
               }).starts_with("reputation.rejectionPpm"));
}

BOOST_AUTO_TEST_CASE(p11_tiers_rise_and_ask_for_several_buyers) {
    BOOST_TEST(refusal([](Params& p) { p.t1.buyers = 1; }).starts_with("P11: reputation.t1"));
    BOOST_TEST(refusal([](Params& p) { p.t1.score_ppm = 0; }).starts_with("P11: reputation.t1"));
    BOOST_TEST(refusal([](Params& p) { p.t1.stake = {}; }).starts_with("P11: reputation.t1"));
    BOOST_TEST(refusal([](Params& p) {
                   p.t3.score_ppm = p.t2.score_ppm - 1;
               }).starts_with("P11: reputation.t3"));
    BOOST_TEST(refusal([](Params& p) { p.t3.score_ppm = p.t2.score_ppm; }) == "");
    BOOST_TEST(
        refusal([](Params& p) { p.t4.stake = Amount(1); }).starts_with("P11: reputation.t4"));
    BOOST_TEST(
        refusal([](Params& p) { p.t4.buyers = 1'001; }).starts_with("P11: reputation.t4.buyers"));
    BOOST_TEST(refusal([](Params& p) {
                   p.t4.stake = Amount::max();
               }).starts_with("P11: reputation.t4.stake"));
}

BOOST_AUTO_TEST_CASE(p11_so_many_buyers_can_give_the_score) {
    BOOST_TEST(refusal([](Params& p) {
                   p.counterparty_cap_ppm = 133'333;  // six give 799'998
               }).starts_with("P11: reputation.t4.scorePpm"));
    BOOST_TEST(refusal([](Params& p) { p.counterparty_cap_ppm = 133'334; }) == "");
    BOOST_TEST(refusal([](Params& p) {
                   p.t4.score_ppm = 1'000'001;
               }).starts_with("P11: reputation.t4.scorePpm"));
}

BOOST_AUTO_TEST_CASE(the_step_keeps_its_length) {
    const Governed before{.modules = assay::devnet_params(), .fees = {}};
    Governed after = before;
    after.modules.reputation.rejection_ppm = 300'000;
    BOOST_TEST(validate_change(before, after).has_value());
    after.modules.reputation.step_s += 1;
    const auto out = validate_change(before, after);
    BOOST_REQUIRE(out.has_error());
    BOOST_TEST(out.error().message.starts_with("reputation.stepS"));
}
