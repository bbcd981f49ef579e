// Fuzz target: a node that catches up among peers that answer anything takes over the true chain
// alone, and arrives once a single honest peer is there.
#include "consensus/sync/block_sync.hpp"

#include <deque>

#include "tests/consensus/sync/chain_maker.hpp"

namespace {

using namespace assay;
using namespace assay::consensus;
using namespace assay::consensus::test;

constexpr std::uint8_t kLiars = 3;
constexpr std::size_t kMaxSteps = 200;
constexpr std::uint64_t kBlocks = 12;
// The last ones are left to the replica, which is told of them with the votes.
constexpr std::uint64_t kArrival = kBlocks - BlockSyncConfig{}.resume_within;
constexpr std::uint64_t kPatienceMs = 120'000;

PeerId peer_id(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

ChainMaker& chain() {
    static ChainMaker made;
    if (made.blocks.empty()) made.make(kBlocks);
    return made;
}

class World final : public PeerPort, public ClockPort {
  public:
    explicit World(ByteView script) : script_(script) {
        CHECK(replica_.recover().has_value());
        replica_.start();
        sync_.start();
    }

    void play() {
        for (std::size_t i = 0; i < kMaxSteps && !script_.empty(); ++i) {
            act(next());
            check();
        }
        join(peer_id(kLiars));
        for (std::uint64_t ms = 0; ms < kPatienceMs && store_.height < kArrival; ms += 50) {
            honest_says(BlockHeights{.base = 1, .height = kBlocks});
            for (auto& request : std::exchange(asked_of_honest_, {})) answer(request);
            pass(50);
            check();
        }
        CHECK(store_.height >= kArrival);
    }

    bool send(const PeerId& peer, Channel channel, const Bytes& message) override {
        CHECK(linked_.contains(peer));
        if (channel != Channel::blocks) return true;
        const auto decoded = decode_block_message(message);
        CHECK(decoded.has_value());
        const auto* request = std::get_if<BlockRequest>(&*decoded);
        if (request != nullptr && peer == peer_id(kLiars)) asked_of_honest_.push_back(*request);
        return true;
    }
    void report(const PeerId& peer, Offence) override { CHECK(peer != peer_id(kLiars)); }
    std::vector<PeerId> peers() const override { return {linked_.begin(), linked_.end()}; }
    BlockTime now() const override { return {static_cast<std::int64_t>(now_ms_ / 1'000), 0}; }
    std::uint64_t monotonic_ms() const override { return now_ms_; }

  private:
    struct Timers final : TimerPort {
        explicit Timers(const std::uint64_t& now) : now_ms(now) {}
        void set(std::uint64_t delay_ms, std::uint64_t number) override {
            due.emplace(now_ms + delay_ms, number);
        }
        const std::uint64_t& now_ms;
        std::multimap<std::uint64_t, std::uint64_t> due;
    };

    std::uint8_t next() {
        if (script_.empty()) return 0;
        const std::uint8_t out = script_.front();
        script_ = script_.subspan(1);
        return out;
    }
    void join(const PeerId& peer) {
        if (!linked_.insert(peer).second) return;
        replica_.peer_up(peer);
        sync_.peer_up(peer);
    }
    void leave(const PeerId& peer) {
        if (linked_.erase(peer) == 0) return;
        replica_.peer_down(peer);
        sync_.peer_down(peer);
    }
    void honest_says(const BlockMessage& message) {
        sync_.receive(peer_id(kLiars), encode_block_message(message));
    }
    void answer(const BlockRequest& request) {
        for (std::uint64_t at = request.height; at < request.height + request.count; ++at) {
            if (at > kBlocks) return honest_says(NoBlock{.height = at});
            honest_says(true_block(at));
        }
    }
    static BlockResponse true_block(std::uint64_t height) {
        const MadeBlock& made = chain().at(height);
        return {.height = height,
                .block = made.encoded,
                .commit = made.commit,
                .senders = chain().store.senders.at(height)};
    }
    static std::vector<std::size_t> prepare(std::span<const ClaimedTxs> blocks) {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            Bytes senders;
            for (const Bytes& raw : blocks[i].txs)
                if (const auto at = chain().known.find(raw); at != chain().known.end())
                    append(senders, at->second->sender);
            if (senders.size() == blocks[i].senders.size() &&
                !std::equal(senders.begin(), senders.end(), blocks[i].senders.begin()))
                out.push_back(i);
        }
        return out;
    }
    // Nothing is taken over but what the validators decided.
    void check() {
        CHECK(!failed_);
        CHECK(store_.height <= kBlocks);
        CHECK(std::equal(store_.history.begin(), store_.history.end(),
                         chain().store.history.begin()));
        CHECK(sync_.metrics().held_bytes <= BlockPoolLimits{}.window_bytes * 2);
    }
    void fire(Timers& timers, const std::function<void(std::uint64_t)>& fired) {
        while (!timers.due.empty() && timers.due.begin()->first <= now_ms_) {
            const std::uint64_t number = timers.due.begin()->second;
            timers.due.erase(timers.due.begin());
            fired(number);
        }
    }
    void pass(std::uint64_t for_ms) {
        for (const std::uint64_t end_ms = now_ms_ + for_ms; now_ms_ < end_ms;) {
            now_ms_ = std::min(end_ms, now_ms_ + 50);
            fire(sync_timers_, [this](std::uint64_t number) { sync_.timer(number); });
            fire(replica_timers_, [this](std::uint64_t number) { replica_.timer(number); });
        }
    }
    Bytes junk() {
        const ByteView out = script_.first(std::min<std::size_t>(next(), script_.size()));
        script_ = script_.subspan(out.size());
        return to_bytes(out);
    }
    Bytes some_message() {
        const std::uint64_t height = 1 + next() % (kBlocks + 2);
        switch (next() % 7) {
            case 0: return encode_block_message(BlockHeights{.base = 1, .height = height * height});
            case 1: return encode_block_message(NoBlock{.height = height});
            case 2:
                return encode_block_message(BlockRequest{
                    .height = height, .count = std::uint32_t{1} + next() % kMaxBlocksAsked});
            case 3: return junk();
            default: break;
        }
        BlockResponse response = true_block(1 + (height - 1) % kBlocks);
        response.height = height;
        switch (next() % 6) {
            case 0: response.block[(next() * 7U) % response.block.size()] ^= next(); break;
            case 1: response.commit = chain().at(1 + next() % kBlocks).commit; break;
            case 2:
                response.commit.signatures[next() % response.commit.signatures.size()] = {};
                break;
            case 3: response.block = junk(); break;
            case 5:
                response.senders.resize(next() % 3 * Address::kSize);
                if (!response.senders.empty()) response.senders.back() ^= next();
                break;
            default: break;  // the truth
        }
        return encode_block_message(response);
    }
    void act(std::uint8_t choice) {
        const PeerId peer = peer_id(choice / 8 % kLiars);
        switch (choice % 8) {
            case 0: return join(peer);
            case 1: return leave(peer);
            case 2: return pass(next() * 10U);
            default: break;
        }
        if (!linked_.contains(peer)) return;  // a network passes on nothing of others
        if (choice % 8 == 3) return replica_.receive(peer, junk());
        sync_.receive(peer, some_message());
    }

    ByteView script_;
    std::uint64_t now_ms_ = 2'000'000;
    std::set<PeerId> linked_;
    std::deque<BlockRequest> asked_of_honest_;
    bool failed_ = false;
    MemoryDisk disk_;
    FakeStore store_;
    FakeApp app_{disk_, store_, chain().known};
    Mempool mempool_;
    std::unique_ptr<Wal> wal_ = Wal::open(disk_, {"wal", 4'096}).value();
    Timers replica_timers_{now_ms_};
    Timers sync_timers_{now_ms_};
    InlineWorker worker_;
    Replica replica_{
        chain().identity,
        {.sync_in_parallel = false},
        {.app = app_,
         .mempool = mempool_,
         .wal = *wal_,
         .signer = nullptr,
         .peers = *this,
         .clock = *this,
         .timers = replica_timers_},
        {.committed = {}, .failed = [this](const Error&) { failed_ = true; }, .refused = {}}};
    BlockSync sync_{
        {},
        {.replica = replica_,
         .app = app_,
         .peers = *this,
         .clock = *this,
         .timers = sync_timers_,
         .worker = worker_,
         .prepare = prepare},
        {.failed = [this](const Error&) { failed_ = true; }, .refused = {}, .changed = {}}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    World(ByteView(data, size)).play();
    return 0;
}
