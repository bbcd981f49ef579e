// Fuzz target: a node that carries transactions among peers that say anything in any order stays
// within its bounds, speaks only what others can read, and forgets who left.
#include <set>

#include "chain/crypto/hash.hpp"
#include "consensus/gossip/tx_gossip.hpp"

namespace {

using namespace assay;
using namespace assay::consensus;

constexpr std::uint8_t kPeers = 4;
constexpr std::size_t kMaxSteps = 300;
constexpr TxGossipConfig kSmall{.push_tx_bytes = 64,
                                .push_relayed = 2,
                                .seen = 24,
                                .known_per_peer = 12,
                                .wanted = 16,
                                .asked_per_peer = 4,
                                .waiting_per_peer = 8,
                                .checking = 4,
                                .checking_bytes = 4'096,
                                .pushed_txs_per_second = 20,
                                .pushed_bytes_per_second = 4'096,
                                .answered_bytes_per_second = 4'096};

PeerId peer_id(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

CheckedTxPtr make_tx(std::uint8_t label) {
    auto out = std::make_shared<CheckedTx>();
    out->sender.bytes[0] = label;
    out->envelope.max_fee_per_gas = Amount(1'000U);
    out->raw.assign(std::size_t{1} + label, label);
    out->hash = keccak256(out->raw);
    return out;
}

class World final : public PeerPort, public ClockPort, public TimerPort {
  public:
    explicit World(ByteView script) : script_(script) { gossip_.start(); }

    void play() {
        for (std::size_t i = 0; i < kMaxSteps && !script_.empty(); ++i) {
            act(next());
            const auto seen = gossip_.metrics();
            CHECK(seen.wanted <= kSmall.wanted && seen.checking <= kSmall.checking);
            CHECK(seen.checking == submitted_.size());
        }
        for (std::uint8_t label = 0; label < kPeers; ++label) leave(peer_id(label));
        CHECK(gossip_.metrics().wanted == 0);
    }

    bool send(const PeerId& peer, Channel channel, const Bytes& message) override {
        CHECK(channel == Channel::transactions && linked_.contains(peer));
        CHECK(decode_tx_message(message).has_value());
        return !full_.contains(peer);
    }
    void report(const PeerId&, Offence) override {}
    std::vector<PeerId> peers() const override { return {linked_.begin(), linked_.end()}; }
    BlockTime now() const override { return {}; }
    std::uint64_t monotonic_ms() const override { return now_ms_; }
    void set(std::uint64_t delay_ms, std::uint64_t number) override {
        timers_.emplace(now_ms_ + delay_ms, number);
    }

  private:
    std::uint8_t next() {
        if (script_.empty()) return 0;
        const std::uint8_t out = script_.front();
        script_ = script_.subspan(1);
        return out;
    }
    void leave(const PeerId& peer) {
        linked_.erase(peer);
        gossip_.peer_down(peer);
    }
    std::vector<Hash256> some_hashes() {
        std::vector<Hash256> out;
        for (int i = next() % 16; i >= 0; --i) out.push_back(make_tx(next())->hash);
        return out;
    }
    std::vector<Bytes> some_raw() {
        std::vector<Bytes> out;
        for (int i = next() % 16; i >= 0; --i) out.push_back(make_tx(next())->raw);
        return out;
    }
    Bytes some_message() {
        switch (next() % 6) {
            case 0: return encode_tx_message(TxAnnounce{some_hashes()});
            case 1: return encode_tx_message(TxRequest{some_hashes()});
            case 2: return encode_tx_message(TxAnswer{.raw = some_raw(), .gone = some_hashes()});
            case 3: return encode_tx_message(TxPush{some_raw()});
            case 4: return encode_tx_message(TxNeighbours{});
            default: break;
        }
        const ByteView junk = script_.first(std::min<std::size_t>(next(), script_.size()));
        script_ = script_.subspan(junk.size());
        return to_bytes(junk);
    }
    void pass(std::uint64_t for_ms) {
        const std::uint64_t end_ms = now_ms_ + for_ms;
        while (!timers_.empty() && timers_.begin()->first <= end_ms) {
            const auto [at_ms, number] = *timers_.begin();
            timers_.erase(timers_.begin());
            now_ms_ = at_ms;
            gossip_.timer(number);
        }
        now_ms_ = end_ms;
    }
    void judge(TxVerdict verdict) {
        if (submitted_.empty()) return;
        const auto [ticket, raw] = *submitted_.begin();
        submitted_.erase(submitted_.begin());
        if (verdict == TxVerdict::accepted) (void)pool_.add(make_tx(raw[0]), 0);
        gossip_.submitted(ticket, verdict);
    }
    void act(std::uint8_t choice) {
        const PeerId peer = peer_id(choice / 8 % kPeers);
        switch (choice % 8) {
            case 0: linked_.insert(peer); return gossip_.peer_up(peer);
            case 1: return leave(peer);
            case 2: return pass(next());
            case 3: return judge(static_cast<TxVerdict>(next() % 5));
            case 4:
                if (!full_.erase(peer)) full_.insert(peer);
                return;
            case 5: {
                const CheckedTxPtr tx = make_tx(next());
                if (pool_.add(tx, 0)) gossip_.added(tx);
                return;
            }
            default: return gossip_.receive(peer, some_message());
        }
    }

    ByteView script_;
    Mempool pool_;
    std::uint64_t now_ms_ = 10'000;
    std::multimap<std::uint64_t, std::uint64_t> timers_;
    std::set<PeerId> linked_;
    std::set<PeerId> full_;
    std::map<std::uint64_t, Bytes> submitted_;
    TxGossip gossip_{kSmall,
                     {.self = peer_id(0xFF),
                      .mempool = pool_,
                      .peers = *this,
                      .clock = *this,
                      .timers = *this,
                      .submit = [this](std::uint64_t ticket, Bytes raw) {
                          CHECK(submitted_.emplace(ticket, std::move(raw)).second);
                      }}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    World(ByteView(data, size)).play();
    return 0;
}
