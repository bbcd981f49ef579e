// Catching up: deciding when, verifying on the worker, ingesting in order.
#include "consensus/sync/block_sync.hpp"

#include <algorithm>

namespace assay::consensus {

namespace {

static_assert(BlockServerLimits{}.requests_per_peer >= 2 * BlockPoolLimits{}.blocks_per_peer);
constexpr std::uint64_t kServeAgainMs = 5;
constexpr std::size_t kIngestedAtOnce = 64;

// Decodes and proves that the contents are what the header says.
Result<void> open_block(std::uint64_t height, FetchedBlock& fetched) {
    auto block = decode<Block>(fetched.encoded);
    if (!block) return block.error();
    if (block->header.height != static_cast<std::int64_t>(height))
        return failure("block: has another height");
    if (auto whole = check_contents(*block); !whole) return whole;
    fetched.block = std::move(*block);
    fetched.id = block_id_of(fetched.block, fetched.encoded);
    return {};
}

}  // namespace

struct BlockSync::OpenedBlock {
    std::uint64_t height = 0;
    std::uint64_t serial = 0;
    std::shared_ptr<FetchedBlock> fetched;
    Result<void> result;
};

void BlockSync::open_group(BlockGroup& group, const Prepare& prepare) {
    std::vector<ClaimedTxs> whole;
    std::vector<OpenedBlock*> blocks;
    for (OpenedBlock& opened : group) {
        opened.result = open_block(opened.height, *opened.fetched);
        if (!opened.result) continue;
        whole.push_back({opened.fetched->block.txs, opened.fetched->senders});
        blocks.push_back(&opened);
    }
    if (!prepare) return;
    for (const std::size_t false_one : prepare(whole))
        blocks.at(false_one)->result = failure("comes with senders that did not sign it");
}

BlockSync::BlockSync(BlockSyncConfig config, Ports ports, Events events)
    : config_(config),
      ports_(std::move(ports)),
      events_(std::move(events)),
      pool_(config.pool),
      server_(config.server, ports_.app, ports_.peers) {}

void BlockSync::start() {
    started_ = true;
    for (const PeerId& peer : ports_.peers.peers()) pool_.peer_up(peer);
    on_tick();
}

void BlockSync::peer_up(const PeerId& peer) {
    pool_.peer_up(peer);
    if (started_) ports_.peers.send(peer, Channel::blocks, encode_block_message(server_.heights()));
}

void BlockSync::peer_down(const PeerId& peer) {
    pool_.peer_down(peer);
    server_.peer_down(peer);
    advance();
}

void BlockSync::receive(const PeerId& peer, ByteView message) {
    if (failed_ || !started_) return;
    auto decoded = decode_block_message(message);
    if (!decoded) return bench(peer, Offence::malformed);
    std::visit([&](auto& one) { take(peer, std::move(one)); }, *decoded);
}

void BlockSync::timer(std::uint64_t number) {
    if (failed_ || (timers_set_ >> number & 1U) == 0) return;
    timers_set_ &= ~(std::uint64_t{1} << number);
    if (number == kTick) on_tick();
    if (number == kGoOn) advance();
    if (number == kServe) serve();
}

void BlockSync::set_once(Timer timer, std::uint64_t delay_ms) {
    if ((timers_set_ >> timer & 1U) != 0) return;
    timers_set_ |= std::uint64_t{1} << timer;
    ports_.timers.set(delay_ms, timer);
}

// Serving -----------------------------------------------------------------------------------------

void BlockSync::take(const PeerId& peer, const BlockRequest& request) {
    server_.ask(peer, request, now());
    serve();
}

void BlockSync::serve() {
    if (server_.serve(now())) set_once(kServe, kServeAgainMs);
}

void BlockSync::announce(std::uint64_t now_ms) {
    if (now_ms - announced_ms_ < config_.announce_ms) return;
    announced_ms_ = now_ms;
    const Bytes message = encode_block_message(server_.heights());
    for (const PeerId& peer : ports_.peers.peers())
        ports_.peers.send(peer, Channel::blocks, message);
}

// Fetching ----------------------------------------------------------------------------------------

void BlockSync::take(const PeerId& peer, const BlockHeights& heights) {
    pool_.claim(peer, heights.base, heights.height);
    advance();
}

void BlockSync::take(const PeerId& peer, const NoBlock& none) {
    const auto answer = pool_.answered(peer, none.height, now());
    if (answer == BlockPool::Answer::unasked) return ports_.peers.report(peer, Offence::useless);
    if (answer == BlockPool::Answer::late) return;
    pool_.lacks(peer, none.height);
    bench(peer, Offence::useless);  // it had said that it has it
    advance();
}

void BlockSync::take(const PeerId& peer, BlockResponse response) {
    const std::uint64_t height = response.height;
    const auto answer = pool_.answered(peer, height, now());
    if (answer == BlockPool::Answer::unasked) return ports_.peers.report(peer, Offence::useless);
    if (answer == BlockPool::Answer::late) return;
    metrics_.bytes_received += response.block.size();
    const auto most = static_cast<std::size_t>(ports_.replica.identity().block.max_bytes);
    const bool too_large = response.block.size() > most;
    const bool other_height = response.commit.height != static_cast<std::int64_t>(height);
    pool_.put(height, std::move(response));
    if (too_large) return blame(peer, height, "is too large");
    if (other_height) return blame(peer, height, "comes with another block's commit");
    advance();
}

// Blocks opened together cost less than one after the other: their signatures are checked jointly.
// So a small group waits for more to arrive, but only while execution has enough ahead of it that
// is open; with less, whatever is there is opened at once.
bool BlockSync::may_open() const {
    std::size_t ahead = 0;
    std::size_t waiting = 0;
    std::uint64_t expected = next();
    for (const auto& [height, slot] : pool_.slots()) {
        if (slot.stage == BlockPool::Stage::arrived) waiting += slot.bytes;
        if (height != expected || slot.stage < BlockPool::Stage::opening) continue;
        ahead += slot.bytes;
        ++expected;
    }
    return ahead == 0 || ahead < config_.open_ahead_bytes || waiting >= config_.group_bytes;
}

void BlockSync::open_what_arrived() {
    while (opening_ < config_.openers && may_open()) {
        auto group = std::make_shared<BlockGroup>();
        std::size_t bytes = 0;
        for (auto& [height, slot] : pool_.slots()) {
            if (slot.stage != BlockPool::Stage::arrived) continue;
            bytes += slot.bytes;
            if (!group->empty() && bytes > config_.group_bytes) break;
            slot.stage = BlockPool::Stage::opening;
            group->push_back({height, slot.serial, slot.fetched, {}});
            if (group->size() == config_.group_blocks) break;
        }
        if (group->empty()) return;
        ++opening_;
        ports_.worker.run([group, prepare = ports_.prepare] { open_group(*group, prepare); },
                          [this, group, alive = std::weak_ptr<int>(alive_)] {
                              if (alive.expired()) return;
                              --opening_;
                              take_opened(*group);
                          });
    }
}

void BlockSync::take_opened(const BlockGroup& group) {
    for (const OpenedBlock& opened : group) {
        if (failed_) return;
        BlockPool::Slot* at = pool_.find(opened.height);
        if (at == nullptr || at->stage != BlockPool::Stage::opening || at->serial != opened.serial)
            continue;
        if (opened.result)
            at->stage = BlockPool::Stage::whole;
        else
            blame(at->peer, opened.height, opened.result.error().message);
    }
    advance();
}

// A block is proven by a commit of the set that its header names, and that set by the chain. The
// commit inside the block after it serves as well as the supplier's, and must be verified anyway.
void BlockSync::verify(std::uint64_t height, BlockPool::Slot& slot,
                       std::shared_ptr<const ValidatorSet> set) {
    slot.stage = BlockPool::Stage::checking;
    BlockPool::Slot* after = pool_.find(height + 1);
    const bool has_after = after != nullptr && after->stage >= BlockPool::Stage::whole;
    auto commit = std::make_shared<std::optional<Commit>>();
    ports_.worker.run_first(
        [height, fetched = slot.fetched, later = has_after ? after->fetched : nullptr,
         set = std::move(set), commit, chain_id = ports_.replica.identity().chain_id] {
            const auto of = static_cast<std::int64_t>(height);
            const auto holds = [&](const Commit& one) {
                return verify_commit(chain_id, *set, of, fetched->id, one).has_value();
            };
            if (later != nullptr && holds(later->block.last_commit))
                *commit = later->block.last_commit;
            else if (holds(fetched->commit))
                *commit = fetched->commit;
        },
        [this, height, commit, serial = slot.serial, alive = std::weak_ptr<int>(alive_)] {
            if (alive.expired() || failed_) return;
            BlockPool::Slot* at = pool_.find(height);
            if (at == nullptr || at->stage != BlockPool::Stage::checking || at->serial != serial)
                return;
            if (!*commit) return blame(at->peer, height, "has no commit that holds");
            at->commit = std::move(**commit);
            at->stage = BlockPool::Stage::good;
            advance();
        });
}

void BlockSync::verify_what_can_be() {
    if (sets_for_ != next()) {
        const ChainPosition& position = ports_.replica.position();
        std::vector<std::pair<Hash256, std::shared_ptr<const ValidatorSet>>> sets;
        for (const ValidatorSet* set : {&position.validators, &position.next_validators}) {
            const Hash256 hash = set->hash();
            const auto known = std::find_if(sets_.begin(), sets_.end(),
                                            [&](const auto& one) { return one.first == hash; });
            sets.emplace_back(hash, known != sets_.end()
                                        ? known->second
                                        : std::make_shared<const ValidatorSet>(*set));
        }
        sets_ = std::move(sets);
        sets_for_ = next();
    }
    std::vector<std::uint64_t> ready;
    for (const auto& [height, slot] : pool_.slots()) {
        if (slot.stage != BlockPool::Stage::whole) continue;
        const BlockPool::Slot* after = pool_.find(height + 1);
        const bool has_after = after != nullptr && after->stage >= BlockPool::Stage::whole;
        if (has_after || height == next()) ready.push_back(height);
    }
    for (const std::uint64_t height : ready) {
        BlockPool::Slot* slot = pool_.find(height);
        if (slot == nullptr || slot->stage != BlockPool::Stage::whole) continue;
        const Hash256& named = slot->fetched->block.header.validators_hash;
        const auto set = std::find_if(sets_.begin(), sets_.end(),
                                      [&](const auto& one) { return one.first == named; });
        if (set != sets_.end())
            verify(height, *slot, set->second);
        else if (height == next())
            blame(slot->peer, height, "names validators that do not decide it");
    }
}

// What is wrong with a block that its own validators made final is wrong with this node.
bool BlockSync::ingest_next() {
    const std::uint64_t height = next();
    BlockPool::Slot* slot = pool_.find(height);
    if (slot == nullptr || slot->stage != BlockPool::Stage::good) return false;
    FetchedBlock& fetched = *slot->fetched;
    const ChainPosition& position = ports_.replica.position();
    if (fetched.block.header.validators_hash != position.validators.hash()) {
        blame(slot->peer, height, "names validators that do not decide it");
        return false;
    }
    const auto good = check_final_block(ports_.replica.identity(), position, ports_.app,
                                        fetched.block, fetched.encoded.size());
    if (!good) {
        fail(failure("block " + std::to_string(height) +
                     " is final, and this node finds it invalid: its program or its state "
                     "differs from theirs: " +
                     good.error().message));
        return false;
    }
    pause();
    const auto done =
        ports_.replica.ingest(fetched.block, std::move(fetched.encoded), std::move(slot->commit));
    if (!done) {
        failed_ = true;
        return false;
    }
    good_ms_ = now();
    ++metrics_.blocks_ingested;
    pool_.move_to(next());
    return true;
}

void BlockSync::ingest_what_is_good() {
    const std::uint64_t began_ms = now();
    for (std::size_t i = 0; i < kIngestedAtOnce && now() - began_ms <= config_.ingest_ms; ++i) {
        if (!ingest_next()) return;
        verify_what_can_be();
        send_asks();
    }
    set_once(kGoOn, 0);
}

void BlockSync::read_statuses() {
    for (const auto& [peer, status] : ports_.replica.peers())
        pool_.claim_at_least(peer, static_cast<std::uint64_t>(status.base),
                             static_cast<std::uint64_t>(status.height - 1));
}

void BlockSync::begin_or_end() {
    read_statuses();
    const std::uint64_t height = next() - 1;
    const std::uint64_t best = pool_.best(next(), now());
    metrics_.best_height = std::max(best, height);
    if (!fetching_) {
        if (best <= height + config_.threshold || now() < quiet_until_ms_) return;
        fetching_ = true;
        good_ms_ = now();
        ++metrics_.times_begun;
        return;
    }
    const std::uint64_t without = now() - good_ms_;
    const BlockPool::Slot* slot = pool_.find(next());
    const bool flows = slot != nullptr && slot->stage == BlockPool::Stage::good;
    const std::uint64_t near = paused_ ? config_.resume_within : config_.threshold;
    if (best <= height + near && !flows) return end();
    if (flows) return;
    if (without > config_.give_up_ms) {
        quiet_until_ms_ = now() + config_.give_up_ms;
        return end();
    }
    if (without > config_.stall_ms) resume();
}

void BlockSync::send_asks() {
    for (const auto& ask : pool_.asks(next(), metrics_.best_height, now()))
        if (!ports_.peers.send(ask.peer, Channel::blocks, encode_block_message(ask.request)))
            pool_.unsent(ask, now());
}

// Work that ends at once calls again from within: the outer call sees to it.
void BlockSync::advance() {
    if (failed_ || !started_) return;
    again_ = true;
    if (std::exchange(advancing_, true)) return;
    while (std::exchange(again_, false) && !failed_) {
        pool_.move_to(next());
        begin_or_end();
        if (!fetching_) continue;
        open_what_arrived();
        verify_what_can_be();
        if (!failed_) ingest_what_is_good();
        if (!failed_ && fetching_) send_asks();
    }
    advancing_ = false;
}

void BlockSync::pause() {
    if (std::exchange(paused_, true)) return;
    ports_.replica.pause();
    if (events_.changed) events_.changed(true);
}

void BlockSync::resume() {
    if (!std::exchange(paused_, false)) return;
    ports_.replica.resume();
    if (events_.changed) events_.changed(false);
}

void BlockSync::end() {
    fetching_ = false;
    pool_.clear();
    resume();
}

void BlockSync::blame(const PeerId& peer, std::uint64_t height, const std::string& why) {
    ++metrics_.blocks_refused;
    if (events_.refused)
        events_.refused("block " + std::to_string(height) + " of peer " + to_hex(peer) + ": " +
                        why);
    const PeerId id = peer;
    bench(id, Offence::invalid);
    advance();
}

void BlockSync::bench(const PeerId& peer, Offence offence) {
    pool_.bench(peer, now());
    ports_.peers.report(peer, offence);
}

void BlockSync::fail(const Error& error) {
    if (std::exchange(failed_, true)) return;
    if (events_.failed) events_.failed(error);
}

void BlockSync::on_tick() {
    set_once(kTick, config_.tick_ms);
    const std::uint64_t at = now();
    for (const PeerId& peer : pool_.overdue(at)) {
        ++metrics_.peers_overdue;
        bench(peer, Offence::useless);
    }
    announce(at);
    if (at - rate_ms_ >= 1'000) {
        const auto blocks = static_cast<double>(metrics_.blocks_ingested - rate_blocks_);
        metrics_.blocks_per_second = blocks * 1'000 / static_cast<double>(at - rate_ms_);
        rate_ms_ = at;
        rate_blocks_ = metrics_.blocks_ingested;
    }
    advance();
}

BlockSyncMetrics BlockSync::metrics() const {
    BlockSyncMetrics out = metrics_;
    out.fetching = fetching_;
    out.replica_paused = paused_;
    out.height = next() - 1;
    out.best_height = std::max(out.best_height, out.height);
    out.peers = pool_.usable(now());
    out.in_flight = pool_.in_flight();
    out.held_bytes = pool_.held_bytes();
    out.blocks_served = server_.blocks_served();
    out.bytes_served = server_.bytes_served();
    return out;
}

}  // namespace assay::consensus
