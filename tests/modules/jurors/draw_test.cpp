// Draws: proportional to stake, blind to how stake is split, closed to those who may not sit.
#include "modules/jurors/draw.hpp"

#include <set>

#include "chain/crypto/hash.hpp"
#include "tests/support/juror_fixture.hpp"

using namespace assay;
using namespace assay::jurors;
using assay::test::JurorFixture;
using assay::test::kMinStake;
using assay::test::Numbers;
using assay::test::person;

namespace {

Hash256 seed_of(std::uint64_t number) {
    return sha256(record::encode(number));
}

struct Fixture : JurorFixture {
    // Person i stakes `units[i]` units; the stakes count from the next epoch, which begins.
    void stake_all(const std::vector<std::uint64_t>& units) {
        for (std::uint32_t i = 0; i < units.size(); ++i) {
            fund(person(i), Amount(units[i] * kMinStake));
            BOOST_REQUIRE(stake(person(i), Amount(units[i] * kMinStake)) == TxCode::ok);
        }
        set_epoch(epoch() + 1);
    }
    std::vector<Address> draw_with(std::uint64_t seed, std::uint8_t seats = 3,
                                   std::vector<Address> excluded = {}) const {
        return draw(state, {.seed = seed_of(seed),
                            .seats = seats,
                            .lock = Amount(60),
                            .excluded = std::move(excluded)});
    }
    void set_max_seats(std::uint8_t seats) {
        Params params = state.must_get(kParams, {});
        params.max_seats = seats;
        state.put(kParams, {}, params);
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(positions_are_the_published_hash_stream) {
    // SHA-256("assay/draw/1" | 32 bytes of 0x01 | counter as 8 bytes), first 16 bytes mod bound.
    Hash256 seed;
    seed.bytes.fill(1);
    BOOST_TEST(*uniform_below(seed, 0, Amount(1'000'003)) == Amount(603'364));
    BOOST_TEST(*uniform_below(seed, 7, Amount(1'000'003)) == Amount(307'232));
    BOOST_TEST(*uniform_below(seed, 7, Amount(1)) == Amount(0));
}

BOOST_AUTO_TEST_CASE(positions_that_would_bias_are_refused) {
    // 2^128 mod (2^127 + 1) = 2^127 - 1: every second value is refused, the rest are below it.
    const Amount bound = Amount::from_raw((static_cast<u128>(1) << 127) + 1);
    int refused = 0;
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        const auto position = uniform_below(seed_of(1), i, bound);
        if (!position) ++refused;
        if (position) BOOST_TEST((*position < bound));
    }
    BOOST_TEST(refused > 400);
    BOOST_TEST(refused < 600);
}

BOOST_FIXTURE_TEST_CASE(the_first_seat_goes_by_stake, Fixture) {
    std::vector<std::uint64_t> units;
    for (std::uint64_t i = 1; i <= 20; ++i) units.push_back(i);  // 210 together
    stake_all(units);
    std::vector<std::uint64_t> hits(units.size());
    constexpr std::uint64_t kDraws = 21'000;
    for (std::uint64_t n = 0; n < kDraws; ++n) {
        const auto panel = draw_with(n, 1);
        BOOST_REQUIRE(panel.size() == 1u);
        for (std::uint32_t i = 0; i < units.size(); ++i)
            if (panel[0] == person(i)) ++hits[i];
    }
    double chi_square = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const double expected = static_cast<double>(kDraws * units[i]) / 210;
        const double off = static_cast<double>(hits[i]) - expected;
        chi_square += off * off / expected;
    }
    BOOST_TEST_MESSAGE("chi-square of 19 degrees: " << chi_square);
    BOOST_TEST(chi_square < 43.8);  // one honest draw in a thousand exceeds it
}

BOOST_FIXTURE_TEST_CASE(seats_of_a_panel_go_by_stake_without_replacement, Fixture) {
    stake_all({1, 2, 3});
    // Units without replacement: person 0 holds 1 of 6, so sits in half of all panels of three.
    int seats[3] = {0, 0, 0};
    for (std::uint64_t n = 0; n < 6'000; ++n)
        for (const Address& juror : draw_with(n))
            for (std::uint32_t i = 0; i < 3; ++i)
                if (juror == person(i)) ++seats[i];
    BOOST_TEST(std::abs(seats[0] - 3'000) < 150);  // four deviations of sqrt(6000/4)
    BOOST_TEST(std::abs(seats[1] - 6'000) < 200);
    BOOST_TEST(std::abs(seats[2] - 9'000) < 200);
}

// The same seed seats the same owners whether an owner's stake is in one hand or in many.
BOOST_AUTO_TEST_CASE(splitting_stake_changes_no_seat) {
    Fixture whole;
    Fixture split;
    whole.stake_all({7, 4, 1, 9});
    std::vector<std::uint64_t> parts;
    std::map<Address, std::uint32_t> owner;
    for (std::uint32_t who = 0; who < 4; ++who) {
        const std::vector<std::vector<std::uint64_t>> hands = {
            {1, 1, 1, 1, 1, 1, 1}, {3, 1}, {1}, {4, 5}};
        for (const auto units : hands[who]) {
            owner[person(static_cast<std::uint32_t>(parts.size()))] = who;
            parts.push_back(units);
        }
    }
    split.stake_all(parts);
    for (std::uint64_t n = 0; n < 3'000; ++n) {
        const auto one = whole.draw_with(n);
        const auto many = split.draw_with(n);
        BOOST_REQUIRE(one.size() == 3u);
        BOOST_REQUIRE(many.size() == 3u);
        for (std::size_t i = 0; i < 3; ++i) BOOST_REQUIRE(one[i] == person(owner[many[i]]));
    }
}

BOOST_FIXTURE_TEST_CASE(stake_below_a_unit_weighs_nothing, Fixture) {
    fund(person(0), Amount(2 * kMinStake - 1));
    BOOST_REQUIRE(stake(person(0), Amount(2 * kMinStake - 1)) == TxCode::ok);
    BOOST_TEST(eligible_stake(state) == Amount(0));
    set_epoch(epoch() + 1);
    BOOST_TEST(eligible_stake(state) == Amount(kMinStake));
    BOOST_TEST(draw_with(1).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_juror_holds_at_most_max_seats_of_a_panel, Fixture) {
    stake_all({50, 1, 1});
    set_max_seats(1);
    for (std::uint64_t n = 0; n < 50; ++n) {
        const auto panel = draw_with(n);
        BOOST_TEST(panel.size() == 3u);
        BOOST_TEST(std::set(panel.begin(), panel.end()).size() == 3u);
    }
    set_max_seats(2);
    for (std::uint64_t n = 0; n < 50; ++n) {
        const auto panel = draw_with(n);
        BOOST_TEST(std::count(panel.begin(), panel.end(), person(0)) <= 2);
    }
}

BOOST_FIXTURE_TEST_CASE(parties_suspended_and_locked_jurors_are_passed_over, Fixture) {
    stake_all({5, 5, 5, 5, 5});
    suspend(state, person(1));
    lock(state, person(2), Amount(5 * kMinStake - 59));  // 59 free, a seat needs 60
    for (std::uint64_t n = 0; n < 200; ++n)
        for (const Address& juror : draw_with(n, 3, {person(0), person(9)}))
            BOOST_TEST((juror == person(3) || juror == person(4)));
    unlock(state, person(2), Amount(1));  // 60 free: one seat, not two
    for (std::uint64_t n = 0; n < 200; ++n) {
        const auto panel = draw_with(n, 10, {person(0)});
        BOOST_TEST(std::count(panel.begin(), panel.end(), person(2)) <= 1);
    }
}

BOOST_FIXTURE_TEST_CASE(panels_shrink_where_jurors_are_too_few, Fixture) {
    BOOST_TEST(draw_with(0).empty());
    stake_all({1, 1});
    for (std::uint64_t n = 0; n < 20; ++n) BOOST_TEST(draw_with(n).size() == 2u);
    for (std::uint64_t n = 0; n < 20; ++n) BOOST_TEST(draw_with(n, 3, {person(0)}).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(the_work_of_a_draw_is_bounded, Fixture) {
    stake_all(std::vector<std::uint64_t>(200, 1));
    for (std::uint32_t i = 1; i < 200; ++i) suspend(state, person(i));
    int found = 0;
    for (std::uint64_t n = 0; n < 60; ++n) found += static_cast<int>(draw_with(n).size());
    BOOST_TEST(found < 40);  // 67 looks among 200: a third of the draws meet the only one
    BOOST_TEST(found > 5);
}

BOOST_FIXTURE_TEST_CASE(stake_moved_within_the_epoch_changes_no_draw, Fixture) {
    stake_all({3, 3, 3, 3});
    std::vector<std::vector<Address>> before;
    for (std::uint64_t n = 0; n < 50; ++n) before.push_back(draw_with(n));
    fund(person(9), Amount(100 * kMinStake));
    BOOST_REQUIRE(stake(person(9), Amount(100 * kMinStake)) == TxCode::ok);
    BOOST_REQUIRE(unstake(person(0), Amount(kMinStake)) == TxCode::ok);
    for (std::uint64_t n = 0; n < 50; ++n) BOOST_TEST((draw_with(n) == before[n]));
    set_epoch(epoch() + 1);
    BOOST_TEST(eligible_stake(state) == Amount(111 * kMinStake));
}
