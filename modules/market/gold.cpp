// The rules of hidden answers.
#include "modules/market/gold.hpp"

#include <algorithm>
#include <map>

#include "chain/crypto/rfc6962.hpp"
#include "chain/exec/event.hpp"
#include "modules/market/draw_items.hpp"
#include "modules/market/events.hpp"
#include "modules/market/new_order.hpp"
#include "modules/market/sampling.hpp"

namespace assay::market {

namespace {

constexpr std::size_t kMaxPath = 64;

BatchTerms terms_of(const PostGold& message) {
    return {.batches = message.batches,
            .batch_items = message.batch_items,
            .replicas = message.replicas,
            .scored = message.gold_opened,
            .gold_root = message.gold_root,
            .gold_per_batch = message.gold_per_batch,
            .forgiven = message.forgiven,
            .rejected = message.rejected};
}

std::uint64_t leaves_of(const BatchTerms& terms) {
    return terms.batches * terms.gold_per_batch;
}

// That the leaf is in the buyer's tree, at the drawn place, and about a task of this batch.
bool is_proven(const GoldProof& proof, std::uint64_t drawn, std::uint64_t batch,
               const BatchTerms& terms) {
    const GoldLeaf& leaf = proof.leaf;
    const std::uint64_t first = batch * terms.batch_items;
    return leaf.index == drawn && leaf.task >= first && leaf.task - first < terms.batch_items &&
           rfc6962::verify_inclusion(terms.gold_root, rfc6962::leaf_hash(record::encode(leaf)),
                                     leaf.index, leaves_of(terms), proof.path);
}

// What the submission said about the task of this gold; zero where it showed nothing, or an item
// about another task.
Hash256 answer_to(const State& state, std::uint64_t submission, const GivenAnswer& gold) {
    const auto given = answer_at(state.get_or_default(kAnswers, submission), gold.index);
    return given && given->content_id == gold.content_id ? given->hash : Hash256{};
}

std::vector<Hash256> answers_to(const State& state, const std::vector<std::uint64_t>& places,
                                const GivenAnswer& gold) {
    std::vector<Hash256> out;
    for (const std::uint64_t id : places) out.push_back(answer_to(state, id, gold));
    return out;
}

}  // namespace

TxCode PostGold::check(const TxEnv&) const {
    if (const auto code = refuse_batches(terms_of(*this)); code != TxCode::ok) return code;
    if (gold_root.is_zero()) return TxCode::hash_zero;
    if (gold_opened > kMaxGoldOpened || gold_opened > gold_per_batch ||
        gold_per_batch > batch_items)
        return TxCode::count_too_large;
    if (forgiven >= rejected || rejected > gold_opened) return TxCode::score_bounds_crossed;
    if (max_payload_bytes > kMaxAnswerBytes) return TxCode::bytes_too_long;
    return refuse_form(order_in_batches(*this, Policy::gold));
}

TxCode PostGold::execute(State& state, const TxEnv& env) const {
    const NewOrder order = order_in_batches(*this, Policy::gold);
    const Params terms = state.must_get(kParams, {});
    if (const auto code = refuse_terms(order, terms, env); code != TxCode::ok) return code;
    const std::uint64_t id = open_order(state, env, order, terms);
    state.put(kBatchTerms, id, terms_of(*this));
    return TxCode::ok;
}

std::uint64_t gold_ends_s(const Order& order) {
    return draws_at_s(order) + order.terms.gold_window_s;
}

std::vector<std::uint64_t> drawn_gold(const BatchTerms& terms, std::uint64_t batch) {
    if (terms.seed.is_zero()) return {};
    auto out = draw_items(terms.seed, batch, terms.gold_per_batch, terms.scored);
    for (std::uint64_t& leaf : out) leaf += batch * terms.gold_per_batch;
    return out;
}

std::uint64_t OpenGold::gas() const {
    std::uint64_t hashes = 0;
    for (const GoldProof& proof : gold)
        hashes += proof.path.size() + proof.leaf.answer.size() / 64 + 4;
    return kGas + kGasPerHash * hashes;
}

TxCode OpenGold::check(const TxEnv&) const {
    if (gold.empty()) return TxCode::count_zero;
    if (gold.size() > kMaxGoldOpened) return TxCode::count_too_large;
    for (const GoldProof& proof : gold) {
        if (proof.path.size() > kMaxPath) return TxCode::proof_malformed;
        if (proof.leaf.answer.size() > kMaxAnswerBytes) return TxCode::bytes_too_long;
    }
    return TxCode::ok;
}

TxCode OpenGold::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kOrders, order);
    if (!record) return TxCode::order_not_found;
    if (record->buyer != env.sender) return TxCode::not_owner;
    if (record->policy != Policy::gold) return TxCode::wrong_policy;
    const BatchTerms terms = state.must_get(kBatchTerms, order);
    if (batch >= terms.batches) return TxCode::batch_not_found;
    if (terms.seed.is_zero()) return TxCode::gold_not_drawn;
    if (env.block.time_s >= gold_ends_s(*record)) return TxCode::too_late;
    const BatchKey key{.order = order, .batch = batch};
    if (state.contains(kOpenedGold, key)) return TxCode::gold_already_open;
    const auto drawn = drawn_gold(terms, batch);
    if (gold.size() != drawn.size()) return TxCode::gold_not_proven;
    std::map<std::uint64_t, GivenAnswer> opened;  // by index in the batch
    GoldOpened event{.order = order, .batch = batch, .tasks = {}};
    for (std::size_t i = 0; i < gold.size(); ++i) {
        const GoldLeaf& leaf = gold[i].leaf;
        if (!is_proven(gold[i], drawn[i], batch, terms)) return TxCode::gold_not_proven;
        const std::uint64_t index = leaf.task - batch * terms.batch_items;
        const GivenAnswer answer{
            .index = index, .content_id = leaf.content_id, .hash = answer_hash(leaf.answer)};
        if (!opened.emplace(index, answer).second)
            return TxCode::gold_not_proven;  // two leaves about one task
        event.tasks.push_back(leaf.task);
    }

    std::vector<GivenAnswer> answers;
    for (const auto& [index, answer] : opened) answers.push_back(answer);
    state.put(kOpenedGold, key, answers);
    emit(state, ModuleId::market, event);
    return TxCode::ok;
}

GoldVerdict judge_gold(const Hash256& gold, const Hash256& own, const std::vector<Hash256>& all) {
    std::map<Hash256, std::size_t> contradicting;
    std::size_t total = 0;
    for (const Hash256& answer : all) {
        if (answer.is_zero() || answer == gold) continue;
        ++contradicting[answer];
        ++total;
    }
    std::size_t agreeing = 0;
    for (const auto& [answer, count] : contradicting) agreeing = std::max(agreeing, count);
    if (total >= 3 && 3 * agreeing >= 2 * total) return GoldVerdict::void_gold;
    return own == gold ? GoldVerdict::right : GoldVerdict::wrong;
}

std::optional<std::uint64_t> Gold::verdict_due_s(const Order& order, std::uint64_t) const {
    return gold_ends_s(order) + order.terms.answer_s;
}

std::vector<std::uint64_t> Gold::compared_items(const State& state,
                                                const Submission& submission) const {
    std::vector<std::uint64_t> out;
    for (const GivenAnswer& answer :
         state.get_or_default(kOpenedGold, {.order = submission.order, .batch = submission.batch}))
        out.push_back(answer.index);
    return out;
}

Score Gold::score(const State& state, const Order& order, const Submission& submission) const {
    const BatchTerms terms = state.must_get(kBatchTerms, order.id);
    if (terms.seed.is_zero())
        return {};  // the draw itself waits behind a full queue: nobody's fault
    const BatchKey key{.order = order.id, .batch = submission.batch};
    const auto opened = state.get(kOpenedGold, key);
    if (!opened) return {.buyer_failed = true};
    const auto places = state.must_get(kBatchPlaces, key);
    std::uint64_t counted = 0;
    std::uint64_t wrong = 0;
    for (const GivenAnswer& gold : *opened) {
        const GoldVerdict verdict = judge_gold(gold.hash, answer_to(state, submission.id, gold),
                                               answers_to(state, places, gold));
        if (verdict != GoldVerdict::void_gold) ++counted;
        if (verdict == GoldVerdict::wrong) ++wrong;
    }
    if (wrong >= terms.rejected) return {.earned_ppm = 0, .failed = true};
    return {.earned_ppm = pay_for_sample(
                wrong, {.items = counted, .forgiven = terms.forgiven, .rejected = terms.rejected},
                order.terms.defect_weight_ppm)};
}

}  // namespace assay::market
