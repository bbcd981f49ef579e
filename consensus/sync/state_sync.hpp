// Owns StateSync: brings an empty node to a recent state from its peers' snapshots, proven by a
// header that a light client verified; and serves the same to others.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "consensus/engine/chain_position.hpp"
#include "consensus/sync/light_client.hpp"
#include "consensus/sync/snapshot_server.hpp"

namespace assay::consensus {

struct StateSyncConfig {
    TrustOptions trust;
    std::uint64_t tick_ms = 100;
    std::uint64_t discovery_ms = 3'000;  // that offers are collected
    std::uint32_t discovery_rounds = 5;  // before it falls back
    std::uint64_t answer_ms = 10'000;    // for one answer
    std::size_t light_peers = 4;         // whose headers are compared
    std::size_t chunks_per_peer = 4;     // asked for at once
    std::size_t chunks_in_flight = 16;
    std::size_t offers = 64;  // remembered
};

struct StateSyncProgress {
    enum class Stage : std::uint8_t { serving, discovering, verifying, fetching, ended };
    Stage stage = Stage::serving;
    std::uint64_t height = 0;  // of the chosen snapshot
    std::uint32_t chunks = 0;
    std::uint32_t chunks_taken = 0;
};

// Every call comes from the engine's thread. No call waits.
class StateSync {
  public:
    struct Ports {
        SnapshotCalls& snapshots;
        const LightBlocks& light_blocks;  // served to others
        PeerPort& peers;
        ClockPort& clock;
        TimerPort& timers;  // its own numbers
    };
    // Exactly one of done, fall_back, attacked and failed is called after start(), once.
    struct Events {
        // The state after position.height is in place, with the engine's records.
        std::function<void(const ChainPosition&)> done;
        // Nothing worked and nothing was changed: bring the blocks from genesis instead.
        std::function<void(const std::string& why)> fall_back;
        // Two headers of one height are both signed by those trusted, or no peer has the trusted
        // header and some have another: the operator must decide.
        std::function<void(const std::string& what)> attacked;
        std::function<void(const Error&)> failed;         // the disk; the node must stop
        std::function<void(const std::string&)> refused;  // something odd, worth a line in the log
    };

    StateSync(ChainIdentity identity, StateSyncConfig config, Ports ports, Events events);

    // Begins to look for a snapshot. Without it this part only serves.
    void start();
    void peer_up(const PeerId& peer);
    void peer_down(const PeerId& peer);
    void receive(const PeerId& peer, ByteView message);  // of Channel::snapshots
    void timer(std::uint64_t number);
    const StateSyncProgress& progress() const { return progress_; }

  private:
    using Stage = StateSyncProgress::Stage;
    struct Search {
        enum class State : std::uint8_t { running, verified, failed };
        LightSearch light;
        State state = State::running;
        std::uint64_t asked_ms = 0;
        bool extended = false;  // beyond the snapshot's height, to the header with the app hash
    };
    struct Asked {
        PeerId peer;
        std::uint64_t since_ms = 0;
    };

    // Discovery and choice: state_sync.cpp
    void discover();
    void choose();
    void give_up(const std::string& why);
    void begin(const SnapshotManifest& manifest);
    void next_candidate(const std::string& why, bool offerers_lied);
    std::set<PeerId> usable_peers(const SnapshotManifest& manifest) const;
    void distrust(const PeerId& peer, Offence offence, const std::string& why);
    bool say(const PeerId& peer, const SnapshotMessage& message);
    std::uint64_t now() const { return ports_.clock.monotonic_ms(); }
    void take(const PeerId& peer, const SnapshotsRequest& request);
    void take(const PeerId& peer, const ChunkRequest& request);
    void take(const PeerId& peer, const LightBlockRequest& request);
    void take(const PeerId& peer, SnapshotsResponse response);

    // Headers, chunks and the end: state_sync_fetch.cpp
    void take(const PeerId& peer, LightBlockResponse response);
    void take(const PeerId& peer, ChunkResponse response);
    void start_searches();
    void ask_header(const PeerId& peer, Search& search);
    void fail_search(Search& search, const std::string& why);
    void settle_searches();
    bool headers_agree();
    void begin_chunks();
    void ask_chunks();
    std::optional<PeerId> least_loaded(std::uint32_t index) const;
    void drop_source(const PeerId& peer);
    void expire(std::uint64_t now_ms);
    void finish();
    Result<ChainPosition> position_from(const SnapshotNote& note) const;

    ChainIdentity identity_;
    StateSyncConfig config_;
    Ports ports_;
    Events events_;
    SnapshotServer server_;
    StateSyncProgress progress_;

    std::set<PeerId> asked_for_list_;
    std::set<PeerId> distrusted_;
    std::map<SnapshotManifest, std::set<PeerId>> offers_;
    std::set<SnapshotManifest> failed_;
    std::uint32_t rounds_ = 0;
    std::uint64_t discovery_ends_ms_ = 0;
    std::optional<std::uint64_t> again_at_ms_;  // between two rounds
    // Of those asked last none has the trusted header, and some another.
    bool contradicted_ = false;
    std::string last_failure_ = "no peer offered a snapshot";

    SnapshotManifest chosen_;
    std::map<PeerId, Search> searches_;
    std::optional<LightBlock> base_;   // of the snapshot's height
    std::optional<LightBlock> after_;  // of the next height
    std::set<PeerId> sources_;
    std::vector<bool> taken_;
    std::map<std::uint32_t, Asked> asked_;
    std::map<PeerId, std::size_t> load_;
    std::set<std::pair<std::uint32_t, PeerId>> lacking_;  // who cannot give which chunk
    std::uint32_t first_missing_ = 0;
};

}  // namespace assay::consensus
