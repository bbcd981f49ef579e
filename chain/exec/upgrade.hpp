// Owns what passes between the modules and the application about new rules: the plan to begin them.
#pragma once

#include <cstdint>
#include <string>

#include "chain/state/table.hpp"

namespace assay {

// From the block of that height on, rules count that only a program that knows the name has.
struct UpgradePlan {
    std::uint64_t height = 0;
    std::string name;
    Hash256 info_hash;  // SHA-256 of a document that says what changes and where the release is
};
BOOST_DESCRIBE_STRUCT(UpgradePlan, (), (height, name, info_hash))

// The one plan that waits; gone once its block began.
inline constexpr Table<Only, UpgradePlan> kUpgradePlan{ModuleId::chain, 9};
// Upgrade -> the first block of its rules.
inline constexpr Table<std::string, std::uint64_t> kUpgrades{ModuleId::chain, 10};

}  // namespace assay
