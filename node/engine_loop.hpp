// Owns EngineLoop: the thread on which the replica and everything that shares its state run.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "consensus/engine/ports.hpp"
#include "consensus/sync/worker.hpp"

namespace assay::node {

// Work is done one piece after the other, in the order of posting.
class EngineLoop final : public consensus::ClockPort {
  public:
    EngineLoop();
    ~EngineLoop() override;

    // Thread-safe. What was posted before start() runs then.
    void post(std::function<void()> work);
    void start();
    // Waits for the piece being worked on; the rest is dropped.
    void stop();

    BlockTime now() const override;
    std::uint64_t monotonic_ms() const override;

  private:
    friend class LoopTimers;
    friend class LoopWorker;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Timers of one part of the engine; they fire on the loop's thread. Destroy it when the loop has
// stopped.
class LoopTimers final : public consensus::TimerPort {
  public:
    explicit LoopTimers(EngineLoop& loop) : loop_(loop) {}
    void on_fire(std::function<void(std::uint64_t)> fire) { fire_ = std::move(fire); }
    void set(std::uint64_t delay_ms, std::uint64_t number) override;

  private:
    EngineLoop& loop_;
    std::function<void(std::uint64_t)> fire_;
};

// Two threads beside the loop. Destroy it when the loop has stopped.
class LoopWorker final : public consensus::Worker {
  public:
    explicit LoopWorker(EngineLoop& loop);
    ~LoopWorker() override;
    void run(std::function<void()> job, std::function<void()> done) override;
    void run_first(std::function<void()> job, std::function<void()> done) override;

  private:
    struct Impl;
    void run_one();

    EngineLoop& loop_;
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay::node
