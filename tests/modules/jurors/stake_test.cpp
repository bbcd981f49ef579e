// Stake in and out: refusals, weight from the next epoch, unbonding, penalties, slots.
#include "modules/jurors/stake.hpp"

#include "modules/jurors/sum_tree.hpp"
#include "modules/jurors/views.hpp"
#include "tests/support/juror_fixture.hpp"

using namespace assay;
using namespace assay::jurors;
using assay::test::JurorFixture;
using assay::test::kMinStake;
using assay::test::Numbers;
using assay::test::person;

namespace {

const Address kAlice = person(1);
const Address kBob = person(2);
const Address kSink = person(99);

struct Fixture : JurorFixture {
    Fixture() {
        fund(kAlice, Amount(10 * kMinStake));
        fund(kBob, Amount(10 * kMinStake));
    }
    Amount eligible() const { return GetJurorTotals{}.view(state, block)->eligible; }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(staking_moves_the_value_and_weighs_from_the_next_epoch, Fixture) {
    BOOST_TEST(stake(kAlice, Amount(3 * kMinStake)) == TxCode::ok);
    BOOST_TEST(balance(kAlice) == Amount(7 * kMinStake));
    BOOST_TEST(balance(pool::kJurorStake) == Amount(3 * kMinStake));
    BOOST_TEST(eligible() == Amount(0));
    BOOST_TEST(GetJurorTotals{}.view(state, block)->eligible_next == Amount(3 * kMinStake));
    set_epoch(6);
    BOOST_TEST(eligible() == Amount(3 * kMinStake));
    BOOST_TEST(GetJuror{.account = kAlice}.view(state, block)->stake == Amount(3 * kMinStake));
    BOOST_TEST(GetJuror{.account = kBob}.view(state, block).has_error());
    end_block();
}

BOOST_FIXTURE_TEST_CASE(staking_is_refused_by_name, Fixture) {
    BOOST_TEST(stake(kAlice, Amount(0)) == TxCode::amount_zero);
    BOOST_TEST(stake(kAlice, Amount(kMinStake - 1)) == TxCode::stake_too_small);
    Params params = GetJurorParams{}.view(state, block).value();
    params.max_jurors = 1;
    state.put(kParams, {}, params);
    BOOST_TEST(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    BOOST_TEST(stake(kBob, Amount(kMinStake)) == TxCode::stake_limit_reached);
    BOOST_TEST(stake(kAlice, Amount(1)) == TxCode::ok);  // more of the same needs no slot
}

BOOST_FIXTURE_TEST_CASE(unstaking_is_refused_by_name, Fixture) {
    BOOST_TEST(unstake(kAlice, Amount(0)) == TxCode::amount_zero);
    BOOST_TEST(unstake(kAlice, Amount(1)) == TxCode::no_stake);
    BOOST_REQUIRE(stake(kAlice, Amount(10 * kMinStake)) == TxCode::ok);
    BOOST_TEST(unstake(kAlice, Amount(10 * kMinStake + 1)) == TxCode::no_stake);
    BOOST_TEST(unstake(kAlice, Amount(9 * kMinStake + 1)) == TxCode::stake_too_small);
    lock(state, kAlice, Amount(2 * kMinStake));
    BOOST_TEST(unstake(kAlice, Amount(8 * kMinStake + 1)) == TxCode::stake_locked);
    BOOST_TEST(unstake(kAlice, Amount(10 * kMinStake)) == TxCode::stake_locked);
    for (std::size_t i = 0; i < kMaxUnbondings; ++i)
        BOOST_REQUIRE(unstake(kAlice, Amount(1)) == TxCode::ok);
    BOOST_TEST(unstake(kAlice, Amount(1)) == TxCode::stake_limit_reached);
}

BOOST_FIXTURE_TEST_CASE(unbonding_stake_leaves_draws_and_is_paid_at_its_deadline, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(5 * kMinStake)) == TxCode::ok);
    set_epoch(6);
    BOOST_REQUIRE(unstake(kAlice, Amount(2 * kMinStake)) == TxCode::ok);
    BOOST_TEST(eligible() == Amount(5 * kMinStake));
    set_epoch(7);
    BOOST_TEST(eligible() == Amount(3 * kMinStake));
    end_block(499);
    BOOST_TEST(balance(kAlice) == Amount(5 * kMinStake));
    end_block();  // at 1499, the deadline is 1500
    BOOST_TEST(balance(kAlice) == Amount(5 * kMinStake));
    end_block();
    BOOST_TEST(balance(kAlice) == Amount(7 * kMinStake));
    BOOST_TEST(juror(kAlice).unbondings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_penalty_takes_stake_then_unbonding_and_reports_the_rest, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(3 * kMinStake)) == TxCode::ok);
    BOOST_REQUIRE(unstake(kAlice, Amount(2 * kMinStake)) == TxCode::ok);
    BOOST_TEST(penalise(state, kAlice, Amount(400), kSink) == Amount(400));
    BOOST_TEST(juror(kAlice).stake == Amount(600));
    BOOST_TEST(penalise(state, kAlice, Amount(700), kSink) == Amount(700));
    BOOST_TEST(juror(kAlice).stake == Amount(0));
    BOOST_TEST(unbonding_of(juror(kAlice)) == Amount(1'900));
    BOOST_TEST(penalise(state, kAlice, Amount(5'000), kSink) == Amount(1'900));
    BOOST_TEST(juror(kAlice).penalties == Amount(3'000));
    BOOST_TEST(balance(kSink) == Amount(3'000));
    BOOST_TEST(balance(pool::kJurorStake) == Amount(0));
    end_block(600);
    end_block();  // the emptied entry is paid out as nothing
}

BOOST_FIXTURE_TEST_CASE(a_penalty_leaves_what_other_seats_lock, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(2 * kMinStake)) == TxCode::ok);
    lock(state, kAlice, Amount(1'500));
    BOOST_TEST(penalise(state, kAlice, Amount(900), kSink) == Amount(500));
    BOOST_TEST(juror(kAlice).stake == juror(kAlice).locked);
    BOOST_TEST(locked_stake(state, kAlice) == Amount(1'500));
    BOOST_TEST(total_locked(state) == Amount(1'500));
    check_invariants();
}

BOOST_FIXTURE_TEST_CASE(locks_are_counted_by_purpose, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(3 * kMinStake)) == TxCode::ok);
    lock(state, kAlice, Amount(700), LockPurpose::dispute);
    lock(state, kAlice, Amount(900), LockPurpose::audit);
    lock(state, kAlice, Amount(50), LockPurpose::audit);
    BOOST_TEST(locked_stake(state, kAlice) == Amount(1'650));
    BOOST_TEST(locked_stake(state, kAlice, LockPurpose::dispute) == Amount(700));
    BOOST_TEST(locked_stake(state, kAlice, LockPurpose::audit) == Amount(950));
    BOOST_TEST(total_locked(state, LockPurpose::dispute) == Amount(700));
    BOOST_TEST(total_locked(state, LockPurpose::audit) == Amount(950));
    BOOST_TEST(unstake(kAlice, Amount(2 * kMinStake)) == TxCode::stake_locked);
    check_invariants();
    unlock(state, kAlice, Amount(700), LockPurpose::dispute);
    BOOST_TEST(locked_stake(state, kAlice) == Amount(950));
    unlock(state, kAlice, Amount(950), LockPurpose::audit);
    BOOST_TEST(total_locked(state) == Amount(0));
    check_invariants();
}

BOOST_FIXTURE_TEST_CASE(locks_of_audits_beyond_all_locks_are_found, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    Juror broken = juror(kAlice);
    broken.locked_audits = Amount(1);
    state.put(kJurors, kAlice, broken);
    std::vector<InvariantFailure> failures;
    check_stakes(state, committed, failures);
    BOOST_TEST(failures.size() == 2U);  // of the juror, and of the total
}

BOOST_FIXTURE_TEST_CASE(a_suspension_lasts_one_whole_epoch, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    set_epoch(6);
    suspend(state, kAlice);
    BOOST_TEST(juror(kAlice).suspended_until_epoch == 8u);
    const DrawRequest request{.seed = {}, .seats = 1, .lock = Amount(1), .excluded = {}};
    set_epoch(7);
    BOOST_TEST(draw(state, request).empty());
    set_epoch(8);
    BOOST_TEST(draw(state, request).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(who_leaves_gives_the_slot_back, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    set_epoch(6);
    BOOST_REQUIRE(unstake(kAlice, Amount(kMinStake)) == TxCode::ok);
    set_epoch(7);
    end_block(500);
    end_block();
    BOOST_TEST(!state.contains(kJurors, kAlice));
    BOOST_TEST(balance(kAlice) == Amount(10 * kMinStake));
    BOOST_REQUIRE(stake(kBob, Amount(kMinStake)) == TxCode::ok);
    BOOST_TEST(juror(kBob).slot == 0u);
    BOOST_TEST(GetJurorTotals{}.view(state, block)->slots == 1u);
    end_block();
}

BOOST_FIXTURE_TEST_CASE(a_broken_record_is_found, Fixture) {
    BOOST_REQUIRE(stake(kAlice, Amount(kMinStake)) == TxCode::ok);
    Juror record = juror(kAlice);
    record.stake = Amount(kMinStake + 7);
    state.put(kJurors, kAlice, record);
    std::vector<InvariantFailure> failures;
    check_stakes(state, committed, failures);
    BOOST_TEST(failures.size() == 2u);  // the total and the pool
    failures.clear();
    Node root = state.must_get(kNodes, {.level = 0, .index = 0});
    root.after = Amount(1);
    state.put(kNodes, {.level = 0, .index = 0}, root);
    check_tree(state, committed, failures);
    BOOST_TEST(!failures.empty());
}

// Random stakes, withdrawals, locks and penalties over many epochs: nothing appears or is lost.
BOOST_FIXTURE_TEST_CASE(random_careers_conserve_money, Fixture) {
    constexpr std::uint32_t kPeople = 12;
    Numbers random(42);
    for (std::uint32_t i = 0; i < kPeople; ++i) fund(person(100 + i), Amount(20 * kMinStake));
    const Amount supply = ledger::supply(state).genesis;
    std::map<Address, Amount> locks;
    for (int step = 0; step < 2'000; ++step) {
        const Address who = person(100 + static_cast<std::uint32_t>(random.below(kPeople)));
        const Amount amount(1 + random.below(3 * kMinStake));
        switch (random.below(6)) {
            case 0: (void)stake(who, amount); break;
            case 1: (void)unstake(who, amount); break;
            case 2:
                if (free_stake(juror_of(state, who)) >= amount) {
                    lock(state, who, amount);
                    locks[who] = sum_of(locks[who], amount);
                }
                break;
            case 3:
                if (!locks[who].is_zero()) unlock(state, who, std::exchange(locks[who], Amount{}));
                break;
            case 4:
                if (state.contains(kJurors, who)) (void)penalise(state, who, amount, kSink);
                break;
            default: set_epoch(epoch() + random.below(2));
        }
        if (step % 5 == 0) end_block(random.below(120));
    }
    Amount sum = sum_of(balance(pool::kJurorStake), balance(kSink));
    for (const Address& who : {kAlice, kBob}) sum = sum_of(sum, balance(who));
    for (std::uint32_t i = 0; i < kPeople; ++i) sum = sum_of(sum, balance(person(100 + i)));
    BOOST_TEST(sum == supply);
}
