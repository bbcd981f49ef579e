// A fraud proof belongs to who committed to it first.
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::CommitFraud;
using market::fraud_commitment;
using market::FraudKind;
using market::ProveFraud;
using market::SubmissionState;

namespace {

struct CommittedFixture : MarketFixture {
    ProveFraud proof;

    CommittedFixture() {
        post(6, kOddPrice);
        submit(kAnn, {1, 2, 1});
        proof = {.submission = 1,
                 .kind = FraudKind::duplicate_content,
                 .first = works.at(1).proof(0),
                 .second = works.at(1).proof(2),
                 .commit_salt = sha256(view_of("carol's"))};
    }
    Hash256 commitment_of(const Address& who) const {
        return fraud_commitment(kWiredChainId, who, proof);
    }
    TxCode commit_to(const Address& who, const Hash256& commitment) {
        return send(who, CommitFraud{.commitment = commitment});
    }
    void wait(std::uint64_t blocks) {
        for (std::uint64_t i = 0; i < blocks; ++i) end_block(0);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_proof_that_nobody_committed_to_is_refused, CommittedFixture) {
    BOOST_TEST(refuse(kCarol, proof) == TxCode::fraud_not_committed);
    BOOST_TEST(refuse(kCarol, CommitFraud{}) == TxCode::hash_zero);
    BOOST_TEST(refuse(kCarol, CommitFraud{commitment_of(kCarol)}, Amount(1)) ==
               TxCode::value_not_payable);
    BOOST_TEST(prove(kCarol, proof) == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::rejected));
}

BOOST_FIXTURE_TEST_CASE(a_proof_counts_five_blocks_after_its_commitment, CommittedFixture) {
    BOOST_TEST(commit_to(kCarol, commitment_of(kCarol)) == TxCode::ok);
    for (std::uint64_t i = 0; i < market::kFraudProofAge_blocks; ++i) {
        BOOST_TEST(refuse(kCarol, proof) == TxCode::too_early);
        wait(1);
    }
    BOOST_TEST(send(kCarol, proof) == TxCode::ok);
}

// Bob sees Carol's proof while it waits for a block, and knows everything but her key.
BOOST_FIXTURE_TEST_CASE(who_sees_a_proof_comes_too_late, CommittedFixture) {
    BOOST_TEST(commit_to(kCarol, commitment_of(kCarol)) == TxCode::ok);
    BOOST_TEST(commit_to(kBob, commitment_of(kCarol)) == TxCode::ok);  // it opens for her alone
    wait(market::kFraudProofAge_blocks);
    BOOST_TEST(refuse(kBob, proof) == TxCode::commitment_mismatch);
    BOOST_TEST(commit_to(kBob, commitment_of(kBob)) == TxCode::ok);
    wait(market::kFraudProofAge_blocks - 1);  // her proof was kept out of so many blocks
    BOOST_TEST(refuse(kBob, proof) == TxCode::too_early);
    BOOST_TEST(send(kCarol, proof) == TxCode::ok);
    BOOST_TEST(gained(kCarol, Amount(40)));
    wait(1);
    BOOST_TEST(refuse(kBob, proof) == TxCode::submission_wrong_state);
    BOOST_TEST(gained(kBob, Amount(0)));
}

BOOST_FIXTURE_TEST_CASE(a_commitment_binds_the_whole_proof, CommittedFixture) {
    const Hash256 made = commitment_of(kCarol);
    const auto differs = [&](auto change) {
        ProveFraud other = proof;
        change(other);
        return fraud_commitment(kWiredChainId, kCarol, other) != made;
    };
    BOOST_TEST(differs([](ProveFraud& p) { p.submission = 2; }));
    BOOST_TEST(differs([](ProveFraud& p) { p.kind = FraudKind::copied_content; }));
    BOOST_TEST(differs([](ProveFraud& p) { p.first.index = 1; }));
    BOOST_TEST(differs([](ProveFraud& p) { p.second.leaf.push_back(0); }));
    BOOST_TEST(differs([](ProveFraud& p) { p.other_submission = 1; }));
    BOOST_TEST(differs([](ProveFraud& p) { p.payload.push_back(0); }));
    BOOST_TEST(differs([](ProveFraud& p) { p.commit_salt = {}; }));
    BOOST_TEST((fraud_commitment(kWiredChainId + 1, kCarol, proof) != made));
    BOOST_TEST((fraud_commitment(kWiredChainId, kBob, proof) != made));
}

BOOST_FIXTURE_TEST_CASE(an_account_has_one_commitment_until_it_is_used, CommittedFixture) {
    const market::GetFraudCommitment mine{.prover = kCarol};
    BOOST_TEST(!chain.ask(mine).has_value());
    BOOST_TEST(commit_to(kCarol, commitment_of(kCarol)) == TxCode::ok);
    BOOST_TEST((chain.ask(mine)->commitment == commitment_of(kCarol)));
    BOOST_TEST(commit_to(kCarol, commitment_of(kBob)) == TxCode::ok);  // in its place
    BOOST_TEST(chain.ask(mine)->height == chain.block().height);
    wait(market::kFraudProofAge_blocks);
    BOOST_TEST(refuse(kCarol, proof) == TxCode::commitment_mismatch);
    BOOST_TEST(prove(kCarol, proof) == TxCode::ok);
    BOOST_TEST(!chain.ask(mine).has_value());
}
