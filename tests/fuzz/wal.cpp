// Fuzz target: the log's reader takes any bytes, and what it takes encodes back.
#include "consensus/wal/record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::ByteView segment(data, size);
    std::size_t bytes = 0;
    const auto scan = assay::consensus::scan_wal(segment, 0, [&](const auto& record) {
        bytes += assay::consensus::encode_wal_record(record, 0).size();
    });
    CHECK(scan.end <= size);
    CHECK(bytes == scan.end);
    return 0;
}
