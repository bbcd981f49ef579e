// The answers about the market.
#include "modules/market/views.hpp"

#include "modules/market/money.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/tables.hpp"

namespace assay::market {

namespace {

Error missing(const char* what, std::uint64_t id) {
    return failure(std::string(what) + " " + std::to_string(id) + " does not exist");
}

Result<void> good_limit(std::uint32_t limit) {
    if (limit != 0 && limit <= kMaxPage) return {};
    return failure("limit is outside 1.." + std::to_string(kMaxPage));
}

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
    if (!record) return missing("order", order);
    return *record;
}

Result<Submission> GetSubmission::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return missing("submission", submission);
    return *record;
}

Result<std::vector<Order>> ListOrders::view(const State& state, const BlockEnv&) const {
    if (auto good = good_limit(limit); !good) return good.error();
    std::vector<Order> out;
    const std::uint64_t last = state.get_or_default(kCounters, {}).orders;
    for (std::uint64_t id = after; id < last && out.size() < limit; ++id)
        out.push_back(state.must_get(kOrders, id + 1));
    return out;
}

Result<std::vector<Submission>> ListSubmissions::view(const State& state, const BlockEnv&) const {
    if (auto good = good_limit(limit); !good) return good.error();
    std::vector<Submission> out;
    OrderSubmission at{.order = order, .submission = after};
    while (out.size() < limit) {
        const auto next = state.next_after(kOrderSubmissions, at);
        if (!next || next->first.order != order) break;
        at = next->first;
        out.push_back(state.must_get(kSubmissions, at.submission));
    }
    return out;
}

Result<Amount> QuotePostOrder::view(const State& state, const BlockEnv&) const {
    const auto value = order_value(item_quota, price_per_item);
    if (!value) return value;
    return order_cost(*value, state.must_get(kParams, {})).total();
}

Result<Amount> QuoteFundOrder::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing("order", order);
    const auto value = order_value(items, record->price_per_item);
    if (!value) return value;
    return order_cost(*value, record->terms).total();
}

Result<Amount> QuoteCommit::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOrders, order);
    if (!record) return missing("order", order);
    const auto value = order_value(item_count, record->price_per_item);
    if (!value) return value;
    return submission_bond(*value, record->terms);
}

Result<Amount> QuoteForceOpen::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return missing("submission", submission);
    if (indices.empty() || indices.size() > kMaxIndices)
        return failure("indices are outside 1.." + std::to_string(kMaxIndices));
    return opening_bond(state.must_get(kOrders, record->order), indices.size());
}

Result<Opening> GetOpening::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kOpenings, request);
    if (!record) return missing("request", request);
    return *record;
}

Result<std::vector<Opening>> ListOpenings::view(const State& state, const BlockEnv&) const {
    if (auto good = good_limit(limit); !good) return good.error();
    std::vector<Opening> out;
    SubmissionOpening at{.submission = submission, .opening = after};
    while (out.size() < limit) {
        const auto next = state.next_after(kSubmissionOpenings, at);
        if (!next || next->first.submission != submission) break;
        at = next->first;
        out.push_back(state.must_get(kOpenings, at.opening));
    }
    return out;
}

Result<Params> GetMarketParams::view(const State& state, const BlockEnv&) const {
    return state.must_get(kParams, {});
}

}  // namespace assay::market
