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
    std::filesystem::path node_key() const { return root / "node_key.pem"; }
    std::filesystem::path address_book() const { return root / "address_book.json"; }
    std::filesystem::path vrf_key() const { return root / "vrf_key.json"; }
    std::filesystem::path sign_state() const { return root / "sign_state"; }
    std::filesystem::path data() const { return root / "data"; }
    std::filesystem::path snapshots() const { return root / "snapshots"; }
    std::filesystem::path log() const { return root / "wal"; }
    std::filesystem::path waiting() const { return root / "waiting_transactions"; }
};

// The public halves of a validator's keys, compressed.
struct ValidatorKeys {
    FixedBytes<33> consensus;  // signs votes and proposals
    FixedBytes<33> vrf;        // proves what its blocks begin with: the newest of the file
};

// Makes what is missing: the validator's key with its memory of signatures, and the configuration.
// Returns the public keys.
Result<ValidatorKeys> prepare_home(const Home& home, const NodeConfig& config);

// Makes the key by which peers know this node, where it is missing. Returns its id.
Result<FixedBytes<20>> prepare_node_key(const Home& home);

// The genesis of a devnet whose validators are these keys, with equal power. Tips go to each key's
// own Ethereum address.
Result<GenesisDoc> devnet_genesis_of(const std::vector<ValidatorKeys>& keys, std::uint64_t time_s);
// Keeps one that is already there.
Result<void> write_genesis(const Home& home, const GenesisDoc& doc);

// What `start`, `verify` and `replay` read.
struct LoadedHome {
    GenesisDoc genesis;
    NodeConfig config;
};
Result<LoadedHome> load_home(const Home& home);

}  // namespace assay::node
