// Collateral out of what the chain holds already: taken in order, held, returned once or seized.
#include "modules/jurors/objects.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/rewards/objects.hpp"
#include "tests/support/choices.hpp"
#include "tests/support/pledged_quote.hpp"
#include "tests/support/tier_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::SubmissionState;

namespace {

Amount hundredths(std::uint64_t count) {
    return Amount(kTokenUnits / 100 * count);
}

struct PledgeFixture : TierFixture {
    explicit PledgeFixture(const ModuleParams& params = slow_holdback()) : TierFixture(params) {}

    // Long enough that a holdback outlives the work it stands behind.
    static ModuleParams slow_holdback() {
        ModuleParams out = story_params();
        out.market.holdback_s = 100;
        return out;
    }
    // kAnn's accepted work of four items of a token: 0.4 are held back.
    std::uint64_t earn(bool fraud = false) {
        const std::uint64_t id = submit(kAnn, {1, fraud ? 1U : 2U, 3, 4}, post(4));
        begin_at(submission(id).deadline_s);
        BOOST_TEST(settle(id) == TxCode::ok);
        BOOST_TEST(submission(id).holdback == hundredths(40));
        return id;
    }
    struct Sources {
        std::vector<std::uint64_t> rewards = {};
        std::vector<std::uint64_t> holdbacks = {};
        Amount stake = {};
    };
    market::CommitPledged pledged(const ItemWork& work, const Sources& from,
                                  std::uint8_t tier = 0) const {
        const market::CommitSubmission plain = work.commit();
        return {.order = plain.order,
                .item_count = plain.item_count,
                .commitment = plain.commitment,
                .tier = tier,
                .rewards = from.rewards,
                .holdbacks = from.holdbacks,
                .stake = from.stake};
    }
    Result<Amount> quote_pledged(const market::CommitPledged& message,
                                 const Address& who = kAnn) const {
        return chain.ask(quote_of(message, who));
    }
    // Committed with the quoted value; returns the id.
    std::uint64_t commit_pledged(const ItemWork& work, const Sources& from, std::uint8_t tier = 0) {
        const auto message = pledged(work, from, tier);
        BOOST_TEST(send(work.contributor, message, quote_pledged(message).value()) == TxCode::ok);
        works.insert_or_assign(last_submission(), work);
        return last_submission();
    }
    void show(std::uint64_t id) {
        end_block();
        BOOST_TEST(reveal(id) == TxCode::ok);
        end_block();
    }
    market::Pledges pledges_of(std::uint64_t id) const {
        return chain.ask(market::GetPledges{.submission = id}).value();
    }
    jurors::Juror juror_ann() const { return chain.ask(jurors::GetJuror{.account = kAnn}).value(); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_holdback_stands_behind_other_work_and_comes_back, PledgeFixture) {
    const std::uint64_t source = earn();
    const Amount before = wealth(kAnn);
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.holdbacks = {source}});
    BOOST_TEST(wealth(kAnn) == before);  // nothing was sent along
    BOOST_TEST(submission(id).bond == Amount(0));
    BOOST_TEST(submission(id).pledged == hundredths(20));
    BOOST_TEST(submission(source).holdback == hundredths(20));
    BOOST_TEST(submission(source).holdback_pledged == hundredths(20));
    BOOST_TEST(held(pool::kPledges) == hundredths(20));
    show(id);
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::accepted));
    BOOST_TEST(submission(id).pledged == Amount(0));
    BOOST_TEST(submission(source).holdback == hundredths(40));
    BOOST_TEST(held(pool::kPledges) == Amount(0));
    BOOST_TEST(pledges_of(id).holdbacks.empty());
}

BOOST_FIXTURE_TEST_CASE(a_holdback_whose_time_ends_waits_for_the_pledge, PledgeFixture) {
    const std::uint64_t source = earn();
    end_block(submission(source).deadline_s - now_s() - 10);
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.holdbacks = {source}});
    const Amount before = wealth(kAnn);
    pass_deadline(source);
    BOOST_TEST((state_of(source) == SubmissionState::finalized));
    BOOST_TEST(grown(kAnn, before) == hundredths(20));  // what is not pledged
    BOOST_TEST(reveal(id) == TxCode::ok);
    begin_at(submission(id).deadline_s);
    const Amount then = wealth(kAnn);
    BOOST_TEST(settle(id) == TxCode::ok);
    BOOST_TEST(grown(kAnn, then) == hundredths(180 + 20));  // the pay and the pledge
    BOOST_TEST(submission(source).holdback_pledged == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(a_slash_seizes_what_is_pledged, PledgeFixture) {
    const std::uint64_t source = earn();
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {7, 7}, post(4)), {.holdbacks = {source}});
    show(id);
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST(gained(kCarol, hundredths(8)));  // 40% of 0.2
    BOOST_TEST(submission(source).holdback == hundredths(20));
    BOOST_TEST(submission(source).holdback_pledged == Amount(0));
    BOOST_TEST(held(pool::kPledges) == Amount(0));
    BOOST_TEST(held(pool::kContributorBonds) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(a_place_never_filled_costs_the_pledge, PledgeFixture) {
    const std::uint64_t source = earn();
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.holdbacks = {source}});
    pass_deadline(id);
    BOOST_TEST((state_of(id) == SubmissionState::forfeited));
    BOOST_TEST(submission(source).holdback == hundredths(20));
    BOOST_TEST(held(pool::kPledges) == Amount(0));
}

// A friend proves fraud in the source: what is pledged stays behind the other work all the same.
BOOST_FIXTURE_TEST_CASE(a_claw_back_waits_for_what_is_pledged, PledgeFixture) {
    const std::uint64_t source = earn(true);
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.holdbacks = {source}});
    const Amount before = wealth(kBuyer);
    BOOST_TEST(prove(kCarol, duplicate(source)) == TxCode::ok);
    BOOST_TEST((state_of(source) == SubmissionState::clawed_back));
    BOOST_TEST(gained(kCarol, hundredths(8)));
    BOOST_TEST(grown(kBuyer, before) == hundredths(12));
    BOOST_TEST(held(pool::kPledges) == hundredths(20));
    show(id);
    begin_at(submission(id).deadline_s);
    const Amount then = wealth(kBuyer);
    BOOST_TEST(settle(id) == TxCode::ok);
    BOOST_TEST(gained(kCarol, hundredths(16)));
    BOOST_TEST(grown(kBuyer, then) == hundredths(12));
    BOOST_TEST(!state().contains(market::kClawBackProvers, source));
}

BOOST_FIXTURE_TEST_CASE(a_claw_back_saves_no_pledge_from_a_slash, PledgeFixture) {
    const std::uint64_t source = earn(true);
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {7, 7}, post(4)), {.holdbacks = {source}});
    BOOST_TEST(prove(kCarol, duplicate(source)) == TxCode::ok);
    show(id);
    const Amount before = wealth(kBob);
    BOOST_TEST(prove(kBob, duplicate(id)) == TxCode::ok);
    BOOST_TEST(grown(kBob, before) == hundredths(8));
    BOOST_TEST(gained(kCarol, hundredths(8)));
    BOOST_TEST(!state().contains(market::kClawBackProvers, source));
}

BOOST_FIXTURE_TEST_CASE(unvested_rewards_stand_behind_work_and_vest_after_it, PledgeFixture) {
    const std::uint64_t source = earn();
    end_epoch();
    const Amount granted = reward(source).granted;
    const Amount unvested = difference_of(granted, reward(source).vested);
    BOOST_TEST(unvested > Amount(0));
    const auto message = pledged(work_of(kAnn, {11, 12}, post(4)), {.rewards = {source}});
    BOOST_TEST(quote_pledged(message).value() == difference_of(hundredths(20), unvested));
    const std::uint64_t id = commit_pledged(work_of(kAnn, {11, 12}, 2), {.rewards = {source}});
    BOOST_TEST(held(pool::kPledges) == unvested);
    show(id);
    const Amount before = wealth(kAnn);
    BOOST_TEST(claim(source) == TxCode::ok);  // the quarter that had vested
    BOOST_TEST(sum_of(grown(kAnn, before), unvested) == granted);
    BOOST_TEST(claim(source) == TxCode::nothing_to_claim);
    pass_deadline(id);
    BOOST_TEST(held(pool::kPledges) == Amount(0));
    pass(reward(source).vesting_ends_s);
    BOOST_TEST(claim(source) == TxCode::ok);
    BOOST_TEST(reward(source).grant.released == granted);
}

BOOST_FIXTURE_TEST_CASE(a_seized_reward_is_gone, PledgeFixture) {
    const std::uint64_t source = earn();
    end_epoch();
    const Amount granted = reward(source).granted;
    const std::uint64_t id = commit_pledged(work_of(kAnn, {7, 7}, post(4)), {.rewards = {source}});
    const Amount behind = submission(id).pledged;
    show(id);
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST(gained(kCarol, hundredths(8)));
    BOOST_TEST(reward(source).grant.seized == behind);
    pass(reward(source).vesting_ends_s);
    BOOST_TEST(claim(source) == TxCode::ok);
    BOOST_TEST(sum_of(reward(source).grant.released, behind) == granted);
}

BOOST_FIXTURE_TEST_CASE(a_pledged_reward_of_fraud_burns_when_it_comes_back, PledgeFixture) {
    const std::uint64_t source = earn(true);
    end_epoch();
    const Amount granted = reward(source).granted;
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.rewards = {source}});
    const Amount behind = submission(id).pledged;
    BOOST_TEST(prove(kCarol, duplicate(source)) == TxCode::ok);
    BOOST_TEST(sum_of(reward(source).grant.clawed_back, behind) == granted);
    show(id);
    pass_deadline(id);
    BOOST_TEST(reward(source).grant.clawed_back == granted);
    BOOST_TEST(held(pool::kPledges) == Amount(0));
    BOOST_TEST(claim(source) == TxCode::nothing_to_claim);
}

BOOST_FIXTURE_TEST_CASE(juror_stake_stands_behind_work_and_cannot_leave, PledgeFixture) {
    const Amount all = juror_ann().stake;
    const std::uint64_t id = commit_pledged(work_of(kAnn, {11, 12}, post(4)), {.stake = all}, 4);
    BOOST_TEST(submission(id).pledged == Amount(5 * kTokenUnits));  // no more than it needs
    BOOST_TEST(juror_ann().pledged == Amount(5 * kTokenUnits));
    BOOST_TEST(juror_ann().stake == all);
    BOOST_TEST(chain.send(kAnn, ModuleId::jurors, jurors::UnstakeJuror{.amount = all}) ==
               TxCode::stake_locked);
    // A pledged part weighs in no draw: 75 tokens are seven units of ten.
    BOOST_TEST(chain.ask(jurors::GetJurorTotals{})->eligible_next == reputation::tokens(70 + 20));
    show(id);
    pass_deadline(id);
    BOOST_TEST(juror_ann().pledged == Amount(0));
    BOOST_TEST(chain.send(kAnn, ModuleId::jurors, jurors::UnstakeJuror{.amount = all}) ==
               TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(all_of_the_free_stake_may_stand_and_no_unit_more, PledgeFixture) {
    const Amount all = juror_ann().stake;
    // Two items of seventeen tokens at T4 need 85 of kAnn's 80, two of sixteen all of them.
    const auto more = pledged(work_of(kAnn, {11, 12}, post(4, Amount(17 * kTokenUnits))),
                              {.stake = sum_of(all, Amount(1))}, 4);
    BOOST_TEST(send(kAnn, more, reputation::tokens(5)) == TxCode::stake_locked);
    const std::uint64_t id = commit_pledged(
        work_of(kAnn, {11, 12}, post(4, Amount(16 * kTokenUnits))), {.stake = all}, 4);
    BOOST_TEST(submission(id).bond == Amount(0));
    BOOST_TEST(juror_ann().pledged == all);
}

BOOST_FIXTURE_TEST_CASE(a_slash_seizes_stake, PledgeFixture) {
    const Amount all = juror_ann().stake;
    const std::uint64_t id = commit_pledged(work_of(kAnn, {7, 7}, post(4)), {.stake = all}, 4);
    show(id);
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST(gained(kCarol, Amount(2 * kTokenUnits)));
    BOOST_TEST(sum_of(juror_ann().stake, Amount(5 * kTokenUnits)) == all);
    BOOST_TEST(juror_ann().pledged == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(sources_are_taken_in_order_and_the_rest_is_sent, PledgeFixture) {
    const std::uint64_t source = earn();
    end_epoch();
    const Amount unvested = difference_of(reward(source).granted, reward(source).vested);
    const auto message =
        pledged(work_of(kAnn, {11, 12}, post(4)),
                {.rewards = {source}, .holdbacks = {source}, .stake = hundredths(50)}, 1);
    // 0.8 in all: the reward, 0.4 held back, then up to half a token of stake.
    BOOST_TEST(quote_pledged(message).value() == Amount(0));
    const std::uint64_t id =
        commit_pledged(work_of(kAnn, {11, 12}, 2),
                       {.rewards = {source}, .holdbacks = {source}, .stake = hundredths(50)}, 1);
    const market::Pledges taken = pledges_of(id);
    BOOST_TEST(taken.rewards.at(0).amount == unvested);
    BOOST_TEST(taken.holdbacks.at(0).amount == hundredths(40));
    BOOST_TEST(taken.stake == difference_of(hundredths(40), unvested));
    // A challenge of it costs what it would cost were all of it money.
    show(id);
    const std::uint64_t plain = submit_at(work_of(kBob, {21, 22}, 2), 1);
    BOOST_TEST((chain.ask(disputes::QuoteChallenge{.submission = id}).value() ==
                chain.ask(disputes::QuoteChallenge{.submission = plain}).value()));
}

BOOST_FIXTURE_TEST_CASE(one_holdback_stands_behind_two, PledgeFixture) {
    const std::uint64_t source = earn();
    post(4);
    const std::uint64_t first = commit_pledged(work_of(kAnn, {11}, 2), {.holdbacks = {source}});
    const std::uint64_t second = commit_pledged(work_of(kAnn, {12}, 2), {.holdbacks = {source}});
    BOOST_TEST(submission(source).holdback_pledged == hundredths(20));
    show(first);
    pass_deadline(first);
    BOOST_TEST(submission(source).holdback_pledged == hundredths(10));
    pass_deadline(second);  // never revealed
    BOOST_TEST(submission(source).holdback_pledged == Amount(0));
    BOOST_TEST(submission(source).holdback == hundredths(30));
}

BOOST_FIXTURE_TEST_CASE(offers_that_are_refused, PledgeFixture) {
    const std::uint64_t source = earn();
    post(4);
    const ItemWork work = work_of(kAnn, {11, 12}, 2);
    const auto refused = [&](const Sources& from, std::uint8_t tier = 0,
                             const Address& who = kAnn) {
        const ItemWork own = work_of(who, {11, 12}, 2);
        return refuse(who, pledged(own, from, tier), Amount{});
    };
    BOOST_TEST(refused({}) == TxCode::count_zero);
    BOOST_TEST(refused({.holdbacks = {source, source}}) == TxCode::indices_not_ascending);
    BOOST_TEST(refused({.rewards = {2, 1}}) == TxCode::indices_not_ascending);
    BOOST_TEST(refused({.rewards = std::vector<std::uint64_t>(9)}) == TxCode::count_too_large);
    BOOST_TEST(refused({.holdbacks = {source}}, 5) == TxCode::unknown_choice);
    BOOST_TEST(refused({.holdbacks = {source}}, 1, kCarol) == TxCode::tier_not_reached);
    BOOST_TEST(refused({.holdbacks = {source}}, 0, kBob) == TxCode::nothing_to_pledge);
    BOOST_TEST(refused({.holdbacks = {99}}) == TxCode::nothing_to_pledge);
    BOOST_TEST(refused({.rewards = {source}}) == TxCode::nothing_to_pledge);  // its epoch runs
    BOOST_TEST(refused({.holdbacks = {source, 99}}) == TxCode::pledge_not_needed);
    BOOST_TEST(refused({.holdbacks = {source}, .stake = Amount(1)}) == TxCode::pledge_not_needed);
    BOOST_TEST(refused({.stake = Amount(1)}) == TxCode::wrong_value);
    BOOST_TEST(refused({.stake = Amount::max()}, 0, kCarol) == TxCode::stake_locked);
    BOOST_TEST(quote_pledged(pledged(work, {.holdbacks = {99}})).error().message ==
               "nothing_to_pledge");
    BOOST_TEST(refuse(kAnn, pledged(work, {.holdbacks = {source}}), Amount(1)) ==
               TxCode::wrong_value);
    BOOST_TEST(send(kAnn, pledged(work, {.holdbacks = {source}})) == TxCode::ok);
}

// Whatever is pledged, shown, forfeited, contested and clawed back, in whatever order: every
// block's invariants hold (the fixture checks), and in the end nothing is pledged.
BOOST_AUTO_TEST_CASE(no_pledge_is_lost_or_counted_twice) {
    std::map<bool, int> ends;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const Bytes bytes = bytes_of_seed(seed, 6'000);
        Choices choices(bytes);
        PledgeFixture story;
        story.post(200, Amount(1'000'003));
        std::vector<std::uint64_t> all;
        std::uint32_t content = 100;
        for (int step = 0; step < 150; ++step) {
            const auto some = [&]() -> std::uint64_t {
                return all.empty() ? 1 : all[choices.number() % all.size()];
            };
            switch (choices.below(8)) {
                case 0: story.end_block(1 + choices.below(25)); break;
                case 1: (void)story.send(kCarol, market::Settle{.submission = some()}); break;
                case 2: {
                    const std::uint64_t id = some();
                    if (all.empty()) break;
                    (void)story.prove(kCarol, story.duplicate(id));
                    break;
                }
                case 3:
                    if (!all.empty()) (void)story.claim(some());
                    break;
                case 4:
                case 5: {
                    story.end_block();
                    if (!all.empty()) (void)story.reveal(all.back());
                    break;
                }
                default: {
                    const std::uint32_t first = ++content;
                    const ItemWork work =
                        story.work_of(kAnn, {first, choices.one_in(4) ? first : ++content});
                    PledgeFixture::Sources from{.stake = Amount(choices.number() % 500'000)};
                    if (!all.empty() && choices.below(3) != 0) from.holdbacks = {some()};
                    if (!all.empty() && choices.one_in(2)) from.rewards = {some()};
                    const auto message =
                        story.pledged(work, from, static_cast<std::uint8_t>(choices.below(3)));
                    const auto value = story.quote_pledged(message);
                    if (!value || story.send(kAnn, message, *value) != TxCode::ok) break;
                    all.push_back(story.last_submission());
                    story.works.insert_or_assign(all.back(), work);
                }
            }
        }
        story.end_block(1'001);
        for (int i = 0; i < 5; ++i) story.end_block(120);
        BOOST_TEST(story.held(pool::kPledges) == Amount(0));
        BOOST_TEST(story.juror_ann().pledged == Amount(0));
        for (const std::uint64_t id : all) {
            BOOST_TEST(story.submission(id).pledged == Amount(0));
            BOOST_TEST(story.submission(id).holdback_pledged == Amount(0));
            ++ends[story.submission(id).payout.is_zero()];
        }
    }
    BOOST_TEST(ends[true] > 5);
    BOOST_TEST(ends[false] > 5);
}
