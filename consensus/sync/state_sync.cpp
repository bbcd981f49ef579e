// Finding a snapshot, and what happens when one proves useless.
#include "consensus/sync/state_sync.hpp"

namespace assay::consensus {

namespace {

constexpr std::uint64_t kTick = 1;

}  // namespace

StateSync::StateSync(ChainIdentity identity, StateSyncConfig config, Ports ports, Events events)
    : identity_(std::move(identity)),
      config_(config),
      ports_(ports),
      events_(std::move(events)),
      server_(ports.snapshots, ports.light_blocks, ports.peers, ports.clock) {}

void StateSync::start() {
    CHECK(progress_.stage == Stage::serving);
    discover();
    ports_.timers.set(config_.tick_ms, kTick);
}

bool StateSync::say(const PeerId& peer, const SnapshotMessage& message) {
    return ports_.peers.send(peer, Channel::snapshots, encode_snapshot_message(message));
}

void StateSync::discover() {
    progress_ = {.stage = Stage::discovering};
    again_at_ms_.reset();
    discovery_ends_ms_ = now() + config_.discovery_ms;
    offers_.clear();
    failed_.clear();  // whoever lied is not asked again
    asked_for_list_.clear();
    for (const PeerId& peer : ports_.peers.peers()) peer_up(peer);
}

void StateSync::peer_up(const PeerId& peer) {
    if (progress_.stage != Stage::discovering || again_at_ms_) return;
    if (distrusted_.contains(peer)) return;
    if (asked_for_list_.insert(peer).second) say(peer, SnapshotsRequest{});
}

void StateSync::peer_down(const PeerId& peer) {
    server_.peer_down(peer);
    asked_for_list_.erase(peer);
    for (auto& [manifest, peers] : offers_) peers.erase(peer);
    if (progress_.stage == Stage::verifying) {
        const auto search = searches_.find(peer);
        if (search != searches_.end() && search->second.state == Search::State::running)
            fail_search(search->second, "a peer went away");
        settle_searches();
    } else if (progress_.stage == Stage::fetching) {
        drop_source(peer);
        ask_chunks();
    }
}

void StateSync::receive(const PeerId& peer, ByteView message) {
    auto decoded = decode_snapshot_message(message);
    if (!decoded) return ports_.peers.report(peer, Offence::malformed);
    std::visit([&](auto& one) { take(peer, std::move(one)); }, *decoded);
}

void StateSync::take(const PeerId& peer, const SnapshotsRequest& request) {
    server_.answer(peer, request);
}
void StateSync::take(const PeerId& peer, const ChunkRequest& request) {
    server_.answer(peer, request);
}
void StateSync::take(const PeerId& peer, const LightBlockRequest& request) {
    server_.answer(peer, request);
}

void StateSync::take(const PeerId& peer, SnapshotsResponse response) {
    if (progress_.stage != Stage::discovering) return;  // late
    if (again_at_ms_) return;                           // of the round before
    if (asked_for_list_.erase(peer) == 0) return ports_.peers.report(peer, Offence::useless);
    if (distrusted_.contains(peer)) return;
    for (const SnapshotManifest& manifest : response.snapshots) {
        if (!check_manifest(manifest) || failed_.contains(manifest)) continue;
        if (manifest.height < static_cast<std::uint64_t>(config_.trust.height)) continue;
        if (offers_.contains(manifest) || offers_.size() < config_.offers)
            offers_[manifest].insert(peer);
    }
    if (asked_for_list_.empty() && !offers_.empty()) choose();  // nobody is left to wait for
}

std::set<PeerId> StateSync::usable_peers(const SnapshotManifest& manifest) const {
    std::set<PeerId> out;
    const auto found = offers_.find(manifest);
    if (found == offers_.end()) return out;
    for (const PeerId& peer : found->second)
        if (!distrusted_.contains(peer)) out.insert(peer);
    return out;
}

// The one that most peers offer; of several, the newest.
void StateSync::choose() {
    const SnapshotManifest* best = nullptr;
    std::size_t most = 0;
    for (const auto& [manifest, peers] : offers_) {
        if (failed_.contains(manifest)) continue;
        const std::size_t count = usable_peers(manifest).size();
        if (count == 0 || count < most) continue;
        if (best != nullptr && count == most && manifest.height <= best->height) continue;
        best = &manifest;
        most = count;
    }
    if (best != nullptr) return begin(SnapshotManifest(*best));
    if (!ports_.peers.peers().empty()) ++rounds_;  // a node without peers has nowhere to go
    if (rounds_ >= config_.discovery_rounds) return give_up(last_failure_);
    // What failed may be there a while later: a peer, or the header after a snapshot.
    progress_ = {.stage = Stage::discovering};
    offers_.clear();
    asked_for_list_.clear();
    again_at_ms_ = std::max(now(), discovery_ends_ms_);
}

void StateSync::begin(const SnapshotManifest& manifest) {
    chosen_ = manifest;
    progress_ = {.stage = Stage::verifying, .height = manifest.height, .chunks = manifest.chunks};
    start_searches();
}

void StateSync::next_candidate(const std::string& why, bool offerers_lied) {
    const std::string text = "snapshot of height " + std::to_string(chosen_.height) + ": " + why;
    last_failure_ = text;
    if (events_.refused) events_.refused(text);
    failed_.insert(chosen_);
    if (offerers_lied)
        for (const PeerId& peer : usable_peers(chosen_)) distrust(peer, Offence::invalid, why);
    searches_.clear();
    if (progress_.stage == Stage::fetching)
        if (auto removed = ports_.snapshots.abandon_snapshot(); !removed) {
            progress_.stage = Stage::ended;
            return events_.failed(removed.error());
        }
    choose();
}

void StateSync::distrust(const PeerId& peer, Offence offence, const std::string& why) {
    ports_.peers.report(peer, offence);
    distrusted_.insert(peer);
    if (events_.refused) events_.refused("state sync, peer " + to_hex(peer) + ": " + why);
}

void StateSync::give_up(const std::string& why) {
    progress_.stage = Stage::ended;
    searches_.clear();
    if (contradicted_)
        return events_.attacked("no peer has the trusted header of height " +
                                std::to_string(config_.trust.height) + " (" + why +
                                "); compare it with somebody you trust");
    events_.fall_back(why);
}

void StateSync::timer(std::uint64_t number) {
    if (number != kTick || progress_.stage == Stage::ended) return;
    const std::uint64_t time = now();
    if (progress_.stage == Stage::discovering) {
        if (again_at_ms_ && time >= *again_at_ms_)
            discover();
        else if (!again_at_ms_ && time >= discovery_ends_ms_)
            choose();
    } else {
        expire(time);
    }
    if (progress_.stage != Stage::ended) ports_.timers.set(config_.tick_ms, kTick);
}

}  // namespace assay::consensus
