// A contributor contests what the order's policy found.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

struct Fixture : JuryFixture {
    // Dispute 1 about a verdict, with its first panel drawn.
    void open_and_draw_contest() {
        hire(40, 5);
        fail();
        BOOST_REQUIRE(contest(kContributor, Amount(kQuote)) == TxCode::ok);
    }
    bool replays() const {
        const auto out = replay(record_of());
        return out && out->ruling == dispute().ruling;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_verdict_is_its_contributors_to_contest, Fixture) {
    submit(1);
    BOOST_TEST(contest(kContributor, Amount(kQuote)) == TxCode::verdict_passed);
    fail();
    BOOST_TEST(challenge(kChallenger, claim_of(1), Amount(kQuote)) == TxCode::verdict_failed);
    BOOST_TEST(contest(kChallenger, Amount(kQuote)) == TxCode::not_owner);
    BOOST_TEST(contest(kContributor, Amount(kQuote - 1)) == TxCode::wrong_value);
    Challenge disguised = claim_of(1);
    disguised.claim = Claim::wrong_verdict;
    BOOST_TEST(challenge(kChallenger, disguised, Amount(kQuote)) == TxCode::unknown_claim);
    BOOST_TEST(contest(kContributor, Amount(kQuote)) == TxCode::ok);
    BOOST_TEST((dispute().claim == Claim::wrong_verdict));
    BOOST_TEST((backers().front().side == Choice::accept));
    BOOST_TEST(contest(kContributor, Amount(kQuote)) == TxCode::already_challenged);
    BOOST_TEST(join(kContributor, Choice::reject) == TxCode::wrong_side);
}

BOOST_FIXTURE_TEST_CASE(who_contests_rightly_pays_the_jury_and_no_more, Fixture) {
    open_and_draw_contest();
    run_until(dispute().deadline_s);
    vote("ara");
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST(balance(kContributor) == Amount(kStart + kBond - 2 * kFee));
    BOOST_TEST(replays());
}

BOOST_FIXTURE_TEST_CASE(who_contests_wrongly_loses_the_bond, Fixture) {
    open_and_draw_contest();
    BOOST_TEST(join(kFriend, Choice::reject) == TxCode::ok);
    run_until(dispute().deadline_s);
    vote("rrr");
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(balance(kContributor) == Amount(kStart - kChallengeBond - 3 * kFee));
    BOOST_TEST(balance(kFriend) == Amount(kStart + kChallengeBond / 2));
    BOOST_TEST(replays());
    // The jurors' pool owes nothing for a bond that the challenge did not slash.
    BOOST_TEST(dispute().fees_from_pool.is_zero());
}

BOOST_FIXTURE_TEST_CASE(without_a_jury_the_verdict_stands, Fixture) {
    open_and_draw_contest();
    run_until(dispute().deadline_s);
    judge("---");
    judge("---");
    settle();
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((dispute().ruling == Choice::reject));
    BOOST_TEST((resolution(1) == Resolution::rejected));
    BOOST_TEST(balance(kContributor) == Amount(kStart));
    BOOST_TEST(replays());
}

BOOST_FIXTURE_TEST_CASE(a_ruling_about_a_verdict_is_appealed_like_any, Fixture) {
    open_and_draw_contest();
    run_until(dispute().deadline_s);
    judge("rrr");
    BOOST_TEST(appeal(kContributor) == TxCode::ok);
    run_until(dispute().deadline_s);
    vote("aaaaaaa");
    BOOST_TEST((resolution(1) == Resolution::accepted));
    BOOST_TEST(replays());
    DisputeRecord altered = record_of();
    altered.dispute.claim = Claim::low_quality;
    BOOST_TEST(replay(altered).has_error());
}
