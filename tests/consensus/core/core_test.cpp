// The rules of Algorithm 1, and the ways in which others got them wrong.
#include <boost/test/unit_test.hpp>

#include "tests/consensus/core/core_driver.hpp"

namespace assay::consensus::test {

namespace {

const BlockId kA = block(1);
const BlockId kB = block(2);

// Round 0 of the others' proposal of A, prevoted and locked by this node.
CoreDriver locked_on_a() {
    CoreDriver out;
    out.go();
    out.proposal(0, kA);
    out.block_checked(kA);
    out.prevote(out.self(), 0, kA);
    out.prevotes(2, 0, kA);
    out.precommit(out.self(), 0, kA);
    BOOST_REQUIRE(out.core().locked_round() == 0);
    return out;
}

void to_next_round(CoreDriver& driver, std::int32_t round) {
    driver.precommits(2, round, kNil);
    driver.timeout(TimerKind::precommit, round);
    BOOST_REQUIRE(driver.core().round() == round + 1);
}

}  // namespace

BOOST_AUTO_TEST_CASE(four_who_agree_decide_in_round_0) {
    CoreDriver driver;
    const auto began = driver.go();
    BOOST_TEST(count(began, effect::EnterRound{0}) == 1u);
    BOOST_TEST(count_of<effect::SetTimer>(began) == 1u);
    BOOST_TEST(count(driver.proposal(0, kA), effect::WantBlock{kA}) == 1u);
    BOOST_TEST(count(driver.block_checked(kA), sign_prevote(0, kA)) == 1u);
    driver.prevote(driver.self(), 0, kA);
    BOOST_TEST(count(driver.prevotes(2, 0, kA), sign_precommit(0, kA)) == 1u);
    driver.precommit(driver.self(), 0, kA);
    const auto decided = driver.precommits(2, 0, kA);
    BOOST_TEST(count(decided, effect::Decide{.round = 0, .id = kA}) == 1u);
    BOOST_TEST(driver.core().has_decided());
    BOOST_TEST(driver.precommit(driver.other(2), 0, kA).empty());
}

BOOST_AUTO_TEST_CASE(the_proposer_builds_signs_and_votes) {
    CoreDriver driver(
        {10, 10, 10, 10}, 1,
        set_of({10, 10, 10, 10}).index_of(set_of({10, 10, 10, 10}).proposer().address));
    BOOST_TEST(count(driver.go(), effect::Build{0}) == 1u);
    driver.block_checked(kA);
    const auto built = driver.step(input::Built{.round = 0, .id = kA});
    BOOST_TEST(count(built, effect::SignProposal{.round = 0, .pol_round = -1, .id = kA}) == 1u);
    BOOST_TEST(count(driver.proposal(0, kA), sign_prevote(0, kA)) == 1u);
}

BOOST_AUTO_TEST_CASE(a_block_built_too_late_is_not_proposed) {
    CoreDriver driver(
        {10, 10, 10, 10}, 1,
        set_of({10, 10, 10, 10}).index_of(set_of({10, 10, 10, 10}).proposer().address));
    driver.go();
    BOOST_TEST(count(driver.timeout(TimerKind::propose, 0), sign_prevote(0, kNil)) == 1u);
    BOOST_TEST(driver.step(input::Built{.round = 0, .id = kA}).empty());
}

BOOST_AUTO_TEST_CASE(who_waits_starts_when_others_did) {
    CoreDriver by_proposal;
    BOOST_TEST(count(by_proposal.proposal(0, kA), effect::EnterRound{0}) == 1u);
    CoreDriver by_vote;
    BOOST_TEST(count(by_vote.prevote(by_vote.other(0), 0, kA), effect::EnterRound{0}) == 1u);
}

BOOST_AUTO_TEST_CASE(an_invalid_block_is_prevoted_nil) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    BOOST_TEST(count(driver.block_checked(kA, BlockFinding::invalid), sign_prevote(0, kNil)) == 1u);
}

BOOST_AUTO_TEST_CASE(a_block_that_cannot_be_judged_is_prevoted_nil_and_believed_after_a_polka) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    BOOST_TEST(count(driver.block_checked(kA, BlockFinding::unjudged), sign_prevote(0, kNil)) ==
               1u);
    driver.prevotes(2, 0, kA);
    BOOST_TEST(driver.core().locked_round() == -1);
    BOOST_TEST(count(driver.prevotes(3, 0, kA), sign_precommit(0, kA)) == 1u);
    BOOST_TEST(driver.core().locked_round() == 0);
    BOOST_TEST(count(driver.precommits(3, 0, kA), effect::Decide{.round = 0, .id = kA}) == 1u);
}

BOOST_AUTO_TEST_CASE(
    a_block_that_cannot_be_judged_is_prevoted_once_an_earlier_polka_vouches_for_it) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.prevotes(3, 0, kA);
    to_next_round(driver, 0);
    driver.proposal(1, kA, 0);
    BOOST_TEST(count(driver.block_checked(kA, BlockFinding::unjudged), sign_prevote(1, kA)) == 1u);
}

BOOST_AUTO_TEST_CASE(a_lock_keeps_its_holder_from_another_value) {
    CoreDriver driver = locked_on_a();
    to_next_round(driver, 0);
    driver.block_checked(kB);
    BOOST_TEST(count(driver.proposal(1, kB), sign_prevote(1, kNil)) == 1u);
}

BOOST_AUTO_TEST_CASE(a_newer_polka_frees_from_the_lock) {
    CoreDriver driver = locked_on_a();
    to_next_round(driver, 0);
    driver.timeout(TimerKind::propose, 1);
    driver.block_checked(kB);
    driver.prevotes(3, 1, kB);
    BOOST_TEST(driver.core().locked_round() == 1);
    to_next_round(driver, 1);
    BOOST_TEST(count(driver.proposal(2, kB, 1), sign_prevote(2, kB)) == 1u);
}

// Line 28 with a polka that is older than the lock.
BOOST_AUTO_TEST_CASE(an_older_polka_does_not_free) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.prevotes(3, 0, kB);  // a polka whose block is not here
    to_next_round(driver, 0);
    driver.block_checked(kA);
    driver.proposal(1, kA);
    driver.prevote(driver.self(), 1, kA);
    driver.prevotes(2, 1, kA);
    BOOST_REQUIRE(driver.core().locked_round() == 1);
    to_next_round(driver, 1);
    driver.block_checked(kB);
    BOOST_TEST(count(driver.proposal(2, kB, 0), sign_prevote(2, kNil)) == 1u);
}

BOOST_AUTO_TEST_CASE(line_28_waits_for_its_polka) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.timeout(TimerKind::prevote, 0);
    to_next_round(driver, 0);
    driver.block_checked(kA);
    BOOST_TEST(count_of<effect::SignVote>(driver.proposal(1, kA, 0)) == 0u);
    BOOST_TEST(count_of<effect::SignVote>(driver.prevotes(2, 0, kA)) == 0u);
    BOOST_TEST(count(driver.prevote(driver.other(2), 0, kA), sign_prevote(1, kA)) == 1u);
}

BOOST_AUTO_TEST_CASE(line_28_needs_an_earlier_round) {
    for (const std::int32_t pol : {0, 1, 7, -2}) {
        CoreDriver driver;
        driver.go();
        driver.block_checked(kA);
        driver.prevotes(3, 0, kA);
        BOOST_TEST((driver.core().current_step() == Step::propose));
        BOOST_TEST(driver.proposal(0, kA, pol).empty());
        BOOST_TEST(driver.core().proposal(0) == nullptr);
    }
}

BOOST_AUTO_TEST_CASE(a_polka_for_a_value_not_yet_received_counts_when_it_comes) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.prevote(driver.self(), 0, kNil);
    const auto polka = driver.prevotes(3, 0, kA);
    BOOST_TEST(count(polka, effect::WantBlock{kA}) == 1u);
    BOOST_TEST(count_of<effect::SignVote>(polka) == 0u);
    BOOST_TEST(count(driver.block_checked(kA), sign_precommit(0, kA)) == 1u);
    BOOST_TEST(driver.core().locked_round() == 0);
}

BOOST_AUTO_TEST_CASE(a_late_polka_makes_the_value_valid_without_locking) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.timeout(TimerKind::prevote, 0);
    driver.block_checked(kA);
    BOOST_TEST(count_of<effect::SignVote>(driver.prevotes(3, 0, kA)) == 0u);
    BOOST_TEST(driver.core().locked_round() == -1);
    BOOST_TEST(driver.core().valid_round() == 0);
}

BOOST_AUTO_TEST_CASE(line_36_fires_once) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    driver.block_checked(kA);
    driver.prevote(driver.self(), 0, kA);
    BOOST_TEST(count(driver.prevotes(2, 0, kA), sign_precommit(0, kA)) == 1u);
    BOOST_TEST(count_of<effect::SignVote>(driver.prevote(driver.other(2), 0, kA)) == 0u);
}

BOOST_AUTO_TEST_CASE(a_nil_polka_precommits_nil_even_after_a_quorum_of_any_precommits) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.prevote(driver.self(), 0, kNil);
    BOOST_TEST(count_of<effect::SetTimer>(driver.precommits(3, 0, kNil)) == 1u);
    BOOST_TEST(count(driver.prevotes(2, 0, kNil), sign_precommit(0, kNil)) == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_timeout_twice_does_nothing_more) {
    CoreDriver driver;
    driver.go();
    BOOST_TEST(driver.timeout(TimerKind::propose, 0).size() == 1u);
    BOOST_TEST(driver.timeout(TimerKind::propose, 0).empty());
    BOOST_TEST(driver.timeout(TimerKind::prevote, 0).size() == 1u);
    BOOST_TEST(driver.timeout(TimerKind::prevote, 0).empty());
    driver.timeout(TimerKind::precommit, 0);
    BOOST_TEST(driver.core().round() == 1);
    BOOST_TEST(driver.timeout(TimerKind::precommit, 0).empty());
    BOOST_TEST(driver.core().round() == 1);
}

BOOST_AUTO_TEST_CASE(timers_of_votes_are_set_once_a_round) {
    CoreDriver driver;
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.prevote(driver.self(), 0, kNil);
    const auto prevoted = driver.prevotes(2, 0, kA);
    BOOST_TEST(count_of<effect::SetTimer>(prevoted) == 1u);
    BOOST_TEST(count_of<effect::SetTimer>(driver.prevote(driver.other(2), 0, kB)) == 0u);
    const auto precommitted = driver.precommits(3, 0, kNil);
    BOOST_TEST(count_of<effect::SetTimer>(precommitted) == 1u);
}

BOOST_AUTO_TEST_CASE(duplicate_votes_count_once) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    driver.block_checked(kA);
    for (int i = 0; i < 5; ++i) driver.prevote(driver.other(0), 0, kA);
    BOOST_TEST((driver.core().current_step() == Step::prevote));
    BOOST_TEST(driver.core().votes().weight(0, VoteType::prevote) == 10);
}

BOOST_AUTO_TEST_CASE(an_earlier_round_may_decide) {
    CoreDriver driver = locked_on_a();
    to_next_round(driver, 0);
    to_next_round(driver, 1);
    driver.precommit(driver.other(1), 0, kA);  // it had said nil before: its two votes contradict
    const auto decided = driver.precommit(driver.other(2), 0, kA);
    BOOST_TEST(count(decided, effect::Decide{.round = 0, .id = kA}) == 1u);
}

BOOST_AUTO_TEST_CASE(a_later_round_may_decide_before_it_is_entered) {
    CoreDriver driver;
    driver.go();
    driver.block_checked(kA);
    driver.precommit(driver.other(0), 5, kA);
    BOOST_TEST(driver.core().round() == 0);
    driver.precommit(driver.other(1), 5, kA);
    BOOST_TEST(driver.core().round() == 5);
    const auto decided = driver.precommit(driver.other(2), 5, kA);
    BOOST_TEST(count(decided, effect::Decide{.round = 5, .id = kA}) == 1u);
}

BOOST_AUTO_TEST_CASE(a_decision_waits_for_its_block) {
    CoreDriver driver;
    driver.go();
    const auto precommitted = driver.precommits(3, 0, kA);
    BOOST_TEST(count(precommitted, effect::WantBlock{kA}) == 1u);
    BOOST_TEST(count_of<effect::Decide>(precommitted) == 0u);
    BOOST_TEST(count(driver.block_checked(kA), effect::Decide{.round = 0, .id = kA}) == 1u);
}

BOOST_AUTO_TEST_CASE(a_decided_block_that_is_invalid_here_halts_the_node) {
    CoreDriver driver;
    driver.go();
    driver.precommits(3, 0, kA);
    BOOST_TEST(count(driver.block_checked(kA, BlockFinding::invalid), effect::Halt{kA}) == 1u);
    BOOST_TEST(driver.core().has_decided());
}

BOOST_AUTO_TEST_CASE(f_plus_1_of_any_messages_pull_into_their_round) {
    CoreDriver driver;
    driver.go();
    driver.prevote(driver.other(0), 3, kA);
    BOOST_TEST(driver.core().round() == 0);
    driver.precommit(driver.other(1), 4, kNil);
    BOOST_TEST(driver.core().round() == 3);  // the highest round that an honest one has reached
    driver.precommit(driver.other(2), 4, kNil);
    BOOST_TEST(driver.core().round() == 4);
}

BOOST_AUTO_TEST_CASE(one_liar_pulls_nobody_into_a_far_round) {
    CoreDriver driver;
    driver.go();
    for (std::int32_t round = 1; round < 1'000; ++round) driver.prevote(driver.other(0), round, kA);
    BOOST_TEST(driver.core().round() == 0);
}

BOOST_AUTO_TEST_CASE(the_valid_value_is_proposed_again) {
    CoreDriver driver = locked_on_a();  // whose turn is in round 3
    for (const std::int32_t round : {0, 1}) to_next_round(driver, round);
    driver.precommits(2, 2, kNil);
    const auto entered = driver.timeout(TimerKind::precommit, 2);
    BOOST_TEST(count(entered, effect::SignProposal{.round = 3, .pol_round = 0, .id = kA}) == 1u);
    BOOST_TEST(count_of<effect::Build>(entered) == 0u);
}

// Two honest locks on different values in different rounds: the newer polka must win.
BOOST_AUTO_TEST_CASE(a_hidden_lock_is_shown_by_its_polka) {
    CoreDriver driver;  // saw nothing of the others' polka for A in round 0
    driver.go();
    driver.timeout(TimerKind::propose, 0);
    driver.timeout(TimerKind::prevote, 0);
    to_next_round(driver, 0);
    driver.block_checked(kA);
    driver.proposal(1, kA, 0);
    BOOST_TEST((driver.core().current_step() == Step::propose));
    BOOST_TEST(count(driver.prevotes(3, 0, kA), sign_prevote(1, kA)) == 1u);
}

BOOST_AUTO_TEST_CASE(a_height_begins_with_nothing_of_the_one_before) {
    CoreDriver driver = locked_on_a();
    driver.precommits(2, 0, kA);
    BOOST_REQUIRE(driver.core().has_decided());
    const auto began =
        driver.step(input::Begin{.height = 2, .validators = driver.set(), .self = driver.self()});
    BOOST_TEST(began.empty());
    BOOST_TEST(driver.core().locked_round() == -1);
    BOOST_TEST(driver.core().valid_round() == -1);
    BOOST_TEST(driver.core().round() == -1);
    BOOST_TEST(
        driver.step(input::TimerFired{{.kind = TimerKind::precommit, .height = 1, .round = 0}})
            .empty());
    Vote old = driver.vote(driver.other(0), VoteType::precommit, 0, kA);
    old.height = 1;
    BOOST_TEST(driver.step(input::GotVote{old}).empty());
    BOOST_TEST(driver.core().votes().weight(0, VoteType::precommit) == 0);
}

BOOST_AUTO_TEST_CASE(who_is_no_validator_follows_and_signs_nothing) {
    Core core;
    const ValidatorSet set = set_of({10, 10, 10, 10});
    CoreDriver voices;
    core.step(input::Begin{.height = 1, .validators = set, .self = {}});
    core.step(input::Go{});
    std::vector<Effect> all;
    for (std::size_t i = 0; i < 3; ++i)
        for (const auto type : {VoteType::prevote, VoteType::precommit})
            for (auto& effect : core.step(input::GotVote{voices.vote(i, type, 0, kA)}))
                all.push_back(effect);
    for (auto& effect : core.step(input::BlockChecked{.id = kA, .finding = BlockFinding::valid}))
        all.push_back(effect);
    BOOST_TEST(count_of<effect::SignVote>(all) == 0u);
    BOOST_TEST(count(all, effect::Decide{.round = 0, .id = kA}) == 1u);
}

BOOST_AUTO_TEST_CASE(the_first_proposal_of_a_round_stands) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    driver.proposal(0, kB);
    BOOST_TEST((driver.core().proposal(0)->block_id == kA));
    BOOST_TEST(driver.core().proposer(2) == nullptr);
    BOOST_TEST(driver.proposal(2, kB).empty());
    BOOST_TEST(driver.core().proposal(2) == nullptr);
    BOOST_TEST(driver.proposal(1, kNil).empty());
    BOOST_TEST(driver.core().proposal(1) == nullptr);
}

BOOST_AUTO_TEST_CASE(what_does_not_belong_to_the_height_changes_nothing) {
    CoreDriver driver;
    driver.go();
    const auto height = driver.core().height();
    const auto proposed = [&](std::int64_t at, std::int32_t round, std::int32_t pol,
                              const BlockId& id) {
        Proposal out{.height = at, .round = round, .pol_round = pol, .block_id = id};
        return driver.step(input::GotProposal{out});
    };
    BOOST_TEST(proposed(height + 1, 0, -1, kA).empty());
    BOOST_TEST(proposed(height, -1, -1, kA).empty());
    BOOST_TEST(proposed(height, 2, -1, kA).empty());  // of a round whose turn is not known yet
    BOOST_TEST(proposed(height, 0, -2, kA).empty());
    BOOST_TEST(proposed(height, 0, 0, kA).empty());  // a polka of its own round
    BOOST_TEST(proposed(height, 0, -1, kNil).empty());
    Vote vote = driver.vote(driver.other(0), VoteType::prevote, 0, kA);
    ++vote.height;
    BOOST_TEST(driver.step(input::GotVote{vote}).empty());
    const Timer late{.kind = TimerKind::propose, .height = height - 1, .round = 0};
    BOOST_TEST(driver.step(input::TimerFired{late}).empty());
    BOOST_TEST(count(driver.proposal(0, kA), effect::WantBlock{kA}) == 1u);  // it still takes one
}

BOOST_AUTO_TEST_CASE(after_a_decision_nothing_is_taken) {
    CoreDriver driver;
    driver.go();
    driver.proposal(0, kA);
    driver.block_checked(kA);
    driver.precommits(3, 0, kA);
    BOOST_REQUIRE(driver.core().has_decided());
    BOOST_TEST(driver.go().empty());
    BOOST_TEST(driver.proposal(1, kB).empty());
    BOOST_TEST(driver.block_checked(kB).empty());
    BOOST_TEST(driver.prevotes(3, 1, kB).empty());
    BOOST_TEST(driver.step(input::GotCommit{.round = 0, .id = kA}).empty());
    BOOST_TEST(driver.step(input::Built{.round = 0, .id = kB}).empty());
    BOOST_TEST(driver.timeout(TimerKind::precommit, 0).empty());
}

}  // namespace assay::consensus::test
