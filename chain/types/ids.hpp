// Owns the names of things on chain: addresses, hashes, and the reserved module addresses.
#pragma once

#include <cstdint>

#include "chain/base/bytes.hpp"

namespace assay {

using Address = FixedBytes<20>;
using Hash256 = FixedBytes<32>;

// A module's number: the first byte of its state keys and the last byte of its address.
enum class ModuleId : std::uint8_t {
    chain = 0x01,  // accounts, fees, deadlines: what every module stands on
    bank = 0x02,
    beacon = 0x03,
    market = 0x04,
    disputes = 0x05,
    jurors = 0x06,
    rewards = 0x07,
    staking = 0x08,
    governance = 0x09,
    datasets = 0x0a,
    relay = 0x0b,
    reputation = 0x0c,
};

// 0xa55a followed by zeros and one last byte. Nobody holds a key to such an address.
constexpr Address reserved_address(std::uint8_t kind, std::uint8_t index) {
    Address out;
    out.bytes[0] = 0xa5;
    out.bytes[1] = 0x5a;
    out.bytes[18] = kind;
    out.bytes[19] = index;
    return out;
}

// Where transactions for a module are sent; holds only the value of the message in flight.
constexpr Address module_address(ModuleId id) {
    return reserved_address(0, static_cast<std::uint8_t>(id));
}

// True for every module and pool address, used or not: no plain transfer may reach one.
constexpr bool is_reserved(const Address& address) {
    if (address.bytes[0] != 0xa5 || address.bytes[1] != 0x5a) return false;
    for (std::size_t i = 2; i < 18; ++i)
        if (address.bytes[i] != 0) return false;
    return true;
}

}  // namespace assay
