// BIP-39 phrases.
#include "cli/keys/mnemonic.hpp"

#include <sstream>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kWordBits = 11;
constexpr std::uint32_t kSeedIterations = 2048;  // BIP-39, "From mnemonic to seed"
constexpr const char* kWords =
#include "cli/keys/bip39_english.inc"
    ;
// SHA-256 of english.txt in the BIP-39 repository.
constexpr const char* kListHash =
    "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";

std::vector<std::string> split(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> out;
    for (std::string word; in >> word;) {
        for (char& c : word)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        out.push_back(word);
    }
    return out;
}

std::vector<std::string> checked_words() {
    auto words = split(kWords);
    CHECK(words.size() == 2048);
    std::string file;
    for (const auto& word : words) file += word + "\n";
    CHECK(to_hex(sha256(view_of(file))) == kListHash);
    return words;
}

bool bit_of(ByteView bytes, std::size_t index) {
    return (bytes[index / 8] >> (7 - index % 8) & 1) != 0;
}

bool is_length(std::size_t words) {
    return words >= 12 && words <= 24 && words % 3 == 0;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

}  // namespace

const std::vector<std::string>& mnemonic_words() {
    static const std::vector<std::string> kList = checked_words();
    return kList;
}

Result<std::string> mnemonic_of(ByteView entropy) {
    const std::size_t count = entropy.size() * 3 / 4;
    if (entropy.size() % 4 != 0 || !is_length(count))
        return failure("entropy: expected 16, 20, 24, 28 or 32 bytes, got " +
                       std::to_string(entropy.size()));
    Bytes bits = to_bytes(entropy);
    append(bits, sha256(entropy));
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t index = 0;
        for (std::size_t k = 0; k < kWordBits; ++k)
            index = index << 1 | (bit_of(bits, i * kWordBits + k) ? 1U : 0U);
        words.push_back(mnemonic_words()[index]);
    }
    return joined(words);
}

Result<Bytes> entropy_of(std::string_view phrase) {
    const auto words = split(phrase);
    if (!is_length(words.size()))
        return failure("mnemonic: expected 12, 15, 18, 21 or 24 words, got " +
                       std::to_string(words.size()));
    const auto& list = mnemonic_words();
    Bytes bits((words.size() * kWordBits + 7) / 8);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto found = std::lower_bound(list.begin(), list.end(), words[i]);
        if (found == list.end() || *found != words[i])
            return failure("mnemonic: word " + std::to_string(i + 1) + " (\"" + words[i] +
                           "\") is not in the BIP-39 English list");
        const auto index = static_cast<std::size_t>(found - list.begin());
        for (std::size_t k = 0; k < kWordBits; ++k) {
            const std::size_t at = i * kWordBits + k;
            if ((index >> (kWordBits - 1 - k) & 1) != 0)
                bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] | 0x80U >> at % 8);
        }
    }
    const Bytes entropy(bits.begin(), bits.begin() + static_cast<long>(words.size() / 3 * 4));
    const Hash256 hash = sha256(entropy);
    for (std::size_t k = 0; k < words.size() / 3; ++k)
        if (bit_of(bits, entropy.size() * 8 + k) != bit_of(hash, k))
            return failure("mnemonic: the checksum is wrong; a word is mistyped or out of order");
    return entropy;
}

Result<FixedBytes<64>> seed_of(std::string_view phrase, std::string_view passphrase) {
    const auto entropy = entropy_of(phrase);
    if (!entropy) return entropy.error();
    for (const char c : passphrase)
        if (static_cast<unsigned char>(c) >= 0x80)
            return failure("passphrase: only ASCII characters are supported");
    const std::string canonical = joined(split(phrase));
    const std::string salt = "mnemonic" + std::string(passphrase);
    return FixedBytes<64>::from(
        crypto::pbkdf2_hmac_sha512(view_of(canonical), view_of(salt), kSeedIterations, 64));
}

}  // namespace assay::cli
