// Owns the layout of a node's home directory and the making of a new one.
#pragma once

#include <filesystem>
#include <optional>

#include "genesis/genesis.hpp"
#include "node/config.hpp"

namespace assay::node {

struct Home {
    std::filesystem::path root;

    std::filesystem::path genesis() const { return root / "genesis.json"; }
    std::filesystem::path config() const { return root / "assayd.toml"; }
    std::filesystem::path key() const { return root / "priv_validator_key.json"; }
    std::filesystem::path sign_state() const { return root / "sign_state"; }
    std::filesystem::path data() const { return root / "data"; }
    std::filesystem::path log() const { return root / "wal"; }
    std::filesystem::path waiting() const { return root / "waiting_transactions"; }
};

// Makes key and configuration where they are missing and returns the validator's public key.
Result<FixedBytes<33>> prepare_home(const Home& home);

// Writes the genesis document of a devnet whose one validator is this home's key. Keeps one that is
// already there.
Result<void> prepare_devnet_genesis(const Home& home, const FixedBytes<33>& key,
                                    std::uint64_t time_s);

// What `start`, `verify` and `replay` read.
struct LoadedHome {
    GenesisDoc genesis;
    NodeConfig config;
};
Result<LoadedHome> load_home(const Home& home);

}  // namespace assay::node
