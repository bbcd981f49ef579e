// Owns LoneReplica: a replica that is the only validator, with a clock and timers in the test's
// hand.
#pragma once

#include "consensus/engine/replica.hpp"

namespace assay::consensus::test {

class LoneReplica final : public PeerPort, public ClockPort, public TimerPort {
  public:
    using Now = std::function<BlockTime()>;

    LoneReplica(ChainIdentity identity, Application& app, Mempool& mempool, Signer& signer,
                Wal& wal, Now now)
        : now_(std::move(now)),
          mempool_(mempool),
          app_(app),
          replica_(std::move(identity),
                   {.empty_block_interval_ms = kIdle, .sync_in_parallel = false},
                   {.app = app,
                    .mempool = mempool,
                    .wal = wal,
                    .signer = &signer,
                    .peers = *this,
                    .clock = *this,
                    .timers = *this},
                   {.committed =
                        [this](const CommittedBlock& done) {
                            ++blocks_;
                            if (committed_) committed_(done);
                        },
                    .failed = [this](const Error& error) { failed_ = error; },
                    .refused = {}}) {}

    void on_committed(std::function<void(const CommittedBlock&)> callback) {
        committed_ = std::move(callback);
    }
    Result<void> recover() { return replica_.recover(); }
    // One block of what waits, possibly of nothing. The first call begins to take part.
    Result<void> make_block() {
        const std::uint64_t before = blocks_;
        if (!std::exchange(started_, true)) replica_.start();
        if (blocks_ == before && mempool_.has_ready(app_.next_base_fee())) replica_.work();
        if (blocks_ == before && !replica_.has_failed()) replica_.timer(idle_);
        if (replica_.has_failed()) return failed_;
        if (blocks_ == before) return failure("no block was made");
        return {};
    }
    const ChainPosition& position() const { return replica_.position(); }

    bool send(const PeerId&, Channel, const Bytes&) override { return false; }
    void report(const PeerId&, Offence) override {}
    std::vector<PeerId> peers() const override { return {}; }
    BlockTime now() const override { return now_(); }
    std::uint64_t monotonic_ms() const override { return 0; }
    void set(std::uint64_t delay_ms, std::uint64_t number) override {
        if (delay_ms == kIdle) idle_ = number;
    }

  private:
    static constexpr std::uint64_t kIdle = 987'654;

    Now now_;
    Mempool& mempool_;
    Application& app_;
    std::function<void(const CommittedBlock&)> committed_;
    std::uint64_t idle_ = 0;
    std::uint64_t blocks_ = 0;
    bool started_ = false;
    Error failed_;
    Replica replica_;
};

}  // namespace assay::consensus::test
