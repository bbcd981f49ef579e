// Owns LoneGossip: one TxGossip whose peers, clock and checks the test plays itself.
#pragma once

#include <boost/test/unit_test.hpp>
#include <set>

#include "chain/crypto/hash.hpp"
#include "consensus/gossip/tx_gossip.hpp"

namespace assay::consensus::test {

inline PeerId peer_id(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

// A transaction of a sender of its own, as the checker leaves it.
inline CheckedTxPtr make_tx(std::uint32_t number, std::size_t size = 100) {
    auto out = std::make_shared<CheckedTx>();
    for (std::size_t i = 0; i < 4; ++i)
        out->sender.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    out->envelope.max_fee_per_gas = Amount(1'000U);
    out->gas = 21'000;
    out->raw.assign(size, 0xAB);
    std::copy_n(out->sender.bytes.begin(), 4, out->raw.begin());
    out->hash = keccak256(out->raw);
    return out;
}

inline Bytes push_of(const std::vector<CheckedTxPtr>& txs) {
    TxPush push;
    for (const auto& tx : txs) push.raw.push_back(tx->raw);
    return encode_tx_message(push);
}

inline Bytes announcement_of(const std::vector<CheckedTxPtr>& txs) {
    TxAnnounce out;
    for (const auto& tx : txs) out.hashes.push_back(tx->hash);
    return encode_tx_message(out);
}

class LoneGossip final : public PeerPort, public ClockPort, public TimerPort {
  public:
    explicit LoneGossip(TxGossipConfig config = {}, std::size_t peers = 3,
                        const PeerId& self = peer_id(0xFF))
        : gossip(config, {.self = self,
                          .mempool = pool,
                          .peers = *this,
                          .clock = *this,
                          .timers = *this,
                          .submit = [this](std::uint64_t ticket, Bytes raw) {
                              submitted.emplace_back(ticket, std::move(raw));
                          }}) {
        for (std::size_t i = 0; i < peers; ++i) join(peer_id(static_cast<std::uint8_t>(i + 1)));
        gossip.start();
    }

    void join(const PeerId& peer) {
        linked.insert(peer);
        gossip.peer_up(peer);
    }
    void leave(const PeerId& peer) {
        linked.erase(peer);
        gossip.peer_down(peer);
    }
    // Somebody gave it to this node.
    void add(const CheckedTxPtr& tx) {
        BOOST_REQUIRE(pool.add(tx, 0).has_value());
        gossip.added(tx);
    }
    void receive(const PeerId& peer, const Bytes& message) { gossip.receive(peer, message); }
    // The oldest transaction that waits for its check turns out so.
    void judge(TxVerdict verdict, const CheckedTxPtr& tx) {
        BOOST_REQUIRE(!submitted.empty());
        const auto [ticket, raw] = submitted.front();
        BOOST_REQUIRE(raw == tx->raw);
        submitted.erase(submitted.begin());
        if (verdict == TxVerdict::accepted) BOOST_REQUIRE(pool.add(tx, 0).has_value());
        gossip.submitted(ticket, verdict);
    }
    void pass(std::uint64_t for_ms) {
        const std::uint64_t end_ms = now_ms + for_ms;
        while (!timers.empty() && timers.begin()->first <= end_ms) {
            now_ms = timers.begin()->first;
            const std::uint64_t number = timers.begin()->second;
            timers.erase(timers.begin());
            gossip.timer(number);
        }
        now_ms = end_ms;
    }

    // What a peer was told of one kind since the test asked last.
    template <class T>
    std::vector<T> told(const PeerId& peer) {
        std::vector<T> out;
        std::erase_if(said[peer], [&](const TxMessage& one) {
            if (const T* found = std::get_if<T>(&one)) out.push_back(*found);
            return std::holds_alternative<T>(one);
        });
        return out;
    }
    std::size_t pushed_to(const PeerId& peer) {
        std::size_t out = 0;
        for (const auto& push : told<TxPush>(peer)) out += push.raw.size();
        return out;
    }
    std::size_t announced_to(const PeerId& peer) {
        std::size_t out = 0;
        for (const auto& announce : told<TxAnnounce>(peer)) out += announce.hashes.size();
        return out;
    }
    std::size_t asked_of(const PeerId& peer) {
        std::size_t out = 0;
        for (const auto& request : told<TxRequest>(peer)) out += request.hashes.size();
        return out;
    }

    bool send(const PeerId& peer, Channel channel, const Bytes& message) override {
        BOOST_REQUIRE((channel == Channel::transactions));
        if (!linked.contains(peer) || full.contains(peer)) return false;
        auto decoded = decode_tx_message(message);
        BOOST_REQUIRE(decoded.has_value());
        said[peer].push_back(std::move(*decoded));
        return true;
    }
    void report(const PeerId& peer, Offence offence) override {
        reports.emplace_back(peer, offence);
    }
    std::vector<PeerId> peers() const override { return {linked.begin(), linked.end()}; }
    BlockTime now() const override { return {}; }
    std::uint64_t monotonic_ms() const override { return now_ms; }
    void set(std::uint64_t delay_ms, std::uint64_t number) override {
        timers.emplace(now_ms + delay_ms, number);
    }

    using Reports = std::vector<std::pair<PeerId, Offence>>;
    Mempool pool;
    std::uint64_t now_ms = 10'000;
    std::multimap<std::uint64_t, std::uint64_t> timers;
    std::set<PeerId> linked;
    std::set<PeerId> full;  // peers whose queues take nothing
    std::map<PeerId, std::vector<TxMessage>> said;
    Reports reports;
    std::vector<std::pair<std::uint64_t, Bytes>> submitted;
    TxGossip gossip;
};

}  // namespace assay::consensus::test
