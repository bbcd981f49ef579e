// Owns what a rule may know beside the state: the block and the transaction it runs in.
#pragma once

#include <cstdint>
#include <span>

#include "chain/exec/validation.hpp"
#include "chain/types/amount.hpp"
#include "chain/types/ids.hpp"

namespace assay {

// The block being executed. Times are header times in seconds.
struct BlockEnv {
    std::uint64_t height = 0;
    std::uint64_t time_s = 0;
    std::uint64_t chain_id = 0;  // EIP-155 chain id, bound into every commitment
    Address proposer;            // receives tips
    Hash256 hash;                // the block's own header hash: unknown before the block is made
    Amount base_fee;             // per gas
    FixedBytes<20> validator;    // the proposer as consensus knows it
    ByteView vrf_proof;          // that the block begins with (ADR 8); empty: none. In begin_block
    // In begin_block and end_block.
    std::span<const LastVote> last_commit = {};
    std::span<const Misbehaviour> misbehaviour = {};
};

// The transaction being executed. In check() only sender, value and block.chain_id are meaningful.
struct TxEnv {
    BlockEnv block;
    Address sender;
    Amount value;  // already held by the message's module address when execute() runs
    Hash256 hash;
    std::uint64_t gas = 0;  // of the whole transaction, its envelope included
};

}  // namespace assay
