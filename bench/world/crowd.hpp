// Owns a large state: many accounts, and many orders with work handed in whose deadlines fall
// together. All of it is made by the market's own messages, without fees and signatures.
#pragma once

#include "bench/world/chain.hpp"

namespace assay::bench {

struct CrowdSize {
    std::uint64_t accounts = 0;
    std::uint64_t orders = 0;
    std::uint64_t submissions = 0;  // of all orders together, revealed; at most `accounts`
};

struct Crowd {
    CrowdSize size;
    std::uint64_t first_order = 0;
    std::uint64_t first_submission = 0;
    std::uint64_t deadline_s = 0;  // every order closes then, and every window ends
};

Address account_of(std::uint64_t number);
// Goes into a genesis: the accounts, with a token each.
void add_accounts(State& state, std::uint64_t accounts);
// In blocks of one second. The accounts are there.
Crowd gather(Chain& chain, const CrowdSize& size);
// One item that nobody else has, of the account with this number.
Call commitment_by(std::uint64_t account, std::uint64_t order, Amount bond);
Call reveal_by(std::uint64_t account, std::uint64_t submission);

}  // namespace assay::bench
