// Owns CRC-32C (Castagnoli), which finds damage, not malice.
#pragma once

#include "chain/base/bytes.hpp"

namespace assay {

// RFC 3720, appendix B.4.
std::uint32_t crc32c(ByteView data);

}  // namespace assay
