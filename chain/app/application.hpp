// Owns the Application interface: all that an engine sees of the chain, shaped like ABCI 2.0.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chain/exec/block_entry.hpp"
#include "chain/exec/checked_tx.hpp"
#include "chain/exec/receipt.hpp"
#include "chain/exec/validation.hpp"

namespace assay {

struct AppInfo {
    std::uint64_t last_height = 0;  // 0 before the first block
    Hash256 last_app_hash;
    bool initialised = false;  // init_chain was committed
};

// The deterministic part of a transaction's outcome; the results hash covers it.
struct TxResult {
    TxCode code = TxCode::ok;
    Bytes data;
    std::uint64_t gas_wanted = 0;
    std::uint64_t gas_used = 0;
};

struct FinalizeRequest {
    std::uint64_t height = 0;
    BlockTime time;
    Hash256 hash;                     // of the consensus header
    FixedBytes<20> proposer_address;  // consensus address: RIPEMD160(SHA256(key))
    std::vector<Bytes> txs;           // the first may be a block entry
    Attested attested = {};
};

struct FinalizeResponse {
    std::vector<TxResult> results;
    std::vector<ValidatorUpdate> validator_updates;
    Hash256 app_hash;
};

struct PrepareRequest {
    std::uint64_t height = 0;
    BlockTime time;
    std::uint64_t max_bytes = 0;
    std::span<const CheckedTxPtr> candidates;  // in the engine's order of preference
};

// A record that the engine wants durable in the same synced write as the block's state.
struct EngineRecord {
    Bytes key;  // the application adds a prefix of its own
    Bytes value;
};

// Transactions of a block, and who its supplier says signed each.
struct ClaimedTxs {
    std::span<const Bytes> txs;  // the first may be a block entry, which nobody signs
    ByteView senders;            // 20 bytes a transaction; of any other length it says nothing
};

// Calls come from one thread, in the order init_chain?, then per height: prepare_proposal?,
// process_proposal?, finalize_block, commit. check_tx is thread-safe.
class Application {
  public:
    virtual ~Application() = default;

    virtual AppInfo info() const = 0;
    // Builds the genesis state and commits it as height 0. Returns its app hash.
    virtual Result<Hash256> init_chain() = 0;
    // Stateless checks plus nonce and balance against the newest committed state.
    virtual boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) = 0;
    // The candidates that fit and can pay, in order.
    virtual std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) = 0;
    // False where an honest proposer could not have made this block.
    virtual bool process_proposal(const FinalizeRequest& request) = 0;
    // Fails where this program does not know the rules of the block of that height. The engine then
    // stops before it executes the block; a program that knows them goes on from there.
    virtual Result<void> may_execute(std::uint64_t /*height*/) const { return {}; }
    // Executes; nothing is durable until commit().
    virtual FinalizeResponse finalize_block(const FinalizeRequest& request) = 0;
    // The transactions of the block that finalize_block() executed, until commit().
    virtual std::vector<CheckedTxPtr> pending_txs() const = 0;
    // What this validator must prove, with which key, for the next block to begin with its proof
    // (ADR 8); nullopt: it has no key that counts.
    virtual std::optional<ProofRequest> proof_request(const FixedBytes<20>& /*proposer*/) const {
        return std::nullopt;
    }
    // What the next block charges per gas, and how much gas it may use.
    virtual Amount next_base_fee() const = 0;
    virtual std::uint64_t block_gas_limit() const = 0;
    // One synced write: state, index, and the engine's records.
    virtual Result<void> commit(std::span<const EngineRecord> records) = 0;
    // A record stored by an earlier commit().
    virtual std::optional<Bytes> engine_record(ByteView key) const = 0;
    // Of the committed block at this height, as in ClaimedTxs; empty where they are not known.
    virtual Bytes senders(std::uint64_t /*height*/) const { return {}; }
};

}  // namespace assay
