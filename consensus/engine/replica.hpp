// Owns Replica: one node of the chain, which carries out what the core says through its ports.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "consensus/core/core.hpp"
#include "consensus/engine/block_budget.hpp"
#include "consensus/engine/block_rules.hpp"
#include "consensus/engine/height_blocks.hpp"
#include "consensus/engine/messages.hpp"
#include "consensus/engine/ports.hpp"
#include "consensus/privval/signer.hpp"
#include "consensus/wal/wal.hpp"

namespace assay::consensus {

// Milliseconds. A round's timeouts grow with its number, so that they pass any delay at last.
struct ReplicaConfig {
    std::uint64_t propose_ms = 1'000;
    std::uint64_t vote_ms = 500;  // after two thirds of the votes, for the rest
    std::uint64_t more_each_round_ms = 500;
    std::uint64_t status_ms = 100;
    std::uint64_t empty_block_interval_ms = 1'000;  // an idle chain's blocks; they move its time on
    bool sync_in_parallel = true;                   // log and signer at once
};

// What was just committed, for whoever waits for it.
struct CommittedBlock {
    std::uint64_t height = 0;
    std::vector<CheckedTxPtr> txs;
    // Of the commit that decided it.
    std::int32_t round = 0;
    std::size_t validators = 0;
    std::size_t absent = 0;  // of them, with no precommit for the block
    std::int64_t power = 0;  // of all of them
    std::size_t evidence = 0;
};

// Every call comes from one thread. What a call makes this node say leaves it at the call's end,
// after the log and the signer's record are durable; a decided block, its commit and the state it
// gives are one synced write. After a crash the log puts the core back where it was.
class Replica {
  public:
    struct Ports {
        Application& app;
        Mempool& mempool;
        Wal& wal;
        Signer* signer = nullptr;  // none: this node follows and never votes
        PeerPort& peers;
        ClockPort& clock;
        TimerPort& timers;
        VrfProver* prover = nullptr;  // none: what this node proposes has no block entry
    };
    struct Events {
        std::function<void(const CommittedBlock&)> committed;
        std::function<void(const Error&)> failed;         // the node must stop
        std::function<void(const std::string&)> refused;  // something odd, worth a line in the log
    };

    Replica(ChainIdentity identity, ReplicaConfig config, Ports ports, Events events);

    // Builds genesis where there is none, loads the newest position and goes through the log again.
    // Refuses stores and logs that disagree.
    Result<void> recover();
    // Begins to take part.
    void start();

    void peer_up(const PeerId& peer);
    void peer_down(const PeerId& peer);
    void receive(const PeerId& peer, ByteView message);  // of Channel::consensus
    void timer(std::uint64_t number);
    void work();  // a transaction arrived

    // While another part of the node brings whole blocks, this one neither votes nor listens.
    void pause();
    void resume();
    // A block with its commit, both verified against position().
    Result<void> ingest(const Block& block, Bytes encoded, Commit commit);

    const ChainPosition& position() const { return position_; }
    const ChainIdentity& identity() const { return identity_; }
    const Core& core() const { return core_; }
    bool has_failed() const { return failed_; }
    // The last Status of each connected peer.
    const std::map<PeerId, Status>& peers() const { return statuses_; }

  private:
    enum class Purpose : std::uint8_t { core, status, idle };
    struct Waiting {
        Purpose purpose = Purpose::core;
        Timer timer;
    };

    // Lifecycle: replica.cpp
    Result<void> load();
    Result<void> replay_log();
    void replay_record(WalKind kind, ByteView payload);
    template <class Message>
    void remind_signer(Message message);
    void replay_block(ByteView payload);
    void sign_what_the_log_lacks();
    void begin_height();
    void try_to_go();
    void go();
    Result<void> finish(const Block& block, Bytes encoded, const BlockId& id, Commit commit);
    void keep_equivocations();
    void release();
    void fail(const Error& error);
    bool log(WalKind kind, ByteView payload);
    void set_timer(std::uint64_t delay_ms, Waiting waiting);

    // What the core says: replica_effects.cpp
    void feed(Input input);
    void act(const effect::EnterRound& enter);
    void act(const effect::Build& build);
    void act(const effect::SignProposal& sign);
    void act(const effect::SignVote& sign);
    void act(const effect::SetTimer& set);
    void act(const effect::WantBlock& want);
    void act(const effect::Decide& decide);
    void act(const effect::ReportEquivocation& report);
    void act(const effect::Halt& halt);
    void check_held(const BlockId& id);
    BlockTime time_to_sign() const;
    Commit last_commit() const;
    std::vector<DuplicateVoteEvidence> evidence_for_block(std::int32_t round);
    void say(ConsensusMessage message) { outbox_.push_back(std::move(message)); }

    // What peers say: replica_gossip.cpp
    void receive_now(const PeerId& peer, ByteView message);
    void take_early_messages();
    void accept(const Vote& vote);
    void take(const PeerId& peer, const Status& status);
    void take(const PeerId& peer, const Proposal& proposal);
    void take(const PeerId& peer, const BlockPart& part);
    void take(const PeerId& peer, const Vote& vote);
    void take(const PeerId& peer, const PartRequest& request);
    void take(const PeerId& peer, const Commit& commit);
    void take(const PeerId& peer, const DuplicateVoteEvidence& evidence);
    std::int64_t height() const { return static_cast<std::int64_t>(position_.height) + 1; }
    void keep_for_next_height(const PeerId& peer, ByteView message);
    void take_late_precommit(const PeerId& peer, const Vote& vote);
    bool holds(const PeerId& peer, const Vote& vote, const ValidatorSet& set);
    void tell(const PeerId& peer, const ConsensusMessage& message);
    Status status() const;
    void add_votes_held(Status& status, std::int32_t round, VoteType type) const;
    void add_votes_for(Status& status, const Proposal& proposal) const;
    void send_votes(const PeerId& peer, const VotesHeld& held);
    void send_what_lacks(const PeerId& peer, const Status& status);
    void help_behind(const PeerId& peer, std::int64_t height);
    void request_parts(const PeerId& peer);
    void request_parts_of_somebody();
    std::vector<Part> parts_of(std::int64_t height, const PartSetHeader& header);
    void on_status_time();

    ChainIdentity identity_;
    ReplicaConfig config_;
    Ports ports_;
    Events events_;
    std::optional<ConsensusAddress> address_;

    ChainPosition position_;
    Core core_;
    std::optional<VoteBook> last_votes_;  // of the last height: precommits may still come
    std::int32_t last_round_ = 0;
    EvidencePool evidence_;
    BlockBudget budget_;
    std::uint64_t height_began_ms_ = 0;        // its first round
    std::uint64_t last_gas_ = 0;               // that the last block used
    std::vector<Equivocation> equivocations_;  // of this height, until its block has a time

    HeightBlocks blocks_;
    std::vector<BlockId> wanted_;
    std::deque<std::pair<PeerId, Bytes>> early_;  // messages of the next height
    std::size_t early_bytes_ = 0;
    std::map<PeerId, Status> statuses_;
    std::size_t next_asked_ = 0;  // peer to ask for parts
    std::uint64_t statuses_sent_ = 0;
    struct Served {
        std::int64_t height = 0;
        PartSetHeader header;
        std::vector<Part> parts;
    } served_;  // the stored block that somebody asked for last

    std::map<std::uint64_t, Waiting> timers_;
    std::uint64_t next_timer_ = 1;
    std::vector<ConsensusMessage> outbox_;  // for all, once what they rest on is durable
    bool unsynced_ = false;                 // something was logged or signed
    std::deque<Input> inputs_;
    bool feeding_ = false;
    bool height_begun_ = false;  // and the core has not been told all that waits for it
    std::vector<effect::SignProposal> unsigned_proposals_;  // while the log is replayed
    std::vector<effect::SignVote> unsigned_votes_;
    std::optional<std::int32_t> unanswered_build_;
    bool replaying_ = false;
    bool paused_ = false;
    bool started_ = false;
    bool failed_ = false;
};

}  // namespace assay::consensus
