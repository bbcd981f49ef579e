// Signing and recovering intents.
#include "modules/relay/intent.hpp"

#include <algorithm>

namespace assay::relay {

namespace {

constexpr std::uint8_t kElectrum = 27;  // v of parity 0, as wallets write it

}  // namespace

eip712::Domain intent_domain(std::uint64_t chain_id) {
    return {.name = "Assay",
            .version = "1",
            .chain_id = chain_id,
            .verifying_contract = module_address(ModuleId::relay)};
}

Result<Address> signer_of(const Hash256& digest, ByteView signature) {
    if (signature.size() != kSignatureBytes) return failure("a signature has 65 bytes");
    crypto::RecoverableSignature parts;
    std::copy_n(signature.begin(), 32, parts.r.bytes.begin());
    std::copy_n(signature.begin() + 32, 32, parts.s.bytes.begin());
    const std::uint8_t v = signature[64];
    parts.recovery_id = v >= kElectrum ? static_cast<std::uint8_t>(v - kElectrum) : v;
    const auto key = crypto::recover(digest, parts);
    if (!key) return key.error();
    return crypto::address_of(*key);
}

Bytes signature_bytes(const crypto::RecoverableSignature& signature) {
    Bytes out(signature.r.begin(), signature.r.end());
    out.insert(out.end(), signature.s.begin(), signature.s.end());
    out.push_back(static_cast<std::uint8_t>(kElectrum + signature.recovery_id));
    return out;
}

}  // namespace assay::relay
