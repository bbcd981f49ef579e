// Owns what a contributor does: CommitSubmission, then RevealSubmission; and Settle.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// Reserves itemCount items of the order's quota. value = QuoteCommit(order, itemCount).
struct CommitSubmission {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 55'000 + kRevealEndsGas;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    Hash256 commitment;  // commitment_of(): see commitment.hpp

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitSubmission, (), (order, item_count, commitment))

// The same in one of the order's places that need no bond: few items, for a short time. For whoever
// has nothing yet; a relayer can send it (modules/relay).
struct CommitUnbonded {
    static constexpr std::uint64_t kGas = 55'000 + kRevealEndsGas;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    Hash256 commitment;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitUnbonded, (), (order, item_count, commitment))

// Opens a commitment, in a later block than it was made. The contributor and nobody else.
struct RevealSubmission {
    static constexpr std::uint64_t kGas = 50'000 + kWindowEndsGas + kHoldbackEndsGas;
    std::uint64_t submission = 0;
    Hash256 root;
    Hash256 ciphertext_root;
    Hash256 key_hash;
    Hash256 salt;
    std::string data_uri;  // where the encrypted payloads are; may be empty

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(RevealSubmission, (),
                      (submission, root, ciphertext_root, key_hash, salt, data_uri))

// Does now what the end of a block would do to a submission whose deadline has passed.
struct Settle {
    static constexpr std::uint64_t kGas = 90'000 + kHoldbackEndsGas;
    std::uint64_t submission = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Settle, (), (submission))

}  // namespace assay::market
