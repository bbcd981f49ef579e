// Votes: commitments, every refusal, and phases that end early.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

struct Fixture : JuryFixture {
    Fixture() {
        hire(6, 1);
        open_and_draw();
    }
    TxCode commit_as(const Address& who, VoteCommit message) {
        return run(ModuleId::disputes, who, message);
    }
    TxCode reveal_as(const Address& who, VoteReveal message) {
        return run(ModuleId::disputes, who, message);
    }
    Address juror_at(std::uint8_t seat) const { return panel().at(seat).juror; }
};

// Stake that leaves is paid out a second later.
struct HastyFixture : JuryFixture {
    HastyFixture() {
        auto rules = state.must_get(jurors::kParams, {});
        rules.unbonding_s = 1;
        rules.max_seats = 1;
        state.put(jurors::kParams, {}, rules);
        hire(9, 2);
        open_and_draw();
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(commitments_and_seeds_are_the_published_hashes) {
    Hash256 salt;
    salt.bytes.fill(0x22);
    Address juror;
    juror.bytes.fill(0x11);
    BOOST_TEST(to_hex(vote_commitment(31'337, 7, 1, 2, juror, Choice::reject, salt)) ==
               "2541bff1fa7582fa988983f29d19115dbc3669f621ac58a3e32da43c1eb9c84e");
    BOOST_TEST(to_hex(panel_seed(31'337, 7, 2, salt)) ==
               "5779f639bb034f4a6ed32302664cd61dd12efba7b0134b53763d39813b28f50b");
}

BOOST_FIXTURE_TEST_CASE(a_commitment_is_refused_by_name, Fixture) {
    const Hash256 hash = salt_of(9);
    const Address juror = juror_at(0);
    BOOST_TEST(commit_as(juror, {.dispute = 1, .seat = 0, .commitment = {}}) == TxCode::hash_zero);
    BOOST_TEST(commit_as(juror, {.dispute = 2, .seat = 0, .commitment = hash}) ==
               TxCode::dispute_not_found);
    BOOST_TEST(commit_as(juror, {.dispute = 1, .seat = 3, .commitment = hash}) ==
               TxCode::seat_not_found);
    BOOST_TEST(commit_as(kBuyer, {.dispute = 1, .seat = 0, .commitment = hash}) ==
               TxCode::not_a_juror);
    BOOST_TEST(commit_as(juror, {.dispute = 1, .seat = 0, .commitment = hash}) == TxCode::ok);
    BOOST_TEST(commit_as(juror, {.dispute = 1, .seat = 0, .commitment = hash}) ==
               TxCode::already_voted);
    BOOST_TEST(reveal(0, Choice::accept) == TxCode::dispute_wrong_phase);
    block.time_s = dispute().deadline_s;
    BOOST_TEST(commit_as(juror_at(1), {.dispute = 1, .seat = 1, .commitment = hash}) ==
               TxCode::too_late);
}

BOOST_FIXTURE_TEST_CASE(a_reveal_is_refused_by_name, Fixture) {
    BOOST_REQUIRE(commit(0, Choice::accept) == TxCode::ok);
    BOOST_REQUIRE(commit(1, Choice::reject) == TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_REQUIRE((dispute().phase == Phase::reveal));
    const VoteReveal good{.dispute = 1, .seat = 0, .choice = Choice::accept, .salt = salt_of(0)};
    VoteReveal message = good;
    message.choice = Choice{};
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::unknown_choice);
    message.choice = static_cast<Choice>(3);
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::unknown_choice);
    message = good;
    message.dispute = 2;
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::dispute_not_found);
    message = good;
    message.seat = 3;
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::seat_not_found);
    BOOST_TEST(reveal_as(juror_at(1), good) == TxCode::not_a_juror);
    message = good;
    message.choice = Choice::reject;  // not what was committed
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::vote_mismatch);
    message = good;
    message.salt = salt_of(1);
    BOOST_TEST(reveal_as(juror_at(0), message) == TxCode::vote_mismatch);
    BOOST_TEST(reveal(2, Choice::accept) == TxCode::vote_mismatch);  // committed nothing
    BOOST_TEST(commit(2, Choice::accept) == TxCode::dispute_wrong_phase);
    BOOST_TEST(reveal_as(juror_at(0), good) == TxCode::ok);
    BOOST_TEST(reveal_as(juror_at(0), good) == TxCode::already_voted);
    block.time_s = dispute().deadline_s;
    BOOST_TEST(reveal(1, Choice::reject) == TxCode::too_late);
}

// A commitment names its juror, so that a copied one opens for nobody else.
BOOST_FIXTURE_TEST_CASE(a_copied_commitment_opens_for_nobody_else, Fixture) {
    BOOST_REQUIRE(commit(0, Choice::reject) == TxCode::ok);
    const Hash256 copied = panel().at(0).commitment;
    BOOST_REQUIRE(commit_as(juror_at(1), {.dispute = 1, .seat = 1, .commitment = copied}) ==
                  TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_REQUIRE(reveal(0, Choice::reject) == TxCode::ok);
    BOOST_TEST(reveal_as(juror_at(1),
                         {.dispute = 1, .seat = 1, .choice = Choice::reject, .salt = salt_of(0)}) ==
               TxCode::vote_mismatch);
}

BOOST_FIXTURE_TEST_CASE(phases_end_in_the_block_in_which_everybody_acted, Fixture) {
    const std::uint64_t began_s = block.time_s;
    for (std::uint8_t i = 0; i < 3; ++i) BOOST_REQUIRE(commit(i, Choice::accept) == TxCode::ok);
    BOOST_TEST((dispute().phase == Phase::commit));
    end_block();
    BOOST_TEST((dispute().phase == Phase::reveal));
    BOOST_TEST(dispute().deadline_s == began_s + 20);
    for (std::uint8_t i = 0; i < 3; ++i) BOOST_REQUIRE(reveal(i, Choice::accept) == TxCode::ok);
    end_block();
    BOOST_TEST((dispute().phase == Phase::appealable));
    BOOST_TEST(commit(0, Choice::accept) == TxCode::dispute_wrong_phase);
}

BOOST_FIXTURE_TEST_CASE(reveals_of_all_who_committed_end_the_phase, Fixture) {
    BOOST_REQUIRE(commit(0, Choice::accept) == TxCode::ok);
    BOOST_REQUIRE(commit(2, Choice::accept) == TxCode::ok);
    run_until(dispute().deadline_s);
    BOOST_REQUIRE(reveal(0, Choice::accept) == TxCode::ok);
    BOOST_REQUIRE(reveal(2, Choice::accept) == TxCode::ok);
    end_block();
    BOOST_TEST((dispute().phase == Phase::appealable));
}

// What a seat may be charged is locked until it is judged (ADR 25): here through an appeal, and its
// holder is away from the beginning.
BOOST_FIXTURE_TEST_CASE(no_juror_leaves_before_the_penalty_however_short_unbonding_is,
                        HastyFixture) {
    const Address leaver = panel().at(0).juror;
    BOOST_TEST(juror(leaver).locked == Amount(6 * kFee));
    BOOST_TEST(unstake(leaver, Amount(2 * kMinStake)) == TxCode::stake_locked);
    BOOST_TEST(unstake(leaver, Amount(2 * kMinStake - 6 * kFee)) == TxCode::stake_too_small);
    BOOST_TEST(unstake(leaver, Amount(kMinStake)) == TxCode::ok);
    run_until(block.time_s + 1);
    BOOST_TEST(balance(leaver) == Amount(kStart - kMinStake));
    judge("-rr");
    BOOST_TEST(unstake(leaver, Amount(kMinStake)) == TxCode::stake_locked);
    BOOST_TEST(appeal(kContributor) == TxCode::ok);
    while (dispute().phase != Phase::settling) {
        BOOST_TEST(unstake(leaver, Amount(kMinStake)) == TxCode::stake_locked);
        run_until(dispute().deadline_s);
    }
    settle();
    const Amount penalty = ppm_floor(Amount(kFee), terms.no_show_penalty_ppm);
    BOOST_TEST(juror(leaver).locked == Amount{});
    BOOST_TEST(juror(leaver).stake == difference_of(Amount(kMinStake), penalty));
    BOOST_TEST(unstake(leaver, juror(leaver).stake) == TxCode::ok);
    run_until(block.time_s + 1);
    BOOST_TEST(balance(leaver) == difference_of(Amount(kStart), penalty));
}
