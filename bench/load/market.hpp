// Owns the market's load: orders, commitments and reveals of many parties, mixed as a busy day
// would.
#pragma once

#include "bench/load/drive.hpp"

namespace assay::bench {

struct MarketLoad {
    Calls calls;
    std::uint64_t first_nonce = 0;
};

// Of every ten measured transactions of a sender four reveal, four commit, one is a transfer and
// one posts an order. What they reveal and the orders they commit to are made here, before anything
// is timed: every sender posts an order and commits to those of the others. Needs two senders or
// more.
Result<MarketLoad> prepare_market(std::uint16_t port, const WorkloadSize& size,
                                  const std::vector<Sender>& senders,
                                  const DriveSettings& settings);

}  // namespace assay::bench
