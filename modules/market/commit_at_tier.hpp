// Owns CommitAtTier: a commitment at a tier that its contributor's reputation allows.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// CommitSubmission at any tier up to the sender's own: the higher, the fewer submissions are
// audited and the more stands behind each. value = QuoteCommitAtTier(order, itemCount, tier).
struct CommitAtTier {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 55'000 + kRevealEndsGas;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    Hash256 commitment;  // commitment_of(): see commitment.hpp
    std::uint8_t tier = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitAtTier, (), (order, item_count, commitment, tier))

// The value that commitAtTier must carry, whoever sends it.
struct QuoteCommitAtTier {
    using Returns = Amount;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    std::uint8_t tier = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteCommitAtTier, (), (order, item_count, tier))

}  // namespace assay::market
