// The protobuf Timestamp message.
#include "consensus/types/wire.hpp"

namespace assay::consensus {

void write_time(protobuf::Writer& out, std::uint32_t field, const BlockTime& time) {
    out.message(field, [&](protobuf::Writer& inner) {
        inner.integer(1, time.seconds);
        inner.integer(2, time.nanos);
    });
}

BlockTime read_time(protobuf::Reader& in, std::uint32_t field) {
    BlockTime out;
    in.message(field, [&](protobuf::Reader& inner) {
        out.seconds = inner.int64(1);
        out.nanos = inner.int32(2);
        if (out.nanos < 0 || out.nanos > 999'999'999) inner.fail(2, "is no count of nanoseconds");
        if (out.seconds < kGoZeroTime.seconds || out.seconds >= kEndOfTime)
            inner.fail(1, "is outside the years 1 to 9999");
    });
    return out;
}

}  // namespace assay::consensus
