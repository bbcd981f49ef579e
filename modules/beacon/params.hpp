// Owns the beacon's parameters and the rules they must meet.
#pragma once

#include <cstdint>

#include "chain/base/result.hpp"
#include "chain/state/table.hpp"

namespace assay::beacon {

struct Params {
    // A registered key counts from the second epoch after the one it was registered in. In blocks,
    // for it is the beacon values between that hide what the key will prove.
    std::uint64_t epoch_blocks = 600;
};
BOOST_DESCRIBE_STRUCT(Params, (), (epoch_blocks))

inline constexpr Table<Only, Params> kParams{ModuleId::beacon, 2};

Result<void> validate(const Params& params);
// Epochs of a few seconds.
Params devnet_params();

}  // namespace assay::beacon
