// Owns what can be asked of the market: records, listings, and the value each payable message
// needs.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

inline constexpr std::uint32_t kMaxPage = 100;

// not found: an error that names the id.
struct GetOrder {
    using Returns = Order;
    std::uint64_t order = 0;
    Result<Order> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetOrder, (), (order))

struct GetSubmission {
    using Returns = Submission;
    std::uint64_t submission = 0;
    Result<Submission> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetSubmission, (), (submission))

// Orders with ids after `after`, at most `limit` (1..kMaxPage) of them.
struct ListOrders {
    using Returns = std::vector<Order>;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListOrders, (), (after, limit))

// Submissions of one order with ids after `after`.
struct ListSubmissions {
    using Returns = std::vector<Submission>;
    std::uint64_t order = 0;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListSubmissions, (), (order, after, limit))

// The value that postOrder must carry.
struct QuotePostOrder {
    using Returns = Amount;
    std::uint64_t item_quota = 0;
    Amount price_per_item;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuotePostOrder, (), (item_quota, price_per_item))

struct QuoteFundOrder {
    using Returns = Amount;
    std::uint64_t order = 0;
    std::uint64_t items = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteFundOrder, (), (order, items))

struct QuoteCommit {
    using Returns = Amount;
    std::uint64_t order = 0;
    std::uint64_t item_count = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteCommit, (), (order, item_count))

// The value that forceOpen must carry.
struct QuoteForceOpen {
    using Returns = Amount;
    std::uint64_t submission = 0;
    std::vector<std::uint64_t> indices;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteForceOpen, (), (submission, indices))

struct GetOpening {
    using Returns = Opening;
    std::uint64_t request = 0;
    Result<Opening> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetOpening, (), (request))

// Requests to show items of one submission with ids after `after`.
struct ListOpenings {
    using Returns = std::vector<Opening>;
    std::uint64_t submission = 0;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListOpenings, (), (submission, after, limit))

struct GetMarketParams {
    using Returns = Params;
    Result<Params> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetMarketParams, (), ())

}  // namespace assay::market
