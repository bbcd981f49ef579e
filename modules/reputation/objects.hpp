// Owns the records of reputation: an account's standing, what each buyer gave it, and their tables.
#pragma once

#include "chain/state/table.hpp"
#include "chain/types/ids.hpp"
#include "modules/reputation/params.hpp"

namespace assay::reputation {

// Steps are header time divided by Params::step_s.
struct Standing {
    std::uint32_t score_ppm = 0;  // 0..10^6, as of `step`
    std::uint64_t step = 0;
    std::uint32_t buyers = 0;  // distinct ones that count, since the last fraud
    std::uint32_t rejections = 0;
    std::uint32_t frauds = 0;  // ever; also the number of the present beginning
    Amount burned;             // order fees burned for this account's work, ever
};
BOOST_DESCRIBE_STRUCT(Standing, (), (score_ppm, step, buyers, rejections, frauds, burned))

struct Pair {
    Address contributor;
    Address buyer;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (contributor, buyer))

// What one buyer's orders gave one contributor: it decays as the score does and stays below the
// cap. What was given before a fraud counts for nothing.
struct Counterparty {
    std::uint32_t given_ppm = 0;  // as of `step`, rounded up
    std::uint64_t step = 0;
    bool counts = false;       // as a distinct buyer
    std::uint32_t frauds = 0;  // the contributor's when this was given
};
BOOST_DESCRIBE_STRUCT(Counterparty, (), (given_ppm, step, counts, frauds))

inline constexpr Table<Address, Standing> kStandings{ModuleId::reputation, 2};
inline constexpr Table<Pair, Counterparty> kCounterparties{ModuleId::reputation, 3};

}  // namespace assay::reputation
