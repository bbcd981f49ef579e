// Owns the events of reputation.
#pragma once

#include <cstdint>

#include "chain/codec/record.hpp"
#include "chain/types/ids.hpp"

namespace assay::reputation {

enum class Cause : std::uint8_t { fee_burned = 1, rejection = 2, fraud = 3 };
BOOST_DESCRIBE_ENUM(Cause, fee_burned, rejection, fraud)

struct ReputationChanged {
    static constexpr int kIndexed = 2;
    Address account;
    Address buyer;  // whose fee was burned; else zero
    Cause cause{};
    std::uint32_t score_ppm = 0;  // as of `step`, after it
    std::uint64_t step = 0;
    std::uint32_t buyers = 0;
};
BOOST_DESCRIBE_STRUCT(ReputationChanged, (), (account, buyer, cause, score_ppm, step, buyers))

}  // namespace assay::reputation
