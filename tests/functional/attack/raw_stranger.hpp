// Owns the strangers that break the protocol below its messages.
#pragma once

#include "tests/functional/attack/order.hpp"

namespace assay::attack {

// handshakes: TLS and nothing after it; oversize: a frame beyond its channel's limit; slow: asks
// for blocks without end and reads nothing.
bool is_raw(const std::string& kind);
// One stranger until it is put out or time is up.
void attack_raw_once(const Order& order, Random& random, Tally& tally);

}  // namespace assay::attack
