// Owns Network: links between nodes, with all that may happen to a message on its way.
#pragma once

#include "tests/simulation/scheduler.hpp"

namespace assay::simulation {

struct NetworkCounts {
    std::uint64_t sent = 0;
    std::uint64_t bytes = 0;
    std::uint64_t lost = 0;
    std::uint64_t duplicated = 0;
};

class Network {
  public:
    using Deliver = std::function<void(std::size_t from, std::size_t to, consensus::Channel channel,
                                       const Bytes& message)>;

    Network(std::size_t nodes, Scheduler& scheduler, Random random, Deliver deliver);

    void set_faults(const LinkFaults& faults) { faults_ = faults; }
    // False where the link's queue is full.
    bool send(std::size_t from, std::size_t to, consensus::Channel channel, const Bytes& message);
    // Cuts of one link add up; each needs its own mend().
    void cut(std::size_t from, std::size_t to) { ++link(from, to).cuts; }
    void mend(std::size_t from, std::size_t to);
    void mend_all();
    // A node that reads slowly: its links carry little, and their queues fill.
    void set_slow(std::size_t node, bool slow) { slow_[node] = slow; }

    const NetworkCounts& counts() const { return counts_; }

  private:
    struct Link {
        int cuts = 0;
        Micros free_at = 0;  // of a slow one
    };

    Link& link(std::size_t from, std::size_t to) { return links_[from * slow_.size() + to]; }
    Micros delay();

    Scheduler& scheduler_;
    Random random_;
    Deliver deliver_;
    LinkFaults faults_;
    std::vector<bool> slow_;
    std::vector<Link> links_;
    NetworkCounts counts_;
};

}  // namespace assay::simulation
