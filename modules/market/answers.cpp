// The rules of showing items for comparison.
#include "modules/market/answers.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "modules/market/events.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

namespace {

// Where an answer with this index stands, or would.
auto place_of(auto& answers, std::uint64_t index) {
    return std::ranges::lower_bound(answers, index, {}, &GivenAnswer::index);
}

}  // namespace

Hash256 answer_hash(ByteView answer) {
    Sha256 hash;
    hash.update(view_of(std::string_view("assay/answer/1")));
    hash.update(answer);
    return hash.finish();
}

std::optional<GivenAnswer> answer_at(const std::vector<GivenAnswer>& answers, std::uint64_t index) {
    const auto at = place_of(answers, index);
    if (at == answers.end() || at->index != index) return std::nullopt;
    return *at;
}

std::vector<std::uint64_t> asked_of(const State& state, const Submission& submission) {
    const Order order = state.must_get(kOrders, submission.order);
    return find_policy(order.policy)->compared_items(state, submission);
}

std::uint64_t AnswerItems::gas() const {
    std::uint64_t hashes = 0;
    for (const Answer& answer : answers)
        hashes += answer.item.path.size() +
                  (answer.item.leaf.size() + 2 * answer.payload.size()) / 64 + 2;
    return kGas + kGasPerAnswer * answers.size() + kGasPerHash * hashes;
}

TxCode AnswerItems::check(const TxEnv&) const {
    if (answers.empty()) return TxCode::count_zero;
    if (answers.size() > kMaxAnswers) return TxCode::count_too_large;
    for (const Answer& answer : answers) {
        if (!in_bounds(answer.item)) return TxCode::proof_malformed;
        if (answer.payload.size() > kMaxAnswerBytes) return TxCode::bytes_too_long;
    }
    return TxCode::ok;
}

TxCode AnswerItems::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kSubmissions, submission);
    if (!record) return TxCode::submission_not_found;
    if (record->contributor != env.sender) return TxCode::not_owner;
    if (record->state != SubmissionState::revealed) return TxCode::submission_wrong_state;
    if (env.block.time_s >= record->deadline_s) return TxCode::too_late;
    const auto asked = asked_of(state, *record);
    if (asked.empty()) return TxCode::too_early;
    auto given = state.get_or_default(kAnswers, submission);
    std::vector<std::uint64_t> indices;
    for (const Answer& answer : answers) {
        const std::uint64_t index = answer.item.index;
        if (!std::ranges::binary_search(asked, index)) return TxCode::item_not_asked;
        const auto leaf = well_formed(answer.item);
        if (!leaf || !stands_in(answer.item, *record) ||
            leaf->payload_hash != payload_hash(answer.salt, answer.payload))
            return TxCode::item_not_proven;
        const auto at = place_of(given, index);
        if (at != given.end() && at->index == index) return TxCode::already_exists;
        given.insert(
            at,
            {.index = index, .content_id = leaf->content_id, .hash = answer_hash(answer.payload)});
        indices.push_back(index);
    }

    state.put(kAnswers, submission, given);
    emit(state, ModuleId::market, ItemsAnswered{.submission = submission, .indices = indices});
    return TxCode::ok;
}

}  // namespace assay::market
