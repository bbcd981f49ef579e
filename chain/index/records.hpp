// Owns the stored form of blocks as Ethereum clients see them: header, transactions, receipts.
#pragma once

#include <vector>

#include "chain/exec/receipt.hpp"
#include "chain/index/bloom.hpp"

namespace assay {

// A London-form header (EIP-1559), the fields in RLP order; its hash is what clients call the block
// hash. Constant fields (difficulty, nonce, uncles) are not stored.
struct EthHeader {
    Hash256 parent_hash;
    Address miner;
    Hash256 state_root;  // the app hash after this block
    Hash256 transactions_root;
    Hash256 receipts_root;
    Bloom logs_bloom;
    std::uint64_t number = 0;
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_used = 0;
    std::uint64_t timestamp_s = 0;
    Bytes extra_data;
    Hash256 mix_hash;  // the consensus header's hash
    Amount base_fee;
    friend bool operator==(const EthHeader&, const EthHeader&) = default;
};
BOOST_DESCRIBE_STRUCT(EthHeader, (),
                      (parent_hash, miner, state_root, transactions_root, receipts_root, logs_bloom,
                       number, gas_limit, gas_used, timestamp_s, extra_data, mix_hash, base_fee))

// keccak(rlp(header)).
Bytes encode_header_rlp(const EthHeader& header);
Hash256 hash_of(const EthHeader& header);

// What is kept of a block beside its transactions.
struct BlockInfo {
    EthHeader header;
    Hash256 hash;             // hash_of(header)
    FixedBytes<20> proposer;  // consensus address of who made it
    std::uint64_t size = 0;   // bytes of its RLP form
    std::uint32_t tx_count = 0;
    Bytes entry;  // the block entry (ADR 8), which is no transaction; empty: none
};
BOOST_DESCRIBE_STRUCT(BlockInfo, (), (header, hash, proposer, size, tx_count, entry))

// The info of a block that was sealed before its state root was known.
BlockInfo with_state_root(BlockInfo info, const Hash256& state_root);

// A transaction in a block. `sender` is kept so that no reader recovers it again.
struct StoredTx {
    Bytes raw;
    Hash256 hash;
    Address sender;
};
BOOST_DESCRIBE_STRUCT(StoredTx, (), (raw, hash, sender))

// Where a transaction is.
struct TxLocation {
    std::uint64_t height = 0;
    std::uint32_t index = 0;
    friend bool operator==(const TxLocation&, const TxLocation&) = default;
};
BOOST_DESCRIBE_STRUCT(TxLocation, (), (height, index))

// The raw bytes and hash of the transaction that carries a block's boundary logs (payments made by
// no transaction). It is unsigned, comes from kBoundarySender and is the last of its block; a block
// without such logs has none.
inline constexpr Address kBoundarySender = module_address(ModuleId::chain);
StoredTx boundary_tx(std::uint64_t height);
bool is_boundary_tx(const StoredTx& tx);

// The bytes that the receipt trie holds (EIP-2718 form); type is the envelope's.
Bytes encode_receipt_rlp(const Receipt& receipt, std::uint8_t type, const Bloom& bloom);

}  // namespace assay
