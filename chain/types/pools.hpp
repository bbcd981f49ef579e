// Owns the list of pools: the accounts that hold money which belongs to no single person.
#pragma once

#include <string_view>

#include "chain/types/ids.hpp"

namespace assay {

// Each pool is an ordinary account at a reserved address, so that the sum of all balances is the
// supply and every movement shows as a Transfer log. What a pool owes is checked by invariants.
namespace pool {
inline constexpr Address kMarketEscrow = reserved_address(1, 0x01);  // unpaid work, fees, audits
inline constexpr Address kBuyerBonds = reserved_address(1, 0x02);
inline constexpr Address kContributorBonds = reserved_address(1, 0x03);
inline constexpr Address kSponsorBudgets = reserved_address(1, 0x04);
inline constexpr Address kHoldback = reserved_address(1, 0x05);      // 10% of a payout, 30 days
inline constexpr Address kDisputeBonds = reserved_address(1, 0x06);  // challengers and appellants
inline constexpr Address kDisputeFees = reserved_address(1, 0x07);   // jury fees of open rounds
inline constexpr Address kJurorStake = reserved_address(1, 0x08);    // staked, locked or unbonding
inline constexpr Address kJurorFees = reserved_address(1, 0x09);   // 10% of order fees, mint share
inline constexpr Address kVesting = reserved_address(1, 0x0a);     // minted, not yet released
inline constexpr Address kValidators = reserved_address(1, 0x0b);  // 15% of order fees, emission
inline constexpr Address kInsurance = reserved_address(1, 0x0c);
inline constexpr Address kTreasury = reserved_address(1, 0x0d);
inline constexpr Address kStake = reserved_address(1, 0x0e);      // validators', or unbonding
inline constexpr Address kRoyalties = reserved_address(1, 0x0f);  // of datasets, not yet claimed
inline constexpr Address kGovernanceDeposits = reserved_address(1, 0x10);  // of open votes
inline constexpr Address kPledges = reserved_address(1, 0x11);  // rewards and holdbacks for bonds
inline constexpr Address kOpeningBonds = reserved_address(1, 0x12);  // of who asks to see items
inline constexpr Address kAuditFees = reserved_address(1, 0x13);     // graders', of open audits

struct Named {
    Address address;
    std::string_view name;
};
inline constexpr Named kAll[] = {
    {kMarketEscrow, "market escrow"},
    {kBuyerBonds, "buyer bonds"},
    {kContributorBonds, "contributor bonds"},
    {kSponsorBudgets, "sponsor budgets"},
    {kHoldback, "holdback"},
    {kDisputeBonds, "dispute bonds"},
    {kDisputeFees, "dispute fees"},
    {kJurorStake, "juror stake"},
    {kJurorFees, "juror fees"},
    {kVesting, "vesting"},
    {kValidators, "validators"},
    {kInsurance, "insurance"},
    {kTreasury, "treasury"},
    {kStake, "stake"},
    {kRoyalties, "royalties"},
    {kGovernanceDeposits, "governance deposits"},
    {kPledges, "pledges"},
    {kOpeningBonds, "opening bonds"},
    {kAuditFees, "audit fees"},
};
}  // namespace pool

}  // namespace assay
