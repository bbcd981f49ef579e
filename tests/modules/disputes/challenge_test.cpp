// Challenges: the exact value, every refusal, what is locked where.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

BOOST_FIXTURE_TEST_CASE(a_challenge_locks_bond_and_fees_and_freezes_the_submission, JuryFixture) {
    submit(1);
    BOOST_TEST(*QuoteChallenge{.submission = 1}.view(state, block) == Amount(kQuote));
    open();
    BOOST_TEST(balance(kChallenger) == Amount(kStart - kQuote));
    BOOST_TEST(balance(pool::kDisputeBonds) == Amount(kChallengeBond));
    BOOST_TEST(balance(pool::kDisputeFees) == Amount(3 * kFee));
    BOOST_TEST((resolution(1) == Resolution::disputed));
    const Dispute record = dispute();
    BOOST_TEST((record.phase == Phase::evidence));
    BOOST_TEST(record.deadline_s == 1'005u);
    BOOST_TEST((record.challenger == kChallenger && record.buyer == kBuyer));
    BOOST_TEST(record.contributor_bond == Amount(kBond));
    BOOST_TEST(record.terms.jury_fee == Amount(kFee));
    check_invariants();
}

BOOST_FIXTURE_TEST_CASE(malformed_challenges_are_refused, JuryFixture) {
    submit(1);
    Challenge message = claim_of(1);
    message.claim = Claim{};
    BOOST_TEST(challenge(kChallenger, message, Amount(kQuote)) == TxCode::unknown_claim);
    message.claim = static_cast<Claim>(5);
    BOOST_TEST(challenge(kChallenger, message, Amount(kQuote)) == TxCode::unknown_claim);
    message = claim_of(1);
    message.evidence_root = {};
    BOOST_TEST(challenge(kChallenger, message, Amount(kQuote)) == TxCode::hash_zero);
    message = claim_of(1);
    message.evidence_uri = std::string(kMaxEvidenceUriBytes + 1, 'x');
    BOOST_TEST(challenge(kChallenger, message, Amount(kQuote)) == TxCode::text_too_long);
    message.evidence_uri.pop_back();
    BOOST_TEST(challenge(kChallenger, message, Amount(kQuote)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(challenges_are_refused_by_state, JuryFixture) {
    const Amount quote(kQuote);
    submit(1);
    BOOST_TEST(challenge(kChallenger, claim_of(9), quote) == TxCode::submission_not_found);
    BOOST_TEST(challenge(kContributor, claim_of(1), quote) == TxCode::own_submission);
    BOOST_TEST(challenge(kChallenger, claim_of(1), Amount(kQuote - 1)) == TxCode::wrong_value);
    BOOST_TEST(challenge(kChallenger, claim_of(1), Amount(kQuote + 1)) == TxCode::wrong_value);
    BOOST_TEST(challenge(kChallenger, claim_of(1), quote) == TxCode::ok);
    BOOST_TEST(challenge(kBuyer, claim_of(1), quote) == TxCode::already_challenged);
    submit(2);
    block.time_s += 100;
    BOOST_TEST(challenge(kBuyer, claim_of(2), quote) == TxCode::window_closed);
    BOOST_TEST(balance(kBuyer) == Amount(kStart));
}

BOOST_FIXTURE_TEST_CASE(a_submission_is_disputed_once, JuryFixture) {
    hire(5);
    open_and_draw();
    vote("aaa");
    BOOST_TEST(challenge(kBuyer, claim_of(1), Amount(kQuote)) == TxCode::already_challenged);
}

BOOST_FIXTURE_TEST_CASE(a_small_bond_is_challenged_with_the_minimum, JuryFixture) {
    submit(1, 39);  // a quarter, rounded up, is the minimum of 10
    submit(2, 40);
    submit(3, 41);
    submit(4, 0);
    const auto quote = [&](std::uint64_t id) {
        return *QuoteChallenge{.submission = id}.view(state, block);
    };
    BOOST_TEST(quote(1) == Amount(10 + 3 * kFee));
    BOOST_TEST(quote(2) == Amount(10 + 3 * kFee));
    BOOST_TEST(quote(3) == Amount(11 + 3 * kFee));
    BOOST_TEST(quote(4) == Amount(10 + 3 * kFee));
    BOOST_TEST(QuoteChallenge{.submission = 5}.view(state, block).has_error());
}

BOOST_FIXTURE_TEST_CASE(views_page_and_name_what_is_missing, JuryFixture) {
    for (std::uint64_t id = 1; id <= 3; ++id) {
        submit(id);
        BOOST_REQUIRE(challenge(kBuyer, claim_of(id), Amount(kQuote)) == TxCode::ok);
    }
    BOOST_TEST((ListDisputes{.after = 0, .limit = 2}.view(state, block)->size() == 2u));
    const auto rest = ListDisputes{.after = 2, .limit = 2}.view(state, block);
    BOOST_REQUIRE(rest->size() == 1u);
    BOOST_TEST(rest->front().id == 3u);
    BOOST_TEST((ListDisputes{.after = ~0ULL, .limit = 2}.view(state, block)->empty()));
    BOOST_TEST((ListDisputes{.after = 0, .limit = 0}.view(state, block).has_error()));
    BOOST_TEST((ListDisputes{.after = 0, .limit = kMaxPage + 1}.view(state, block).has_error()));
    BOOST_TEST(GetDispute{.dispute = 4}.view(state, block).has_error());
    BOOST_TEST(GetPanel{.dispute = 4}.view(state, block).has_error());
    BOOST_TEST(GetDisputeRecord{.dispute = 4}.view(state, block).has_error());
    BOOST_TEST(GetPanel{.dispute = 3}.view(state, block)->empty());
    BOOST_TEST(GetDisputeParams{}.view(state, block)->reveal_s == 20u);
}
