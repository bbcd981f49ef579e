// Owns TimedApp: the application as the engine sees it, with a clock beside it.
#pragma once

#include "chain/app/application.hpp"
#include "rpc/server/metrics.hpp"

namespace assay::node {

// How long the steps of making blocks take.
struct BlockTimes {
    rpc::DurationHistogram build;     // choosing the transactions
    rpc::DurationHistogram check;     // of a proposal's contents
    rpc::DurationHistogram execute;   // until the new state's root is known
    rpc::DurationHistogram commit;    // the one synced write
    rpc::DurationHistogram interval;  // from one commit to the next
};

class TimedApp final : public Application {
  public:
    explicit TimedApp(Application& app) : app_(app) {}
    const BlockTimes& times() const { return times_; }

    AppInfo info() const override { return app_.info(); }
    Result<Hash256> init_chain() override { return app_.init_chain(); }
    boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) override {
        return app_.check_tx(std::move(raw));
    }
    std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) override {
        const Span span(times_.build);
        return app_.prepare_proposal(request);
    }
    bool process_proposal(const FinalizeRequest& request) override {
        const Span span(times_.check);
        return app_.process_proposal(request);
    }
    Result<void> may_execute(std::uint64_t height) const override {
        return app_.may_execute(height);
    }
    FinalizeResponse finalize_block(const FinalizeRequest& request) override {
        const Span span(times_.execute);
        return app_.finalize_block(request);
    }
    std::vector<CheckedTxPtr> pending_txs() const override { return app_.pending_txs(); }
    std::optional<ProofRequest> proof_request(const FixedBytes<20>& proposer) const override {
        return app_.proof_request(proposer);
    }
    Amount next_base_fee() const override { return app_.next_base_fee(); }
    std::uint64_t block_gas_limit() const override { return app_.block_gas_limit(); }
    Result<void> commit(std::span<const EngineRecord> records) override {
        const Span span(times_.commit);
        if (committed_ != Clock::time_point{}) times_.interval.add(span.started - committed_);
        committed_ = span.started;
        return app_.commit(records);
    }
    std::optional<Bytes> engine_record(ByteView key) const override {
        return app_.engine_record(key);
    }
    Bytes senders(std::uint64_t height) const override { return app_.senders(height); }

  private:
    using Clock = std::chrono::steady_clock;
    struct Span {
        explicit Span(rpc::DurationHistogram& histogram) : into(histogram) {}
        ~Span() { into.add(Clock::now() - started); }
        Span(const Span&) = delete;
        Span& operator=(const Span&) = delete;
        rpc::DurationHistogram& into;
        Clock::time_point started = Clock::now();
    };

    Application& app_;
    BlockTimes times_;
    Clock::time_point committed_{};  // the newest block
};

}  // namespace assay::node
