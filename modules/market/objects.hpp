// Owns the market's records: orders and submissions, their states and their tables.
#pragma once

#include "chain/state/table.hpp"
#include "modules/market/leaf.hpp"
#include "modules/market/params.hpp"

namespace assay::market {

enum class Policy : std::uint8_t { optimistic = 0, gold = 1, redundant = 2, audited = 3 };
BOOST_DESCRIBE_ENUM(Policy, optimistic, gold, redundant, audited)

enum class OrderState : std::uint8_t { open = 1, closed = 2, settled = 3, cancelled = 4 };
BOOST_DESCRIBE_ENUM(OrderState, open, closed, settled, cancelled)

enum class SubmissionState : std::uint8_t {
    committed = 1,
    window = 2,  // the policy has spoken; open to challenge and to contest
    disputed = 3,
    accepted = 4,  // paid; the holdback and what was minted still wait
    rejected = 5,
    forfeited = 6,  // never revealed
    finalized = 7,  // the holdback was released
    clawed_back = 8,
    revealed = 9,  // waits for the verdict of the order's policy
};
BOOST_DESCRIBE_ENUM(SubmissionState, committed, window, disputed, accepted, rejected, forfeited,
                    finalized, clawed_back, revealed)

// Why a submission was rejected or clawed back.
enum class Reason : std::uint8_t { none = 0, jury = 1, fraud = 2, policy = 3 };
BOOST_DESCRIBE_ENUM(Reason, none, jury, fraud, policy)

// What arithmetic can show to be wrong with a submission.
enum class FraudKind : std::uint8_t {
    duplicate_content = 1,  // two leaves of the tree have one content id
    malformed_leaf = 2,     // a leaf's bytes are no Leaf, or name another index than their place
    copied_content = 3,     // an original's content id stands in a tree of this order that was
                            // committed earlier
    malformed_payload = 4,  // an opened payload is longer than the order allows, or an original's
                            // content id is not its hash
    missing_items = 5,      // too many items were asked for and not shown; nobody sends this one
};
BOOST_DESCRIBE_ENUM(FraudKind, duplicate_content, malformed_leaf, copied_content, malformed_payload,
                    missing_items)

struct Order {
    std::uint64_t id = 0;
    Address buyer;
    OrderState state = OrderState::open;
    Policy policy = Policy::optimistic;
    ItemKind item_kind = ItemKind::original;
    Hash256 spec_hash;
    std::string spec_uri;
    std::uint64_t item_quota = 0;       // grows with fundOrder
    Amount price_per_item;              // base units
    std::uint64_t contributor_cap = 0;  // items of one contributor; 0 is no cap
    std::uint32_t max_payload_bytes = 0;
    std::uint64_t posted_s = 0;
    std::uint64_t deadline_s = 0;      // no commitment at or after it
    std::uint64_t items_reserved = 0;  // of live submissions
    std::uint64_t items_accepted = 0;
    std::uint32_t submissions = 0;  // ever committed
    std::uint32_t live = 0;         // not yet terminal
    Amount escrow;                  // what the escrow pool holds for this order
    Amount buyer_bond;
    Params terms;
    std::uint64_t unbonded_items = 0;       // of the quota, that need no bond
    std::uint64_t unbonded_items_held = 0;  // of those, by live and accepted submissions
    std::uint64_t unbonded_cap = 0;         // of those, items of one contributor
    Amount sponsor_budget;                  // held, for contributors' fees
    Amount sponsor_cap;                     // of the budget, for one contributor
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (id, buyer, state, policy, item_kind, spec_hash, spec_uri, item_quota,
                       price_per_item, contributor_cap, max_payload_bytes, posted_s, deadline_s,
                       items_reserved, items_accepted, submissions, live, escrow, buyer_bond, terms,
                       unbonded_items, unbonded_items_held, unbonded_cap, sponsor_budget,
                       sponsor_cap))

struct Submission {
    std::uint64_t id = 0;
    std::uint64_t order = 0;
    Address contributor;
    SubmissionState state = SubmissionState::committed;
    Reason reason = Reason::none;
    std::uint8_t claim = 0;  // of the dispute or fraud proof that decided
    Hash256 evidence;        // of the same
    Hash256 commitment;
    std::uint64_t item_count = 0;
    Hash256 root;
    Hash256 ciphertext_root;
    Hash256 key_hash;
    std::string data_uri;
    std::uint64_t committed_height = 0;
    std::uint64_t committed_s = 0;
    std::uint64_t deadline_s = 0;      // of the present state; 0 when nothing waits
    Amount bond;                       // held; 0 once released
    Amount payout;                     // paid at acceptance, holdback included
    Amount holdback;                   // held; 0 once released
    std::uint64_t dispute = 0;         // 0 where there was none
    std::uint32_t items_asked = 0;     // to be shown, by all requests
    std::uint32_t items_missing = 0;   // of those, not shown in time
    std::uint32_t requests = 0;        // that still wait for an answer
    bool unbonded = false;             // in a place that needs no bond
    std::uint64_t batch = 0;           // of the order's tasks, where work comes in batches
    std::uint32_t verdict_ppm = kPpm;  // of its value, earned by the policy's verdict
    bool failed = false;               // by that verdict: rejected unless a jury overturns it
    std::uint8_t tier = 0;             // that it was committed at: T0..T4
    Amount pledged;           // of its collateral, beside the bond (pledge.hpp); 0 once released
    Amount holdback_pledged;  // of its holdback, behind other submissions
};
BOOST_DESCRIBE_STRUCT(Submission, (),
                      (id, order, contributor, state, reason, claim, evidence, commitment,
                       item_count, root, ciphertext_root, key_hash, data_uri, committed_height,
                       committed_s, deadline_s, bond, payout, holdback, dispute, items_asked,
                       items_missing, requests, unbonded, batch, verdict_ppm, failed, tier, pledged,
                       holdback_pledged))

// Items that somebody asked to see.
struct Opening {
    std::uint64_t id = 0;
    std::uint64_t submission = 0;
    Address asker;
    std::vector<std::uint64_t> indices;  // ascending, at most 8
    std::uint8_t shown = 0;              // a bit for each of them, the first lowest
    std::uint64_t deadline_s = 0;        // for the answer; 0 once it is over
    Amount bond;                         // the asker's, held; 0 once released
};
BOOST_DESCRIBE_STRUCT(Opening, (), (id, submission, asker, indices, shown, deadline_s, bond))

// Ids count from 1.
inline constexpr Table<std::uint64_t, Order> kOrders{ModuleId::market, 1};
inline constexpr Table<std::uint64_t, Submission> kSubmissions{ModuleId::market, 2};
inline constexpr Table<std::uint64_t, Opening> kOpenings{ModuleId::market, 9};

inline constexpr std::size_t kMaxUriBytes = 256;
inline constexpr std::uint32_t kMaxPayloadBytes = 65'536;

}  // namespace assay::market
