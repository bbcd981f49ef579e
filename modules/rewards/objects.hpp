// Owns the records of minting: epochs, the grants of submissions, and their tables.
#pragma once

#include "chain/state/table.hpp"
#include "chain/types/ids.hpp"
#include "modules/rewards/params.hpp"

namespace assay::rewards {

struct Epoch {
    std::uint64_t number = 0;  // from 1
    std::uint64_t begins_s = 0;
    std::uint64_t ends_s = 0;
    bool ended = false;
    Params terms;        // in force when it began; its grants keep them
    Amount burned_fees;  // order fees of submissions whose grants count
    // Once ended:
    Amount emission;             // E: what the epoch might have minted
    Amount validators;           // minted for validators
    Amount contributors;         // minted into vesting, for this epoch's grants
    Amount jurors;               // minted
    Amount treasury;             // minted
    std::uint64_t grants = 0;    // submissions that share `contributors`
    std::uint64_t computed = 0;  // of those, whose grant is known
    Amount granted;              // their sum
    Amount released;             // paid to contributors
    Amount burned_back;          // clawed back, and the rounding remainder
    Amount pledged;              // of the granted, behind other submissions
    Amount seized;               // of what was pledged, by slashes of those
};
BOOST_DESCRIBE_STRUCT(Epoch, (),
                      (number, begins_s, ends_s, ended, terms, burned_fees, emission, validators,
                       contributors, jurors, treasury, grants, computed, granted, released,
                       burned_back, pledged, seized))

struct Grant {
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address contributor;
    std::uint64_t epoch = 0;
    Amount burned_fees;     // of the submission's own order fee
    bool computed = false;  // `granted` is known: from the first claim or claw-back on
    Amount granted;
    Amount released;
    Amount clawed_back;  // burned after fraud was proven
    bool fraud = false;
    Amount pledged;  // behind other submissions: neither claimed nor clawed back meanwhile
    Amount seized;   // by slashes of those
};
BOOST_DESCRIBE_STRUCT(Grant, (),
                      (submission, order, contributor, epoch, burned_fees, computed, granted,
                       released, clawed_back, fraud, pledged, seized))

inline constexpr Table<Only, Params> kParams{ModuleId::rewards, 1};
// The number of the epoch that runs.
inline constexpr Table<Only, std::uint64_t> kCurrentEpoch{ModuleId::rewards, 2};
inline constexpr Table<std::uint64_t, Epoch> kEpochs{ModuleId::rewards, 3};
// By submission; none where no fee was burned.
inline constexpr Table<std::uint64_t, Grant> kGrants{ModuleId::rewards, 4};

}  // namespace assay::rewards
