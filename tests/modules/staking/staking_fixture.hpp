// Owns a small chain for tests of staking: consensus is played by hand, every block is checked.
#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>

#include "chain/codec/abi.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "chain/exec/executor.hpp"
#include "chain/exec/invariants.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/api.hpp"
#include "modules/staking/events.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/module.hpp"
#include "modules/staking/stake.hpp"
#include "modules/staking/views.hpp"

namespace assay::test {

inline Amount tokens(std::uint64_t count) {
    return *checked_mul(Amount(kTokenUnits), Amount(count));
}

inline const Address kAnn{{0xa1}};
inline const Address kBob{{0xa2}};
inline const Address kMint{{0xee}};  // gives what a test pays to the validators' pool
inline constexpr std::uint64_t kStakingChain = 31'337;

inline crypto::SecretKey consensus_key(std::uint64_t number) {
    return *crypto::secret_key_from(sha256(view_of("validator " + std::to_string(number))));
}
inline FixedBytes<33> public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key)->compressed();
}
inline staking::Consensus validator(std::uint64_t number) {
    return staking::consensus_of(public_of(consensus_key(number)));
}
inline Address operator_of(std::uint64_t number) {
    return Address{{0x0e, static_cast<std::uint8_t>(number)}};
}

// Validators 1, 2, 3.. of genesis with these powers; everybody has 10,000 tokens beside.
struct StakingFixture {
    MemoryReader committed;
    State state{committed};
    BlockEnv block{.height = 1, .time_s = 1'000'000, .chain_id = kStakingChain, .proposer = {}};
    Registry registry{{staking::make_module()}};
    Executor executor{registry};
    staking::Params params;
    std::map<staking::Consensus, std::uint64_t> set;  // as consensus was told
    std::vector<staking::Consensus> absent;           // from the next blocks
    std::vector<Misbehaviour> proven;                 // in the next block
    std::vector<LastVote> votes;
    std::size_t updates = 0;  // ever told
    std::size_t moves_slashed = 0;

    explicit StakingFixture(std::vector<std::uint64_t> powers = {30, 20, 10},
                            staking::Params terms = staking::devnet_params())
        : params(terms) {
        state.put(kFeeParams, {}, FeeParams{});
        state.put(kBaseFee, {}, FeeParams{}.initial_base_fee);
        for (const Address& who : {kAnn, kBob, kMint})
            ledger::grant_at_genesis(state, who, tokens(10'000));
        for (std::uint64_t i = 1; i <= 9; ++i)
            ledger::grant_at_genesis(state, operator_of(i), tokens(10'000));
        staking::init(state, params);
        for (std::uint64_t i = 1; i <= powers.size(); ++i) {
            const auto key = public_of(consensus_key(i));
            staking::init_validator(state, key, powers[i - 1], operator_of(i));
            set[validator(i)] = powers[i - 1];
        }
        commit();
    }
    Amount balance(const Address& who) const { return ledger::balance(state, who); }
    staking::ValidatorStatus status(std::uint64_t number) const {
        return *staking::GetValidator{.validator = validator(number)}.view(state, block);
    }
    staking::DelegationStatus delegation(const Address& who, std::uint64_t number) const {
        return *staking::GetDelegation{.delegator = who, .validator = validator(number)}.view(
            state, block);
    }
    void pay_pool(Amount amount) { ledger::move(state, kMint, pool::kValidators, amount); }

    template <Message M>
    TxCode send(const Address& sender, const M& message, Amount value = {}) {
        const TxEnv env{.block = block, .sender = sender, .value = value, .hash = {}};
        if (const TxCode code = message.check(env); code != TxCode::ok) return code;
        const auto before = state.checkpoint();
        const Address to = module_address(ModuleId::staking);
        if (const TxCode code = ledger::transfer(state, sender, to, value); code != TxCode::ok)
            return code;
        const auto paid = state.checkpoint();
        const TxCode code = message.execute(state, env);
        if (code == TxCode::ok) {
            BOOST_TEST(balance(to) == Amount{});
            return code;
        }
        BOOST_TEST(!state.changed_since(paid));
        state.rollback(before);
        return code;
    }
    staking::Bond bond(std::uint64_t number, const Address& sender,
                       std::uint64_t chain = kStakingChain) const {
        const auto digest = staking::possession_digest(chain, sender);
        return {.public_key = to_bytes(public_of(consensus_key(number))),
                .proof = to_bytes(crypto::sign_compact(consensus_key(number), digest)),
                .fee_recipient = sender,
                .commission_ppm = 100'000};
    }
    TxCode delegate(const Address& who, std::uint64_t number, Amount amount) {
        return send(who, staking::Delegate{.validator = validator(number)}, amount);
    }
    TxCode unbond(const Address& who, std::uint64_t number, Amount amount) {
        return send(who, staking::Unbond{.validator = validator(number), .amount = amount});
    }
    TxCode redelegate(const Address& who, std::uint64_t from, std::uint64_t to, Amount amount) {
        return send(who, staking::Redelegate{
                             .from = validator(from), .to = validator(to), .amount = amount});
    }
    TxCode withdraw(const Address& who, std::uint64_t number) {
        return send(who, staking::WithdrawRewards{.validator = validator(number)});
    }
    // Evidence against the validator, of a block at that time, comes with the next block.
    void accuse(std::uint64_t number, std::uint64_t height, std::uint64_t time_s) {
        proven.push_back({.validator = validator(number),
                          .power = 1,
                          .height = height,
                          .time = {static_cast<std::int64_t>(time_s), 0},
                          .total_power = 60});
    }
    // Ends the present block as an application does and begins the next one.
    void next_block(std::uint64_t later_s = 1) {
        executor.end_block(state, block, 0);
        for (const auto& update : state.get_or_default(kValidatorUpdates, {})) tell(update);
        state.erase(kValidatorUpdates, {});
        BOOST_TEST(!set.empty());
        commit();
        ++block.height;
        block.time_s += later_s;
        votes.clear();
        for (const auto& [address, power] : set)
            votes.push_back(
                {.validator = address,
                 .power = power,
                 .signed_block = std::find(absent.begin(), absent.end(), address) == absent.end()});
        const auto evidence = std::exchange(proven, {});
        block.last_commit = votes;
        block.misbehaviour = evidence;
        executor.begin_block(state, block);
        block.misbehaviour = {};
    }
    void blocks(std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) next_block();
    }

  private:
    void tell(const ValidatorUpdate& update) {
        const auto address = staking::consensus_of(update.public_key);
        ++updates;
        if (update.power == 0)
            BOOST_TEST(set.erase(address) == 1u);
        else
            BOOST_TEST(std::exchange(set[address], update.power) != update.power);
    }
    void commit() {
        for (const auto& each : check_invariants(registry, state))
            BOOST_ERROR(each.rule + ": " + each.what);
        static const Hash256 slashed = abi::event_of<staking::RedelegationSlashed>().topic;
        for (const Log& log : state.take_logs())
            if (log.topics[0] == slashed) ++moves_slashed;
        committed.apply(state.take_changes());
    }
};

}  // namespace assay::test
