// Orders that let people without money contribute.
#include "modules/market/sponsor.hpp"

#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::CommitUnbonded;
using market::SponsorOrder;
using market::SubmissionState;

namespace {

struct SponsorFixture : MarketFixture {
    SponsorOrder sponsoring(std::uint64_t items = 6, std::uint64_t cap = 3) const {
        return {
            .order = 1, .unbonded_items = items, .unbonded_cap = cap, .sponsor_cap = Amount(100)};
    }
    CommitUnbonded unbonded(const Address& who, std::vector<std::uint32_t> contents) {
        const ItemWork work{.order = 1,
                            .contributor = who,
                            .contents = std::move(contents),
                            .salt = sha256(view_of("salt"))};
        const auto bonded = work.commit();
        works.insert_or_assign(++last, work);
        return {.order = 1, .item_count = bonded.item_count, .commitment = bonded.commitment};
    }
    std::uint64_t last = 0;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(sponsoring_adds_places_and_money, SponsorFixture) {
    post(20);
    BOOST_TEST(send(kBuyer, sponsoring(), Amount(50)) == TxCode::ok);
    BOOST_TEST(send(kBuyer, sponsoring(4, 9), Amount(7)) == TxCode::ok);
    BOOST_TEST(order().unbonded_items == 10U);
    BOOST_TEST(order().unbonded_cap == 9U);
    BOOST_TEST(order().sponsor_budget == Amount(57));
    BOOST_TEST(held(pool::kSponsorBudgets) == Amount(57));
    BOOST_TEST(send(kBuyer, market::CancelOrder{.order = 1}) == TxCode::ok);
    BOOST_TEST(held(pool::kSponsorBudgets) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(sponsoring_that_is_refused, SponsorFixture) {
    BOOST_TEST(refuse(kBuyer, sponsoring(), Amount(5)) == TxCode::order_not_found);
    post(20);
    BOOST_TEST(refuse(kCarol, sponsoring(), Amount(5)) == TxCode::not_owner);
    BOOST_TEST(refuse(kBuyer, sponsoring(21)) == TxCode::order_limit_reached);
    BOOST_TEST(refuse(kBuyer, sponsoring(market::kMaxItems + 1)) == TxCode::count_too_large);
    BOOST_TEST(send(kBuyer, sponsoring(20)) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, sponsoring(1)) == TxCode::order_limit_reached);
    begin_at(order().deadline_s);
    BOOST_TEST(refuse(kBuyer, sponsoring(0), Amount(5)) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kBuyer, sponsoring(0), Amount(5)) == TxCode::order_not_open);
}

BOOST_FIXTURE_TEST_CASE(work_without_a_bond_is_paid_like_any_other, SponsorFixture) {
    post(20);
    BOOST_TEST(send(kBuyer, sponsoring()) == TxCode::ok);
    const Amount ann = wealth(kAnn);
    BOOST_TEST(send(kAnn, unbonded(kAnn, {1, 2, 3})) == TxCode::ok);
    end_block();
    BOOST_TEST(reveal(1) == TxCode::ok);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    pass_deadline();
    BOOST_TEST(grown(kAnn, ann) == submission().payout);
    BOOST_TEST(submission().payout == *checked_mul(Amount(kTokenUnits), Amount(3)));
}

BOOST_FIXTURE_TEST_CASE(a_place_is_free_again_after_fraud, SponsorFixture) {
    post(20);
    BOOST_TEST(send(kBuyer, sponsoring(3)) == TxCode::ok);
    BOOST_TEST(send(kAnn, unbonded(kAnn, {1, 2, 1})) == TxCode::ok);
    end_block();
    BOOST_TEST(reveal(1) == TxCode::ok);
    BOOST_TEST(refuse(kBob, unbonded(kBob, {4})) == TxCode::no_unbonded_place);
    const Amount carol = wealth(kCarol);
    BOOST_TEST(prove(kCarol, market::ProveFraud{.submission = 1,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)}) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST(grown(kCarol, carol) == Amount(0));  // there was no bond to share
    BOOST_TEST(order().unbonded_items_held == 0U);
    BOOST_TEST(send(kBob, unbonded(kBob, {4})) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(commitments_without_a_bond_that_are_refused, SponsorFixture) {
    BOOST_TEST(refuse(kAnn, unbonded(kAnn, {1})) == TxCode::order_not_found);
    post(30);
    BOOST_TEST(refuse(kAnn, unbonded(kAnn, {1})) == TxCode::no_unbonded_place);
    BOOST_TEST(send(kBuyer, sponsoring(25, 22)) == TxCode::ok);
    CommitUnbonded bad = unbonded(kAnn, {1});
    bad.item_count = 0;
    BOOST_TEST(refuse(kAnn, bad) == TxCode::count_zero);
    bad.item_count = market::kMaxItems + 1;
    BOOST_TEST(refuse(kAnn, bad) == TxCode::count_too_large);
    bad.item_count = 21;
    BOOST_TEST(refuse(kAnn, bad) == TxCode::order_limit_reached);
    bad = unbonded(kAnn, {1});
    bad.commitment = {};
    BOOST_TEST(refuse(kAnn, bad) == TxCode::hash_zero);
    BOOST_TEST(refuse(kBuyer, unbonded(kBuyer, {1})) == TxCode::own_order);
    BOOST_TEST(refuse(kAnn, unbonded(kAnn, {1}), Amount(1)) == TxCode::value_not_payable);
    const CommitUnbonded first = unbonded(kAnn, {1});
    BOOST_TEST(send(kAnn, first) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, first) == TxCode::duplicate_commitment);
    bad = unbonded(kAnn, {2});
    bad.item_count = 20;
    BOOST_TEST(send(kAnn, bad) == TxCode::ok);
    bad = unbonded(kAnn, {3, 4});
    BOOST_TEST(refuse(kAnn, bad) == TxCode::contributor_cap_reached);
    BOOST_TEST(refuse(kBob, unbonded(kBob, {5, 6, 7, 8, 9})) == TxCode::no_unbonded_place);
    begin_at(order().deadline_s);
    BOOST_TEST(refuse(kBob, unbonded(kBob, {5})) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kBob, unbonded(kBob, {5})) == TxCode::order_not_open);
}
