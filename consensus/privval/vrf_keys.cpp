// Reading, writing and using vrf_key.json.
#include "consensus/privval/vrf_keys.hpp"

#include "chain/codec/json.hpp"

namespace assay::consensus {

namespace {

ecvrf::PublicKey public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key).value().compressed();
}

struct VrfKeyText {
    std::string public_key;
    std::string secret_key;
};

// The members of one entry, and nothing beside them.
Result<VrfKeyText> text_of_entry(const JsonValue& entry) {
    if (!entry.IsObject() || entry.MemberCount() != 2)
        return failure("each key needs public_key and secret_key alone");
    const auto text = [&](const char* name) -> std::string {
        const auto at = entry.FindMember(name);
        return at != entry.MemberEnd() && at->value.IsString() ? at->value.GetString() : "";
    };
    return VrfKeyText{.public_key = text("public_key"), .secret_key = text("secret_key")};
}

}  // namespace

std::string vrf_file_text(const std::vector<crypto::SecretKey>& keys) {
    std::string out = "{\n  \"keys\": [";
    for (const auto& key : keys)
        out += std::string(out.ends_with('[') ? "" : ",") + "\n    {\n      \"public_key\": \"" +
               to_hex(public_of(key)) + "\",\n      \"secret_key\": \"" + to_hex(key.bytes) +
               "\"\n    }";
    return out + "\n  ]\n}\n";
}

Result<std::vector<crypto::SecretKey>> parse_vrf_file(std::string_view text) {
    JsonDocument doc;
    doc.Parse(text.data(), text.size());
    if (doc.HasParseError() || !doc.IsObject() || doc.MemberCount() != 1 ||
        !doc.HasMember("keys") || !doc["keys"].IsArray())
        return failure("is not an object of keys alone");
    const auto& entries = doc["keys"];
    if (entries.Empty() || entries.Size() > kMaxVrfKeys)
        return failure("keys must be 1 to " + std::to_string(kMaxVrfKeys));
    std::vector<crypto::SecretKey> out;
    for (const auto& entry : entries.GetArray()) {
        const auto fields = text_of_entry(entry);
        if (!fields) return fields.error();
        const auto scalar = fixed_from_hex<32>(fields->secret_key);
        if (!scalar) return failure("secret_key: " + scalar.error().message);
        const auto key = crypto::secret_key_from(*scalar);
        if (!key) return failure("secret_key: " + key.error().message);
        if (fields->public_key != to_hex(public_of(*key)))
            return failure("public_key does not belong to secret_key");
        for (const auto& earlier : out)
            if (earlier.bytes == key->bytes) return failure("the same key stands twice");
        out.push_back(*key);
    }
    return out;
}

Result<void> save_vrf_file(Disk& disk, const std::string& path, const crypto::SecretKey& key) {
    if (disk.exists(path)) return failure(path + " exists already; add a key to it instead");
    return replace_file(disk, path, view_of(vrf_file_text({key})));
}

Result<void> add_to_vrf_file(Disk& disk, const std::string& path, const crypto::SecretKey& key) {
    auto keys = load_vrf_file(disk, path);
    if (!keys) return keys.error();
    if (keys->size() == kMaxVrfKeys)
        return failure(path + " holds " + std::to_string(kMaxVrfKeys) +
                       " keys already; remove those that no longer count");
    keys->push_back(key);
    const std::string text = vrf_file_text(*keys);
    if (const auto good = parse_vrf_file(text); !good)
        return failure(path + ": " + good.error().message);
    return replace_file(disk, path, view_of(text));
}

Result<std::vector<crypto::SecretKey>> load_vrf_file(Disk& disk, const std::string& path) {
    constexpr std::size_t kMaxBytes = 8192;
    const auto file = disk.open(path);
    if (!file) return file.error();
    if ((*file)->size() > kMaxBytes) return failure(path + " is longer than a key file may be");
    const auto content = (*file)->read(0, (*file)->size());
    if (!content) return content.error();
    auto keys = parse_vrf_file(text_of(*content));
    if (!keys) return failure(path + ": " + keys.error().message);
    return keys;
}

FileVrfProver::FileVrfProver(std::vector<crypto::SecretKey> keys) {
    CHECK(!keys.empty());
    for (const auto& key : keys) held_.push_back({.public_key = public_of(key), .secret = key});
}

std::optional<ecvrf::Proof> FileVrfProver::prove(const ecvrf::PublicKey& key, ByteView alpha) {
    for (const auto& held : held_)
        if (held.public_key == key) return ecvrf::prove(held.secret, alpha);
    return std::nullopt;
}

}  // namespace assay::consensus
