// Owns TxGossip: carries transactions from node to node, each to each node about once.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <functional>
#include <map>

#include "consensus/engine/ports.hpp"
#include "consensus/gossip/recent_hashes.hpp"
#include "consensus/gossip/tx_messages.hpp"
#include "consensus/mempool/mempool.hpp"

namespace assay::consensus {

struct TxGossipConfig {
    std::uint64_t batch_ms = 5;  // between two sendings; the first after a pause is at once
    std::uint64_t tick_ms = 50;
    std::size_t push_peers = 8;  // up to so many get whole transactions; of more, the root
    std::size_t push_tx_bytes = 4'096;
    std::size_t push_relayed = 16;  // in a batch; of more, others' transactions are announced
    std::uint64_t request_timeout_ms = 500;
    std::uint64_t repair_ms = 1'000;  // until others' transactions are announced to be safe
    std::size_t repairs_per_second = 2'000;

    std::size_t seen = 131'072;
    std::size_t known_per_peer = 65'536;
    std::size_t wanted = 65'536;            // announced and not here
    std::size_t asked_per_peer = 2'048;     // at once
    std::size_t waiting_per_peer = 16'384;  // hashes in each of a peer's queues
    std::size_t checking = 8'192;           // handed to submit() and not answered
    std::size_t checking_bytes = 32U << 20U;
    std::int64_t announced_per_second = 65'536;   // heard of one peer, in bursts of a second
    std::int64_t pushed_txs_per_second = 25'000;  // so too
    std::int64_t pushed_bytes_per_second = 16 << 20;
    std::int64_t answered_bytes_per_second = 32 << 20;
};

// What became of a transaction handed to submit().
enum class TxVerdict : std::uint8_t {
    accepted,  // waits in the mempool now
    known,     // waited there already
    refused,   // valid, and not wanted: a stale nonce, too low a price
    invalid,   // no honest node passes it on
    busy,      // no room; it may come again
};

struct TxGossipMetrics {
    std::uint64_t pushed = 0;  // transactions sent, by kind of message
    std::uint64_t answered = 0;
    std::uint64_t announced = 0;   // hashes sent
    std::uint64_t received = 0;    // transactions
    std::uint64_t duplicates = 0;  // of those
    std::uint64_t dropped = 0;     // for want of room
    std::uint64_t timeouts = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t wanted = 0;
    std::uint64_t checking = 0;
    std::uint64_t remembered = 0;  // hashes in every memory and queue together
};

// Every call comes from the engine's thread; so do calls of the ports.
class TxGossip {
  public:
    struct Ports {
        PeerId self;
        const Mempool& mempool;
        PeerPort& peers;
        ClockPort& clock;
        TimerPort& timers;  // its own numbers
        // Checks a transaction and puts it into the mempool, here or on another thread; then
        // submitted() is called with the ticket.
        std::function<void(std::uint64_t ticket, Bytes raw)> submit;
    };

    TxGossip(TxGossipConfig config, Ports ports);

    void start();
    void peer_up(const PeerId& peer);
    void peer_down(const PeerId& peer);
    void receive(const PeerId& peer, ByteView message);  // of Channel::transactions
    void timer(std::uint64_t number);
    // The mempool took this one. Those that came through submit() are known already.
    void added(const CheckedTxPtr& tx);
    void submitted(std::uint64_t ticket, TxVerdict verdict);

    TxGossipMetrics metrics() const;

  private:
    enum Timer : std::uint64_t { kFlush = 1, kTick = 2 };
    // Amounts per second, with a second's worth in store.
    struct Allowance {
        std::int64_t left = 0;
        std::uint64_t at_ms = 0;
        void refill(std::int64_t per_second, std::uint64_t now_ms);
    };
    struct Peer {
        explicit Peer(std::size_t most) : known(most) {}
        RecentHashes known;  // that it has: it said so, or was given them
        FixedBytes<8> neighbours;
        std::deque<Hash256> to_announce;
        std::deque<Hash256> to_ask;
        std::deque<Hash256> to_answer;
        std::size_t asked = 0;  // and not answered
        std::size_t late = 0;   // answers that may still come, though nobody waits
        Allowance announced;
        Allowance pushed_txs;
        Allowance pushed_bytes;
        Allowance answered;
    };
    struct Wanted {
        std::vector<PeerId> announcers;
        std::optional<PeerId> asked_of;
    };
    struct Asked {
        std::uint64_t until_ms = 0;
        PeerId peer;
        Hash256 hash;
    };
    struct Queued {
        CheckedTxPtr tx;
        bool local = false;
    };
    struct Checking {
        Hash256 hash;
        PeerId from;
        std::size_t bytes = 0;
    };

    // What peers say: tx_gossip.cpp
    void take(const PeerId& id, Peer& peer, const TxAnnounce& announce);
    void take(const PeerId& id, Peer& peer, const TxRequest& request);
    void take(const PeerId& id, Peer& peer, TxAnswer answer);
    void take(const PeerId& id, Peer& peer, TxPush push);
    void take(const PeerId& id, Peer& peer, const TxNeighbours& neighbours);
    void ask_more(const PeerId& id, Peer& peer);
    void ask_next(const Hash256& hash);
    void ask_later(const PeerId& id, const std::vector<Hash256>& hashes);
    void got(const Hash256& hash, const PeerId& from);
    void forget(Wanted& wanted, const PeerId& peer);
    void check(const PeerId& from, const Hash256& hash, Bytes raw);
    void expire_asked();
    bool has_room_to_check() const;

    // What this node says: tx_sending.cpp
    void relay(const Hash256& hash, const PeerId& from);
    void queue(CheckedTxPtr tx, bool local);
    void flush();
    void send_push(const PeerId& id, Peer& peer, const std::vector<CheckedTxPtr>& txs);
    void announce(const PeerId& id, Peer& peer, std::vector<Hash256> hashes);
    void announce_later(Peer& peer, const Hash256& hash);
    void announce_waiting(const PeerId& id, Peer& peer);
    void answer(const PeerId& id, Peer& peer);
    void repair();
    void tell_neighbours();
    bool send(const PeerId& id, const TxMessage& message);

    std::uint64_t now() const { return ports_.clock.monotonic_ms(); }
    void set_once(Timer timer, std::uint64_t delay_ms);

    TxGossipConfig config_;
    Ports ports_;
    std::map<PeerId, Peer> peers_;
    RecentHashes seen_;     // here, or being checked
    RecentHashes refused_;  // not asked for again
    boost::unordered_flat_map<Hash256, Wanted, FixedBytesHash> wanted_;
    std::deque<Asked> asked_;  // by time; may name some that were answered
    std::map<std::uint64_t, Checking> checking_;
    std::size_t checking_bytes_ = 0;
    std::uint64_t tickets_ = 0;
    std::vector<Queued> queue_;
    std::deque<std::pair<std::uint64_t, Hash256>> repairs_;  // by time
    std::deque<Hash256> waiting_;  // what was passed on lately, for new peers
    FixedBytes<8> neighbours_;
    bool neighbours_changed_ = false;
    std::size_t next_pushed_ = 0;  // peer that is first to get whole transactions
    std::uint64_t timers_set_ = 0;
    bool started_ = false;
    TxGossipMetrics metrics_;
};

}  // namespace assay::consensus
