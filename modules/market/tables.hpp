// Owns the market's look-ups beside its objects: counters, listings, and what was seen before.
#pragma once

#include "modules/market/objects.hpp"

namespace assay::market {

struct Counters {
    std::uint64_t orders = 0;  // the last id given
    std::uint64_t submissions = 0;
    std::uint64_t openings = 0;
};
BOOST_DESCRIBE_STRUCT(Counters, (), (orders, submissions, openings))

struct OrderContributor {
    std::uint64_t order = 0;
    Address contributor;
};
BOOST_DESCRIBE_STRUCT(OrderContributor, (), (order, contributor))

struct OrderRoot {
    std::uint64_t order = 0;
    Hash256 root;
};
BOOST_DESCRIBE_STRUCT(OrderRoot, (), (order, root))

struct OrderSubmission {
    std::uint64_t order = 0;
    std::uint64_t submission = 0;
};
BOOST_DESCRIBE_STRUCT(OrderSubmission, (), (order, submission))

// Fraud proven while a dispute runs, acted on when the dispute ends.
struct Conviction {
    Address prover;
    FraudKind kind{};
    Hash256 evidence;
};
BOOST_DESCRIBE_STRUCT(Conviction, (), (prover, kind, evidence))

struct SubmissionItem {
    std::uint64_t submission = 0;
    std::uint64_t index = 0;
};
BOOST_DESCRIBE_STRUCT(SubmissionItem, (), (submission, index))

struct SubmissionOpening {
    std::uint64_t submission = 0;
    std::uint64_t opening = 0;
};
BOOST_DESCRIBE_STRUCT(SubmissionOpening, (), (submission, opening))

struct Listed {};
BOOST_DESCRIBE_STRUCT(Listed, (), ())

inline constexpr Table<Only, Counters> kCounters{ModuleId::market, 4};
// Items of live and accepted submissions; absent where none.
inline constexpr Table<OrderContributor, std::uint64_t> kItemsHeld{ModuleId::market, 5};
// The submission that made a commitment: nobody can make it again.
inline constexpr Table<Hash256, std::uint64_t> kCommitments{ModuleId::market, 6};
// The submission that a root belongs to in an order.
inline constexpr Table<OrderRoot, std::uint64_t> kRoots{ModuleId::market, 7};
inline constexpr Table<std::uint64_t, Conviction> kConvictions{ModuleId::market, 8};
// Of those, the ones that need no bond.
inline constexpr Table<OrderContributor, std::uint64_t> kUnbondedHeld{ModuleId::market, 11};
// What a contributor's fees took of an order's sponsor budget.
inline constexpr Table<OrderContributor, Amount> kSponsored{ModuleId::market, 12};
// What an order's budget owes those who relayed a live submission's messages, if it is accepted.
struct RelayDebt {
    Address of_commit;
    Amount for_commit;
    Address of_reveal;
    Amount for_reveal;
    Amount total() const { return sum_of(for_commit, for_reveal); }
};
BOOST_DESCRIBE_STRUCT(RelayDebt, (), (of_commit, for_commit, of_reveal, for_reveal))
inline constexpr Table<std::uint64_t, RelayDebt> kRelayDebts{ModuleId::market, 31};
// Items that were asked for: each once.
inline constexpr Table<SubmissionItem, Listed> kAskedItems{ModuleId::market, 10};
inline constexpr Table<SubmissionOpening, Listed> kSubmissionOpenings{ModuleId::market, 0x81};
inline constexpr Table<OrderSubmission, Listed> kOrderSubmissions{ModuleId::market, 0x80};

}  // namespace assay::market
