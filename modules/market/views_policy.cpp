// The answers about work that is compared.
#include "modules/market/views_policy.hpp"

#include "chain/exec/paging.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/money.hpp"

namespace assay::market {

namespace {

Result<BatchTerms> terms_of(const State& state, std::uint64_t order) {
    if (!state.contains(kOrders, order)) return missing_record("order", order);
    const auto terms = state.get(kBatchTerms, order);
    if (!terms) return failure("order " + std::to_string(order) + " has no batches");
    return *terms;
}

Result<Amount> order_value(const State& state, std::uint64_t batches, std::uint64_t batch_items,
                           std::uint8_t replicas, Amount price) {
    const BatchTerms terms{
        .batches = batches, .batch_items = batch_items, .replicas = replicas, .scored = 1};
    if (const auto code = refuse_batches(terms); code != TxCode::ok)
        return failure("batches, items and replicas: " + std::string(name_of(code)));
    const std::uint64_t items = batches * batch_items * replicas;
    const auto value = value_of(items, price);
    if (items > kMaxItems || price.is_zero() || !value)
        return failure("items are above " + std::to_string(kMaxItems) +
                       ", or items times price is outside 1.." + to_string(kMaxOrderValue));
    return order_cost(*value, state.must_get(kParams, {})).total();
}

}  // namespace

Result<Batches> GetBatches::view(const State& state, const BlockEnv&) const {
    const auto terms = terms_of(state, order);
    if (!terms) return terms.error();
    const Order record = state.must_get(kOrders, order);
    return Batches{
        .terms = *terms,
        .draws_at_s = draws_at_s(record),
        .gold_ends_s = record.policy == Policy::gold ? gold_ends_s(record) : 0,
        .verdict_due_s = find_policy(record.policy)->verdict_due_s(record, 0).value_or(0)};
}

Result<Batch> GetBatch::view(const State& state, const BlockEnv&) const {
    const auto terms = terms_of(state, order);
    if (!terms) return terms.error();
    if (batch >= terms->batches)
        return failure("order " + std::to_string(order) + " has batches 0.." +
                       std::to_string(terms->batches - 1));
    const BatchKey key{.order = order, .batch = batch};
    return Batch{.submissions = state.get_or_default(kBatchPlaces, key),
                 .drawn_gold = terms->gold_per_batch == 0 ? std::vector<std::uint64_t>{}
                                                          : drawn_gold(*terms, batch),
                 .opened_gold = state.get_or_default(kOpenedGold, key)};
}

Result<Amount> QuotePostGold::view(const State& state, const BlockEnv&) const {
    return order_value(state, batches, batch_items, replicas, price_per_item);
}

Result<Amount> QuotePostRedundant::view(const State& state, const BlockEnv&) const {
    return order_value(state, batches, batch_items, replicas, price_per_item);
}

Result<Amount> QuoteCommitBatch::view(const State& state, const BlockEnv&) const {
    const auto terms = terms_of(state, order);
    if (!terms) return terms.error();
    if (unbonded) return Amount{};
    const Order record = state.must_get(kOrders, order);
    return submission_bond(checked_value(record, terms->batch_items), record.terms);
}

Result<std::vector<std::uint64_t>> GetComparedItems::view(const State& state,
                                                          const BlockEnv&) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return missing_record("submission", submission);
    return asked_of(state, *record);
}

Result<std::vector<GivenAnswer>> GetAnswers::view(const State& state, const BlockEnv&) const {
    if (!state.contains(kSubmissions, submission)) return missing_record("submission", submission);
    return state.get_or_default(kAnswers, submission);
}

}  // namespace assay::market
