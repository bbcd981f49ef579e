// Owns the stored blocks, transactions and receipts and the ways to find them.
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "chain/exec/validation.hpp"
#include "chain/index/records.hpp"
#include "chain/store/database.hpp"

namespace assay {

// A block as the executor finished it, before it is stored.
struct ExecutedBlock {
    EthHeader header;  // roots, bloom and gas filled by seal()
    FixedBytes<20> proposer;
    Bytes entry;  // as in BlockInfo
    Attested attested = {};
    std::vector<StoredTx> txs;
    std::vector<Receipt> receipts;    // one a transaction, cumulative gas filled
    std::vector<std::uint8_t> types;  // envelope type of each
    std::vector<Hash256> sha256s;     // of the leading ones that consensus names by SHA-256
};

// Fills transactions_root, receipts_root, logs_bloom and gas_used, and returns the block's info.
BlockInfo seal(ExecutedBlock& block);

// Reads are thread-safe and see committed blocks only. One writer.
class ChainIndex {
  public:
    explicit ChainIndex(Database& database);

    // Height of the newest stored block; nullopt before genesis is stored.
    std::optional<std::uint64_t> latest_height() const;
    // Height of the oldest block that is stored whole: 0, or one above the block whose state was
    // restored from a snapshot. Of that one, block() gives the info; lower ones are unknown.
    std::uint64_t earliest_height() const { return earliest_.load(std::memory_order_acquire); }
    std::optional<BlockInfo> block(std::uint64_t height) const;
    std::optional<std::uint64_t> height_of(const Hash256& block_hash) const;
    // By the consensus header's hash.
    std::optional<std::uint64_t> height_of_consensus(const Hash256& header_hash) const;
    std::optional<TxLocation> locate(const Hash256& tx_hash) const;
    // By the SHA-256 of the raw bytes.
    std::optional<TxLocation> locate_sha256(const Hash256& tx_sha256) const;
    std::optional<StoredTx> tx(const TxLocation& at) const;
    std::optional<Receipt> receipt(const TxLocation& at) const;
    // All of a block, in order; empty for an unknown height.
    std::vector<StoredTx> txs(std::uint64_t height) const;
    std::vector<Receipt> receipts(std::uint64_t height) const;
    // The senders of a block's transactions one after the other, without that of the boundary
    // transaction; empty for an unknown height. Cheaper than txs().
    Bytes senders(std::uint64_t height) const;
    // What consensus said about validators with that block.
    Attested attested(std::uint64_t height) const;

    // Stage the block's records, what is in it and what it is; publish() makes it the latest after
    // the batch was written. The first needs no hash of the block.
    static void stage_contents(const ExecutedBlock& block, Batch& batch);
    void stage_info(const BlockInfo& info, Batch& batch) const;
    void publish(std::uint64_t height);
    // The same for the block whose state was restored: its info stands alone.
    void stage_base(const BlockInfo& info, Batch& batch) const;
    void publish_base(std::uint64_t height);

  private:
    Database& database_;
    std::atomic<std::uint64_t> published_{0};  // height + 1; 0 before genesis
    std::atomic<std::uint64_t> earliest_{0};
};

}  // namespace assay
