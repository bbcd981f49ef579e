// Owns the process's one libsecp256k1 context; for chain/crypto alone.
#pragma once

struct secp256k1_context_struct;

namespace assay::crypto {

// Never changed after it is made. Its blinding seed protects secrets against side channels and
// changes no output.
const secp256k1_context_struct* curve_context();

}  // namespace assay::crypto
