// Who is paid what at each end of a submission and of an order, to the unit.
#include "modules/market/api.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::OrderState;
using market::SubmissionState;

BOOST_FIXTURE_TEST_CASE(acceptance_pays_ninety_ten_and_splits_the_fee, MarketFixture) {
    post(7, kOddPrice);
    BOOST_TEST(order().escrow == Amount(2'331 + 117));
    BOOST_TEST(order().buyer_bond == Amount(234));
    submit(kAnn, {1, 2, 3});
    BOOST_TEST(submission().bond == Amount(100));
    begin_at(submission().deadline_s);
    std::vector<Amount> before;
    for (const auto& each : pool::kAll) before.push_back(held(each.address));
    const Amount burned = ledger::supply(state()).burned_orders;
    BOOST_TEST(settle() == TxCode::ok);
    BOOST_TEST(gained(kAnn, Amount(900)));
    BOOST_TEST(submission().holdback == Amount(99));
    BOOST_TEST(order().escrow == Amount(2'448 - 999 - 49));
    for (std::size_t i = 0; i < before.size(); ++i) {
        const Address& at = pool::kAll[i].address;
        if (at == pool::kMarketEscrow) BOOST_TEST(sum_of(held(at), Amount(1'048)) == before[i]);
        if (at == pool::kContributorBonds) BOOST_TEST(sum_of(held(at), Amount(100)) == before[i]);
        if (at == pool::kHoldback) BOOST_TEST(grown_pool(i, before) == Amount(99));
        if (at == pool::kValidators) BOOST_TEST(grown_pool(i, before) == Amount(7));
        if (at == pool::kJurorFees) BOOST_TEST(grown_pool(i, before) == Amount(4));
        if (at == pool::kInsurance) BOOST_TEST(grown_pool(i, before) == Amount(4));
        if (at == pool::kTreasury) BOOST_TEST(grown_pool(i, before) == Amount(2));
    }
    BOOST_TEST(difference_of(ledger::supply(state()).burned_orders, burned) == Amount(32));
    begin_at(submission().deadline_s);
    BOOST_TEST(settle() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::finalized));
    BOOST_TEST(gained(kAnn, Amount(999)));
}

BOOST_FIXTURE_TEST_CASE(a_forfeit_burns_the_challengers_share, MarketFixture) {
    post(7, kOddPrice);
    const Amount buyer = wealth(kBuyer);
    commit(kAnn, {1, 2, 3});
    begin_at(submission().deadline_s);
    const Amount burned = ledger::supply(state()).burned_slashes;
    BOOST_TEST(settle() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::forfeited));
    BOOST_TEST(lost(kAnn, Amount(100)));
    BOOST_TEST(grown(kBuyer, buyer) == Amount(25));
    BOOST_TEST(difference_of(ledger::supply(state()).burned_slashes, burned) == Amount(75));
    BOOST_TEST(gained(kCarol, Amount(0)));  // who settles earns nothing
}

BOOST_FIXTURE_TEST_CASE(a_rejection_splits_the_bond, MarketFixture) {
    post(7, kOddPrice);
    const Amount buyer = wealth(kBuyer);
    submit(kAnn, {1, 2, 1});
    const Amount burned = ledger::supply(state()).burned_slashes;
    BOOST_TEST(prove(kCarol, market::ProveFraud{.submission = 1,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)}) == TxCode::ok);
    BOOST_TEST(lost(kAnn, Amount(100)));
    BOOST_TEST(gained(kCarol, Amount(40)));
    BOOST_TEST(grown(kBuyer, buyer) == Amount(25));
    BOOST_TEST(difference_of(ledger::supply(state()).burned_slashes, burned) == Amount(35));
    BOOST_TEST(order().items_reserved == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_claw_back_splits_the_holdback, MarketFixture) {
    post(7, kOddPrice);
    submit(kAnn, {1, 2, 1});
    pass_deadline();
    const Amount buyer = wealth(kBuyer);
    BOOST_TEST(prove(kCarol, market::ProveFraud{.submission = 1,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)}) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::clawed_back));
    BOOST_TEST(gained(kAnn, Amount(900)));
    BOOST_TEST(gained(kCarol, Amount(39)));
    BOOST_TEST(grown(kBuyer, buyer) == Amount(60));
}

BOOST_FIXTURE_TEST_CASE(cancelling_costs_its_fee_on_what_was_not_accepted, MarketFixture) {
    post(7, kOddPrice);
    submit(kAnn, {1, 2, 3});
    pass_deadline();
    BOOST_TEST(send(kBuyer, market::CancelOrder{.order = 1}) == TxCode::ok);
    BOOST_TEST((order().state == OrderState::cancelled));
    BOOST_TEST(lost(kBuyer, Amount(999 + 49 + 14)));  // 1% of 1332, rounded up
    BOOST_TEST((order().escrow.is_zero() && order().buyer_bond.is_zero()));
}

BOOST_FIXTURE_TEST_CASE(a_full_order_closes_early_and_returns_the_rest, MarketFixture) {
    post(3, kOddPrice);
    submit(kAnn, {1, 2, 3});
    pass_deadline();
    BOOST_TEST(now_s() < order().deadline_s);
    BOOST_TEST((order().state == OrderState::settled));
    BOOST_TEST(lost(kBuyer, Amount(999 + 49)));
}

BOOST_FIXTURE_TEST_CASE(an_order_past_its_deadline_waits_for_what_is_live, MarketFixture) {
    post(7, kOddPrice);
    begin_at(order().deadline_s - 1);
    commit(kAnn, {1, 2});
    pass(order().deadline_s);
    BOOST_TEST((order().state == OrderState::closed));
    BOOST_TEST(reveal(1) == TxCode::ok);
    pass_deadline();
    BOOST_TEST((order().state == OrderState::settled));
    BOOST_TEST(lost(kBuyer, Amount(666 + 33)));
}

BOOST_FIXTURE_TEST_CASE(the_earlier_commitment_takes_the_root, MarketFixture) {
    post(8, kOddPrice);
    const std::uint64_t earlier = commit(kAnn, {1, 2, 3});
    const std::uint64_t later = commit(kBob, {1, 2, 3});
    end_block();
    BOOST_TEST(reveal(later) == TxCode::ok);
    BOOST_TEST(reveal(earlier) == TxCode::ok);
    BOOST_TEST((state_of(later) == SubmissionState::rejected));
    BOOST_TEST((submission(later).reason == market::Reason::fraud));
    BOOST_TEST(lost(kBob, Amount(100)));
    pass_deadline(earlier);
    BOOST_TEST(gained(kAnn, Amount(900 + 40)));
}
