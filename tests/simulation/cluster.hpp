// Owns Cluster: one run of a plan, from the first block to the last check.
#pragma once

#include "tests/simulation/node.hpp"

namespace assay::simulation {

struct Outcome {
    std::string violation;  // empty: all held
    std::uint64_t height = 0;
    Micros simulated = 0;
    std::uint64_t events = 0;
    std::uint64_t digest = 0;
    NetworkCounts network;
    Stats stats;
    Facts facts;
    std::uint64_t evidence = 0;
    std::uint64_t double_votes_seen = 0;
    std::uint64_t double_votes_punished = 0;
};

// Faults until the plan's time, then a healed network: everybody honest must finalize ten more
// blocks, with a transaction of each honest node in them.
class Cluster {
  public:
    Cluster(const Plan& plan, AppKind kind, bool tracing);
    Outcome run();

  private:
    void every(Micros about, std::function<void()> action);
    void check_stores();
    void submit_something();
    void make_trouble();
    void cut_off(const std::vector<bool>& side, bool both_ways);
    Node& some_honest_node();
    void heal();
    bool is_done() const;
    Micros patience() const;
    void look_at_rounds();
    std::uint64_t highest() const;

    World world_;
    std::vector<Hash256> probes_;  // must be in the chain at the end
    std::uint64_t goal_ = 0;
    Facts facts_;
    std::int32_t round_at_heal_ = 0;
    std::uint64_t lag_at_heal_ = 0;
};

}  // namespace assay::simulation
