// Epochs mint against burned fees; grants vest, are claimed, and are burned after fraud.
#include "modules/rewards/epochs.hpp"
#include "tests/support/rewards_fixture.hpp"

using namespace assay;
using namespace assay::test;

namespace {

// Small numbers that show the rounding: of 1'000 burned 800 are minted, 640 of them to vest.
const rewards::Params kTerms{.epoch_s = 100, .vesting_s = 1'000};

struct TermsFixture : RewardsFixture {
    TermsFixture() : RewardsFixture(kTerms) {}
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_epoch_mints_against_burned_fees_and_splits, TermsFixture) {
    burn_fee(1, kAnn, 1'000);
    BOOST_TEST(epoch(1).burned_fees == Amount(1'000));
    BOOST_TEST(reward(1).granted == Amount(0));
    end_epoch();
    const auto ended = epoch(1);
    BOOST_TEST(ended.ended);
    BOOST_TEST(ended.contributors == Amount(640));
    BOOST_TEST(ended.jurors == Amount(80));
    BOOST_TEST(ended.treasury == Amount(80));
    BOOST_TEST(balance(pool::kVesting) == Amount(640));
    BOOST_TEST(balance(pool::kJurorFees) == Amount(80));
    BOOST_TEST(balance(pool::kTreasury) == Amount(80));
    BOOST_TEST(balance(pool::kValidators) == ended.validators);
    BOOST_TEST(ended.validators == *mul_div_floor(ended.emission, 1, 4));
    BOOST_TEST(reward(1).granted == Amount(640));
    BOOST_TEST(rewards::current_epoch(state) == 2U);
    end_epoch();
    BOOST_TEST(epoch(2).contributors == Amount(0));  // nothing was burned: only validators are paid
    BOOST_TEST(!epoch(2).validators.is_zero());
}

BOOST_AUTO_TEST_CASE(emission_follows_the_formula_and_caps_the_work_mint) {
    const rewards::Params day;
    const Amount genesis = *parse_amount("10000000000000000000000000");
    const auto mint = rewards::mint_of(day, genesis, {});
    BOOST_TEST(mint.emission == *parse_amount("469577517360448837280273"));
    BOOST_TEST(rewards::work_mint(mint) == Amount(0));
    // More burned than three quarters of E justify: the emission is the limit.
    const auto flooded = rewards::mint_of(day, genesis, genesis);
    const Amount most = *mul_div_floor(mint.emission, 3, 4);
    BOOST_TEST(rewards::work_mint(flooded) <= most);
    BOOST_TEST(difference_of(most, rewards::work_mint(flooded)) < Amount(3));
    // At the cap nothing is left, and the widest product fits.
    BOOST_TEST(rewards::mint_of(day, rewards::kCap, genesis).emission == Amount(0));
    BOOST_TEST(rewards::mint_of(day, Amount(0), rewards::kCap).emission > mint.emission);
}

BOOST_FIXTURE_TEST_CASE(a_quarter_at_once_the_rest_bit_by_bit, TermsFixture) {
    burn_fee(1, kAnn, 1'000);
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);  // the epoch still runs
    end_epoch();
    BOOST_TEST(reward(1).claimable == Amount(160));
    BOOST_TEST(claim(1, kBob) ==
               TxCode::ok);  // anybody may send it, the money is the contributor's
    BOOST_TEST(balance(kAnn) == Amount(160));
    BOOST_TEST(balance(kBob) == Amount(0));
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);
    const std::uint64_t end_s = epoch(1).ends_s;
    next_block(end_s + 2);  // 480 over 1'000 seconds: 0.96
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);
    next_block(end_s + 500);
    BOOST_TEST(claim(1) == TxCode::ok);
    BOOST_TEST(balance(kAnn) == Amount(400));
    next_block(end_s + 999);
    BOOST_TEST(claim(1) == TxCode::ok);
    BOOST_TEST(balance(kAnn) == Amount(639));
    next_block(end_s + 5'000);
    BOOST_TEST(claim(1) == TxCode::ok);
    BOOST_TEST(balance(kAnn) == Amount(640));
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);
    BOOST_TEST(claim(2) == TxCode::nothing_to_claim);  // nobody's
    BOOST_TEST(balance(pool::kVesting) == Amount(0));
    next_block(end_s + 5'001);
}

BOOST_FIXTURE_TEST_CASE(grants_round_down_and_the_remainder_is_burned_with_the_last, TermsFixture) {
    for (std::uint64_t id = 1; id <= 3; ++id) burn_fee(id, kAnn, 10 * id + 1);  // 63 in all
    end_epoch(1'000);
    BOOST_TEST(epoch(1).contributors == Amount(40));
    for (std::uint64_t id = 1; id <= 2; ++id) BOOST_TEST(claim(id) == TxCode::ok);
    BOOST_TEST(epoch(1).burned_back == Amount(0));
    BOOST_TEST(claim(3) == TxCode::ok);
    // 40 * 11 / 63, 40 * 21 / 63, 40 * 31 / 63
    BOOST_TEST(reward(1).granted == Amount(6));
    BOOST_TEST(reward(2).granted == Amount(13));
    BOOST_TEST(reward(3).granted == Amount(19));
    BOOST_TEST(epoch(1).burned_back == Amount(2));
    BOOST_TEST(ledger::supply(state).burned_other == Amount(2));
    BOOST_TEST(balance(pool::kVesting) == Amount(0));
    next_block(block.time_s + 1);
}

BOOST_FIXTURE_TEST_CASE(fraud_in_the_running_epoch_is_never_minted_for, TermsFixture) {
    burn_fee(1, kAnn, 1'000);
    burn_fee(2, kBob, 500);
    rewards::claw_back(state, 1);
    end_epoch();
    BOOST_TEST(epoch(1).burned_fees == Amount(500));
    BOOST_TEST(epoch(1).contributors == Amount(320));
    BOOST_TEST(reward(2).granted == Amount(320));  // no more and no less than without the other
    BOOST_TEST(reward(1).granted == Amount(0));
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);
    BOOST_TEST(ledger::supply(state).burned_other == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(fraud_found_later_burns_what_is_not_released, TermsFixture) {
    burn_fee(1, kAnn, 1'000);
    burn_fee(2, kBob, 1'000);
    end_epoch();
    BOOST_TEST(claim(1) == TxCode::ok);
    next_block(epoch(1).ends_s + 500);
    rewards::claw_back(state, 1);
    BOOST_TEST(balance(kAnn) == Amount(160));
    BOOST_TEST(reward(1).grant.clawed_back == Amount(480));
    BOOST_TEST(ledger::supply(state).burned_other == Amount(480));
    BOOST_TEST(claim(1) == TxCode::nothing_to_claim);
    rewards::claw_back(state, 2);  // never claimed: all of it
    BOOST_TEST(ledger::supply(state).burned_other == Amount(480 + 640));
    BOOST_TEST(balance(pool::kVesting) == Amount(0));
    rewards::claw_back(state, 3);  // nothing was granted: nothing happens
    next_block(block.time_s + 1);
}

BOOST_FIXTURE_TEST_CASE(missed_epochs_end_in_turn, TermsFixture) {
    constexpr std::uint64_t kMissed = 10'000;  // while the chain stood still; too many for a block
    burn_fee(1, kAnn, 1'000);
    next_block(kGenesis_s + kMissed * 100 + 50);
    BOOST_TEST(rewards::current_epoch(state) == 1U);
    next_block(block.time_s + 1);
    BOOST_TEST(rewards::current_epoch(state) > 1U);
    BOOST_TEST(rewards::current_epoch(state) < kMissed);
    while (rewards::current_epoch(state) <= kMissed) {
        const std::uint64_t before = rewards::current_epoch(state);
        next_block(block.time_s + 1);
        BOOST_REQUIRE(rewards::current_epoch(state) > before);
    }
    BOOST_TEST(rewards::current_epoch(state) == kMissed + 1);
    BOOST_TEST(epoch(kMissed + 1).begins_s == kGenesis_s + kMissed * 100);
    BOOST_TEST(reward(1).vested == reward(1).granted);
}

BOOST_FIXTURE_TEST_CASE(views_name_what_is_missing, TermsFixture) {
    BOOST_TEST(rewards::GetEpoch{.number = 9}.view(state, block).error().message ==
               "there is no epoch 9");
    BOOST_TEST(rewards::GetReward{.submission = 9}.view(state, block).error().message ==
               "submission 9 has no reward");
    BOOST_TEST(rewards::GetRewardParams{}.view(state, block)->epoch_s == 100U);
    burn_fee(4, kAnn, 0);  // too small a fee to burn anything: no grant
    BOOST_TEST(!rewards::GetReward{.submission = 4}.view(state, block).has_value());
}

BOOST_FIXTURE_TEST_CASE(every_invariant_can_fail, TermsFixture) {
    const auto broken = [&](const auto& damage) {
        const auto mark = state.checkpoint();
        damage();
        const bool found = !check_invariants(registry, state).empty();
        state.rollback(mark);
        return found;
    };
    burn_fee(1, kAnn, 1'000);
    end_epoch();
    BOOST_TEST(claim(1) == TxCode::ok);
    BOOST_TEST(!broken([] {}));
    BOOST_TEST(broken([&] { ledger::mint(state, kAnn, 1); }));
    BOOST_TEST(broken([&] { ledger::burn(state, pool::kVesting, 1, BurnReason::other); }));
    const auto with_epoch = [&](const auto& change) {
        return broken([&] {
            auto changed = epoch(1);
            change(changed);
            state.put(rewards::kEpochs, 1, changed);
        });
    };
    BOOST_TEST(with_epoch([](rewards::Epoch& each) { each.burned_fees = 999; }));
    BOOST_TEST(with_epoch([](rewards::Epoch& each) { each.released = 159; }));
    BOOST_TEST(with_epoch([](rewards::Epoch& each) { each.jurors = 81; }));
    BOOST_TEST(with_epoch([](rewards::Epoch& each) { each.ends_s += 1; }));
    BOOST_TEST(with_epoch([](rewards::Epoch& each) { each.ended = false; }));
    BOOST_TEST(broken([&] { state.put(rewards::kCurrentEpoch, {}, 1); }));
    BOOST_TEST(broken([&] {
        const Deadline end{.time_s = epoch(2).ends_s, .kind = DeadlineKind::epoch_ends, .id = 2};
        unschedule(state, end);
    }));
    BOOST_TEST(broken([&] {
        auto grant = state.must_get(rewards::kGrants, 1);
        grant.released = 161;
        state.put(rewards::kGrants, 1, grant);
    }));
}
