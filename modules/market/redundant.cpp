// The rules of paying by agreement.
#include "modules/market/redundant.hpp"

#include <map>

#include "modules/market/draw_items.hpp"
#include "modules/market/new_order.hpp"

namespace assay::market {

namespace {

BatchTerms terms_of(const PostRedundant& message) {
    return {.batches = message.batches,
            .batch_items = message.batch_items,
            .replicas = message.replicas,
            .scored = message.samples,
            .min_score_ppm = message.min_score_ppm};
}

using Label = std::optional<Hash256>;

// What more than half of them say; nullopt where there is no such thing.
Label majority_of(const std::vector<Label>& labels) {
    std::map<Hash256, std::size_t> counts;
    for (const Label& label : labels)
        if (label) ++counts[*label];
    for (const auto& [label, count] : counts)
        if (2 * count > labels.size()) return label;
    return std::nullopt;
}

// The labels of one item, a row each: of those that are about the task that most name.
std::vector<Label> labels_of(const std::vector<AnswerRow>& rows, std::size_t item) {
    std::vector<Label> tasks;
    for (const AnswerRow& row : rows)
        tasks.push_back(row[item] ? Label(row[item]->content_id) : Label());
    const Label task = majority_of(tasks);
    std::vector<Label> out;
    for (const AnswerRow& row : rows)
        out.push_back(task && row[item] && row[item]->content_id == *task ? Label(row[item]->hash)
                                                                          : Label());
    return out;
}

// The submission's answers to the items, in their order.
AnswerRow row_of(const State& state, std::uint64_t submission,
                 const std::vector<std::uint64_t>& items) {
    const auto given = state.get_or_default(kAnswers, submission);
    AnswerRow out;
    for (const std::uint64_t item : items) out.push_back(answer_at(given, item));
    return out;
}

}  // namespace

TxCode PostRedundant::check(const TxEnv&) const {
    if (const auto code = refuse_batches(terms_of(*this)); code != TxCode::ok) return code;
    if (replicas < kMinReplicas) return TxCode::score_bounds_crossed;
    if (samples > kMaxScoredItems) return TxCode::count_too_large;
    if (min_score_ppm >= kPpm) return TxCode::rate_out_of_range;
    if (max_payload_bytes > kMaxAnswerBytes) return TxCode::bytes_too_long;
    return refuse_form(order_in_batches(*this, Policy::redundant));
}

TxCode PostRedundant::execute(State& state, const TxEnv& env) const {
    const NewOrder order = order_in_batches(*this, Policy::redundant);
    const Params terms = state.must_get(kParams, {});
    if (const auto code = refuse_terms(order, terms, env); code != TxCode::ok) return code;
    const std::uint64_t id = open_order(state, env, order, terms);
    state.put(kBatchTerms, id, terms_of(*this));
    return TxCode::ok;
}

Agreement agreement_of(const std::vector<AnswerRow>& rows) {
    Agreement out;
    std::map<Label, std::uint64_t> own_counts;
    std::map<Label, std::uint64_t> majority_counts;
    for (std::size_t item = 0; item < rows.front().size(); ++item) {
        const auto labels = labels_of(rows, item);
        const Label majority = majority_of(labels);
        if (!majority) continue;
        ++out.decided;
        ++own_counts[labels.front()];
        ++majority_counts[majority];
        if (labels.front() == majority) ++out.agreed;
    }
    std::uint64_t by_chance = 0;  // times decided squared
    for (const auto& [answer, count] : majority_counts) {
        const auto own = own_counts.find(answer);
        if (own != own_counts.end()) by_chance += count * own->second;
    }
    const std::uint64_t all = out.decided * out.decided;
    const std::uint64_t observed = out.decided * out.agreed;
    if (observed > by_chance)
        out.beyond_ppm =
            static_cast<std::uint32_t>((observed - by_chance) * kPpm / (all - by_chance));
    return out;
}

std::optional<std::uint64_t> Redundant::verdict_due_s(const Order& order, std::uint64_t) const {
    return draws_at_s(order) + order.terms.answer_s;
}

std::vector<std::uint64_t> Redundant::compared_items(const State& state,
                                                     const Submission& submission) const {
    const BatchTerms terms = state.must_get(kBatchTerms, submission.order);
    if (terms.seed.is_zero()) return {};
    return draw_items(terms.seed, submission.batch, submission.item_count, terms.scored);
}

Score Redundant::score(const State& state, const Order& order, const Submission& submission) const {
    const BatchTerms terms = state.must_get(kBatchTerms, order.id);
    const auto items = compared_items(state, submission);
    std::vector<AnswerRow> rows{row_of(state, submission.id, items)};
    for (const std::uint64_t id :
         state.must_get(kBatchPlaces, {.order = order.id, .batch = submission.batch}))
        if (id != submission.id) rows.push_back(row_of(state, id, items));
    if (rows.size() < kMinReplicas) return {};  // nothing to compare with: good unless challenged
    const Agreement agreement = agreement_of(rows);
    if (agreement.decided == 0) return {};
    const bool contradicts = agreement.agreed < agreement.decided;
    return {.earned_ppm = agreement.beyond_ppm,
            .failed = contradicts && agreement.beyond_ppm < terms.min_score_ppm};
}

}  // namespace assay::market
