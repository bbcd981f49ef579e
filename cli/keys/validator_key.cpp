// CometBFT's form of a validator's key.
#include "cli/keys/validator_key.hpp"

#include "chain/codec/base64.hpp"
#include "chain/codec/json.hpp"
#include "cli/terminal/files.hpp"

namespace assay::cli {

namespace {

// The bytes of {"type": type, "value": base64}.
Result<Bytes> typed_bytes(const JsonValue& document, const char* field, std::string_view type) {
    const auto at = document.FindMember(field);
    if (at == document.MemberEnd() || !at->value.IsObject())
        return failure(std::string("no ") + field + " in it");
    const auto kind = at->value.FindMember("type");
    const auto value = at->value.FindMember("value");
    if (kind == at->value.MemberEnd() || !kind->value.IsString() ||
        value == at->value.MemberEnd() || !value->value.IsString())
        return failure(std::string(field) + " needs the texts type and value");
    if (kind->value.GetString() != type)
        return failure(std::string(field) + " is of type " + kind->value.GetString() +
                       "; validators of this chain have " + std::string(type));
    auto bytes = from_base64(value->value.GetString());
    if (!bytes) return failure(std::string(field) + " is not base64");
    return std::move(*bytes);
}

Result<crypto::SecretKey> parse(const std::string& text) {
    const auto document = json::parse(text);
    if (!document || !document->IsObject()) return failure("not a JSON object");
    const auto scalar = typed_bytes(*document, "priv_key", "tendermint/PrivKeySecp256k1");
    if (!scalar) return scalar.error();
    if (scalar->size() != 32) return failure("priv_key has not 32 bytes");
    const auto key = crypto::secret_key_from(FixedBytes<32>::from(*scalar));
    if (!key) return failure("priv_key: " + key.error().message);
    const auto written = typed_bytes(*document, "pub_key", "tendermint/PubKeySecp256k1");
    if (!written) return written.error();
    if (to_bytes(crypto::public_key_of(*key)->compressed()) != *written)
        return failure("pub_key does not belong to priv_key");
    return *key;
}

}  // namespace

Result<crypto::SecretKey> read_validator_key(const std::filesystem::path& file) {
    const auto text = read_text_file(file);
    if (!text) return text.error();
    const auto key = parse(*text);
    if (!key) return failure(file.string() + ": " + key.error().message);
    return *key;
}

}  // namespace assay::cli
