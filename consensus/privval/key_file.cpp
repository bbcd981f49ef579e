// Reading and writing priv_validator_key.json.
#include "consensus/privval/key_file.hpp"

#include <openssl/evp.h>

#include "chain/codec/json.hpp"
#include "consensus/types/keys.hpp"

namespace assay::consensus {

namespace {

constexpr const char* kPublicType = "tendermint/PubKeySecp256k1";
constexpr const char* kPrivateType = "tendermint/PrivKeySecp256k1";

std::string base64(ByteView data) {
    std::string out(4 * ((data.size() + 2) / 3), '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), data.data(),
                    static_cast<int>(data.size()));
    return out;
}

// Exactly N bytes in canonical base64.
template <std::size_t N>
Result<FixedBytes<N>> from_base64(std::string_view text) {
    std::array<std::uint8_t, 3 * ((N + 2) / 3) + 1> raw{};
    if (text.size() != 4 * ((N + 2) / 3)) return failure("has the wrong length");
    if (EVP_DecodeBlock(raw.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size())) < static_cast<int>(N))
        return failure("is not base64");
    const auto out = FixedBytes<N>::from(ByteView(raw.data(), N));
    if (base64(out) != text) return failure("is not canonical base64");
    return out;
}

std::string upper_hex(ByteView data) {
    std::string out = to_hex(data);
    for (char& c : out)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

// The "value" of {"type": type, "value": ...}.
Result<std::string> typed_value(const JsonValue& doc, const char* field, const char* type) {
    const auto at = doc.FindMember(field);
    if (at == doc.MemberEnd() || !at->value.IsObject())
        return failure(std::string(field) + " is missing");
    const auto kind = at->value.FindMember("type");
    const auto value = at->value.FindMember("value");
    if (kind == at->value.MemberEnd() || !kind->value.IsString() ||
        value == at->value.MemberEnd() || !value->value.IsString())
        return failure(std::string(field) + " needs the texts type and value");
    if (kind->value.GetString() != std::string_view(type))
        return failure(std::string(field) + " has type " + kind->value.GetString() +
                       "; this chain's validators use " + type);
    return std::string(value->value.GetString());
}

ValidatorKey public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key).value().compressed();
}

}  // namespace

std::string key_file_text(const crypto::SecretKey& key) {
    const ValidatorKey public_key = public_of(key);
    const auto member = [](const char* name, const char* type, ByteView value) {
        return std::string("  \"") + name + "\": {\n    \"type\": \"" + type +
               "\",\n    \"value\": \"" + base64(value) + "\"\n  }";
    };
    return "{\n  \"address\": \"" + upper_hex(consensus_address(public_key)) + "\",\n" +
           member("pub_key", kPublicType, public_key) + ",\n" +
           member("priv_key", kPrivateType, key.bytes) + "\n}\n";
}

Result<crypto::SecretKey> parse_key_file(std::string_view text) {
    JsonDocument doc;
    doc.Parse(text.data(), text.size());
    if (doc.HasParseError() || !doc.IsObject()) return failure("is not a JSON object");
    const auto secret_text = typed_value(doc, "priv_key", kPrivateType);
    if (!secret_text) return secret_text.error();
    const auto scalar = from_base64<32>(*secret_text);
    if (!scalar) return failure("priv_key " + scalar.error().message);
    auto key = crypto::secret_key_from(*scalar);
    if (!key) return failure("priv_key " + key.error().message);
    const auto public_text = typed_value(doc, "pub_key", kPublicType);
    if (!public_text) return public_text.error();
    const ValidatorKey public_key = public_of(*key);
    if (*public_text != base64(public_key)) return failure("pub_key does not belong to priv_key");
    const auto address = doc.FindMember("address");
    if (address == doc.MemberEnd() || !address->value.IsString() ||
        address->value.GetString() != upper_hex(consensus_address(public_key)))
        return failure("address does not belong to priv_key");
    return key;
}

Result<void> save_key_file(Disk& disk, const std::string& path, const crypto::SecretKey& key) {
    if (disk.exists(path))
        return failure(path + " exists already; move it away if the key is no longer needed");
    return replace_file(disk, path, view_of(key_file_text(key)));
}

Result<crypto::SecretKey> load_key_file(Disk& disk, const std::string& path) {
    constexpr std::size_t kMaxBytes = 4096;
    const auto file = disk.open(path);
    if (!file) return file.error();
    if ((*file)->size() > kMaxBytes) return failure(path + " is longer than a key file may be");
    const auto content = (*file)->read(0, (*file)->size());
    if (!content) return content.error();
    auto key = parse_key_file(text_of(*content));
    if (!key) return failure(path + ": " + key.error().message);
    return key;
}

}  // namespace assay::consensus
