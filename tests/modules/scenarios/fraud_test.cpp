// Fraud that arithmetic shows, proven in the window, during a dispute and after acceptance.
#include "tests/support/story_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::FraudKind;
using market::SubmissionState;

namespace {

struct FraudFixture : StoryFixture {
    // Items 1 and 3 are the same.
    void duplicates() {
        post(6);
        submit(kAnn, {1, 2, 1});
    }
    TxCode prove_duplicate(const Address& prover = kBob) {
        return prove(prover, market::ProveFraud{.submission = 1,
                                                .kind = FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(duplicates_are_proven_in_the_window, FraudFixture) {
    const auto terms = chain.ask(market::GetMarketParams{}).value();
    duplicates();
    const Amount bond = submission().bond;
    BOOST_TEST(prove(kBob, market::ProveFraud{.submission = 1,
                                              .kind = FraudKind::duplicate_content,
                                              .first = works.at(1).proof(0),
                                              .second = works.at(1).proof(1)}) ==
               TxCode::fraud_not_proven);
    BOOST_TEST(prove_duplicate() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
    BOOST_TEST(lost(kAnn, bond));
    BOOST_TEST(gained(kBob, ppm_floor(bond, terms.slash_split.challenger_ppm)));
    BOOST_TEST(prove_duplicate() == TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(fraud_during_a_dispute_decides_it_whatever_the_jury_says, FraudFixture) {
    hire();
    duplicates();
    const Amount bond = submission().bond;
    BOOST_TEST(challenge() == TxCode::ok);
    end_block();
    BOOST_TEST(prove_duplicate() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::disputed));
    pass(dispute().deadline_s);
    vote("aaa");
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
    BOOST_TEST(wealth(kAnn) < genesis.each);
    BOOST_TEST(wealth(kBob) > genesis.each);
    BOOST_TEST(difference_of(genesis.each, wealth(kAnn)) <= bond);
}

BOOST_FIXTURE_TEST_CASE(fraud_after_acceptance_claws_back_reward_and_holdback, FraudFixture) {
    duplicates();
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    end_epoch();
    BOOST_TEST(claim() == TxCode::ok);
    const Amount paid = wealth(kAnn);
    const Amount granted = reward().granted;
    const Amount released = reward().grant.released;
    const Amount burned_before = ledger::supply(state()).burned_other;
    BOOST_TEST((state_of() == SubmissionState::accepted));  // the holdback still waits
    BOOST_TEST(prove_duplicate() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::clawed_back));
    BOOST_TEST(submission().holdback == Amount(0));
    BOOST_TEST(reward().grant.clawed_back == difference_of(granted, released));
    BOOST_TEST(ledger::supply(state()).burned_other >=
               sum_of(burned_before, difference_of(granted, released)));
    BOOST_TEST(claim() == TxCode::nothing_to_claim);
    BOOST_TEST(wealth(kAnn) == paid);  // what was released is beyond reach
    BOOST_TEST(chain.balance(pool::kVesting) == Amount(0));
    BOOST_TEST(chain.balance(pool::kHoldback) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(fraud_in_the_epoch_of_acceptance_is_never_minted_for, FraudFixture) {
    duplicates();
    pass_deadline();
    BOOST_TEST(prove_duplicate() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::clawed_back));
    end_epoch();
    BOOST_TEST(reward().granted == Amount(0));
    BOOST_TEST(chain.balance(pool::kVesting) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(an_original_copied_from_earlier_work_is_fraud, FraudFixture) {
    post(6);
    submit(kAnn, {1, 2, 3});
    submit(kBob, {7, 2});
    const market::ProveFraud proof{.submission = 2,
                                   .kind = FraudKind::copied_content,
                                   .first = works.at(2).proof(1),
                                   .second = works.at(1).proof(1),
                                   .other_submission = 1};
    market::ProveFraud backwards = proof;  // the earlier one is not the copy
    backwards.submission = 1;
    backwards.other_submission = 2;
    std::swap(backwards.first, backwards.second);
    BOOST_TEST(prove(kCarol, backwards) == TxCode::fraud_not_proven);
    BOOST_TEST(prove(kCarol, proof) == TxCode::ok);
    BOOST_TEST((state_of(2) == SubmissionState::rejected));
    pass_deadline(1);
    BOOST_TEST((state_of(1) == SubmissionState::accepted));
}

BOOST_FIXTURE_TEST_CASE(a_misplaced_leaf_is_fraud, FraudFixture) {
    post(6);
    submit(kAnn, {1, 2, 3}, 1, true);
    const auto proof = [&](std::uint64_t index) {
        return market::ProveFraud{
            .submission = 1, .kind = FraudKind::malformed_leaf, .first = works.at(1).proof(index)};
    };
    BOOST_TEST(prove(kBob, proof(0)) == TxCode::fraud_not_proven);
    BOOST_TEST(prove(kBob, proof(2)) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
}
