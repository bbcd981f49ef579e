// CRC-32C by Crypto++, which uses the processor's instruction where there is one.
#include "chain/crypto/crc32c.hpp"

#include <cryptopp/crc.h>

namespace assay {

std::uint32_t crc32c(ByteView data) {
    CryptoPP::CRC32C hash;
    std::uint32_t out = 0;
    hash.CalculateDigest(reinterpret_cast<CryptoPP::byte*>(&out), data.data(), data.size());
    return out;
}

}  // namespace assay
