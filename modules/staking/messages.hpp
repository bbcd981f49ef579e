// Owns the messages of staking.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/staking/objects.hpp"

namespace assay::staking {

// The value becomes the sender's own stake in a new validator, of which the sender is the operator.
// `proof` shows that the sender holds the consensus key: its compact signature (64 bytes) of
// possession_digest().
struct Bond {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 60'000;
    Bytes public_key;  // 33 bytes, compressed secp256k1
    Bytes proof;
    Address fee_recipient;
    std::uint32_t commission_ppm = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Bond, (), (public_key, proof, fee_recipient, commission_ppm))

// SHA-256("assay/consensus-key/1" | chain id | operator). No header or vote begins like this.
Hash256 possession_digest(std::uint64_t chain_id, const Address& operator_account);

// A delegator's stake moves with its votes, in as many as governance::kMostOpen proposals. So many
// are paid for by Delegate, Unbond and Redelegate.

// The value joins the validator's stake. The operator adds to its own in the same way.
struct Delegate {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 230'000;
    Consensus validator;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Delegate, (), (validator))

// The amount earns nothing from now on and is paid after the wait, less what is slashed until then.
// A validator whose operator keeps less than min_self_bond is jailed until it has that again.
struct Unbond {
    static constexpr std::uint64_t kGas = 250'000;
    Consensus validator;
    Amount amount;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Unbond, (), (validator, amount))

// The amount counts and earns at `to` from now on, without a wait. For unbonding_s it loses what it
// would have lost at `from` for a double signing at a height whose votes it stood behind, and while
// it may, nothing of the sender's stake at `to` moves on like this.
struct Redelegate {
    static constexpr std::uint64_t kGas = 450'000;
    Consensus from;
    Consensus to;
    Amount amount;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Redelegate, (), (from, to, amount))

// Pays the sender what its delegation earned; the operator its commission too.
struct WithdrawRewards {
    static constexpr std::uint64_t kGas = 25'000;
    Consensus validator;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(WithdrawRewards, (), (validator))

// The operator returns its validator to the ranking, after jailed_until_s and with min_self_bond.
struct Unjail {
    static constexpr std::uint64_t kGas = 25'000;
    Consensus validator;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Unjail, (), (validator))

// A commission rises by commission_step_ppm at most, and changes once in commission_wait_s.
struct EditValidator {
    static constexpr std::uint64_t kGas = 20'000;
    Consensus validator;
    Address fee_recipient;
    std::uint32_t commission_ppm = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(EditValidator, (), (validator, fee_recipient, commission_ppm))

}  // namespace assay::staking
