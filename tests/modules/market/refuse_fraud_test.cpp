// Every refusal of a fraud proof, and that it moves nothing.
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::FraudKind;
using market::ProveFraud;
using market::SubmissionState;

namespace {

struct ProofFixture : MarketFixture {
    ProveFraud duplicate(std::uint64_t id, std::uint64_t a, std::uint64_t b) const {
        return {.submission = id,
                .kind = FraudKind::duplicate_content,
                .first = works.at(id).proof(a),
                .second = works.at(id).proof(b)};
    }
    template <class F>
    TxCode changed(ProveFraud proof, F change) {
        change(proof);
        return refuse(kCarol, proof);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_proof_that_is_none_by_its_form_is_refused, ProofFixture) {
    post(6, kOddPrice);
    submit(kAnn, {1, 2, 1});
    const ProveFraud good = duplicate(1, 0, 2);
    for (const unsigned kind : {0U, 5U, 255U})
        BOOST_TEST(changed(good, [&](ProveFraud& p) { p.kind = static_cast<FraudKind>(kind); }) ==
                   TxCode::unknown_claim);
    BOOST_TEST(changed(good, [](ProveFraud& p) { p.first.leaf.resize(1'025); }) ==
               TxCode::proof_malformed);
    BOOST_TEST(changed(good, [](ProveFraud& p) { p.second.leaf.resize(1'025); }) ==
               TxCode::proof_malformed);
    BOOST_TEST(changed(good, [](ProveFraud& p) { p.first.path.resize(65); }) ==
               TxCode::proof_malformed);
    BOOST_TEST(changed(good, [](ProveFraud& p) { p.second.path.resize(65); }) ==
               TxCode::proof_malformed);
    BOOST_TEST(changed(good, [](ProveFraud& p) { p.payload.resize(131'073); }) ==
               TxCode::bytes_too_long);
    BOOST_TEST(refuse(kCarol, good, Amount(1)) == TxCode::value_not_payable);
    BOOST_TEST(prove(kCarol, good) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(a_proof_costs_by_its_length, ProofFixture) {
    ProveFraud proof{.kind = FraudKind::malformed_payload};
    BOOST_TEST(proof.gas() == ProveFraud::kGas);
    proof.first.path.resize(3);
    proof.second.path.resize(2);
    proof.payload.resize(640);
    BOOST_TEST(proof.gas() == ProveFraud::kGas + 15 * ProveFraud::kGasPerHash);
}

BOOST_FIXTURE_TEST_CASE(fraud_is_proven_only_of_what_is_shown_and_not_over, ProofFixture) {
    ProveFraud early{.submission = 1, .kind = FraudKind::malformed_leaf};
    BOOST_TEST(refuse(kCarol, early) == TxCode::submission_not_found);
    post(6, kOddPrice);
    commit(kAnn, {1, 2, 1});
    const ProveFraud good = duplicate(1, 0, 2);
    BOOST_TEST(refuse(kCarol, good) == TxCode::submission_wrong_state);  // committed
    end_block();
    BOOST_TEST(reveal(1) == TxCode::ok);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::finalized));
    BOOST_TEST(refuse(kCarol, good) == TxCode::submission_wrong_state);
    const std::uint64_t forfeited = commit(kAnn, {3, 4, 3});
    pass_deadline(forfeited);
    BOOST_TEST((state_of(forfeited) == SubmissionState::forfeited));
    BOOST_TEST(refuse(kCarol, duplicate(forfeited, 0, 2)) == TxCode::submission_wrong_state);
    const std::uint64_t caught = submit(kAnn, {5, 6, 5});
    BOOST_TEST(prove(kCarol, duplicate(caught, 0, 2)) == TxCode::ok);
    BOOST_TEST(refuse(kCarol, duplicate(caught, 0, 2)) == TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(a_dispute_is_convicted_once, ProofFixture) {
    post(6, kOddPrice);
    submit(kAnn, {1, 2, 1});
    BOOST_TEST(challenge() == TxCode::ok);
    BOOST_TEST(prove(kBob, duplicate(1, 0, 2)) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::disputed));
    BOOST_TEST(refuse(kCarol, duplicate(1, 0, 2)) == TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(duplicates_that_are_none_are_not_proven, ProofFixture) {
    post(8, kOddPrice);
    submit(kAnn, {1, 2, 1, 4});
    submit(kBob, {1, 9});
    const auto refused = [&](ProveFraud proof) {
        return refuse_proof(kCarol, proof) == TxCode::fraud_not_proven;
    };
    BOOST_TEST(refused(duplicate(1, 0, 1)));  // different contents
    BOOST_TEST(refused(duplicate(1, 2, 2)));  // one leaf, shown twice
    ProveFraud moved = duplicate(1, 0, 0);
    moved.second.index = 2;  // the path of another place
    BOOST_TEST(refused(moved));
    ProveFraud foreign = duplicate(1, 0, 2);
    foreign.second = works.at(2).proof(0);  // of another's tree
    BOOST_TEST(refused(foreign));
    ProveFraud outside = duplicate(1, 0, 2);
    outside.second.index = 4;
    BOOST_TEST(refused(outside));
    ProveFraud cut = duplicate(1, 0, 2);
    cut.first.path.pop_back();
    BOOST_TEST(refused(cut));
    ProveFraud forged = duplicate(1, 0, 1);
    forged.second.leaf = works.at(1).leaf(0);
    BOOST_TEST(refused(forged));
    BOOST_TEST(prove(kCarol, duplicate(1, 0, 2)) == TxCode::ok);
}
