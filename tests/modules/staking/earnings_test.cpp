// The validators' pool reaches operators and delegators by their parts.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

namespace {

// Rounding leaves crumbs in the pool.
void about(Amount found, Amount expected) {
    BOOST_TEST(found <= expected);
    BOOST_TEST(sum_of(found, 1'000'000) >= expected);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(earnings_follow_power_and_shares, StakingFixture) {
    BOOST_TEST(withdraw(kAnn, 1) == TxCode::nothing_to_claim);
    BOOST_TEST(send(kAnn, staking::WithdrawRewards{.validator = Address{{0x66}}}) ==
               TxCode::validator_not_found);
    BOOST_TEST(delegate(kAnn, 3, tokens(30)) == TxCode::ok);
    next_block();
    pay_pool(tokens(90));
    next_block();
    about(delegation(operator_of(1), 1).rewards, tokens(30));
    about(delegation(operator_of(2), 2).rewards, tokens(20));
    about(delegation(operator_of(3), 3).rewards, tokens(10));
    about(delegation(kAnn, 3).rewards, tokens(30));
    BOOST_TEST(delegate(kBob, 3, tokens(50)) == TxCode::ok);  // has no part in the past
    BOOST_TEST(delegation(kBob, 3).rewards == Amount{});
    const Amount before = balance(kAnn);
    BOOST_TEST(withdraw(kAnn, 3) == TxCode::ok);
    about(difference_of(balance(kAnn), before), tokens(30));
    BOOST_TEST(withdraw(kAnn, 3) == TxCode::nothing_to_claim);
    next_block();
    pay_pool(tokens(140));
    next_block();
    about(delegation(kBob, 3).rewards, tokens(50));
    about(delegation(kAnn, 3).rewards, tokens(30));
    // What was earned stays earned when the stake leaves.
    BOOST_TEST(unbond(kBob, 3, tokens(50)) == TxCode::ok);
    next_block();
    pay_pool(tokens(90));
    next_block();
    about(delegation(kBob, 3).rewards, tokens(50));
    BOOST_TEST(withdraw(kBob, 3) == TxCode::ok);
}

// Powers and shares that are powers of two divide without a rest, so that a missing unit shows.
struct EvenFixture : StakingFixture {
    EvenFixture() : StakingFixture({1, 1, 1}) {}
};

BOOST_FIXTURE_TEST_CASE(no_unit_is_lost_where_nothing_is_left_over, EvenFixture) {
    const Amount own = Amount(1ULL << 60U);                    // one vote
    BOOST_TEST(send(kAnn, bond(4, kAnn), own) == TxCode::ok);  // 10%
    next_block();
    const Amount each = Amount(kTokenUnits + 7);
    pay_pool(*checked_mul(each, Amount(4)));
    next_block();
    const Amount commission = Amount(kTokenUnits / 10 + 1);  // rounded up
    BOOST_TEST(status(4).validator.commission == commission);
    BOOST_TEST(delegation(kAnn, 4).rewards == difference_of(each, commission));
}

BOOST_FIXTURE_TEST_CASE(the_operator_takes_its_commission_first, StakingFixture) {
    BOOST_TEST(send(kAnn, bond(4, kAnn), tokens(20)) == TxCode::ok);  // 10%
    BOOST_TEST(delegate(kBob, 4, tokens(20)) == TxCode::ok);
    next_block();
    pay_pool(tokens(100));
    next_block();
    about(status(4).validator.commission, tokens(4));
    about(delegation(kBob, 4).rewards, tokens(18));
    const Amount before = balance(kAnn);
    BOOST_TEST(withdraw(kAnn, 4) == TxCode::ok);
    about(difference_of(balance(kAnn), before), tokens(22));
    // A new rate is for what comes after it.
    pay_pool(tokens(100));
    next_block(params.commission_wait_s);
    BOOST_TEST(send(kAnn, staking::EditValidator{.validator = validator(4),
                                                 .fee_recipient = kAnn,
                                                 .commission_ppm = 0}) == TxCode::ok);
    pay_pool(tokens(100));
    next_block();
    about(delegation(kBob, 4).rewards, tokens(18 + 18 + 20));
}

BOOST_FIXTURE_TEST_CASE(a_validator_outside_the_set_earns_nothing, StakingFixture) {
    accuse(1, 1, block.time_s);
    next_block();
    next_block();
    pay_pool(tokens(30));
    next_block();
    BOOST_TEST(delegation(operator_of(1), 1).rewards == Amount{});
    about(delegation(operator_of(2), 2).rewards, tokens(20));
}

BOOST_AUTO_TEST_CASE(a_lone_validator_without_stake_keeps_what_the_pool_gives) {
    StakingFixture chain({5});
    BOOST_TEST(chain.unbond(operator_of(1), 1, tokens(5)) == TxCode::ok);
    chain.next_block();
    chain.pay_pool(tokens(7));
    chain.next_block();
    about(chain.status(1).validator.commission, tokens(7));
    BOOST_TEST(chain.withdraw(operator_of(1), 1) == TxCode::ok);
    BOOST_TEST(chain.withdraw(operator_of(1), 1) == TxCode::nothing_to_claim);
}

}  // namespace assay::test
