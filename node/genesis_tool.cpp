// Entries, collecting and checking.
#include "node/genesis_tool.hpp"

#include <fstream>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <sstream>

#include "chain/codec/json.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/privval/key_file.hpp"
#include "consensus/privval/vrf_keys.hpp"

namespace assay::node {

namespace {

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<GenesisValidator> read_entry(const std::string& path) {
    const auto text = read_file(path);
    if (!text) return text.error();
    rapidjson::Document document;
    document.Parse(text->c_str());
    if (document.HasParseError()) return failure(path + " is not JSON");
    auto entry = json::read<GenesisValidator>(document);
    if (!entry) return failure(path + ": " + entry.error().message);
    return entry;
}

Result<GenesisDoc> open_or_new(const std::string& path, std::uint64_t chain_id,
                               std::uint64_t time_s) {
    if (std::filesystem::exists(path)) {
        auto doc = load_genesis(path);
        if (doc && chain_id != 0 && doc->chain_id != chain_id)
            return failure(path + " is of chain id " + std::to_string(doc->chain_id));
        return doc;
    }
    if (chain_id == 0) return failure(path + " is not there yet: a new one needs --chain-id");
    GenesisDoc doc;
    doc.chain_id = chain_id;
    doc.chain_name = "assay-" + std::to_string(chain_id) + "-1";
    doc.genesis_time_s = time_s;
    return doc;
}

}  // namespace

Result<std::string> validator_entry(const Home& home, const EntrySettings& settings) {
    consensus::PosixDisk disk;
    const auto secret = consensus::load_key_file(disk, home.key().string());
    if (!secret) return secret.error();
    const auto key = crypto::public_key_of(*secret);
    GenesisValidator entry{.public_key = key->compressed(),
                           .power = settings.power,
                           .fee_recipient = crypto::address_of(*key)};
    if (disk.exists(home.vrf_key().string())) {
        auto vrf_keys = consensus::load_vrf_file(disk, home.vrf_key().string());
        if (!vrf_keys) return vrf_keys.error();
        entry.vrf_public_key = consensus::FileVrfProver(std::move(*vrf_keys)).newest();
    }
    if (!settings.fee_recipient.empty()) {
        const auto given = fixed_from_hex<20>(settings.fee_recipient);
        if (!given) return failure("--fee-recipient: is no address");
        entry.fee_recipient = Address::from(*given);
    }
    if (entry.power == 0) return failure("--power: is zero");
    rapidjson::StringBuffer text;
    JsonWriter writer(text);
    json::write(writer, entry);
    return std::string(text.GetString(), text.GetSize());
}

Result<std::string> add_validator(const std::string& path, const std::string& entry_path,
                                  std::uint64_t chain_id, std::uint64_t time_s) {
    const auto entry = read_entry(entry_path);
    if (!entry) return entry.error();
    auto doc = open_or_new(path, chain_id, time_s);
    if (!doc) return doc.error();
    for (const auto& validator : doc->validators)
        if (validator.public_key == entry->public_key)
            return failure(path + " has this validator already: " + to_hex0x(entry->public_key));
    doc->validators.push_back(*entry);
    if (auto good = validate(*doc); !good) return good.error();
    consensus::PosixDisk disk;
    const auto written = consensus::replace_file(disk, path, view_of(to_json(*doc)));
    if (!written) return written.error();
    return path + " has " + std::to_string(doc->validators.size()) + " validators";
}

Result<std::string> check_genesis(const std::string& path) {
    const auto doc = load_genesis(path);
    if (!doc) return doc.error();
    std::uint64_t power = 0;
    std::string out = "chain       " + doc->chain_name + ", chain id " +
                      std::to_string(doc->chain_id) + "\nhash        " +
                      to_hex0x(genesis_hash(*doc)) + "\nvalidators  " +
                      std::to_string(doc->validators.size()) + "\n";
    for (const auto& validator : doc->validators) power += validator.power;
    for (const auto& validator : doc->validators)
        out += "  " + to_hex0x(validator.public_key) + "  power " +
               std::to_string(validator.power) + " of " + std::to_string(power) + "\n";
    return out + "accounts    " + std::to_string(doc->accounts.size());
}

Hash256 genesis_hash(const GenesisDoc& doc) {
    return sha256(view_of(to_json(doc)));
}

}  // namespace assay::node
