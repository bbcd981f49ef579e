// Fraud proofs beyond duplicates, proven and not proven, and convictions while a dispute runs.
#include "modules/market/api.hpp"
#include "modules/market/lifecycle.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::FraudKind;
using market::ItemKind;
using market::ProveFraud;
using market::SubmissionState;

namespace {

struct KindFixture : MarketFixture {
    void post_kind(ItemKind kind, std::uint32_t payload_bytes) {
        const auto value =
            chain.ask(market::QuotePostOrder{.item_quota = 8, .price_per_item = kOddPrice});
        BOOST_TEST(send(kBuyer,
                        market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                          .item_quota = 8,
                                          .price_per_item = kOddPrice,
                                          .item_kind = kind,
                                          .max_payload_bytes = payload_bytes,
                                          .deadline_s = now_s() + 1'000},
                        value.value()) == TxCode::ok);
    }
    ProveFraud copy() const {
        return {.submission = 2,
                .kind = FraudKind::copied_content,
                .first = works.at(2).proof(1),
                .second = works.at(1).proof(1),
                .other_submission = 1};
    }
    ProveFraud payload(std::uint32_t content) const {
        return {.submission = 1,
                .kind = FraudKind::malformed_payload,
                .first = works.at(1).proof(0),
                .salt = ItemWork::item_salt(content),
                .payload = ItemWork::payload(content)};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_annotation_of_the_same_task_is_no_copy, KindFixture) {
    post_kind(ItemKind::annotation, 100);
    submit(kAnn, {1, 2});
    submit(kBob, {7, 2});
    BOOST_TEST(refuse_proof(kCarol, copy()) == TxCode::fraud_not_proven);
}

BOOST_FIXTURE_TEST_CASE(rejected_work_convicts_no_later_one, KindFixture) {
    post_kind(ItemKind::original, 100);
    submit(kAnn, {2, 2});
    submit(kBob, {7, 2});
    BOOST_TEST(prove(kCarol, ProveFraud{.submission = 1,
                                        .kind = FraudKind::duplicate_content,
                                        .first = works.at(1).proof(0),
                                        .second = works.at(1).proof(1)}) == TxCode::ok);
    BOOST_TEST(refuse_proof(kCarol, copy()) == TxCode::fraud_not_proven);
}

BOOST_FIXTURE_TEST_CASE(a_payload_is_bad_where_it_is_too_long, KindFixture) {
    post_kind(ItemKind::original, 3);  // the payloads have four bytes
    submit(kAnn, {1, 2});
    BOOST_TEST(refuse_proof(kCarol, payload(2)) == TxCode::fraud_not_proven);  // another leaf's
    BOOST_TEST(prove(kCarol, payload(1)) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
}

BOOST_FIXTURE_TEST_CASE(a_payload_as_long_as_allowed_is_no_fraud, KindFixture) {
    post_kind(ItemKind::original, 4);
    submit(kAnn, {1, 2});
    BOOST_TEST(refuse_proof(kCarol, payload(1)) == TxCode::fraud_not_proven);
}

BOOST_FIXTURE_TEST_CASE(a_conviction_decides_the_dispute_that_runs, KindFixture) {
    post_kind(ItemKind::original, 3);
    submit(kAnn, {1, 2, 3});
    BOOST_TEST(market::challenge_terms(state(), chain.block(), 1)->window_open);
    BOOST_TEST(challenge(1, kBob) == TxCode::ok);
    BOOST_TEST(!market::challenge_terms(state(), chain.block(), 1)->window_open);
    BOOST_TEST(prove(kCarol, payload(1)) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::disputed));
    pass(dispute().deadline_s);
    pass(dispute().deadline_s);  // nobody judges: for the submission, were it not for the proof
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
    BOOST_TEST(gained(kCarol, Amount(40)));
    BOOST_TEST(!state().contains(market::kConvictions, 1));
}
