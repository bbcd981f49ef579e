// The loop of a lone validator: draft, log, sign, execute, commit.
#include "consensus/engine/solo_engine.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

// Room for header and commit beside the transactions.
constexpr std::uint64_t kBlockOverheadBytes = 4'096;

// Bytes of raw transactions in a block: framing adds at most one twentieth to the smallest.
std::uint64_t data_bytes(std::uint64_t max_block_bytes) {
    return (max_block_bytes - kBlockOverheadBytes) / 21 * 20;
}

BlockTime plus_one_ms(BlockTime time) {
    time.nanos += 1'000'000;
    if (time.nanos >= 1'000'000'000) {
        time.nanos -= 1'000'000'000;
        ++time.seconds;
    }
    return time;
}

}  // namespace

SoloEngine::SoloEngine(ChainIdentity identity, SoloConfig config, Application& app,
                       Mempool& mempool, Signer& signer, Wal& wal, Now now)
    : identity_(std::move(identity)),
      config_(config),
      app_(app),
      mempool_(mempool),
      signer_(signer),
      wal_(wal),
      now_(std::move(now)),
      address_(consensus_address(signer.key())) {}

SoloEngine::~SoloEngine() {
    stop();
}

Result<void> SoloEngine::recover() {
    const auto& validators = identity_.validators.validators();
    if (validators.size() != 1 || validators.front().address != address_)
        return failure("genesis names " + std::to_string(validators.size()) +
                       " validators; this engine needs exactly one, the key of this node (" +
                       to_hex(address_) + ")");
    AppInfo info = app_.info();
    if (!info.initialised) {
        auto root = app_.init_chain();
        if (!root) return root.error();
        info = app_.info();
    }
    if (info.last_height == 0) {
        position_ = genesis_position(identity_, info.last_app_hash);
    } else {
        auto position = load_position(app_, info.last_height);
        if (!position) return position.error();
        position_ = std::move(*position);
        if (position_.app_hash != info.last_app_hash)
            return failure("block " + std::to_string(info.last_height) + ": app hash " +
                           to_hex(position_.app_hash) + " was stored, state has " +
                           to_hex(info.last_app_hash));
    }
    return finish_logged_block();
}

Result<void> SoloEngine::finish_logged_block() {
    const std::uint64_t next = position_.height + 1;
    Bytes encoded;
    const auto replayed = wal_.replay(next, [&](const WalRecord& record) {
        if (record.kind == WalKind::block && record.height == next)
            encoded = to_bytes(record.payload);
    });
    if (!replayed || encoded.empty()) return replayed;
    const auto block = decode<Block>(encoded);
    if (!block) return failure("log: " + block.error().message);
    BlockContent content = content_of(*block);
    content.last_commit = position_.last_commit;
    const Header expected = next_header(identity_, position_, content);
    if (block->header != expected)
        return failure("the logged block " + std::to_string(next) +
                       " does not follow the stored one; the log belongs to another data "
                       "directory or genesis");
    return finish(*block, std::move(encoded));
}

SoloEngine::Draft SoloEngine::draft() {
    const std::uint64_t max_bytes = data_bytes(config_.max_block_bytes);
    const auto candidates =
        mempool_.select(app_.next_base_fee(), app_.block_gas_limit(), max_bytes);
    Draft out;
    out.txs = app_.prepare_proposal({.height = position_.height + 1,
                                     .time = position_.last_time,
                                     .max_bytes = max_bytes,
                                     .candidates = candidates});
    // What was offered within the limits and not taken cannot pay: it would be offered for ever.
    auto taken = out.txs.begin();
    for (const auto& tx : candidates) {
        if (taken != out.txs.end() && *taken == tx)
            ++taken;
        else
            mempool_.drop(tx->hash);
    }
    std::vector<Hash256> hashes;
    hashes.reserve(out.txs.size());
    out.block.txs.reserve(out.txs.size());
    for (const auto& tx : out.txs) {
        hashes.push_back(tx->sha256);
        out.block.txs.push_back(tx->raw);
    }
    out.block.header = next_header(identity_, position_,
                                   {.data_hash = data_hash_of_hashes(hashes),
                                    .evidence_hash = evidence_hash({}),
                                    .last_commit = position_.last_commit,
                                    .proposer = address_});
    out.block.last_commit = position_.last_commit;
    out.encoded = encode(out.block);
    return out;
}

Result<void> SoloEngine::make_block() {
    Draft made = draft();
    const std::uint64_t height = position_.height + 1;
    if (auto logged = wal_.append(WalKind::block, height, made.encoded); !logged) return logged;
    if (auto synced = wal_.sync(); !synced) return synced;
    return finish(made.block, std::move(made.encoded));
}

Result<Commit> SoloEngine::sign_commit(const Block& block, const BlockId& id) {
    Vote vote;
    vote.type = VoteType::precommit;
    vote.height = block.header.height;
    vote.round = 0;
    vote.block_id = id;
    // The next block's time is this vote's: it must be later than this block's.
    vote.time = std::max(now_(), plus_one_ms(block.header.time));
    vote.validator = address_;
    vote.validator_index = 0;
    if (auto done = signer_.sign(identity_.chain_id, vote); !done) return done.error();
    if (auto done = signer_.flush(); !done) return done.error();
    Commit out;
    out.height = vote.height;
    out.round = vote.round;
    out.block_id = id;
    out.signatures.push_back({.flag = CommitFlag::commit,
                              .validator = vote.validator,
                              .time = vote.time,
                              .signature = vote.signature});
    return out;
}

Result<void> SoloEngine::finish(const Block& block, Bytes encoded) {
    const BlockId id = block_id_of(block, encoded);
    // The signer's sync runs beside the execution, which writes nothing to the disk. Both are over
    // before either is used: what a crash can leave is the same as one after the other. The log's
    // sync came first and must: a signature whose block is lost would stop the chain for ever.
    auto signing = std::async(std::launch::async, [&] { return sign_commit(block, id); });
    const FinalizeResponse response =
        app_.finalize_block(finalize_request(block, position_.last_validators));
    auto commit = signing.get();
    if (!commit) return commit.error();
    if (!response.validator_updates.empty())
        return failure("block " + std::to_string(block.header.height) +
                       " changes the validator set, which an engine of one validator cannot");
    auto after = position_after(position_, block, id, std::move(*commit), response);
    if (!after) return after.error();
    ChainPosition& next = *after;
    const auto records = records_of(next, block, std::move(encoded));
    CommittedBlock done{.height = next.height, .txs = app_.pending_txs()};
    if (auto committed = app_.commit(records); !committed) return committed;
    position_ = std::move(next);
    mempool_.committed(done.txs, done.height);
    if (auto pruned = wal_.prune(position_.height); !pruned) return pruned;
    if (committed_) committed_(done);
    return {};
}

void SoloEngine::wake() {
    {
        const std::lock_guard lock(mutex_);
        awake_ = true;
    }
    wake_.notify_one();
}

bool SoloEngine::wait_for_work(const std::stop_token& stop) {
    const auto interval = std::chrono::milliseconds(config_.empty_block_interval_ms);
    const auto deadline = std::chrono::steady_clock::now() + interval;
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        const bool woken = wake_.wait_until(lock, stop, deadline, [this] { return awake_; });
        awake_ = false;
        lock.unlock();
        if (stop.stop_requested()) return false;
        if (!woken) return true;  // the interval passed: an empty block
        if (mempool_.has_ready(app_.next_base_fee())) return true;
    }
    return false;
}

void SoloEngine::run(const std::stop_token& stop, const std::function<void(const Error&)>& failed) {
    while (mempool_.has_ready(app_.next_base_fee()) ? !stop.stop_requested()
                                                    : wait_for_work(stop)) {
        if (auto made = make_block(); !made) return failed(made.error());
    }
}

void SoloEngine::start(std::function<void(const Error&)> failed) {
    thread_ = std::jthread(
        [this, failed = std::move(failed)](const std::stop_token& stop) { run(stop, failed); });
}

void SoloEngine::stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    wake_.notify_all();
    thread_.join();
}

}  // namespace assay::consensus
