// Joining a side: every refusal, the late joiner's extension, and how rewards and losses are
// shared.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

constexpr std::uint64_t kJoinBond = 101;  // a tenth of 1001, rounded up

struct Fixture : JuryFixture {
    Fixture() {
        hire(12, 1);
        open();
    }
    void draw_and_vote(const std::string& votes) {
        run_until(dispute().deadline_s);
        vote(votes);
    }
    std::int64_t gained(const Address& who) const {
        return static_cast<std::int64_t>(balance(who).low()) - static_cast<std::int64_t>(kStart);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(joining_is_refused_by_name, Fixture) {
    const Amount value(kJoinBond);
    BOOST_TEST(*QuoteJoin{.dispute = 1}.view(state, block) == value);
    BOOST_TEST(QuoteJoin{.dispute = 2}.view(state, block).has_error());
    BOOST_TEST(join(kFriend, Choice{}, value) == TxCode::unknown_choice);
    BOOST_TEST(join(kFriend, static_cast<Choice>(3), value) == TxCode::unknown_choice);
    JoinDispute message{
        .dispute = 1, .side = Choice::reject, .evidence_root = {}, .evidence_uri = ""};
    BOOST_TEST(run(ModuleId::disputes, kFriend, message, value) == TxCode::hash_zero);
    message.evidence_root.bytes.fill(1);
    message.evidence_uri = std::string(kMaxEvidenceUriBytes + 1, 'x');
    BOOST_TEST(run(ModuleId::disputes, kFriend, message, value) == TxCode::text_too_long);
    BOOST_TEST(join(kFriend, Choice::reject, value, 2) == TxCode::dispute_not_found);
    BOOST_TEST(join(kContributor, Choice::reject, value) == TxCode::wrong_side);
    BOOST_TEST(join(kChallenger, Choice::accept, value) == TxCode::wrong_side);
    BOOST_TEST(join(kChallenger, Choice::reject, value) == TxCode::already_joined);
    BOOST_TEST(join(kFriend, Choice::reject, Amount(kJoinBond - 1)) == TxCode::wrong_value);
    BOOST_TEST(join(kFriend, Choice::reject, Amount(kJoinBond + 1)) == TxCode::wrong_value);
    BOOST_TEST(join(kFriend, Choice::reject, value) == TxCode::ok);
    BOOST_TEST(join(kFriend, Choice::accept, value) == TxCode::already_joined);
    BOOST_TEST(balance(pool::kDisputeBonds) == Amount(kChallengeBond + kJoinBond));
    block.time_s = dispute().deadline_s;
    BOOST_TEST(join(kBuyer, Choice::accept, value) == TxCode::too_late);
    end_block();
    BOOST_TEST((dispute().phase == Phase::commit));
    BOOST_TEST(join(kBuyer, Choice::accept, value) == TxCode::dispute_wrong_phase);
}

BOOST_FIXTURE_TEST_CASE(sixteen_join_and_no_more, Fixture) {
    for (std::uint32_t i = 0; i < kMaxJoiners; ++i) {
        fund(person(500 + i), Amount(kStart));
        BOOST_TEST(join(person(500 + i), i % 2 == 0 ? Choice::accept : Choice::reject) ==
                   TxCode::ok);
    }
    BOOST_TEST(join(kFriend, Choice::accept) == TxCode::join_limit_reached);
    BOOST_TEST(dispute().backers == 17);
    draw_and_vote("aaa");
    BOOST_TEST(replay(record_of()).has_value());
}

// The period is of five seconds, its last tenth one.
BOOST_FIXTURE_TEST_CASE(a_last_second_joiner_gives_the_others_time_once, Fixture) {
    const std::uint64_t ends_s = dispute().deadline_s;
    BOOST_REQUIRE(join(kBuyer, Choice::accept) == TxCode::ok);
    BOOST_TEST(!dispute().extended);
    block.time_s = ends_s - 1;
    BOOST_REQUIRE(join(kFriend, Choice::reject) == TxCode::ok);
    BOOST_TEST(dispute().extended);
    BOOST_TEST(dispute().deadline_s == ends_s + 1);
    block.time_s = ends_s;
    BOOST_REQUIRE(join(kContributor, Choice::accept) == TxCode::ok);
    BOOST_TEST(dispute().deadline_s == ends_s + 1);
    check_invariants();
    run_until(ends_s + 1);
    BOOST_TEST((dispute().phase == Phase::commit));
}

// 1600 by weights of 1001 and 101: 1453 and 146, 1 burned.
BOOST_FIXTURE_TEST_CASE(joiners_of_a_right_claim_share_the_slash, Fixture) {
    BOOST_REQUIRE(join(kFriend, Choice::reject) == TxCode::ok);
    draw_and_vote("rrr");
    BOOST_TEST(gained(kFriend) == 146);
    BOOST_TEST(gained(kChallenger) == 1'453 - 3 * 101);
    BOOST_TEST(dispute().bonds_burned == Amount(1));
    BOOST_TEST(replay(record_of()).has_value());
}

// 551 of 1102 lost go to the winners, 4001 to 101: 537 and 13.
BOOST_FIXTURE_TEST_CASE(joiners_share_what_the_other_side_lost, Fixture) {
    BOOST_REQUIRE(join(kFriend, Choice::accept) == TxCode::ok);
    BOOST_REQUIRE(join(kBuyer, Choice::reject) == TxCode::ok);
    draw_and_vote("aaa");
    BOOST_TEST(gained(kContributor) == 4'001 + 537);
    BOOST_TEST(gained(kFriend) == 13);
    BOOST_TEST(gained(kBuyer) == -101);
    BOOST_TEST(gained(kChallenger) == -1'001 - 3 * 101);
    BOOST_TEST(dispute().bonds_burned == Amount(552));
}

BOOST_FIXTURE_TEST_CASE(a_joiner_against_a_right_claim_pays_the_challenger, Fixture) {
    BOOST_REQUIRE(join(kFriend, Choice::accept) == TxCode::ok);
    draw_and_vote("rrr");
    BOOST_TEST(gained(kFriend) == -101);
    BOOST_TEST(gained(kChallenger) == 1'600 + 50 - 3 * 101);
    BOOST_TEST(dispute().slash_shared == Amount(0));  // the market paid the one backer itself
}

BOOST_FIXTURE_TEST_CASE(a_small_bond_does_not_crowd_the_contributor_out, JuryFixture) {
    hire(12, 1);
    submit(1, 0);  // challenged with the least bond, 10
    const Amount quote = *QuoteChallenge{.submission = 1}.view(state, block);
    BOOST_REQUIRE(challenge(kChallenger, claim_of(1), quote) == TxCode::ok);
    BOOST_REQUIRE(join(kFriend, Choice::accept) == TxCode::ok);
    run_until(dispute().deadline_s);
    vote("aaa");
    BOOST_TEST(dispute().contributor_reward == Amount(4));  // 5 by weights of 10 and 1
    BOOST_TEST(balance(kFriend) == Amount(kStart));
    BOOST_TEST(dispute().bonds_burned == Amount(6));
}

BOOST_FIXTURE_TEST_CASE(bonds_that_nobody_judged_return, Fixture) {
    BOOST_REQUIRE(join(kFriend, Choice::reject) == TxCode::ok);
    BOOST_REQUIRE(join(kBuyer, Choice::accept) == TxCode::ok);
    draw_and_vote("---");
    vote("---");
    BOOST_TEST(dispute().by_default);
    BOOST_TEST(gained(kFriend) == 0);
    BOOST_TEST(gained(kBuyer) == 0);
    BOOST_TEST(gained(kChallenger) == 0);
    BOOST_TEST(replay(record_of()).has_value());
}

BOOST_FIXTURE_TEST_CASE(joiners_never_sit, JuryFixture) {
    hire(3, 1);
    BOOST_REQUIRE(stake(kFriend, Amount(200 * kMinStake)) == TxCode::ok);
    set_epoch(epoch() + 1);
    open();
    BOOST_REQUIRE(join(kFriend, Choice::accept) == TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_REQUIRE(panel().size() == 3u);
    for (const Seat& seat : panel()) BOOST_TEST((seat.juror != kFriend));
}
