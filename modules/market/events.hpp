// Owns the market's events.
#pragma once

#include "modules/market/objects.hpp"

namespace assay::market {

struct OrderPosted {
    static constexpr int kIndexed = 2;
    std::uint64_t order = 0;
    Address buyer;
    std::uint64_t item_quota = 0;
    Amount price_per_item;
    Hash256 spec_hash;
    std::uint64_t deadline_s = 0;
};
BOOST_DESCRIBE_STRUCT(OrderPosted, (),
                      (order, buyer, item_quota, price_per_item, spec_hash, deadline_s))

struct OrderFunded {
    static constexpr int kIndexed = 1;
    std::uint64_t order = 0;
    std::uint64_t items = 0;
    Amount value;
};
BOOST_DESCRIBE_STRUCT(OrderFunded, (), (order, items, value))

struct OrderSponsored {
    static constexpr int kIndexed = 1;
    std::uint64_t order = 0;
    std::uint64_t unbonded_items = 0;
    std::uint64_t unbonded_cap = 0;
    Amount budget;  // that it has now
    Amount sponsor_cap;
};
BOOST_DESCRIBE_STRUCT(OrderSponsored, (),
                      (order, unbonded_items, unbonded_cap, budget, sponsor_cap))

struct OrderStateChanged {
    static constexpr int kIndexed = 1;
    std::uint64_t order = 0;
    OrderState state{};
};
BOOST_DESCRIBE_STRUCT(OrderStateChanged, (), (order, state))

struct SubmissionCommitted {
    static constexpr int kIndexed = 3;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address contributor;
    std::uint64_t item_count = 0;
    Hash256 commitment;
    Amount bond;  // beside what is pledged
};
BOOST_DESCRIBE_STRUCT(SubmissionCommitted, (),
                      (submission, order, contributor, item_count, commitment, bond))

struct SubmissionRevealed {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Hash256 root;
    std::string data_uri;
    std::uint64_t window_ends_s = 0;  // 0 where a verdict comes first
};
BOOST_DESCRIBE_STRUCT(SubmissionRevealed, (), (submission, order, root, data_uri, window_ends_s))

// What the order's policy says; its contributor may contest it until the window ends.
struct SubmissionScored {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    std::uint32_t verdict_ppm = 0;  // of its value
    bool failed = false;            // rejected, unless contested
    std::uint64_t window_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(SubmissionScored, (), (submission, order, verdict_ppm, failed, window_ends_s))

// Of the buyer's bond, for gold that was not opened or was wrong.
struct BuyerBondPaid {
    static constexpr int kIndexed = 3;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address contributor;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(BuyerBondPaid, (), (submission, order, contributor, amount))

// The items that a policy compares are drawn.
struct ScoredDrawn {
    static constexpr int kIndexed = 1;
    std::uint64_t order = 0;
    Hash256 seed;
};
BOOST_DESCRIBE_STRUCT(ScoredDrawn, (), (order, seed))

struct GoldOpened {
    static constexpr int kIndexed = 2;
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    std::vector<std::uint64_t> tasks;
};
BOOST_DESCRIBE_STRUCT(GoldOpened, (), (order, batch, tasks))

struct ItemsAnswered {
    static constexpr int kIndexed = 1;
    std::uint64_t submission = 0;
    std::vector<std::uint64_t> indices;
};
BOOST_DESCRIBE_STRUCT(ItemsAnswered, (), (submission, indices))

struct SubmissionStateChanged {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    SubmissionState state{};
    Reason reason{};
};
BOOST_DESCRIBE_STRUCT(SubmissionStateChanged, (), (submission, order, state, reason))

struct SubmissionPaid {
    static constexpr int kIndexed = 3;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address contributor;
    Amount paid;      // now
    Amount holdback;  // later
    Amount fee;       // the buyer's, beside the payout
};
BOOST_DESCRIBE_STRUCT(SubmissionPaid, (), (submission, order, contributor, paid, holdback, fee))

struct BondSlashed {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Address challenger;  // zero where nobody challenged
    Amount to_challenger;
    Amount to_buyer;
    Amount burned;
};
BOOST_DESCRIBE_STRUCT(BondSlashed, (),
                      (submission, contributor, challenger, to_challenger, to_buyer, burned))

struct HoldbackReleased {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(HoldbackReleased, (), (submission, contributor, amount))

// Stands behind a submission beside its bond.
struct CollateralPledged {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Amount rewards;
    Amount holdbacks;
    Amount stake;
};
BOOST_DESCRIBE_STRUCT(CollateralPledged, (), (submission, contributor, rewards, holdbacks, stake))

struct PledgesEnded {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    Amount amount;
    bool seized = false;  // slashed with the bond; else returned
};
BOOST_DESCRIBE_STRUCT(PledgesEnded, (), (submission, contributor, amount, seized))

struct FraudProven {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address prover;
    std::uint8_t kind = 0;
};
BOOST_DESCRIBE_STRUCT(FraudProven, (), (submission, prover, kind))

struct ItemsAsked {
    static constexpr int kIndexed = 3;
    std::uint64_t request = 0;
    std::uint64_t submission = 0;
    Address asker;
    std::vector<std::uint64_t> indices;
    std::uint64_t answer_by_s = 0;
};
BOOST_DESCRIBE_STRUCT(ItemsAsked, (), (request, submission, asker, indices, answer_by_s))

struct ItemsShown {
    static constexpr int kIndexed = 2;
    std::uint64_t request = 0;
    std::uint64_t submission = 0;
    std::uint8_t items = 0;
};
BOOST_DESCRIBE_STRUCT(ItemsShown, (), (request, submission, items))

struct OpeningEnded {
    static constexpr int kIndexed = 2;
    std::uint64_t request = 0;
    std::uint64_t submission = 0;
    std::uint8_t asked = 0;
    std::uint8_t shown = 0;
};
BOOST_DESCRIBE_STRUCT(OpeningEnded, (), (request, submission, asked, shown))

}  // namespace assay::market
