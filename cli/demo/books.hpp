// Owns the money as the chain states it: what each role holds, and whether all of it adds up.
#pragma once

#include "chain/exec/ledger.hpp"
#include "cli/demo/chain.hpp"

namespace assay::cli {

// What one account has at one height.
struct Holding {
    Amount free;
    Amount staked;  // as a juror, what is unbonding included
};

Outcome<Holding> holding_of(const Chain& chain, const Address& address, std::uint64_t height);

// genesis + minted - burned against the sum of what stands in accounts and pools.
struct SupplyCheck {
    std::uint64_t height = 0;
    Supply supply;
    Amount burned;    // all kinds together
    Amount expected;  // genesis + minted - burned
    std::vector<std::pair<std::string, Amount>> held;
    Amount sum;
    bool adds_up() const { return sum == expected; }
};

// Sums the accounts of `people`, every pool and the proposer of the block, all at `height`.
Outcome<SupplyCheck> check_supply(const Chain& chain, const std::vector<Address>& people,
                                  std::uint64_t height);

}  // namespace assay::cli
