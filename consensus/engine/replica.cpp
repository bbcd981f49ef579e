// The life of a replica: recovery, heights, and what becomes durable when.
#include "consensus/engine/replica.hpp"

#include <future>

#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

constexpr std::uint8_t kGoRecord = 0;  // beside the kinds of timers

Bytes timeout_record(std::uint8_t kind, std::int32_t round) {
    Bytes out{kind};
    for (unsigned shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint32_t>(round) >> shift));
    return out;
}

std::size_t absent_in(const Commit& commit) {
    const auto is_for_it = [](const CommitSig& one) { return one.flag == CommitFlag::commit; };
    return commit.signatures.size() -
           static_cast<std::size_t>(std::ranges::count_if(commit.signatures, is_for_it));
}

}  // namespace

Replica::Replica(ChainIdentity identity, ReplicaConfig config, Ports ports, Events events)
    : identity_(std::move(identity)), config_(config), ports_(ports), events_(std::move(events)) {
    if (ports_.signer != nullptr) address_ = consensus_address(ports_.signer->key());
}

Result<void> Replica::load() {
    AppInfo info = ports_.app.info();
    if (!info.initialised) {
        auto root = ports_.app.init_chain();
        if (!root) return root.error();
        info = ports_.app.info();
    }
    if (info.last_height == 0) {
        position_ = genesis_position(identity_, info.last_app_hash);
        return {};
    }
    auto position = load_position(ports_.app, info.last_height);
    if (!position) return position.error();
    position_ = std::move(*position);
    if (position_.app_hash != info.last_app_hash)
        return failure("block " + std::to_string(info.last_height) + ": app hash " +
                       to_hex(position_.app_hash) + " was stored, state has " +
                       to_hex(info.last_app_hash));
    return {};
}

Result<void> Replica::recover() {
    if (auto loaded = load(); !loaded) return loaded;
    Error first;
    auto told = std::exchange(events_.failed, [&](const Error& error) { first = error; });
    replaying_ = true;
    begin_height();
    auto replayed = replay_log();
    replaying_ = false;
    events_.failed = std::move(told);
    if (!replayed) return replayed;
    if (failed_) return first;
    return {};
}

// A block that the log decides is executed on the way, so records of two heights may follow.
Result<void> Replica::replay_log() {
    struct Record {
        WalKind kind;
        std::uint64_t height;
        Bytes payload;
    };
    std::vector<Record> records;
    const auto read = ports_.wal.replay(position_.height + 1, [&](const WalRecord& record) {
        records.push_back({record.kind, record.height, to_bytes(record.payload)});
    });
    if (!read) return read;
    for (const Record& record : records)
        if (!failed_ && record.height == position_.height + 1)
            replay_record(record.kind, record.payload);
    return {};
}

void Replica::replay_record(WalKind kind, ByteView payload) {
    if (kind == WalKind::block) return replay_block(payload);
    if (kind == WalKind::proposal) {
        const auto proposal = decode<Proposal>(payload);
        if (!proposal) return fail(failure("log: " + proposal.error().message));
        std::erase_if(unsigned_proposals_,
                      [&](const auto& sign) { return sign.round == proposal->round; });
        unanswered_build_.reset();
        blocks_.expect(proposal->block_id);
        const Validator* proposer = core_.proposer(proposal->round);
        if (proposer != nullptr && proposer->address == address_) remind_signer(*proposal);
        return feed(input::GotProposal{*proposal});
    }
    if (kind == WalKind::vote) {
        const auto vote = decode<Vote>(payload);
        if (!vote) return fail(failure("log: " + vote.error().message));
        if (vote->validator == address_) {
            std::erase_if(unsigned_votes_, [&](const auto& sign) {
                return sign.type == vote->type && sign.round == vote->round;
            });
            remind_signer(*vote);
        }
        return feed(input::GotVote{*vote});
    }
    if (kind == WalKind::timeout && payload.size() == 5) {
        std::uint32_t round = 0;
        for (std::size_t i = 0; i < 4; ++i)
            round |= static_cast<std::uint32_t>(payload[1 + i]) << (8 * i);
        if (payload[0] == kGoRecord) return feed(input::Go{});
        return feed(input::TimerFired{{.kind = static_cast<TimerKind>(payload[0]),
                                       .height = height(),
                                       .round = static_cast<std::int32_t>(round)}});
    }
    fail(failure("log: a record of kind " + std::to_string(static_cast<unsigned>(kind)) +
                 " does not belong here"));
}

// A machine that lost power while both were synced may have kept the log's record and lost the
// signer's. The message will be told again, so nothing else may be signed in its place.
template <class Message>
void Replica::remind_signer(Message message) {
    if (ports_.signer == nullptr) return;
    if (ports_.signer->sign(identity_.chain_id, message)) unsynced_ = true;
}

void Replica::replay_block(ByteView payload) {
    auto block = decode<Block>(payload);
    if (!block) return fail(failure("log: " + block.error().message));
    if (block->header.last_block_id != position_.last_block_id)
        return fail(failure("the logged block " + std::to_string(block->header.height) +
                            " does not follow the stored one; the log belongs to another data "
                            "directory or genesis"));
    const BlockId id = block_id_of(*block, payload);
    const bool mine = unanswered_build_ && block->header.proposer_address == address_;
    blocks_.hold({.id = id, .block = std::move(*block), .encoded = to_bytes(payload)});
    check_held(id);
    if (mine)
        feed(input::Built{.round = *std::exchange(unanswered_build_, std::nullopt), .id = id});
}

// The core asked for these before the crash, and nobody can have seen an answer: the signer knows
// if it was given, and gives the same again or refuses.
void Replica::sign_what_the_log_lacks() {
    const auto proposals = std::exchange(unsigned_proposals_, {});
    const auto votes = std::exchange(unsigned_votes_, {});
    const auto build = std::exchange(unanswered_build_, std::nullopt);
    for (const auto& sign : proposals) act(sign);
    for (const auto& sign : votes) act(sign);
    if (build && core_.round() == *build && core_.current_step() == Step::propose)
        act(effect::Build{*build});
}

void Replica::start() {
    started_ = true;
    sign_what_the_log_lacks();
    set_timer(config_.status_ms, {.purpose = Purpose::status, .timer = {}});
    try_to_go();
    release();
}

void Replica::begin_height() {
    inputs_.clear();
    timers_.clear();
    if (started_) set_timer(config_.status_ms, {.purpose = Purpose::status, .timer = {}});
    equivocations_.clear();
    wanted_.clear();
    unsigned_proposals_.clear();
    unsigned_votes_.clear();
    unanswered_build_.reset();
    const auto max_bytes = static_cast<std::size_t>(identity_.block.max_bytes);
    blocks_ = HeightBlocks(height(), (max_bytes + kPartBytes - 1) / kPartBytes);
    const auto self =
        address_ ? position_.validators.index_of(*address_) : std::optional<std::size_t>();
    height_begun_ = true;
    feed(input::Begin{.height = height(), .validators = position_.validators, .self = self});
    set_timer(config_.empty_block_interval_ms, {.purpose = Purpose::idle, .timer = {}});
}

// A height begins as soon as there is something to put into its block.
void Replica::try_to_go() {
    if (!started_ || paused_ || failed_ || core_.current_step() != Step::waiting) return;
    if (ports_.mempool.has_ready(ports_.app.next_base_fee())) go();
}

void Replica::go() {
    if (core_.current_step() != Step::waiting) return;
    if (log(WalKind::timeout, timeout_record(kGoRecord, 0))) feed(input::Go{});
}

void Replica::work() {
    if (failed_) return;
    try_to_go();
    release();
}

void Replica::timer(std::uint64_t number) {
    const auto it = timers_.find(number);
    if (failed_ || it == timers_.end()) return;
    const Waiting waiting = it->second;
    timers_.erase(it);
    // Without its timers the core could not go on where it was paused.
    if (paused_ && waiting.purpose != Purpose::status) return set_timer(config_.status_ms, waiting);
    if (waiting.purpose == Purpose::status) on_status_time();
    if (waiting.purpose == Purpose::idle) go();
    if (waiting.purpose == Purpose::core &&
        log(WalKind::timeout,
            timeout_record(static_cast<std::uint8_t>(waiting.timer.kind), waiting.timer.round)))
        feed(input::TimerFired{waiting.timer});
    release();
}

void Replica::set_timer(std::uint64_t delay_ms, Waiting waiting) {
    const std::uint64_t number = next_timer_++;
    timers_.emplace(number, waiting);
    ports_.timers.set(delay_ms, number);
}

// What was said while a call ran goes out when the log and the signer's record hold all it rests
// on. Both syncs may run at once: nothing leaves before both are done.
void Replica::release() {
    if (failed_ || replaying_) return;
    if (unsynced_ && !outbox_.empty()) {
        Result<void> flushed;
        std::future<Result<void>> signing;
        if (ports_.signer != nullptr && config_.sync_in_parallel)
            signing = std::async(std::launch::async, [this] { return ports_.signer->flush(); });
        const auto synced = ports_.wal.sync();
        if (signing.valid())
            flushed = signing.get();
        else if (ports_.signer != nullptr)
            flushed = ports_.signer->flush();
        if (!synced) return fail(synced.error());
        if (!flushed) return fail(flushed.error());
        unsynced_ = false;
    }
    const auto messages = std::exchange(outbox_, {});
    const auto peers = messages.empty() ? std::vector<PeerId>() : ports_.peers.peers();
    for (const auto& message : messages) {
        const Bytes encoded = encode_message(message);
        for (const PeerId& peer : peers) ports_.peers.send(peer, Channel::consensus, encoded);
    }
}

bool Replica::log(WalKind kind, ByteView payload) {
    if (replaying_) return true;
    const auto done = ports_.wal.append(kind, position_.height + 1, payload);
    if (!done) fail(done.error());
    unsynced_ = true;
    return done.has_value();
}

void Replica::fail(const Error& error) {
    if (std::exchange(failed_, true)) return;
    outbox_.clear();
    if (events_.failed) events_.failed(error);
}

Result<void> Replica::finish(const Block& block, Bytes encoded, const BlockId& id, Commit commit) {
    if (auto may = ports_.app.may_execute(position_.height + 1); !may) return may;
    const FinalizeResponse response =
        ports_.app.finalize_block(finalize_request(block, position_.last_validators));
    last_gas_ = 0;
    for (const TxResult& result : response.results) last_gas_ += result.gas_used;
    CommittedBlock done{.height = position_.height + 1,
                        .txs = {},
                        .round = commit.round,
                        .validators = position_.validators.size(),
                        .absent = absent_in(commit),
                        .power = position_.validators.total_power(),
                        .evidence = block.evidence.size()};
    auto after = position_after(position_, block, id, std::move(commit), response);
    if (!after) return after.error();
    const auto records = records_of(*after, block, std::move(encoded));
    done.txs = ports_.app.pending_txs();
    if (auto committed = ports_.app.commit(records); !committed) return committed;
    position_ = std::move(*after);
    ports_.mempool.committed(done.txs, done.height);
    evidence_.committed(block.evidence, EvidenceLimits{}, block.header.height, block.header.time);
    if (auto pruned = ports_.wal.prune(position_.height); !pruned) return pruned;
    keep_equivocations();
    if (events_.committed) events_.committed(done);
    return {};
}

// Their block has a time now, which evidence needs.
void Replica::keep_equivocations() {
    const HeightFacts facts{.validators = position_.last_validators, .time = position_.last_time};
    for (const Equivocation& votes : std::exchange(equivocations_, {})) {
        if (votes.first.height != static_cast<std::int64_t>(position_.height)) continue;
        const auto evidence = evidence_of(votes, facts);
        if (evidence_.add(evidence)) say(evidence);
    }
}

void Replica::pause() {
    paused_ = true;
}

void Replica::resume() {
    paused_ = false;
    // Where nothing was ingested, the core still knows what it voted for and is locked on.
    if (core_.height() != height()) begin_height();
    try_to_go();
    release();
}

Result<void> Replica::ingest(const Block& block, Bytes encoded, Commit commit) {
    CHECK(paused_);
    const BlockId id = commit.block_id;
    last_votes_.reset();
    auto done = finish(block, std::move(encoded), id, std::move(commit));
    if (!done) fail(done.error());
    return done;
}

}  // namespace assay::consensus
