// Owns CometBackend, the port from the CometBFT style RPC to the node, and what passes through it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chain/exec/checked_tx.hpp"
#include "consensus/types/block.hpp"
#include "consensus/types/results.hpp"

namespace assay::rpc {

// An event as ABCI knows them.
struct CometAttribute {
    std::string key;
    std::string value;
    bool indexed = true;
};
struct CometEvent {
    std::string type;
    std::vector<CometAttribute> attributes;
};

// ABCI's ExecTxResult; also what CheckTx answers.
struct CometTxResult {
    std::uint32_t code = 0;
    Bytes data = {};
    std::string log = {};
    std::int64_t gas_wanted = 0;
    std::int64_t gas_used = 0;
    std::vector<CometEvent> events = {};
    std::string codespace = {};
};

// A stored block under its id.
struct CometBlock {
    consensus::BlockId id;
    std::size_t bytes = 0;  // encoded
    consensus::Block block;
};

// What executing a block gave.
struct CometOutcome {
    std::vector<CometTxResult> results;         // one an item of the block
    std::vector<CometEvent> events;             // of the block itself
    std::vector<consensus::Validator> updates;  // power 0 removes
    Hash256 app_hash;
};

struct CometTxPlace {
    std::uint64_t height = 0;
    std::uint32_t index = 0;  // within the consensus block
};

struct CometPeer {
    FixedBytes<20> id;
    std::string remote_ip;
    bool outbound = false;
    std::uint64_t connected_ms = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};

// Fixed while the node runs.
struct CometNode {
    FixedBytes<20> id;
    std::string chain_id;
    std::string listen_address;  // "tcp://0.0.0.0:26656"
    std::string moniker;
    std::string rpc_address;                           // "tcp://127.0.0.1:26657"
    std::string app_version;                           // "0.1.0"
    std::optional<consensus::ValidatorKey> validator;  // its own
    consensus::BlockParams block;
    std::int64_t evidence_age_blocks = 0;
    std::int64_t evidence_age_s = 0;
    std::int64_t evidence_bytes = 0;  // of one block
    BlockTime genesis_time;
    std::vector<consensus::Validator> genesis_validators;
};

struct CometWaiting {
    std::size_t count = 0;
    std::size_t bytes = 0;
};

struct CometStoreValue {
    std::uint64_t height = 0;
    std::optional<Bytes> value;  // nothing: the proof is of absence
    Bytes proof;                 // cosmos.ics23.v1.CommitmentProof
};

// Thread-safe; reads see durable blocks only and take no lock that consensus wants.
class CometBackend {
  public:
    virtual ~CometBackend() = default;

    virtual const CometNode& node() const = 0;
    // Heights of the oldest and the newest block here; 0 and 0 before the first.
    virtual std::uint64_t base() const = 0;
    virtual std::uint64_t height() const = 0;
    virtual bool catching_up() const = 0;
    // nothing outside base()..height().
    virtual std::optional<CometBlock> block(std::uint64_t height) const = 0;
    // The commit for a block as this node saw it.
    virtual std::optional<consensus::Commit> seen_commit(std::uint64_t height) const = 0;
    // Who decides this height: known up to two above the newest block.
    virtual std::optional<consensus::ValidatorSet> validators_at(std::uint64_t height) const = 0;
    virtual std::optional<CometOutcome> outcome(const CometBlock& block) const = 0;
    virtual std::optional<std::uint64_t> height_of(const Hash256& header_hash) const = 0;
    virtual std::optional<CometTxPlace> locate(const Hash256& tx_sha256) const = 0;
    // The app hash after the newest block.
    virtual Hash256 app_hash() const = 0;
    // Height 0 is the newest. Refused for heights whose state is gone.
    virtual Result<CometStoreValue> prove(ByteView key, std::uint64_t height) const = 0;

    virtual std::vector<CometPeer> peers() const = 0;
    virtual CometWaiting waiting() const = 0;
    // At most so many, best first.
    virtual std::vector<Bytes> waiting_txs(std::size_t limit) const = 0;
    // Checks alone; or keeps and gossips as well.
    virtual boost::system::result<CheckedTxPtr, TxRejection> check(Bytes raw) const = 0;
    virtual boost::system::result<Hash256, TxRejection> submit(Bytes raw) = 0;

    // The chain's own genesis document, compact JSON: its size and a part of it.
    virtual std::uint64_t genesis_bytes() const = 0;
    virtual Result<std::string> genesis_part(std::uint64_t from, std::size_t bytes) const = 0;

    // Runs `task` on an RPC thread, now or after a delay.
    virtual void post(std::function<void()> task) = 0;
    virtual void after(std::uint32_t delay_ms, std::function<void()> task) = 0;
};

}  // namespace assay::rpc
