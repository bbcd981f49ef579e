// Owns PostOrder: a buyer asks for items and locks what they may cost.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// Under the optimistic policy; each of the others has a message of its own. value =
// QuotePostOrder(itemQuota, pricePerItem): the largest payout, the fee on it, the buyer's bond.
struct PostOrder {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kOrderClosesGas;
    Hash256 spec_hash;  // of the document that says what a good item is
    std::string spec_uri;
    std::uint64_t item_quota = 0;
    Amount price_per_item;  // base units
    Policy policy = Policy::optimistic;
    ItemKind item_kind = ItemKind::original;
    std::uint32_t max_payload_bytes = 0;
    std::uint64_t contributor_cap = 0;  // items of one contributor; 0 is no cap
    std::uint64_t deadline_s = 0;       // header time, seconds

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(PostOrder, (),
                      (spec_hash, spec_uri, item_quota, price_per_item, policy, item_kind,
                       max_payload_bytes, contributor_cap, deadline_s))

}  // namespace assay::market
