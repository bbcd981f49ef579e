// Owns PostAudited: an order whose work is looked at by graders whom the buyer pays.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/audit.hpp"
#include "modules/market/deadline_gas.hpp"

namespace assay::market {

// value = QuotePostAudited(itemQuota, pricePerItem, graders, audits): what QuotePostOrder says, and
// the graders' fees of all audits.
struct PostAudited {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kOrderClosesGas;
    Hash256 spec_hash;  // of the document that says what a good item is
    std::string spec_uri;
    std::uint64_t item_quota = 0;
    Amount price_per_item;  // base units
    ItemKind item_kind = ItemKind::original;
    std::uint32_t max_payload_bytes = 0;
    std::uint64_t contributor_cap = 0;  // items of one contributor; 0 is no cap
    std::uint64_t deadline_s = 0;       // header time, seconds
    std::uint64_t min_items = 0;        // of one submission; 1..itemQuota
    std::uint8_t graders = 0;           // of one audit: 3, 5 or 7
    std::uint32_t audits = 0;           // that are paid for, at least 1

    // All audits at once: who reveals does not know whether the work will be drawn.
    std::uint64_t gas() const { return kGas + kGradeSeatGas * graders * audits; }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(PostAudited, (),
                      (spec_hash, spec_uri, item_quota, price_per_item, item_kind,
                       max_payload_bytes, contributor_cap, deadline_s, min_items, graders, audits))

// What so many audits by so many graders cost.
Amount audits_cost(std::uint8_t graders, std::uint32_t audits, const Params& terms);

}  // namespace assay::market
