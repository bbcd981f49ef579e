// Owns the rules that the parameters of disputes must meet.
#pragma once

#include "chain/base/result.hpp"
#include "modules/disputes/objects.hpp"

namespace assay {
class State;
}

namespace assay::disputes {

Result<void> validate(const Params& params);
// Of it, that every number by itself is in range.
Result<void> validate_ranges(const Params& params);
// P4: at jury error e = 0.3 a baseless challenge loses money: bond >= e r / (1 - e) of the
// contributor's bond, r the challenger's share of a slashed bond.
Result<void> validate_challenge_bond(std::uint32_t challenge_bond_ppm,
                                     std::uint32_t challenger_share_ppm);
// P5: what a wrong vote costs times the 0.15 by which effort betters a guess pays for the effort.
Result<void> validate_juror_effort(const Params& params);
// What the jurors' pool adds to a dispute stays below what the slash of the contributor's bond
// burns, so that nobody who holds every role gains by disputing with himself.
Result<void> validate_pool_share(std::uint32_t pool_fees_ppm, std::uint32_t burned_share_ppm);
// The same of what lost bonds of backers burn. Part of validate().
Result<void> validate_lost_bonds(const Params& params);
// P7: to bribe a majority of the last panel costs 64 (fee + sigma), which is at least what the
// bribe wins: the value at stake and the winner's share of the challenger's bond. The smallest such
// fee from jury_fee on, at most max_jury_fee.
Amount fee_of_dispute(Amount value_at_stake, Amount contributor_bond, const Params& params);
// The most that a bribe may win for which max_jury_fee does.
Amount largest_covered_gain(const Params& params);
// That max_jury_fee does for the largest submission at the largest collateral.
Result<void> validate_largest_value(const Params& params, Amount largest_value,
                                    std::uint32_t largest_collateral_ppm);
// What a contributor wins from a challenger who loses alone, of the contributor's bond.
std::uint32_t lost_bond_ppm(const Params& params);
// How much a late joiner adds to the evidence period.
std::uint64_t extension_s(const Params& params);
// What a drawn seat locks: the largest penalty it can be charged.
Amount seat_lock(const Params& params);
// The same in a dispute about the largest value.
Amount largest_seat_lock(const Params& params);
// Phases of a few seconds and small fees, for one machine.
Params devnet_params();
// Writes the genesis record.
void init(State& state, const Params& params);

}  // namespace assay::disputes
