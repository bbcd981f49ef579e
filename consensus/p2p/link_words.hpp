// Owns what links say to each other on the channel of their own.
#pragma once

#include "chain/base/bytes.hpp"

namespace assay::consensus {

// The first byte; only hello has more.
enum class Own : std::uint8_t { hello = 0, ping = 1, pong = 2 };

inline Bytes own_message(Own kind, const Bytes& body = {}) {
    Bytes out{static_cast<std::uint8_t>(kind)};
    append(out, body);
    return out;
}

}  // namespace assay::consensus
