// Reading and writing keystores of version 3.
#include "cli/keys/keystore.hpp"

#include <array>
#include <chrono>
#include <ctime>

#include "chain/codec/json.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kKeyLength = 32;
constexpr std::uint64_t kMostIterations = 100'000'000;

Error broken(const std::string& what) {
    return failure("keystore: " + what);
}

const JsonValue* member(const JsonValue& in, const char* name) {
    const auto it = in.FindMember(name);
    return it == in.MemberEnd() ? nullptr : &it->value;
}

Result<std::string> text_at(const JsonValue& in, const char* name) {
    const JsonValue* value = member(in, name);
    if (value == nullptr || !value->IsString()) return broken(std::string(name) + " is missing");
    return std::string(value->GetString(), value->GetStringLength());
}

Result<std::uint64_t> number_at(const JsonValue& in, const char* name) {
    const JsonValue* value = member(in, name);
    if (value == nullptr || !value->IsUint64())
        return broken(std::string(name) + " is missing or no number");
    return value->GetUint64();
}

Result<Bytes> hex_at(const JsonValue& in, const char* name) {
    const auto text = text_at(in, name);
    if (!text) return text.error();
    auto bytes = from_hex(*text);
    if (!bytes) return broken(std::string(name) + ": " + bytes.error().message);
    return bytes;
}

// The part that other wallets call "crypto" or "Crypto".
Result<const JsonValue*> crypto_part(const JsonDocument& json) {
    if (!json.IsObject()) return broken("expected a JSON object");
    const auto version = number_at(json, "version");
    if (!version) return version.error();
    if (*version != 3)
        return broken("version " + std::to_string(*version) + " is not supported; only 3 is");
    const JsonValue* part = member(json, "crypto");
    if (part == nullptr) part = member(json, "Crypto");
    if (part == nullptr || !part->IsObject()) return broken("crypto is missing");
    return part;
}

Result<Bytes> derive_scrypt(const JsonValue& params, const std::string& password,
                            const Bytes& salt) {
    const auto n = number_at(params, "n");
    const auto r = number_at(params, "r");
    const auto p = number_at(params, "p");
    if (!n || !r || !p) return broken("scrypt needs n, r and p");
    const bool narrow = *r < (1U << 30) && *p < (1U << 30);
    if (!narrow ||
        !crypto::scrypt_accepts(*n, static_cast<std::uint32_t>(*r), static_cast<std::uint32_t>(*p)))
        return broken("these scrypt parameters are invalid or need more than 1 GiB");
    return crypto::scrypt(view_of(password), salt, *n, static_cast<std::uint32_t>(*r),
                          static_cast<std::uint32_t>(*p), kKeyLength);
}

Result<Bytes> derive_pbkdf2(const JsonValue& params, const std::string& password,
                            const Bytes& salt) {
    const auto function = text_at(params, "prf");
    const auto iterations = number_at(params, "c");
    if (!iterations) return iterations.error();
    if (!function || *function != "hmac-sha256") return broken("prf must be hmac-sha256");
    if (*iterations == 0 || *iterations > kMostIterations)
        return broken("c must be 1 to " + std::to_string(kMostIterations));
    return crypto::pbkdf2_hmac_sha256(view_of(password), salt,
                                      static_cast<std::uint32_t>(*iterations), kKeyLength);
}

Result<Bytes> derive(const JsonValue& part, const std::string& password) {
    const auto kind = text_at(part, "kdf");
    if (!kind) return kind.error();
    const JsonValue* params = member(part, "kdfparams");
    if (params == nullptr || !params->IsObject()) return broken("kdfparams is missing");
    const auto salt = hex_at(*params, "salt");
    if (!salt) return salt.error();
    const auto length = number_at(*params, "dklen");
    if (!length || *length != kKeyLength) return broken("dklen must be 32");
    if (*kind == "scrypt") return derive_scrypt(*params, password, *salt);
    if (*kind == "pbkdf2") return derive_pbkdf2(*params, password, *salt);
    return broken("kdf \"" + *kind + "\" is not supported; scrypt and pbkdf2 are");
}

Hash256 mac_of(ByteView derived, ByteView cipher) {
    Bytes input = to_bytes(derived.subspan(16, 16));
    append(input, cipher);
    return keccak256(input);
}

FixedBytes<16> cipher_key(ByteView derived) {
    return FixedBytes<16>::from(derived.first(16));
}

// RFC 4122, version 4.
std::string random_uuid() {
    Bytes raw = crypto::random_bytes(16);
    raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0f) | 0x40);
    raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3f) | 0x80);
    std::string out = to_hex(raw);
    for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, "-");
    return out;
}

template <class T>
void put(JsonWriter& out, const char* name, const T& value) {
    out.Key(name);
    if constexpr (std::is_integral_v<T>)
        out.Uint64(value);
    else
        out.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

}  // namespace

Result<KeystoreHead> keystore_head(const std::string& json) {
    const auto document = json::parse(json);
    if (!document) return broken(document.error().message);
    const auto part = crypto_part(*document);
    if (!part) return part.error();
    const auto text = text_at(*document, "address");
    if (!text) return text.error();
    const auto address = fixed_from_hex<20>(*text);
    if (!address) return broken("address: " + address.error().message);
    const auto name = text_at(*document, "name");
    return KeystoreHead{*address, name ? *name : std::string()};
}

Result<crypto::SecretKey> open_keystore(const std::string& json, const std::string& password) {
    const auto document = json::parse(json);
    if (!document) return broken(document.error().message);
    const auto found = crypto_part(*document);
    if (!found) return found.error();
    const JsonValue& part = **found;
    const auto cipher = text_at(part, "cipher");
    if (!cipher || *cipher != "aes-128-ctr") return broken("cipher must be aes-128-ctr");
    const JsonValue* params = member(part, "cipherparams");
    if (params == nullptr || !params->IsObject()) return broken("cipherparams is missing");
    const auto counter = hex_at(*params, "iv");
    const auto sealed = hex_at(part, "ciphertext");
    const auto mac = hex_at(part, "mac");
    if (!counter) return counter.error();
    if (!sealed) return sealed.error();
    if (!mac) return mac.error();
    if (counter->size() != 16) return broken("iv must be 16 bytes");
    const auto derived = derive(part, password);
    if (!derived) return derived.error();
    if (to_bytes(mac_of(*derived, *sealed)) != *mac) return failure("wrong password");
    auto key = crypto::secret_key_from(
        crypto::aes128_ctr(cipher_key(*derived), FixedBytes<16>::from(*counter), *sealed));
    if (!key) return broken("it holds no valid key: " + key.error().message);
    const auto head = keystore_head(json);
    if (head && crypto::address_of(*crypto::public_key_of(*key)) != head->address)
        return broken("the key inside is not that of address " + to_hex0x(head->address));
    return key;
}

std::string seal_keystore(const crypto::SecretKey& key, const std::string& password,
                          const std::string& name, const ScryptCost& cost) {
    const Bytes salt = crypto::random_bytes(32);
    const Bytes counter = crypto::random_bytes(16);
    const Bytes derived =
        crypto::scrypt(view_of(password), salt, cost.n, cost.r, cost.p, kKeyLength);
    const Bytes sealed =
        crypto::aes128_ctr(cipher_key(derived), FixedBytes<16>::from(counter), key.bytes);
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    out.StartObject();
    put(out, "address", to_hex(crypto::address_of(*crypto::public_key_of(key))));
    if (!name.empty()) put(out, "name", name);
    out.Key("crypto");
    out.StartObject();
    put(out, "cipher", std::string("aes-128-ctr"));
    put(out, "ciphertext", to_hex(sealed));
    out.Key("cipherparams");
    out.StartObject();
    put(out, "iv", to_hex(counter));
    out.EndObject();
    put(out, "kdf", std::string("scrypt"));
    out.Key("kdfparams");
    out.StartObject();
    put(out, "dklen", kKeyLength);
    put(out, "n", cost.n);
    put(out, "p", cost.p);
    put(out, "r", cost.r);
    put(out, "salt", to_hex(salt));
    out.EndObject();
    put(out, "mac", to_hex(mac_of(derived, sealed)));
    out.EndObject();
    put(out, "id", random_uuid());
    out.Key("version");
    out.Uint(3);
    out.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

std::string keystore_file_name(const Address& address) {
    using std::chrono::duration_cast;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto total_ns = duration_cast<std::chrono::nanoseconds>(now).count();
    const std::time_t seconds = total_ns / 1'000'000'000;
    std::tm parts{};
    CHECK(gmtime_r(&seconds, &parts) != nullptr);
    std::array<char, 40> day{};
    const std::size_t size = std::strftime(day.data(), day.size(), "%Y-%m-%dT%H-%M-%S", &parts);
    std::string nanos = std::to_string(total_ns % 1'000'000'000);
    nanos.insert(0, 9 - nanos.size(), '0');
    return "UTC--" + std::string(day.data(), size) + "." + nanos + "Z--" + to_hex(address);
}

}  // namespace assay::cli
