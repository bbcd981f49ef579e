// Owns the events of minting.
#pragma once

#include <cstdint>

#include "chain/codec/record.hpp"
#include "chain/types/amount.hpp"
#include "chain/types/ids.hpp"

namespace assay::rewards {

struct EpochEnded {
    static constexpr int kIndexed = 1;
    std::uint64_t epoch = 0;
    Amount emission;   // what might have been minted
    Amount work_mint;  // minted against burned order fees
    Amount burned_fees;
};
BOOST_DESCRIBE_STRUCT(EpochEnded, (), (epoch, emission, work_mint, burned_fees))

struct RewardEarned {
    static constexpr int kIndexed = 3;
    std::uint64_t submission = 0;
    Address contributor;
    std::uint64_t epoch = 0;
    Amount burned_fees;  // its part of the epoch's
};
BOOST_DESCRIBE_STRUCT(RewardEarned, (), (submission, contributor, epoch, burned_fees))

struct RewardClaimed {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Amount amount;
    Amount released;  // so far
    Amount granted;
};
BOOST_DESCRIBE_STRUCT(RewardClaimed, (), (submission, contributor, amount, released, granted))

struct RewardClawedBack {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Amount burned;
    Amount released;  // before, and beyond reach
};
BOOST_DESCRIBE_STRUCT(RewardClawedBack, (), (submission, contributor, burned, released))

}  // namespace assay::rewards
