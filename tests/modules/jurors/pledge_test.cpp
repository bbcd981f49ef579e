// Stake that stands behind a juror's own submissions: counted apart, held, returned or seized.
#include "modules/jurors/stake.hpp"
#include "modules/jurors/views.hpp"
#include "tests/support/juror_fixture.hpp"

using namespace assay;
using namespace assay::test;
using namespace assay::jurors;

namespace {

const Address kAlice = person(1);
const Address kSink = person(9);

struct Fixture : JurorFixture {
    Fixture() { fund(kAlice, Amount(10 * kMinStake)); }
    Amount eligible_next() const { return GetJurorTotals{}.view(state, block)->eligible_next; }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(pledged_stake_stays_and_weighs_nothing_later, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(3 * kMinStake)) == TxCode::ok);
    set_epoch(6);
    const DrawRequest request{.seed = {}, .seats = 3, .lock = Amount(kMinStake), .excluded = {}};
    BOOST_TEST(draw(state, request).size() == 3U);
    BOOST_TEST(pledgeable(state, kAlice) == Amount(3 * kMinStake));
    pledge(state, kAlice, Amount(2 * kMinStake));
    BOOST_TEST(pledgeable(state, kAlice) == Amount(kMinStake));
    BOOST_TEST(pledged(state, kAlice) == Amount(2 * kMinStake));
    BOOST_TEST(stake_of(state, kAlice) == Amount(3 * kMinStake));
    BOOST_TEST(locked_stake(state, kAlice) == Amount(0));  // seats' locks are others
    BOOST_TEST(eligible_stake(state) == Amount(3 * kMinStake));
    BOOST_TEST(draw(state, request).size() == 1U);  // the rest cannot answer for a seat
    BOOST_TEST(eligible_next() == Amount(kMinStake));
    BOOST_TEST(unstake(kAlice, Amount(2 * kMinStake)) == TxCode::stake_locked);
    BOOST_TEST(unstake(kAlice, Amount(kMinStake)) == TxCode::ok);
    end_block();
    return_pledge(state, kAlice, Amount(2 * kMinStake));
    BOOST_TEST(eligible_next() == Amount(2 * kMinStake));
    BOOST_TEST(total_pledged(state) == Amount(0));
    BOOST_TEST(unstake(kAlice, Amount(2 * kMinStake)) == TxCode::ok);
    end_block();
}

BOOST_FIXTURE_TEST_CASE(a_seats_penalty_leaves_what_is_pledged, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(2 * kMinStake)) == TxCode::ok);
    pledge(state, kAlice, Amount(1'500));
    BOOST_TEST(penalise(state, kAlice, Amount(900), kSink) == Amount(500));
    BOOST_TEST(juror(kAlice).stake == Amount(1'500));
    check_invariants();
    seize_pledge(state, kAlice, Amount(1'500), kSink);
    BOOST_TEST(juror(kAlice).stake == Amount(0));
    BOOST_TEST(juror(kAlice).penalties == Amount(2'000));
    BOOST_TEST(balance(kSink) == Amount(2'000));
    end_block();
}

BOOST_FIXTURE_TEST_CASE(a_pledge_above_the_stake_is_found, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    Juror record = juror(kAlice);
    record.pledged = Amount(kMinStake + 1);
    state.put(kJurors, kAlice, record);
    std::vector<InvariantFailure> failures;
    check_stakes(state, committed, failures);
    BOOST_TEST(failures.size() == 2U);  // above the stake, and not in the total
}

// Random stakes, seats, pledges and penalties: the invariants hold after each block.
BOOST_FIXTURE_TEST_CASE(random_pledges_conserve_money, Fixture) {
    constexpr std::uint32_t kPeople = 8;
    Numbers random(7);
    for (std::uint32_t i = 0; i < kPeople; ++i) fund(person(100 + i), Amount(20 * kMinStake));
    int seized = 0;
    for (int step = 0; step < 1'500; ++step) {
        const Address who = person(100 + static_cast<std::uint32_t>(random.below(kPeople)));
        const Amount amount(1 + random.below(2 * kMinStake));
        const Amount some = min_of(amount, pledged(state, who));
        switch (random.below(7)) {
            case 0:
            case 1: (void)stake(who, amount); break;
            case 2: (void)unstake(who, amount); break;
            case 3:
                if (pledgeable(state, who) >= amount) pledge(state, who, amount);
                break;
            case 4:
                if (!some.is_zero()) return_pledge(state, who, some);
                break;
            case 5:
                if (some.is_zero()) break;
                seize_pledge(state, who, some, kSink);
                ++seized;
                break;
            default:
                if (state.contains(kJurors, who)) (void)penalise(state, who, amount, kSink);
        }
        if (step % 10 == 0) {
            end_block(random.below(200));
            if (random.below(5) == 0) set_epoch(epoch() + 1);
        }
    }
    BOOST_TEST(seized > 50);
}
