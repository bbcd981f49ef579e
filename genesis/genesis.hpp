// Owns the genesis document: what a chain starts from, its JSON form and its validation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/app/chain_app.hpp"
#include "chain/exec/gas.hpp"
#include "modules/wiring/params.hpp"

namespace assay {

struct GenesisAccount {
    Address address;
    Amount balance;
};
BOOST_DESCRIBE_STRUCT(GenesisAccount, (), (address, balance))

struct GenesisValidator {
    FixedBytes<33> public_key;  // compressed secp256k1
    std::uint64_t power = 0;
    Address fee_recipient;  // receives the tips of the blocks it proposes
    // Key of its block proofs (ADR 8), compressed; counts from block 1. May be absent or null.
    std::optional<ecvrf::PublicKey> vrf_public_key = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(GenesisValidator, (), (public_key, power, fee_recipient, vrf_public_key))

// What a block may hold. With fees.blockGasLimit it enters every header's consensus_hash, so all
// nodes of a chain must agree on it.
struct BlockLimits {
    std::uint64_t max_bytes = 16'777'216;  // of an encoded block
};
BOOST_DESCRIBE_STRUCT(BlockLimits, (), (max_bytes))

inline constexpr std::uint64_t kMinBlockBytes = 1U << 20U;
inline constexpr std::uint64_t kMaxBlockBytes = 100U << 20U;

struct GenesisDoc {
    std::string chain_name;      // the consensus chain id, "assay-<chain id>-1"
    std::uint64_t chain_id = 0;  // EIP-155
    std::uint64_t genesis_time_s = 0;
    std::vector<GenesisAccount> accounts;
    std::vector<GenesisValidator> validators;
    BlockLimits block;
    FeeParams fees;
    ModuleParams modules;
};
BOOST_DESCRIBE_STRUCT(GenesisDoc, (),
                      (chain_name, chain_id, genesis_time_s, accounts, validators, block, fees,
                       modules))

inline constexpr std::size_t kMaxGenesisAccounts = 20'000'000;
inline constexpr std::size_t kMaxGenesisValidators = 200;

// Every rule a genesis must keep; the error names the field and the limit.
Result<void> validate(const GenesisDoc& doc);

// Strict JSON in the form of GenesisDoc (lowerCamel keys), validated.
Result<GenesisDoc> parse_genesis(std::string_view json);
std::string to_json(const GenesisDoc& doc);
Result<GenesisDoc> load_genesis(const std::string& path);

// RIPEMD160(SHA256(key)): the address by which consensus knows a validator.
FixedBytes<20> consensus_address(const FixedBytes<33>& public_key);

// What ChainApp needs of the document. The document is copied into the closure.
AppConfig app_config(const GenesisDoc& doc);

// A chain for one machine: the ten accounts of the well-known test mnemonic with a million tokens
// each, windows of a few seconds.
GenesisDoc devnet_genesis(std::vector<GenesisValidator> validators, std::uint64_t time_s);

}  // namespace assay
