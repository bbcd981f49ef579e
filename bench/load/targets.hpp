// Owns the nodes that are measured: an assayd of its own home, and anvil beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "bench/load/process.hpp"
#include "bench/load/workload.hpp"

namespace assay::bench {

// A node that takes transactions, or several that make one chain. Every sender has 10,000 tokens.
struct Target {
    Process process;
    std::uint16_t port = 0;  // of the first node
    std::vector<int> nodes;  // their processes, where `process` only watches them
    double cpu_seconds() const;
    double peak_mb() const;  // of the largest node
    void reset_peak() const;
};

// A devnet of several validators in `home`, which must not exist; its genesis holds the senders.
Result<Target> start_validators(const std::string& program, const std::filesystem::path& home,
                                std::size_t validators, const WorkloadSize& size,
                                const std::vector<Sender>& senders);

// A devnet of one validator in `home`, which must not exist; its genesis holds the senders and
// `accounts` accounts more. The chain is built by a first start; the one measured is the second.
Result<Target> start_assayd(const std::string& program, const std::filesystem::path& home,
                            const WorkloadSize& size, const std::vector<Sender>& senders,
                            std::uint64_t accounts);

// A node with no key of a validator beside running ones, which it is told of; its home is
// `nodes`/observer. It begins with an empty chain.
Result<Target> start_observer(const std::string& program, const std::filesystem::path& nodes);

// The sum of the Prometheus samples called `name` over the nodes of `home`.
Result<double> sum_of_metric(const std::filesystem::path& home, std::size_t validators,
                             const std::string& name);

// Every default of anvil but gas limit and, where not 0, an interval between blocks.
Result<Target> start_anvil(const std::string& program, const std::string& log,
                           const WorkloadSize& size, const std::vector<Sender>& senders,
                           unsigned block_time_s);

}  // namespace assay::bench
