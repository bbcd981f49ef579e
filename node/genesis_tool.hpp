// Owns how operators agree on a genesis: each writes an entry, one collects them, all check.
#pragma once

#include "node/home.hpp"

namespace assay::node {

struct EntrySettings {
    std::uint64_t power = 10;
    std::string fee_recipient;  // empty: the validator key's own Ethereum address
};

// This home's validator as genesis lists it, in JSON, for whoever collects.
Result<std::string> validator_entry(const Home& home, const EntrySettings& settings);

// Adds an entry to the document at `path`. A path where nothing is yet becomes a new document with
// this chain id, the parameters of a public chain and no accounts. Refuses a key that is in it.
Result<std::string> add_validator(const std::string& path, const std::string& entry_path,
                                  std::uint64_t chain_id, std::uint64_t time_s);

// Validates, and prints what operators compare: the hash, the validators and the supply.
Result<std::string> check_genesis(const std::string& path);

// SHA-256 of the document's JSON as assayd writes it; peers of another one are refused.
Hash256 genesis_hash(const GenesisDoc& doc);

}  // namespace assay::node
