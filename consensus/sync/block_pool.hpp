// Owns BlockPool: which block was asked of which peer, and the blocks that came and wait their
// turn.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>

#include "consensus/engine/ports.hpp"
#include "consensus/sync/block_messages.hpp"
#include "consensus/types/block.hpp"

namespace assay::consensus {

struct BlockPoolLimits {
    std::uint64_t window_blocks = 512;  // asked for or held, from the next one
    std::size_t window_bytes = 24U << 20U;
    std::uint32_t blocks_per_request = 16;
    std::size_t blocks_per_peer = 64;  // asked for at once
    std::size_t bytes_per_peer = 16U << 20U;
    std::uint64_t silence_ms = 3'000;  // of a peer that owes blocks
    std::uint64_t block_ms = 12'000;   // for one block, whatever else the peer sends
    std::uint64_t bench_ms = 10'000;   // doubles with each time
};

// A block as it came.
struct FetchedBlock {
    Bytes encoded;
    Commit commit;  // as its supplier gave it
    Bytes senders;  // as its supplier claims
    Block block;
    BlockId id;
};

class BlockPool {
  public:
    enum class Stage : std::uint8_t { wanted, asked, arrived, opening, whole, checking, good };
    struct Slot {
        Stage stage = Stage::wanted;
        PeerId peer;                 // asked of, or supplied by
        std::uint64_t since_ms = 0;  // of being asked
        std::uint64_t serial = 0;    // of the arrival: work on an older one is void
        std::size_t bytes = 0;
        std::shared_ptr<FetchedBlock> fetched;  // from `arrived` on
        Commit commit;                          // that was verified; from `good` on
        std::set<PeerId> refused;               // peers that could not give it
    };
    struct Ask {
        PeerId peer;
        BlockRequest request;
    };
    enum class Answer { asked, late, unasked };

    explicit BlockPool(BlockPoolLimits limits) : limits_(limits) {}

    void peer_up(const PeerId& peer) { peers_.try_emplace(peer); }
    void peer_down(const PeerId& peer);
    // What a peer says that it can give.
    void claim(const PeerId& peer, std::uint64_t base, std::uint64_t height);
    // What else shows that a peer has a block; its own claim stays where it says more.
    void claim_at_least(const PeerId& peer, std::uint64_t base, std::uint64_t height);
    // The highest block that a peer in good standing has and that can be reached from `next`.
    std::uint64_t best(std::uint64_t next, std::uint64_t now_ms) const;

    // Forgets what lies below `next`.
    void move_to(std::uint64_t next);
    void clear();
    // Requests to send now, up to `best`. What could not be sent goes back by unsent().
    std::vector<Ask> asks(std::uint64_t next, std::uint64_t best, std::uint64_t now_ms);
    void unsent(const Ask& ask, std::uint64_t now_ms);
    // Whether this peer owes the block; then it is taken off its list.
    Answer answered(const PeerId& peer, std::uint64_t height, std::uint64_t now_ms);
    // Keeps it. Where more is held than ever should be, the highest ones are dropped and fetched
    // again later.
    void put(std::uint64_t height, BlockResponse response);
    // The peer has neither this block nor the later ones of its request.
    void lacks(const PeerId& peer, std::uint64_t height);
    // Peers that owe blocks for too long.
    std::vector<PeerId> overdue(std::uint64_t now_ms) const;
    // No more is asked of it for a while, and what it supplied and nobody verified is fetched anew.
    void bench(const PeerId& peer, std::uint64_t now_ms);

    Slot* find(std::uint64_t height);
    std::map<std::uint64_t, Slot>& slots() { return slots_; }
    const std::map<std::uint64_t, Slot>& slots() const { return slots_; }
    std::size_t held_bytes() const { return held_bytes_; }
    std::size_t in_flight() const;
    std::size_t usable(std::uint64_t now_ms) const;

  private:
    struct Peer {
        std::uint64_t base = 0;
        std::uint64_t height = 0;
        std::set<std::uint64_t> owes;
        std::set<std::uint64_t> late;  // owed once; an answer is no offence
        std::uint64_t heard_ms = 0;
        std::uint64_t benched_until_ms = 0;
        std::uint32_t benchings = 0;
    };

    bool has_room(const Peer& peer) const;
    std::uint32_t take_run(const PeerId& id, Peer& peer, std::uint64_t first, std::uint64_t last,
                           std::uint64_t now_ms);
    bool give_work(std::uint64_t next, std::uint64_t last, std::uint64_t now_ms,
                   std::vector<Ask>& out);
    void free_slot(Slot& slot);
    static void forgive(Peer& peer, std::uint64_t height);

    BlockPoolLimits limits_;
    std::map<PeerId, Peer> peers_;
    std::map<std::uint64_t, Slot> slots_;
    std::size_t held_bytes_ = 0;
    std::size_t usual_bytes_ = 1U << 20U;  // of a block lately; large until some have come
    std::uint64_t arrivals_ = 0;
};

}  // namespace assay::consensus
