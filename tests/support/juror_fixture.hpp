// Owns a small chain for tests of jurors: state, blocks with their deadlines, an epoch number that
// the test sets, and invariants checked after every block.
#pragma once

#include <boost/test/unit_test.hpp>

#include "chain/exec/executor.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"
#include "modules/jurors/api.hpp"
#include "modules/jurors/invariants.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/module.hpp"
#include "modules/jurors/objects.hpp"

namespace assay::test {

// Stands in for the module that counts epochs.
inline constexpr Table<Only, std::uint64_t> kEpoch{ModuleId::rewards, 1};
inline constexpr std::uint64_t kMinStake = 1'000;

inline Address person(std::uint32_t number) {
    Address out{{0xee}};
    for (int i = 0; i < 4; ++i)
        out.bytes[static_cast<std::size_t>(16 + i)] =
            static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return out;
}

// A seeded stream for property tests (splitmix64); the seed is fixed, so failures repeat.
class Numbers {
  public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t bound) {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31)) % bound;
    }

  private:
    std::uint64_t state_;
};

struct JurorFixture {
    MemoryReader committed;
    State state{committed};
    BlockEnv block{.height = 1, .time_s = 1'000, .chain_id = 31'337, .proposer = {}, .hash = {}};
    Registry registry;
    Executor executor{registry};

    explicit JurorFixture(std::vector<Module> modules = {jurors::make_module()})
        : registry(std::move(modules)) {
        state.put(kFeeParams, {}, FeeParams{});
        state.put(kBaseFee, {}, FeeParams{}.initial_base_fee);
        jurors::init(state, {.min_stake = Amount(kMinStake),
                             .max_seats = 3,
                             .unbonding_s = 500,
                             .suspension_epochs = 1,
                             .max_jurors = 1'000});
        state.put(kEpoch, {}, 5);
    }

    void fund(const Address& who, Amount amount) { ledger::grant_at_genesis(state, who, amount); }
    Amount balance(const Address& who) const { return ledger::balance(state, who); }
    void set_epoch(std::uint64_t epoch) { state.put(kEpoch, {}, epoch); }
    std::uint64_t epoch() const { return state.must_get(kEpoch, {}); }

    // As the executor runs a message, without fee: moves the value, and takes everything back where
    // the message refuses. A refusal that wrote something is reported.
    template <Message M>
    TxCode run(ModuleId module, const Address& sender, const M& message, Amount value = {}) {
        const TxEnv env{.block = block, .sender = sender, .value = value, .hash = {}};
        if (const TxCode code = message.check(env); code != TxCode::ok) return code;
        const auto before = state.checkpoint();
        const TxCode paid = ledger::transfer(state, sender, module_address(module), value);
        if (paid != TxCode::ok) return paid;
        const auto moved = state.checkpoint();
        const TxCode code = message.execute(state, env);
        if (code != TxCode::ok) {
            BOOST_TEST(!state.changed_since(moved), "a refusal wrote something");
            state.rollback(before);
        }
        BOOST_TEST(balance(module_address(module)) == Amount(0));
        return code;
    }
    TxCode stake(const Address& who, Amount amount) {
        return run(ModuleId::jurors, who, jurors::StakeJuror{}, amount);
    }
    TxCode unstake(const Address& who, Amount amount) {
        return run(ModuleId::jurors, who, jurors::UnstakeJuror{.amount = amount});
    }
    jurors::Juror juror(const Address& who) const { return state.must_get(jurors::kJurors, who); }

    // Sweeps deadlines, checks every invariant, and begins the next block `later_s` later.
    void end_block(std::uint64_t later_s = 1) {
        executor.end_block(state, block, 0);
        check_invariants();
        ++block.height;
        block.time_s += later_s;
        executor.begin_block(state, block);
    }
    void check_invariants() const {
        std::vector<InvariantFailure> failures;
        for (const auto& module : registry.modules())
            for (const auto& check : module.invariants) check(state, committed, failures);
        for (const auto& each : failures) BOOST_ERROR(each.rule + ": " + each.what);
    }
};

}  // namespace assay::test
