// Owns the packed form of large stored values: logs repeat addresses and topics, and are half
// zeros.
#pragma once

#include <optional>

#include "chain/base/bytes.hpp"

namespace assay {

// A mark and the Snappy form of `plain`, whose first byte must not be the mark, 1: a value that was
// stored as it is stays readable. Which bytes come out depends on the library, so no hash may cover
// them.
Bytes packed(ByteView plain);
// `stored` as it was before packed(), or as it is where it was not packed; nullopt where damaged.
std::optional<Bytes> unpacked(Bytes stored);

}  // namespace assay
