// Owns one run: submit everything with a bounded number in flight, and time each to its block.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/load/workload.hpp"

namespace assay::bench {

struct DriveSettings {
    std::size_t batch = 100;         // calls in one HTTP request
    std::size_t connections = 4;     // kept alive, one request at a time each
    std::size_t in_flight = 20'000;  // submitted and not yet in a block
    double patience_s = 60;          // without any progress the run fails
};

struct DriveResult {
    double tx_per_s = 0;
    double p50_ms = 0;  // from sending the request to having read the block
    double p99_ms = 0;
    std::uint64_t blocks = 0;  // that held at least one
    std::uint64_t first_height = 0;
    std::uint64_t last_height = 0;
};

// Sends `txs` in order. A transaction counts as committed when the block that holds it was read
// after its newHeads notification; its receipt can be queried from then on.
Result<DriveResult> drive(std::uint16_t port, const std::vector<SignedTx>& txs,
                          const DriveSettings& settings);

// Milliseconds from sending a transaction to having read its block, when nothing else is waiting.
struct LoneResult {
    double p50_ms = 0;
    double p99_ms = 0;
};
// Sends `txs` one after the other, each when the one before is in a block.
Result<LoneResult> drive_lone(std::uint16_t port, const std::vector<SignedTx>& txs,
                              const DriveSettings& settings);

// How many of `txs` have a receipt with status 1 in these blocks.
Result<std::uint64_t> count_succeeded(std::uint16_t port, const DriveResult& run,
                                      const std::vector<SignedTx>& txs);

}  // namespace assay::bench
