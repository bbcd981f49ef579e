// Owns the process's one libsecp256k1 context and the group's order; for chain/crypto alone.
#pragma once

#include "chain/types/ids.hpp"

struct secp256k1_context_struct;

namespace assay::crypto {

// Never changed after it is made. Its blinding seed protects secrets against side channels and
// changes no output.
const secp256k1_context_struct* curve_context();

// n (SEC 2, 2.4.1).
inline constexpr FixedBytes<32> kGroupOrder{{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                             0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
                                             0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b,
                                             0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41}};

}  // namespace assay::crypto
