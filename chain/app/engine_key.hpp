// Owns where an engine's records stand in the application's store.
#pragma once

#include "chain/base/bytes.hpp"

namespace assay {

Bytes stored_engine_key(ByteView key);

}  // namespace assay
