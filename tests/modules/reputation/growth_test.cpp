// How scores grow with burned fees, shrink with time and with what goes wrong.
#include "tests/modules/reputation/reputation_fixture.hpp"
#include "tests/support/choices.hpp"

using namespace assay;
using namespace assay::test;
using namespace assay::reputation;

BOOST_FIXTURE_TEST_CASE(burned_fees_earn_points_up_to_the_buyers_cap, ReputationFixture) {
    BOOST_TEST(score() == 0U);
    earn(1, 30'000);
    BOOST_TEST(score() == 30'000U);
    BOOST_TEST(now().buyers == 0U);  // too little to count as a buyer
    earn(1, 20'000);
    BOOST_TEST(now().buyers == 1U);
    earn(1, 1'000'000);
    BOOST_TEST(score() == 250'000U);
    BOOST_TEST(from(1).room_ppm == 0U);
    earn(1, 1'000'000);
    BOOST_TEST(score() == 250'000U);
    earn(2, 1'000'000);
    BOOST_TEST(score() == 500'000U);
    BOOST_TEST(now().buyers == 2U);
    for (std::uint8_t i = 3; i < 9; ++i) earn(i, 250'000);
    BOOST_TEST(score() == kFullScore_ppm);
    BOOST_TEST(now().buyers == 8U);
}

BOOST_FIXTURE_TEST_CASE(a_fee_in_parts_earns_no_more, ReputationFixture) {
    for (int i = 0; i < 10; ++i)
        fee_burned(
            state, block,
            {.contributor = ann, .buyer = buyer(1), .burned = Amount(kTokenUnits / 100 - 1)});
    BOOST_TEST(score() == 99'990U);  // of 100'000: each part rounds down
}

BOOST_FIXTURE_TEST_CASE(dust_writes_nothing, ReputationFixture) {
    fee_burned(state, block,
               {.contributor = ann, .buyer = buyer(1), .burned = Amount(kTokenUnits / kPpm - 1)});
    BOOST_TEST(!state.contains(kStandings, ann));
    BOOST_TEST(!state.contains(kCounterparties, Pair{.contributor = ann, .buyer = buyer(1)}));
}

BOOST_FIXTURE_TEST_CASE(scores_halve_and_the_cap_opens_as_they_do, ReputationFixture) {
    earn(1, 250'000);
    earn(2, 250'000);
    wait_steps(90);
    BOOST_TEST(score() == 250'000U);
    BOOST_TEST(from(1).room_ppm == 125'000U);
    earn(1, 250'000);
    BOOST_TEST(score() == 375'000U);
    BOOST_TEST(from(1).room_ppm == 0U);
    BOOST_TEST(now().buyers == 2U);
    wait_steps(90 * 40);
    BOOST_TEST(score() == 0U);
    BOOST_TEST(tier() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_rejection_takes_a_quarter_whenever_it_comes, ReputationFixture) {
    earn(1, 250'000);
    work_rejected(state, ann);
    BOOST_TEST(score() == 187'500U);
    wait_steps(90);
    BOOST_TEST(score() == 93'750U);
    work_rejected(state, ann);  // of the score as of its step: the same share of what is left
    BOOST_TEST(score() == 70'312U);
    BOOST_TEST(now().rejections == 2U);
    BOOST_TEST(from(1).room_ppm == 125'000U);  // a rejection opens no room at its buyer's
}

BOOST_FIXTURE_TEST_CASE(fraud_takes_everything_and_what_was_given_counts_no_more,
                        ReputationFixture) {
    for (std::uint8_t i = 1; i < 7; ++i) earn(i, 150'000);
    stake(80);
    BOOST_TEST(tier() == 4U);
    fraud_shown(state, ann);
    BOOST_TEST(score() == 0U);
    BOOST_TEST(now().buyers == 0U);
    BOOST_TEST(now().frauds == 1U);
    BOOST_TEST(tier() == 0U);
    BOOST_TEST(from(1).room_ppm == 250'000U);  // it begins again, at the same price
    earn(1, 100'000);
    BOOST_TEST(score() == 100'000U);
    BOOST_TEST(now().buyers == 1U);
}

BOOST_FIXTURE_TEST_CASE(whoever_has_nothing_loses_nothing_and_is_remembered, ReputationFixture) {
    fraud_shown(state, ann);
    work_rejected(state, ann);
    BOOST_TEST(now().frauds == 1U);
    BOOST_TEST(now().rejections == 1U);
    BOOST_TEST(score() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_tier_needs_score_buyers_and_stake, ReputationFixture) {
    for (std::uint8_t i = 1; i < 5; ++i) earn(i, 250'000);
    BOOST_TEST(score() == kFullScore_ppm);
    BOOST_TEST(tier() == 0U);  // no stake
    stake(10);
    BOOST_TEST(tier() == 1U);
    stake(10);
    BOOST_TEST(tier() == 2U);
    stake(60);
    BOOST_TEST(tier() == 3U);  // four buyers are too few for the top
    BOOST_TEST(now().next_tier.buyers == 6U);
    earn(5, 50'000);
    earn(6, 49'999);
    BOOST_TEST(tier() == 3U);
    earn(6, 1);
    BOOST_TEST(tier() == 4U);
    BOOST_TEST(now().next_tier.buyers == 0U);
    wait_steps(30);
    BOOST_TEST(tier() == 3U);  // 793700 of 10^6 are left
    wait_steps(300);
    BOOST_TEST(tier() == 0U);
    const auto asked = TierOf{.account = ann}.view(state, block);
    BOOST_TEST(*asked == 0U);
}

// However somebody spreads own orders over made-up names, every point was burned for, and a score
// above so many caps took more buyers than that.
BOOST_FIXTURE_TEST_CASE(made_up_names_add_up_and_never_multiply, ReputationFixture) {
    const Bytes bytes = bytes_of_seed(13, 40'000);
    Choices choices(bytes);
    for (int game = 0; game < 40; ++game) {
        const std::uint32_t contributors = 1 + choices.below(5);
        const std::uint32_t buyers = 1 + choices.below(8);
        const auto worker = [&](std::uint32_t number) {
            return Address{
                {0xc0, static_cast<std::uint8_t>(game), static_cast<std::uint8_t>(number)}};
        };
        Amount burned;
        for (int trade = 0; trade < 60; ++trade) {
            const BurnedFee fee{.contributor = worker(choices.below(contributors)),
                                .buyer = buyer(static_cast<std::uint8_t>(choices.below(buyers))),
                                .burned = Amount(choices.number() % (kTokenUnits / 10))};
            burned = sum_of(burned, fee.burned);
            fee_burned(state, block, fee);
        }
        Amount scores;
        for (std::uint32_t i = 0; i < contributors; ++i) {
            const Standing standing = standing_of(state, block, worker(i));
            scores = sum_of(scores, Amount(standing.score_ppm));
            BOOST_TEST(standing.score_ppm <= buyers * params.counterparty_cap_ppm);
            BOOST_TEST(standing.buyers <= buyers);
        }
        BOOST_TEST(scores <= mul_div_floor(burned, Amount(kPpm), params.full_burn).value());
    }
    BOOST_TEST(!choices.empty());
}

// Whatever happens in whatever order: the fixture's invariants hold after each of it.
BOOST_FIXTURE_TEST_CASE(no_history_gives_more_than_buyers_gave, ReputationFixture) {
    const Bytes bytes = bytes_of_seed(9, 30'000);
    Choices choices(bytes);
    std::uint32_t most = 0;
    for (int i = 0; i < 3'000; ++i) {
        const auto from = static_cast<std::uint8_t>(choices.below(7));
        switch (choices.below(12)) {
            case 0: wait_steps(choices.below(60)); break;
            case 1: work_rejected(state, ann); break;
            case 2:
                if (choices.one_in(8)) fraud_shown(state, ann);
                break;
            default: earn(from, 1 + 997U * choices.byte());
        }
        most = std::max(most, score());
        if (i % 50 == 0) BOOST_TEST(failures().empty());
    }
    BOOST_TEST(most > 300'000U);
    BOOST_TEST(!choices.empty());
}

BOOST_FIXTURE_TEST_CASE(the_invariant_sees_a_score_from_nowhere, ReputationFixture) {
    earn(1, 100'000);
    const Standing good = state.must_get(kStandings, ann);
    Standing bad = good;
    bad.score_ppm += 1;
    state.put(kStandings, ann, bad);
    BOOST_TEST(failures().size() == 1U);
    bad = good;
    bad.buyers = 2;
    state.put(kStandings, ann, bad);
    BOOST_TEST(failures().size() == 1U);
    state.put(kStandings, ann, good);
}
