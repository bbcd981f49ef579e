// Crypto++ behind the chain's own types.
#include "chain/crypto/hash.hpp"

#include <cryptopp/keccak.h>
#include <cryptopp/ripemd.h>
#include <cryptopp/sha.h>
#include <memory>
#include <new>

namespace assay {

namespace {

template <class Algorithm, std::size_t N>
FixedBytes<N> digest(ByteView data) {
    FixedBytes<N> out;
    Algorithm algorithm;
    algorithm.Update(data.data(), data.size());
    algorithm.TruncatedFinal(out.data(), N);
    return out;
}

// The Crypto++ object that lives in `storage`, which a constructor placed there.
template <class Algorithm, std::size_t N>
Algorithm& at(std::array<std::byte, N>& storage) {
    static_assert(sizeof(Algorithm) <= N && alignof(Algorithm) <= 16);
    return *std::launder(reinterpret_cast<Algorithm*>(storage.data()));
}
template <class Algorithm, std::size_t N>
const Algorithm& at(const std::array<std::byte, N>& storage) {
    return *std::launder(reinterpret_cast<const Algorithm*>(storage.data()));
}

template <class Algorithm, std::size_t N>
Hash256 finish_at(std::array<std::byte, N>& storage) {
    Hash256 out;
    at<Algorithm>(storage).TruncatedFinal(out.data(), out.size());
    return out;
}

using Sha = CryptoPP::SHA256;
using Keccak = CryptoPP::Keccak_256;

}  // namespace

Hash256 sha256(ByteView data) {
    return digest<Sha, 32>(data);
}
Hash256 keccak256(ByteView data) {
    return digest<Keccak, 32>(data);
}
FixedBytes<20> ripemd160(ByteView data) {
    return digest<CryptoPP::RIPEMD160, 20>(data);
}

Sha256::Sha256() {
    new (storage_.data()) Sha();
}
Sha256::Sha256(const Sha256& other) {
    new (storage_.data()) Sha(at<Sha>(other.storage_));
}
Sha256& Sha256::operator=(const Sha256& other) {
    at<Sha>(storage_) = at<Sha>(other.storage_);
    return *this;
}
Sha256::~Sha256() {
    std::destroy_at(&at<Sha>(storage_));
}
void Sha256::update(ByteView data) {
    at<Sha>(storage_).Update(data.data(), data.size());
}
Hash256 Sha256::finish() {
    return finish_at<Sha>(storage_);
}

Keccak256::Keccak256() {
    new (storage_.data()) Keccak();
}
Keccak256::Keccak256(const Keccak256& other) {
    new (storage_.data()) Keccak(at<Keccak>(other.storage_));
}
Keccak256& Keccak256::operator=(const Keccak256& other) {
    at<Keccak>(storage_) = at<Keccak>(other.storage_);
    return *this;
}
Keccak256::~Keccak256() {
    std::destroy_at(&at<Keccak>(storage_));
}
void Keccak256::update(ByteView data) {
    at<Keccak>(storage_).Update(data.data(), data.size());
}
Hash256 Keccak256::finish() {
    return finish_at<Keccak>(storage_);
}

}  // namespace assay
