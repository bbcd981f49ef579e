// Making and reading a home directory.
#include "node/home.hpp"

#include <fstream>

#include "chain/crypto/kdf.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/p2p/node_key.hpp"
#include "consensus/privval/key_file.hpp"
#include "consensus/privval/sign_state.hpp"
#include "consensus/privval/vrf_keys.hpp"

namespace assay::node {

namespace {

using namespace consensus;

constexpr std::uint64_t kDevnetPower = 10;

Result<void> write_if_missing(Disk& disk, const std::string& path, const std::string& text) {
    if (disk.exists(path)) return {};
    return replace_file(disk, path, view_of(text));
}

}  // namespace

Result<ValidatorKeys> prepare_home(const Home& home, const NodeConfig& config) {
    PosixDisk disk;
    if (auto made = disk.make_directory(home.root.string()); !made) return made.error();
    if (auto done = write_if_missing(disk, home.config().string(), config_text(config)); !done)
        return done.error();
    if (!disk.exists(home.key().string())) {
        const auto key = crypto::secret_key_from(crypto::random_bytes(32));
        if (!key) return key.error();
        // First the memory of signatures, then the key: a key without it is refused for ever.
        if (!disk.exists(home.sign_state().string()))
            if (auto state = SignState::create(disk, home.sign_state().string()); !state)
                return state.error();
        if (auto saved = save_key_file(disk, home.key().string(), *key); !saved)
            return saved.error();
    }
    if (const auto id = prepare_node_key(home); !id) return id.error();
    if (!disk.exists(home.vrf_key().string())) {
        const auto key = crypto::secret_key_from(crypto::random_bytes(32));
        if (!key) return key.error();
        if (auto saved = save_vrf_file(disk, home.vrf_key().string(), *key); !saved)
            return saved.error();
    }
    const auto key = load_key_file(disk, home.key().string());
    if (!key) return key.error();
    auto vrf_keys = load_vrf_file(disk, home.vrf_key().string());
    if (!vrf_keys) return vrf_keys.error();
    return ValidatorKeys{.consensus = crypto::public_key_of(*key)->compressed(),
                         .vrf = FileVrfProver(std::move(*vrf_keys)).newest()};
}

Result<FixedBytes<20>> prepare_node_key(const Home& home) {
    PosixDisk disk;
    if (auto made = disk.make_directory(home.root.string()); !made) return made.error();
    if (!disk.exists(home.node_key().string())) {
        const auto key = NodeKey::make();
        if (!key) return key.error();
        if (auto saved = save_node_key(disk, home.node_key().string(), *key); !saved)
            return saved.error();
    }
    const auto key = load_node_key(disk, home.node_key().string());
    if (!key) return key.error();
    return key->id();
}

Result<GenesisDoc> devnet_genesis_of(const std::vector<ValidatorKeys>& keys, std::uint64_t time_s) {
    std::vector<GenesisValidator> validators;
    for (const auto& key : keys) {
        const auto parsed = crypto::PublicKey::parse(key.consensus);
        if (!parsed) return parsed.error();
        validators.push_back({.public_key = key.consensus,
                              .power = kDevnetPower,
                              .fee_recipient = crypto::address_of(*parsed),
                              .vrf_public_key = key.vrf});
    }
    GenesisDoc doc = devnet_genesis(std::move(validators), time_s);
    if (auto good = validate(doc); !good) return good.error();
    return doc;
}

Result<void> write_genesis(const Home& home, const GenesisDoc& doc) {
    PosixDisk disk;
    return write_if_missing(disk, home.genesis().string(), to_json(doc));
}

Result<LoadedHome> load_home(const Home& home) {
    auto genesis = load_genesis(home.genesis().string());
    if (!genesis) return genesis.error();
    auto config = load_config(home.config().string());
    if (!config) return config.error();
    return LoadedHome{.genesis = std::move(*genesis), .config = std::move(*config)};
}

}  // namespace assay::node
