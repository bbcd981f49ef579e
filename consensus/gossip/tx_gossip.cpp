// Listening: what peers announce, push, ask for and answer.
#include "consensus/gossip/tx_gossip.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxAnnouncers = 4;  // remembered of one transaction

}  // namespace

TxGossip::TxGossip(TxGossipConfig config, Ports ports)
    : config_(config), ports_(std::move(ports)), seen_(config.seen), refused_(config.seen) {}

void TxGossip::start() {
    started_ = true;
    for (const PeerId& peer : ports_.peers.peers()) peer_up(peer);
    set_once(kTick, config_.tick_ms);
}

void TxGossip::peer_up(const PeerId& id) {
    const auto [it, fresh] = peers_.try_emplace(id, config_.known_per_peer);
    if (!fresh) return;
    it->second.to_announce = waiting_;
    neighbours_changed_ = true;
}

void TxGossip::peer_down(const PeerId& id) {
    const auto it = peers_.find(id);
    if (it == peers_.end()) return;
    // What waited to be asked of it waits nowhere else, whoever announced it too.
    std::vector<Hash256> orphans(it->second.to_ask.begin(), it->second.to_ask.end());
    peers_.erase(it);
    neighbours_changed_ = true;
    for (auto& [hash, wanted] : wanted_) {
        std::erase(wanted.announcers, id);
        if (wanted.asked_of == id || wanted.announcers.empty()) {
            wanted.asked_of.reset();
            orphans.push_back(hash);
        }
    }
    for (const Hash256& hash : orphans) ask_next(hash);
}

void TxGossip::receive(const PeerId& id, ByteView message) {
    const auto it = peers_.find(id);
    if (!started_ || it == peers_.end()) return;
    auto decoded = decode_tx_message(message);
    if (!decoded) return ports_.peers.report(id, Offence::malformed);
    std::visit([&](auto& one) { take(id, it->second, std::move(one)); }, *decoded);
}

void TxGossip::timer(std::uint64_t number) {
    if ((timers_set_ >> number & 1U) == 0) return;
    timers_set_ &= ~(std::uint64_t{1} << number);
    if (number == kFlush && !queue_.empty()) {
        flush();
        set_once(kFlush, config_.batch_ms);
    }
    if (number != kTick) return;
    set_once(kTick, config_.tick_ms);
    expire_asked();
    if (std::exchange(neighbours_changed_, false)) tell_neighbours();
    repair();
    for (auto& [id, peer] : peers_) {
        announce_waiting(id, peer);
        answer(id, peer);
        ask_more(id, peer);
    }
}

void TxGossip::set_once(Timer timer, std::uint64_t delay_ms) {
    if ((timers_set_ >> timer & 1U) != 0) return;
    timers_set_ |= std::uint64_t{1} << timer;
    ports_.timers.set(delay_ms, timer);
}

void TxGossip::Allowance::refill(std::int64_t per_second, std::uint64_t now_ms) {
    const auto passed = static_cast<std::int64_t>(std::min<std::uint64_t>(now_ms - at_ms, 1'000));
    left = std::min(per_second, left + per_second * passed / 1'000);
    at_ms = now_ms;
}

// Announced and asked for -------------------------------------------------------------------------

void TxGossip::take(const PeerId& id, Peer& peer, const TxAnnounce& announce) {
    peer.announced.refill(config_.announced_per_second, now());
    if (peer.announced.left <= 0) return ports_.peers.report(id, Offence::flood);
    peer.announced.left -= static_cast<std::int64_t>(announce.hashes.size());
    for (const Hash256& hash : announce.hashes) {
        peer.known.add(hash);
        if (seen_.contains(hash) || refused_.contains(hash)) continue;
        auto it = wanted_.find(hash);
        if (it == wanted_.end()) {
            if (wanted_.size() == config_.wanted ||
                peer.to_ask.size() == config_.waiting_per_peer) {
                ++metrics_.dropped;
                continue;
            }
            it = wanted_.emplace(hash, Wanted{}).first;
            peer.to_ask.push_back(hash);
        }
        auto& announcers = it->second.announcers;
        const bool listed = std::find(announcers.begin(), announcers.end(), id) != announcers.end();
        if (!listed && announcers.size() < kMaxAnnouncers) announcers.push_back(id);
    }
    ask_more(id, peer);
}

bool TxGossip::has_room_to_check() const {
    return checking_.size() < config_.checking && checking_bytes_ < config_.checking_bytes;
}

void TxGossip::ask_more(const PeerId& id, Peer& peer) {
    while (!peer.to_ask.empty() && peer.asked < config_.asked_per_peer && has_room_to_check()) {
        TxRequest request;
        while (!peer.to_ask.empty() &&
               peer.asked + request.hashes.size() < config_.asked_per_peer &&
               request.hashes.size() < kMaxTxsInMessage) {
            const Hash256 hash = peer.to_ask.front();
            peer.to_ask.pop_front();
            const auto it = wanted_.find(hash);
            if (it == wanted_.end() || it->second.asked_of) continue;
            it->second.asked_of = id;
            request.hashes.push_back(hash);
        }
        if (request.hashes.empty()) return;
        if (!send(id, request)) return ask_later(id, request.hashes);
        peer.asked += request.hashes.size();
        const std::uint64_t until_ms = now() + config_.request_timeout_ms;
        for (const Hash256& hash : request.hashes) asked_.push_back({until_ms, id, hash});
    }
}

// This node's queue for the peer is full, and nobody's fault: others come first next time.
void TxGossip::ask_later(const PeerId& id, const std::vector<Hash256>& hashes) {
    for (const Hash256& hash : hashes) {
        Wanted& wanted = wanted_.at(hash);
        forget(wanted, id);
        wanted.announcers.push_back(id);
        ask_next(hash);
    }
}

// The next one who announced it, or nobody.
void TxGossip::ask_next(const Hash256& hash) {
    const auto it = wanted_.find(hash);
    if (it == wanted_.end() || it->second.asked_of) return;
    for (const PeerId& id : it->second.announcers) {
        const auto at = peers_.find(id);
        if (at == peers_.end() || at->second.to_ask.size() == config_.waiting_per_peer) continue;
        at->second.to_ask.push_back(hash);
        return;
    }
    wanted_.erase(it);
}

void TxGossip::forget(Wanted& wanted, const PeerId& peer) {
    std::erase(wanted.announcers, peer);
    wanted.asked_of.reset();
}

void TxGossip::expire_asked() {
    std::map<PeerId, std::size_t> missed;
    while (!asked_.empty() && asked_.front().until_ms <= now()) {
        const Asked asked = asked_.front();
        asked_.pop_front();
        const auto it = wanted_.find(asked.hash);
        if (it == wanted_.end() || it->second.asked_of != asked.peer) continue;
        forget(it->second, asked.peer);
        ++missed[asked.peer];
        ask_next(asked.hash);
    }
    for (const auto& [id, count] : missed) {
        metrics_.timeouts += count;
        ports_.peers.report(id, Offence::useless);
        const auto it = peers_.find(id);
        if (it == peers_.end()) continue;
        it->second.asked -= std::min(it->second.asked, count);
        it->second.late = std::min(it->second.late + count, config_.waiting_per_peer);
    }
}

// It is here: whoever was asked for it may still answer.
void TxGossip::got(const Hash256& hash, const PeerId& from) {
    const auto it = wanted_.find(hash);
    if (it == wanted_.end()) return;
    if (const auto asked_of = it->second.asked_of) {
        Peer& peer = peers_.at(*asked_of);
        --peer.asked;
        if (*asked_of != from) ++peer.late;
    }
    wanted_.erase(it);
}

void TxGossip::take(const PeerId& id, Peer& peer, TxAnswer answer) {
    std::size_t unasked = 0;
    const auto is_asked = [&](const Hash256& hash) {
        const auto it = wanted_.find(hash);
        return it != wanted_.end() && it->second.asked_of == id;
    };
    const auto is_late = [&] {
        if (peer.late == 0) ++unasked;
        return peer.late > 0 && peer.late-- > 0;
    };
    for (Bytes& raw : answer.raw) {
        const Hash256 hash = keccak256(raw);
        ++metrics_.received;
        if (!is_asked(hash) && (!is_late() || seen_.contains(hash) || refused_.contains(hash))) {
            ++metrics_.duplicates;
            continue;
        }
        got(hash, id);
        check(id, hash, std::move(raw));
    }
    for (const Hash256& hash : answer.gone) {
        if (!is_asked(hash)) {
            (void)is_late();
            continue;
        }
        --peer.asked;
        forget(wanted_.at(hash), id);
        ask_next(hash);
    }
    if (unasked > 0) ports_.peers.report(id, Offence::useless);
    ask_more(id, peer);
}

// Pushed ------------------------------------------------------------------------------------------

void TxGossip::take(const PeerId& id, Peer& peer, TxPush push) {
    peer.pushed_txs.refill(config_.pushed_txs_per_second, now());
    peer.pushed_bytes.refill(config_.pushed_bytes_per_second, now());
    for (Bytes& raw : push.raw) {
        if (peer.pushed_txs.left <= 0 || peer.pushed_bytes.left <= 0)
            return ports_.peers.report(id, Offence::flood);
        --peer.pushed_txs.left;
        peer.pushed_bytes.left -= static_cast<std::int64_t>(raw.size());
        const Hash256 hash = keccak256(raw);
        ++metrics_.received;
        peer.known.add(hash);
        if (seen_.contains(hash) || refused_.contains(hash)) {
            ++metrics_.duplicates;
            continue;
        }
        got(hash, id);
        check(id, hash, std::move(raw));
    }
}

void TxGossip::check(const PeerId& from, const Hash256& hash, Bytes raw) {
    if (!has_room_to_check()) {
        ++metrics_.dropped;
        return;
    }
    if (!seen_.add(hash)) return;
    const std::uint64_t ticket = ++tickets_;
    checking_bytes_ += raw.size();
    checking_.emplace(ticket, Checking{.hash = hash, .from = from, .bytes = raw.size()});
    ports_.submit(ticket, std::move(raw));
}

void TxGossip::submitted(std::uint64_t ticket, TxVerdict verdict) {
    const auto it = checking_.find(ticket);
    if (it == checking_.end()) return;
    const Checking checking = it->second;
    checking_.erase(it);
    checking_bytes_ -= checking.bytes;
    if (verdict == TxVerdict::accepted || verdict == TxVerdict::known)
        return relay(checking.hash, checking.from);
    seen_.erase(checking.hash);
    if (verdict != TxVerdict::busy) refused_.add(checking.hash);
    if (verdict == TxVerdict::invalid) ports_.peers.report(checking.from, Offence::invalid);
}

void TxGossip::take(const PeerId& id, Peer& peer, const TxRequest& request) {
    if (peer.to_answer.size() + request.hashes.size() > config_.waiting_per_peer)
        return ports_.peers.report(id, Offence::flood);
    peer.to_answer.insert(peer.to_answer.end(), request.hashes.begin(), request.hashes.end());
    answer(id, peer);
}

void TxGossip::take(const PeerId&, Peer& peer, const TxNeighbours& neighbours) {
    peer.neighbours = neighbours.digest;
}

TxGossipMetrics TxGossip::metrics() const {
    TxGossipMetrics out = metrics_;
    out.wanted = wanted_.size();
    out.checking = checking_.size();
    out.remembered = seen_.size() + refused_.size() + wanted_.size() + asked_.size() +
                     checking_.size() + queue_.size() + repairs_.size() + waiting_.size();
    for (const auto& [id, peer] : peers_)
        out.remembered += peer.known.size() + peer.to_announce.size() + peer.to_ask.size() +
                          peer.to_answer.size();
    return out;
}

}  // namespace assay::consensus
