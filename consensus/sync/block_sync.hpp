// Owns BlockSync: brings a node that lags to the height of its peers, block by verified block.
#pragma once

#include <functional>

#include "consensus/engine/replica.hpp"
#include "consensus/sync/block_pool.hpp"
#include "consensus/sync/block_server.hpp"
#include "consensus/sync/worker.hpp"

namespace assay::consensus {

struct BlockSyncConfig {
    std::uint64_t threshold = 2;      // blocks behind the best peer before it begins
    std::uint64_t resume_within = 1;  // blocks behind at which the replica takes over again
    std::uint64_t tick_ms = 100;
    std::uint64_t announce_ms = 1'000;
    std::uint64_t stall_ms = 1'000;     // without a good block: the replica takes part meanwhile
    std::uint64_t give_up_ms = 10'000;  // without a good block: it stops for as long again
    std::uint64_t ingest_ms = 20;       // between two looks at the rest of the node
    std::size_t openers = 2;            // groups of blocks at once; the worker's threads
    std::size_t group_blocks = 64;
    std::size_t group_bytes = 2U << 20U;       // unless the first is larger
    std::size_t open_ahead_bytes = 1U << 20U;  // with as much open, smaller groups wait for more
    BlockPoolLimits pool;
    BlockServerLimits server;
};

struct BlockSyncMetrics {
    bool fetching = false;
    bool replica_paused = false;
    std::uint64_t height = 0;
    std::uint64_t best_height = 0;
    std::uint64_t peers = 0;  // that may be asked
    std::uint64_t in_flight = 0;
    std::uint64_t held_bytes = 0;
    std::uint64_t blocks_ingested = 0;
    std::uint64_t bytes_received = 0;
    std::uint64_t blocks_refused = 0;
    std::uint64_t peers_overdue = 0;
    std::uint64_t times_begun = 0;
    std::uint64_t blocks_served = 0;
    std::uint64_t bytes_served = 0;
    double blocks_per_second = 0;  // over the last second of catching up
};

// Every call comes from the engine's thread. The replica is paused only while blocks that are
// proven final flow in: a peer that boasts of heights it cannot show stops nobody from voting.
class BlockSync {
  public:
    using Prepare = std::function<std::vector<std::size_t>(std::span<const ClaimedTxs>)>;
    struct Ports {
        Replica& replica;
        Application& app;
        PeerPort& peers;
        ClockPort& clock;
        TimerPort& timers;  // its own numbers
        Worker& worker;
        // Called by the worker with blocks whose contents match their headers, before they are
        // executed: the place to check signatures on other threads. Returns which of them came
        // with false senders.
        Prepare prepare;
    };
    struct Events {
        std::function<void(const Error&)> failed;         // the node must stop
        std::function<void(const std::string&)> refused;  // something odd, worth a line in the log
        std::function<void(bool catching_up)> changed;
    };

    BlockSync(BlockSyncConfig config, Ports ports, Events events);

    void start();
    void peer_up(const PeerId& peer);
    void peer_down(const PeerId& peer);
    void receive(const PeerId& peer, ByteView message);  // of Channel::blocks
    void timer(std::uint64_t number);

    bool is_catching_up() const { return paused_; }
    BlockSyncMetrics metrics() const;

  private:
    enum Timer : std::uint64_t { kTick = 1, kGoOn = 2, kServe = 3 };
    struct OpenedBlock;
    using BlockGroup = std::vector<OpenedBlock>;

    void take(const PeerId& peer, const BlockRequest& request);
    void take(const PeerId& peer, BlockResponse response);
    void take(const PeerId& peer, const NoBlock& none);
    void take(const PeerId& peer, const BlockHeights& heights);
    void serve();
    void announce(std::uint64_t now_ms);
    void on_tick();

    std::uint64_t next() const { return ports_.replica.position().height + 1; }
    std::uint64_t now() const { return ports_.clock.monotonic_ms(); }
    void read_statuses();
    void advance();
    void begin_or_end();
    void send_asks();
    static void open_group(BlockGroup& group, const Prepare& prepare);
    bool may_open() const;
    void open_what_arrived();
    void take_opened(const BlockGroup& group);
    void verify_what_can_be();
    void verify(std::uint64_t height, BlockPool::Slot& slot,
                std::shared_ptr<const ValidatorSet> set);
    bool ingest_next();
    void ingest_what_is_good();
    void blame(const PeerId& peer, std::uint64_t height, const std::string& why);
    void bench(const PeerId& peer, Offence offence);
    void pause();
    void resume();
    void end();
    void set_once(Timer timer, std::uint64_t delay_ms);
    void fail(const Error& error);

    BlockSyncConfig config_;
    Ports ports_;
    Events events_;
    BlockPool pool_;
    BlockServer server_;
    // The sets that decide the next block and the one after it, while the next is `sets_for_`.
    std::vector<std::pair<Hash256, std::shared_ptr<const ValidatorSet>>> sets_;
    std::uint64_t sets_for_ = 0;

    bool started_ = false;
    bool fetching_ = false;
    bool paused_ = false;
    bool failed_ = false;
    bool advancing_ = false;
    bool again_ = false;
    std::size_t opening_ = 0;           // groups
    std::uint64_t timers_set_ = 0;      // bits by Timer
    std::uint64_t good_ms_ = 0;         // of the last good block, or of beginning
    std::uint64_t quiet_until_ms_ = 0;  // after nobody answered
    std::uint64_t announced_ms_ = 0;
    std::uint64_t rate_ms_ = 0;
    std::uint64_t rate_blocks_ = 0;
    BlockSyncMetrics metrics_;
    std::shared_ptr<int> alive_ = std::make_shared<int>();  // work that ends later looks for it
};

}  // namespace assay::consensus
