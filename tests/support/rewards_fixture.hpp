// Owns a small chain for tests of minting alone: fees are burned by hand, every block is checked.
#pragma once

#include <boost/test/unit_test.hpp>

#include "chain/exec/executor.hpp"
#include "chain/exec/invariants.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"
#include "modules/rewards/api.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/module.hpp"
#include "modules/rewards/views.hpp"

namespace assay::test {

inline constexpr Amount kToken = Amount(kTokenUnits);
inline const Address kBuyer{{0xb1}};
inline const Address kAnn{{0xa1}};
inline const Address kBob{{0xa2}};
inline constexpr std::uint64_t kGenesis_s = 1'000'000;

struct RewardsFixture {
    MemoryReader committed;
    State state{committed};
    BlockEnv block{.height = 1, .time_s = kGenesis_s + 1, .chain_id = 31'337, .proposer = {}};
    Registry registry{{rewards::make_module()}};
    Executor executor{registry};

    explicit RewardsFixture(const rewards::Params& params = rewards::devnet_params()) {
        state.put(kFeeParams, {}, FeeParams{});
        state.put(kBaseFee, {}, FeeParams{}.initial_base_fee);
        ledger::grant_at_genesis(state, kBuyer, *mul_div_floor(kToken, 10'000'000, 1));
        rewards::init(state, params, kGenesis_s);
    }
    Amount balance(const Address& who) const { return ledger::balance(state, who); }
    // The buyer's order fee for a submission of its own number's order, burned.
    void burn_fee(std::uint64_t submission, const Address& contributor, Amount burned) {
        ledger::burn(state, kBuyer, burned, BurnReason::order_fee);
        rewards::fee_burned(state, {.order = submission,
                                    .submission = submission,
                                    .contributor = contributor,
                                    .burned = burned});
    }
    TxCode claim(std::uint64_t submission, const Address& sender = kAnn) {
        const rewards::ClaimVested message{.submission = submission};
        const TxEnv env{.block = block, .sender = sender, .value = {}, .hash = {}};
        BOOST_TEST(message.check(env) == TxCode::ok);
        const auto before = state.checkpoint();
        const TxCode code = message.execute(state, env);
        if (code != TxCode::ok) BOOST_TEST(!state.changed_since(before));
        return code;
    }
    // Executes the present block and begins the next at `time_s`.
    void next_block(std::uint64_t time_s) {
        executor.end_block(state, block, 0);
        for (const auto& each : check_invariants(registry, state))
            BOOST_ERROR(each.rule + ": " + each.what);
        committed.apply(state.take_changes());
        ++block.height;
        block.time_s = time_s;
        executor.begin_block(state, block);
    }
    // Blocks until the present epoch has ended; the next block is at `after_s` beyond its end.
    void end_epoch(std::uint64_t after_s = 0) {
        const auto running = *rewards::CurrentEpoch{}.view(state, block);
        next_block(running.ends_s);
        next_block(running.ends_s + after_s);
    }
    rewards::Epoch epoch(std::uint64_t number) const {
        return *rewards::GetEpoch{.number = number}.view(state, block);
    }
    rewards::Reward reward(std::uint64_t submission) const {
        return *rewards::GetReward{.submission = submission}.view(state, block);
    }
};

}  // namespace assay::test
