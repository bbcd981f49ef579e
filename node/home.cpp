// Making and reading a home directory.
#include "node/home.hpp"

#include <fstream>

#include "chain/crypto/kdf.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/privval/key_file.hpp"
#include "consensus/privval/sign_state.hpp"

namespace assay::node {

namespace {

using namespace consensus;

Result<void> write_if_missing(Disk& disk, const std::string& path, const std::string& text) {
    if (disk.exists(path)) return {};
    return replace_file(disk, path, view_of(text));
}

}  // namespace

Result<FixedBytes<33>> prepare_home(const Home& home) {
    PosixDisk disk;
    if (auto made = disk.make_directory(home.root.string()); !made) return made.error();
    if (auto done = write_if_missing(disk, home.config().string(), default_config_text()); !done)
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
    const auto key = load_key_file(disk, home.key().string());
    if (!key) return key.error();
    return crypto::public_key_of(*key)->compressed();
}

Result<void> prepare_devnet_genesis(const Home& home, const FixedBytes<33>& key,
                                    std::uint64_t time_s) {
    PosixDisk disk;
    if (disk.exists(home.genesis().string())) return {};
    // Tips go to the validator key's own Ethereum address.
    const auto parsed = crypto::PublicKey::parse(key);
    if (!parsed) return parsed.error();
    const GenesisDoc doc = devnet_genesis(
        {{.public_key = key, .power = 10, .fee_recipient = crypto::address_of(*parsed)}}, time_s);
    if (auto good = validate(doc); !good) return good;
    return replace_file(disk, home.genesis().string(), view_of(to_json(doc)));
}

Result<LoadedHome> load_home(const Home& home) {
    auto genesis = load_genesis(home.genesis().string());
    if (!genesis) return genesis.error();
    auto config = load_config(home.config().string());
    if (!config) return config.error();
    return LoadedHome{.genesis = std::move(*genesis), .config = std::move(*config)};
}

}  // namespace assay::node
