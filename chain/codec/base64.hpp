// Owns bytes as base64 text.
#pragma once

#include <optional>
#include <string>

#include "chain/base/bytes.hpp"

namespace assay {

std::string base64_of(ByteView data);
// Strict standard base64 with padding; nothing for anything else.
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace assay
