// Speaking: what is pushed, announced and answered, when, and to whom.
#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "consensus/gossip/tx_gossip.hpp"

namespace assay::consensus {

namespace {

std::size_t root_of(std::size_t n) {
    std::size_t out = 1;
    while (out * out < n) ++out;
    return out;
}

}  // namespace

bool TxGossip::send(const PeerId& id, const TxMessage& message) {
    const Bytes encoded = encode_tx_message(message);
    if (!ports_.peers.send(id, Channel::transactions, encoded)) return false;
    metrics_.bytes_sent += encoded.size();
    return true;
}

// A submitter's transaction goes to everybody. So does what came from a peer, unless that peer has
// the same neighbours and so has told them all itself: then only what still waits after a while is
// announced, should something have been lost.
void TxGossip::added(const CheckedTxPtr& tx) {
    if (!seen_.add(tx->hash)) return;
    queue(tx, true);
}

void TxGossip::relay(const Hash256& hash, const PeerId& from) {
    const auto it = peers_.find(from);
    const bool same =
        it != peers_.end() && !neighbours_.is_zero() && it->second.neighbours == neighbours_;
    if (same) {
        if (repairs_.size() == config_.wanted) repairs_.pop_front();
        repairs_.emplace_back(now() + config_.repair_ms, hash);
        return;
    }
    if (CheckedTxPtr tx = ports_.mempool.find(hash)) queue(std::move(tx), false);
}

// The first after a pause goes out at once, and what comes soon after it together.
void TxGossip::queue(CheckedTxPtr tx, bool local) {
    waiting_.push_back(tx->hash);
    if (waiting_.size() > config_.waiting_per_peer) waiting_.pop_front();
    queue_.push_back({.tx = std::move(tx), .local = local});
    if (!started_ || (timers_set_ >> kFlush & 1U) != 0) return;
    flush();
    set_once(kFlush, config_.batch_ms);
}

void TxGossip::flush() {
    const auto batch = std::exchange(queue_, {});
    const std::size_t whole =
        peers_.size() <= config_.push_peers ? peers_.size() : root_of(peers_.size());
    std::size_t number = next_pushed_++ % std::max<std::size_t>(peers_.size(), 1);
    for (auto& [id, peer] : peers_) {
        const bool chosen = number++ % peers_.size() < whole;
        std::vector<CheckedTxPtr> pushed;
        std::vector<Hash256> announced;
        for (const Queued& queued : batch) {
            const CheckedTx& tx = *queued.tx;
            if (peer.known.contains(tx.hash)) continue;
            if (chosen && tx.raw.size() <= config_.push_tx_bytes &&
                (queued.local || batch.size() <= config_.push_relayed))
                pushed.push_back(queued.tx);
            else
                announced.push_back(tx.hash);
        }
        send_push(id, peer, pushed);
        announce(id, peer, std::move(announced));
    }
}

void TxGossip::send_push(const PeerId& id, Peer& peer, const std::vector<CheckedTxPtr>& txs) {
    for (std::size_t at = 0; at < txs.size();) {
        TxPush push;
        std::size_t bytes = 0;
        const std::size_t first = at;
        for (; at < txs.size() && push.raw.size() < kMaxTxsInMessage; ++at) {
            bytes += txs[at]->raw.size();
            if (bytes > kMaxTxMessageBytes) break;
            push.raw.push_back(txs[at]->raw);
        }
        const bool sent = send(id, push);
        if (sent) metrics_.pushed += push.raw.size();
        for (std::size_t i = first; i < at; ++i) {
            if (sent)
                peer.known.add(txs[i]->hash);
            else
                announce_later(peer, txs[i]->hash);
        }
    }
}

void TxGossip::announce(const PeerId& id, Peer& peer, std::vector<Hash256> hashes) {
    for (std::size_t at = 0; at < hashes.size(); at += kMaxTxsInMessage) {
        const std::size_t end = std::min(hashes.size(), at + kMaxTxsInMessage);
        TxAnnounce out;
        out.hashes.assign(hashes.begin() + static_cast<std::ptrdiff_t>(at),
                          hashes.begin() + static_cast<std::ptrdiff_t>(end));
        const bool sent = send(id, out);
        if (sent) metrics_.announced += out.hashes.size();
        for (const Hash256& hash : out.hashes) {
            if (sent)
                peer.known.add(hash);
            else
                announce_later(peer, hash);
        }
    }
}

void TxGossip::announce_later(Peer& peer, const Hash256& hash) {
    if (peer.to_announce.size() < config_.waiting_per_peer)
        peer.to_announce.push_back(hash);
    else
        ++metrics_.dropped;
}

// One message at a time: a peer that came late, or whose queue was full, is not swamped.
void TxGossip::announce_waiting(const PeerId& id, Peer& peer) {
    std::vector<Hash256> hashes;
    while (!peer.to_announce.empty() && hashes.size() < kMaxTxsInMessage) {
        const Hash256 hash = peer.to_announce.front();
        peer.to_announce.pop_front();
        if (!peer.known.contains(hash) && ports_.mempool.find(hash)) hashes.push_back(hash);
    }
    announce(id, peer, std::move(hashes));
}

void TxGossip::answer(const PeerId& id, Peer& peer) {
    peer.answered.refill(config_.answered_bytes_per_second, now());
    while (!peer.to_answer.empty() && peer.answered.left > 0) {
        TxAnswer out;
        std::size_t bytes = 0;
        std::vector<Hash256> given;
        while (!peer.to_answer.empty() && out.raw.size() < kMaxTxsInMessage &&
               out.gone.size() < kMaxTxsInMessage) {
            const Hash256 hash = peer.to_answer.front();
            const CheckedTxPtr tx = ports_.mempool.find(hash);
            if (tx && bytes + tx->raw.size() > kMaxTxMessageBytes) break;
            peer.to_answer.pop_front();
            if (tx) {
                bytes += tx->raw.size();
                out.raw.push_back(tx->raw);
                given.push_back(hash);
            } else {
                out.gone.push_back(hash);
            }
        }
        if (!send(id, out)) {
            peer.to_answer.insert(peer.to_answer.begin(), given.begin(), given.end());
            peer.to_answer.insert(peer.to_answer.end(), out.gone.begin(), out.gone.end());
            return;
        }
        peer.answered.left -= static_cast<std::int64_t>(bytes + 64);
        metrics_.answered += given.size();
        for (const Hash256& hash : given) peer.known.add(hash);
    }
}

void TxGossip::repair() {
    std::vector<Hash256> due;
    const std::size_t most = std::max<std::size_t>(
        1, config_.repairs_per_second * static_cast<std::size_t>(config_.tick_ms) / 1'000);
    while (!repairs_.empty() && repairs_.front().first <= now() && due.size() < most) {
        const Hash256 hash = repairs_.front().second;
        repairs_.pop_front();
        if (ports_.mempool.find(hash)) due.push_back(hash);
    }
    for (auto& [id, peer] : peers_) {
        std::vector<Hash256> hashes;
        for (const Hash256& hash : due)
            if (!peer.known.contains(hash)) hashes.push_back(hash);
        announce(id, peer, std::move(hashes));
    }
}

void TxGossip::tell_neighbours() {
    std::vector<PeerId> all{ports_.self};
    for (const auto& [id, peer] : peers_) all.push_back(id);
    std::sort(all.begin(), all.end());
    Sha256 hasher;
    for (const PeerId& id : all) hasher.update(id);
    neighbours_ = FixedBytes<8>::from(ByteView(hasher.finish()).first(8));
    for (const auto& [id, peer] : peers_)
        if (!send(id, TxNeighbours{neighbours_})) neighbours_changed_ = true;
}

}  // namespace assay::consensus
