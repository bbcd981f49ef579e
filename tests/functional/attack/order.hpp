// Owns what an attack is told, and what it tells of itself.
#pragma once

#include <atomic>
#include <chrono>
#include <random>
#include <string>

#include "chain/base/bytes.hpp"
#include "chain/types/ids.hpp"

namespace assay::attack {

using Clock = std::chrono::steady_clock;
using Random = std::mt19937_64;

struct Order {
    std::string target;  // id@host:port
    std::string chain;
    Hash256 genesis;
    std::string kind;
    Clock::time_point end;
};

struct Tally {
    std::atomic<std::uint64_t> links{0};
    std::atomic<std::uint64_t> ended{0};  // by the other side
    std::atomic<std::uint64_t> messages{0};
    std::atomic<std::uint64_t> bytes{0};
};

}  // namespace assay::attack
