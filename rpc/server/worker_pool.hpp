// Owns the RPC threads: everything a server or handler runs, runs here, away from consensus.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace assay::rpc {

class WorkerPool {
  public:
    explicit WorkerPool(unsigned threads);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // Both are thread-safe and return at once; what is still waiting at stop() never runs.
    void post(std::function<void()> task);
    void after(std::chrono::milliseconds delay, std::function<void()> task);
    // Ends the threads. Servers of this pool are stopped before.
    void stop();

    boost::asio::io_context& context();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay::rpc
