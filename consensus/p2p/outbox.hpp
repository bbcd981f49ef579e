// Owns Outbox: how much waits to be sent to all peers together.
#pragma once

#include <atomic>
#include <cstddef>

namespace assay::consensus {

struct OutboxLimits {
    std::size_t of_all = 512U << 20U;
    std::size_t share = 1U << 20U;  // what each peer may have whatever the others have
};

// Thread-safe.
class Outbox {
  public:
    explicit Outbox(OutboxLimits limits = {}) : limits_(limits) {}
    // `of_peer`: what waits for this peer with it. `named`: a persistent peer, bounded by its own
    // queues alone.
    bool reserve(std::size_t bytes, std::size_t of_peer, bool named) {
        const std::size_t after = queued_.fetch_add(bytes) + bytes;
        if (named || of_peer <= limits_.share || after <= limits_.of_all) return true;
        queued_.fetch_sub(bytes);
        return false;
    }
    void release(std::size_t bytes) { queued_.fetch_sub(bytes); }
    std::size_t queued() const { return queued_.load(); }

  private:
    OutboxLimits limits_;
    std::atomic<std::size_t> queued_{0};
};

}  // namespace assay::consensus
