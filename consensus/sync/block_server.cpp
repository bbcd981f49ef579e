// Serving blocks from the engine's records.
#include "consensus/sync/block_server.hpp"

#include "consensus/engine/chain_position.hpp"

namespace assay::consensus {

void BlockServer::ask(const PeerId& peer, const BlockRequest& request, std::uint64_t now_ms) {
    Waiting& waiting = waiting_[peer];
    if (waiting.requests.size() == limits_.requests_per_peer)
        return peers_.report(peer, Offence::flood);
    if (waiting.requests.empty()) waiting.blocked_since_ms = 0;
    if (refilled_ms_ == 0) {
        refilled_ms_ = now_ms;
        allowance_ = limits_.bytes_at_once;
    }
    waiting.requests.push_back(request);
}

BlockServer::Sent BlockServer::send_block(const PeerId& peer, std::uint64_t height) {
    auto block = app_.engine_record(block_record_key(height));
    const auto raw_commit = app_.engine_record(commit_record_key(height));
    if (!block || !raw_commit) return Sent::nothing_there;
    auto commit = decode<Commit>(*raw_commit);
    if (!commit) return Sent::nothing_there;
    const Bytes message = encode_block_message(BlockResponse{.height = height,
                                                             .block = std::move(*block),
                                                             .commit = std::move(*commit),
                                                             .senders = app_.senders(height)});
    allowance_ -= static_cast<std::int64_t>(message.size());
    if (!peers_.send(peer, Channel::blocks, message)) return Sent::queue_full;
    ++blocks_;
    bytes_ += message.size();
    return Sent::yes;
}

// False where nothing can go to this peer now.
bool BlockServer::serve_one(const PeerId& peer, Waiting& waiting, std::uint64_t now_ms) {
    BlockRequest& request = waiting.requests.front();
    const Sent sent = send_block(peer, request.height);
    if (sent == Sent::queue_full) {
        if (waiting.blocked_since_ms == 0) waiting.blocked_since_ms = now_ms;
        if (now_ms - waiting.blocked_since_ms > limits_.patience_ms) waiting.requests.clear();
        return false;
    }
    waiting.blocked_since_ms = 0;
    if (sent == Sent::nothing_there)
        peers_.send(peer, Channel::blocks, encode_block_message(NoBlock{request.height}));
    ++request.height;
    if (--request.count != 0 && sent == Sent::yes) return true;
    waiting.requests.pop_front();
    // Whoever catches up learns at once how far it has still to go.
    if (waiting.requests.empty())
        peers_.send(peer, Channel::blocks, encode_block_message(heights()));
    return true;
}

bool BlockServer::serve(std::uint64_t now_ms) {
    const auto passed =
        static_cast<std::int64_t>(std::min<std::uint64_t>(now_ms - refilled_ms_, 1'000));
    refilled_ms_ = now_ms;
    allowance_ =
        std::min(limits_.bytes_at_once, allowance_ + limits_.bytes_per_second * passed / 1'000);
    bool moved = true;
    while (moved && allowance_ > 0) {
        moved = false;
        for (auto& [peer, waiting] : waiting_)
            if (!waiting.requests.empty() && allowance_ > 0)
                moved = serve_one(peer, waiting, now_ms) || moved;
    }
    std::erase_if(waiting_, [](const auto& entry) { return entry.second.requests.empty(); });
    return !waiting_.empty();
}

// Records below some height may have been dropped, or never held by a node that began with a
// snapshot; above it there are no gaps.
std::uint64_t BlockServer::lowest(std::uint64_t height) const {
    std::uint64_t missing = 0;
    std::uint64_t held = height;
    while (held - missing > 1) {
        const std::uint64_t middle = missing + (held - missing) / 2;
        if (app_.engine_record(commit_record_key(middle)))
            held = middle;
        else
            missing = middle;
    }
    return held;
}

BlockHeights BlockServer::heights() {
    const std::uint64_t height = app_.info().last_height;
    if (height == 0 || !app_.engine_record(commit_record_key(height))) return {};
    const bool still = base_ != 0 && base_ <= height &&
                       app_.engine_record(commit_record_key(base_)) &&
                       (base_ == 1 || !app_.engine_record(commit_record_key(base_ - 1)));
    if (!still) base_ = lowest(height);
    return {.base = base_, .height = height};
}

}  // namespace assay::consensus
