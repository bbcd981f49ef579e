// Verifying headers with several peers, fetching chunks from several, and taking the state over.
#include "consensus/sync/state_sync.hpp"

namespace assay::consensus {

// First those who offer the snapshot, then others: their headers must agree.
void StateSync::start_searches() {
    searches_.clear();
    std::vector<PeerId> order;
    const std::set<PeerId> offering = usable_peers(chosen_);
    order.assign(offering.begin(), offering.end());
    for (const PeerId& peer : ports_.peers.peers())
        if (!offering.contains(peer) && !distrusted_.contains(peer)) order.push_back(peer);
    if (order.size() > config_.light_peers) order.resize(config_.light_peers);
    const auto target = static_cast<std::int64_t>(chosen_.height);
    for (const PeerId& peer : order)
        searches_.emplace(peer, Search{.light = {identity_.chain_id, config_.trust, target}});
    for (auto& [peer, search] : searches_) ask_header(peer, search);
    settle_searches();
}

// Asks for what the search wants next; first up to the snapshot, then for the header after it.
void StateSync::ask_header(const PeerId& peer, Search& search) {
    auto wanted = search.light.wants();
    if (!wanted && !search.extended) {
        search.extended = true;
        search.light.extend();
        wanted = search.light.wants();
    }
    if (!wanted) {
        search.state = Search::State::verified;
        return;
    }
    search.asked_ms = now();
    say(peer, LightBlockRequest{.height = *wanted});
}

void StateSync::fail_search(Search& search, const std::string& why) {
    search.state = Search::State::failed;
    last_failure_ = "light client: " + why;
}

void StateSync::take(const PeerId& peer, LightBlockResponse response) {
    if (progress_.stage != Stage::verifying) return;  // late
    const auto found = searches_.find(peer);
    if (found == searches_.end() || found->second.state != Search::State::running) return;
    Search& search = found->second;
    if (search.light.wants() != response.height) return ports_.peers.report(peer, Offence::useless);
    if (!response.block) {
        fail_search(search, "a peer lacks header " + std::to_string(response.height));
        return settle_searches();
    }
    if (auto added = search.light.add(std::move(*response.block), ports_.clock.now()); !added) {
        fail_search(search, added.error().message);
        if (search.light.is_expired())
            return give_up("light client: " + added.error().message +
                           "; configure a newer trusted header");
        if (!search.light.is_misled()) distrust(peer, Offence::invalid, added.error().message);
    } else {
        ask_header(peer, search);
    }
    settle_searches();
}

void StateSync::settle_searches() {
    if (progress_.stage != Stage::verifying) return;
    const Search* good = nullptr;
    bool contradicted = false;
    for (const auto& [peer, search] : searches_) {
        if (search.state == Search::State::running) return;
        if (search.state == Search::State::verified) good = &search;
        contradicted = contradicted || search.light.is_misled();
    }
    contradicted_ = contradicted && good == nullptr;
    if (good == nullptr)
        return next_candidate("its header could not be verified (" + last_failure_ + ")", false);
    if (!headers_agree()) return;
    const auto height = static_cast<std::int64_t>(chosen_.height);
    base_ = *good->light.at(height);
    after_ = *good->light.at(height + 1);
    begin_chunks();
}

// Both headers carry the signatures that the rules ask for: then trusted validators signed twice.
bool StateSync::headers_agree() {
    const auto after = static_cast<std::int64_t>(chosen_.height) + 1;
    std::optional<Hash256> first;
    for (const auto& [peer, search] : searches_) {
        if (search.state != Search::State::verified) continue;
        const Hash256 hash = search.light.at(after)->header.hash();
        if (!first) first = hash;
        if (hash == *first) continue;
        progress_.stage = Stage::ended;
        events_.attacked("peers prove two headers of height " + std::to_string(after) + ": " +
                         to_hex(*first) + " and " + to_hex(hash) +
                         "; a third or more of the validators signed both, or the trusted header "
                         "is old enough for their former keys to be for sale");
        return false;
    }
    return true;
}

void StateSync::begin_chunks() {
    if (chosen_.app_hash != after_->header.app_hash)
        return next_candidate("its app hash is not the chain's", true);
    if (auto offered = ports_.snapshots.offer_snapshot(chosen_, after_->header.app_hash);
        !offered) {
        progress_.stage = Stage::ended;
        return events_.failed(offered.error());
    }
    progress_.stage = Stage::fetching;
    searches_.clear();
    sources_ = usable_peers(chosen_);
    taken_.assign(chosen_.chunks, false);
    asked_.clear();
    load_.clear();
    lacking_.clear();
    first_missing_ = 0;
    ask_chunks();
}

std::optional<PeerId> StateSync::least_loaded(std::uint32_t index) const {
    std::optional<PeerId> best;
    std::size_t least = config_.chunks_per_peer;
    for (const PeerId& peer : sources_) {
        const auto found = load_.find(peer);
        const std::size_t load = found == load_.end() ? 0 : found->second;
        if (load >= least || lacking_.contains({index, peer})) continue;
        best = peer;
        least = load;
    }
    return best;
}

void StateSync::ask_chunks() {
    if (progress_.stage != Stage::fetching) return;
    while (first_missing_ < chosen_.chunks && taken_[first_missing_]) ++first_missing_;
    if (first_missing_ == chosen_.chunks) return finish();
    for (std::uint32_t index = first_missing_;
         index < chosen_.chunks && asked_.size() < config_.chunks_in_flight; ++index) {
        if (taken_[index] || asked_.contains(index)) continue;
        const auto peer = least_loaded(index);
        if (!peer) continue;
        if (!say(*peer,
                 ChunkRequest{.height = chosen_.height, .root = chosen_.root, .index = index}))
            return;  // its queue is full: the next tick tries again
        asked_[index] = {*peer, now()};
        ++load_[*peer];
    }
    if (asked_.empty()) next_candidate("no peer gives its chunks", false);
}

void StateSync::drop_source(const PeerId& peer) {
    sources_.erase(peer);
    load_.erase(peer);
    std::erase_if(asked_, [&](const auto& entry) { return entry.second.peer == peer; });
}

void StateSync::take(const PeerId& peer, ChunkResponse response) {
    if (progress_.stage != Stage::fetching) return;  // late
    const auto found = asked_.find(response.index);
    if (response.height != chosen_.height || response.root != chosen_.root ||
        found == asked_.end() || found->second.peer != peer)
        return;  // of an earlier attempt
    asked_.erase(found);
    --load_[peer];
    if (!response.chunk) {
        lacking_.insert({response.index, peer});
        return ask_chunks();
    }
    using Outcome = SnapshotCalls::ChunkOutcome;
    switch (ports_.snapshots.apply_snapshot_chunk(response.index, *response.chunk)) {
        case Outcome::taken:
            taken_[response.index] = true;
            ++progress_.chunks_taken;
            break;
        case Outcome::refused:
            distrust(peer, Offence::invalid, "its chunk is not the one in the manifest");
            drop_source(peer);
            break;
        case Outcome::snapshot_bad: return next_candidate("a chunk holds no records", true);
    }
    ask_chunks();
}

void StateSync::expire(std::uint64_t now_ms) {
    if (progress_.stage == Stage::verifying) {
        for (auto& [peer, search] : searches_) {
            if (search.state != Search::State::running) continue;
            if (now_ms - search.asked_ms < config_.answer_ms) continue;
            ports_.peers.report(peer, Offence::useless);
            fail_search(search, "a peer does not answer");
        }
        return settle_searches();
    }
    std::set<PeerId> silent;
    for (const auto& [index, asked] : asked_)
        if (now_ms - asked.since_ms >= config_.answer_ms) silent.insert(asked.peer);
    for (const PeerId& peer : silent) {
        ports_.peers.report(peer, Offence::useless);
        drop_source(peer);
    }
    ask_chunks();
}

// The note is the word of those who offer the snapshot. The headers bind its sets, and a proposer
// of the first round its turns.
Result<ChainPosition> StateSync::position_from(const SnapshotNote& note) const {
    if (note.validators.hash() != after_->header.validators_hash ||
        note.next.hash() != after_->header.next_validators_hash)
        return failure("its note names other validators than the headers");
    if (after_->commit.round == 0 &&
        note.validators.proposer().address != after_->header.proposer_address)
        return failure("its note names another proposer than the header");
    ChainPosition out;
    out.height = chosen_.height;
    out.last_block_id = base_->commit.block_id;
    out.last_time = base_->header.time;
    out.last_commit = base_->commit;
    out.app_hash = after_->header.app_hash;
    out.results_hash = after_->header.last_results_hash;
    out.last_validators = base_->validators;
    out.validators = note.validators;
    out.next_validators = note.next;
    return out;
}

void StateSync::finish() {
    const auto note = decode<SnapshotNote>(ports_.snapshots.snapshot_note());
    if (!note) return next_candidate("its note: " + note.error().message, true);
    auto position = position_from(*note);
    if (!position) return next_candidate(position.error().message, true);
    const auto records = base_records(*position, base_->header);
    if (auto done = ports_.snapshots.finish_snapshot(records); !done)
        return next_candidate(done.error().message, true);
    progress_.stage = Stage::ended;
    events_.done(*position);
}

}  // namespace assay::consensus
