// Owns SoloEngine: the embedded engine of a chain with one validator.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "consensus/engine/chain_position.hpp"
#include "consensus/mempool/mempool.hpp"
#include "consensus/privval/signer.hpp"
#include "consensus/wal/wal.hpp"

namespace assay::consensus {

struct SoloConfig {
    std::uint64_t max_block_bytes = 16U << 20U;
    std::uint32_t empty_block_interval_ms = 1'000;  // an idle chain's blocks; they move its time on
};

// What was just committed, for whoever waits for it.
struct CommittedBlock {
    std::uint64_t height = 0;
    std::vector<CheckedTxPtr> txs;
};

// Blocks come as soon as there are transactions, and an empty one at an interval. The block is in
// the log, synced, before it is signed; state, index, block and commit are one synced write. After
// a crash anywhere the logged block is finished, never another one made for its height.
class SoloEngine {
  public:
    using Now = std::function<BlockTime()>;

    // All references must outlive the engine.
    SoloEngine(ChainIdentity identity, SoloConfig config, Application& app, Mempool& mempool,
               Signer& signer, Wal& wal, Now now);
    ~SoloEngine();

    // Called on the engine's thread after each commit; set before start().
    void on_committed(std::function<void(const CommittedBlock&)> callback) {
        committed_ = std::move(callback);
    }
    // Builds genesis where there is none, and finishes a block that a crash interrupted. Refuses a
    // validator set that is not this signer alone, and stores that disagree.
    Result<void> recover();
    // Makes one block from what the mempool has, possibly none. For start()'s thread and for tests.
    Result<void> make_block();

    // Runs on a thread of its own until stop() or a failure, which `failed` is told.
    void start(std::function<void(const Error&)> failed);
    // Finishes the block being made.
    void stop();
    // A transaction arrived.
    void wake();

    const ChainPosition& position() const { return position_; }

  private:
    struct Draft {
        std::vector<CheckedTxPtr> txs;
        Block block;
        Bytes encoded;
    };

    Draft draft();
    Result<void> finish(const Block& block, Bytes encoded);
    Result<void> finish_logged_block();
    Result<Commit> sign_commit(const Block& block, const BlockId& id);
    bool wait_for_work(const std::stop_token& stop);
    void run(const std::stop_token& stop, const std::function<void(const Error&)>& failed);

    ChainIdentity identity_;
    SoloConfig config_;
    Application& app_;
    Mempool& mempool_;
    Signer& signer_;
    Wal& wal_;
    Now now_;
    ConsensusAddress address_;
    std::function<void(const CommittedBlock&)> committed_;
    ChainPosition position_;

    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool awake_ = false;
    std::jthread thread_;
};

}  // namespace assay::consensus
