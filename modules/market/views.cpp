// The answers about the market.
#include "modules/market/views.hpp"

#include "chain/exec/paging.hpp"
#include "modules/market/money.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

namespace {

Result<Amount> order_value(std::uint64_t items, Amount price) {
    if (items == 0 || items > kMaxItems)
        return failure("items are outside 1.." + std::to_string(kMaxItems));
    if (price.is_zero()) return failure("the price is zero");
    const auto value = value_of(items, price);
    if (!value) return failure("items times price is above " + to_string(kMaxOrderValue));
    return *value;
}

}  // namespace

Result<Order> GetOrder::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing_record("order", order);
    return *record;
}

Result<Submission> GetSubmission::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return missing_record("submission", submission);
    return *record;
}

Result<std::vector<Order>> ListOrders::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    const std::uint64_t last = state.get_or_default(kCounters, {}).orders;
    return page_of(state, kOrders, after, last, limit);
}

Result<std::vector<Submission>> ListSubmissions::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    return page_under(state, kOrderSubmissions,
                      OrderSubmission{.order = order, .submission = after}, &OrderSubmission::order,
                      &OrderSubmission::submission, kSubmissions, limit);
}

Result<Amount> QuotePostOrder::view(const State& state, const BlockEnv&) const {
    const auto value = order_value(item_quota, price_per_item);
    if (!value) return value;
    return order_cost(*value, state.must_get(kParams, {})).total();
}

Result<Amount> QuoteFundOrder::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing_record("order", order);
    const auto value = order_value(items, record->price_per_item);
    if (!value) return value;
    return order_cost(*value, record->terms).total();
}

Result<Amount> QuoteCommit::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing_record("order", order);
    const auto value = order_value(item_count, record->price_per_item);
    if (!value) return value;
    return submission_bond(*value, record->terms);
}

Result<Amount> QuoteForceOpen::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return missing_record("submission", submission);
    if (indices.empty() || indices.size() > kMaxIndices)
        return failure("indices are outside 1.." + std::to_string(kMaxIndices));
    return opening_bond(state.must_get(kOrders, record->order), indices.size());
}

Result<Opening> GetOpening::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOpenings, request);
    if (!record) return missing_record("request", request);
    return *record;
}

Result<std::vector<Opening>> ListOpenings::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    return page_under(
        state, kSubmissionOpenings, SubmissionOpening{.submission = submission, .opening = after},
        &SubmissionOpening::submission, &SubmissionOpening::opening, kOpenings, limit);
}

Result<Params> GetMarketParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::market
