// Owns BlockTime: a header's or a vote's time.
#pragma once

#include <boost/describe.hpp>
#include <compare>
#include <cstdint>

namespace assay {

// Seconds and nanoseconds (0 to 999,999,999) since the epoch, UTC.
struct BlockTime {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;
    friend auto operator<=>(const BlockTime&, const BlockTime&) = default;
};
BOOST_DESCRIBE_STRUCT(BlockTime, (), (seconds, nanos))

}  // namespace assay
