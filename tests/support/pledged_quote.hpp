// Owns the question that a commitPledged message answers with its value.
#pragma once

#include "modules/market/commit_pledged.hpp"

namespace assay::test {

inline market::QuoteCommitPledged quote_of(const market::CommitPledged& message,
                                           const Address& contributor) {
    return {.order = message.order,
            .item_count = message.item_count,
            .tier = message.tier,
            .rewards = message.rewards,
            .holdbacks = message.holdbacks,
            .stake = message.stake,
            .contributor = contributor};
}

}  // namespace assay::test
