// Owns Worker: the port to other threads, for work that needs no state.
#pragma once

#include <functional>
#include <utility>

namespace assay::consensus {

class Worker {
  public:
    virtual ~Worker() = default;
    // Runs `job` on any thread, then `done` on the engine's. Jobs may end in any order.
    virtual void run(std::function<void()> job, std::function<void()> done) = 0;
    // As run(), but before what waits: for short work that the engine cannot go on without.
    virtual void run_first(std::function<void()> job, std::function<void()> done) {
        run(std::move(job), std::move(done));
    }
};

// For nodes without other threads, and wherever the order of everything must repeat.
class InlineWorker final : public Worker {
  public:
    void run(std::function<void()> job, std::function<void()> done) override {
        job();
        done();
    }
};

}  // namespace assay::consensus
