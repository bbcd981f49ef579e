// Owns what every way of posting an order has in common: its bounds, what it costs, its first
// record.
#pragma once

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// What the buyer says, whatever the policy.
struct NewOrder {
    Hash256 spec_hash;
    std::string spec_uri;
    std::uint64_t item_quota = 0;
    Amount price_per_item;
    Policy policy = Policy::optimistic;
    ItemKind item_kind = ItemKind::original;
    std::uint32_t max_payload_bytes = 0;
    std::uint64_t contributor_cap = 0;
    std::uint64_t deadline_s = 0;
    std::uint64_t least_items = 1;  // of one submission
};

// Of a message that asks for work in batches.
template <class M>
NewOrder order_in_batches(const M& message, Policy policy) {
    return {.spec_hash = message.spec_hash,
            .spec_uri = message.spec_uri,
            .item_quota = message.batches * message.batch_items * message.replicas,
            .price_per_item = message.price_per_item,
            .policy = policy,
            .item_kind = ItemKind::annotation,
            .max_payload_bytes = message.max_payload_bytes,
            .deadline_s = message.deadline_s,
            .least_items = message.batch_items};
}

// What its form refuses. No state is read.
TxCode refuse_form(const NewOrder& order);
// What the present terms and the transaction's value refuse. `audits`: escrowed beside the work.
TxCode refuse_terms(const NewOrder& order, const Params& terms, const TxEnv& env,
                    Amount audits = {});
// Takes the value, writes the order and its deadline, announces it. Returns its id.
std::uint64_t open_order(State& state, const TxEnv& env, const NewOrder& order, const Params& terms,
                         Amount audits = {});

}  // namespace assay::market
