// The rules of asking for items and of showing them.
#include "modules/market/openings.hpp"

#include <algorithm>
#include <bit>

#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/money.hpp"
#include "modules/market/sampling.hpp"

namespace assay::market {

namespace {

std::uint8_t bit_of(std::size_t position) {
    return static_cast<std::uint8_t>(1U << position);
}

std::uint8_t all_bits(const Opening& opening) {
    return static_cast<std::uint8_t>((1U << opening.indices.size()) - 1);
}

// The bit of an index that the request names and nobody has shown yet; 0 where there is none.
std::uint8_t waiting_bit(const Opening& opening, std::uint64_t index) {
    const auto at = std::lower_bound(opening.indices.begin(), opening.indices.end(), index);
    if (at == opening.indices.end() || *at != index) return 0;
    const std::uint8_t bit = bit_of(static_cast<std::size_t>(at - opening.indices.begin()));
    return (opening.shown & bit) == 0 ? bit : std::uint8_t{0};
}

// The last write of a request, whose deadline is already out of the queue, and of its submission.
void close(State& state, Opening& opening, Submission& submission) {
    const Amount bond = std::exchange(opening.bond, Amount{});
    const auto shown = static_cast<std::uint8_t>(std::popcount(opening.shown));
    const auto asked = static_cast<std::uint8_t>(opening.indices.size());
    if (shown == asked) {
        const Amount half = *mul_div_floor(bond, Amount(1), Amount(2));
        ledger::move(state, pool::kOpeningBonds, submission.contributor, half);
        ledger::burn(state, pool::kOpeningBonds, difference_of(bond, half), BurnReason::other);
    } else {
        ledger::move(state, pool::kOpeningBonds, opening.asker, bond);
    }
    opening.deadline_s = 0;
    submission.requests -= 1;
    submission.items_missing += static_cast<std::uint32_t>(asked - shown);
    state.put(kOpenings, opening.id, opening);
    state.put(kSubmissions, submission.id, submission);
    emit(state, ModuleId::market,
         OpeningEnded{.request = opening.id,
                      .submission = opening.submission,
                      .asked = asked,
                      .shown = shown});
}

}  // namespace

std::optional<Deadline> deadline_of(const Opening& opening) {
    if (opening.deadline_s == 0) return std::nullopt;
    return Deadline{
        .time_s = opening.deadline_s, .kind = DeadlineKind::opening_ends, .id = opening.id};
}

TxCode ForceOpen::check(const TxEnv&) const {
    if (indices.empty()) return TxCode::count_zero;
    if (indices.size() > kMaxIndices) return TxCode::count_too_large;
    for (std::size_t i = 1; i < indices.size(); ++i)
        if (indices[i] <= indices[i - 1]) return TxCode::indices_not_ascending;
    return TxCode::ok;
}

TxCode ForceOpen::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kSubmissions, submission);
    if (!record) return TxCode::submission_not_found;
    if (record->contributor == env.sender) return TxCode::own_submission;
    if (record->state != SubmissionState::window) return TxCode::submission_wrong_state;
    const Order order = state.must_get(kOrders, record->order);
    const std::uint64_t answer_by_s = env.block.time_s + order.terms.open_window_s;
    if (answer_by_s >= record->deadline_s) return TxCode::too_late;
    if (indices.back() >= record->item_count) return TxCode::item_not_found;
    const auto count = static_cast<std::uint32_t>(indices.size());
    if (record->items_asked + count > kMaxAskedItems) return TxCode::opening_limit_reached;
    for (const std::uint64_t index : indices)
        if (state.contains(kAskedItems, {.submission = submission, .index = index}))
            return TxCode::item_already_asked;
    const Amount bond = opening_bond(order, count);
    if (env.value != bond) return TxCode::wrong_value;

    Counters counters = state.get_or_default(kCounters, {});
    const Opening opening{.id = ++counters.openings,
                          .submission = submission,
                          .asker = env.sender,
                          .indices = indices,
                          .deadline_s = answer_by_s,
                          .bond = bond};
    record->items_asked += count;
    record->requests += 1;
    state.put(kCounters, {}, counters);
    state.put(kSubmissions, submission, *record);
    state.put(kOpenings, opening.id, opening);
    state.put(kSubmissionOpenings, {.submission = submission, .opening = opening.id}, {});
    for (const std::uint64_t index : indices)
        state.put(kAskedItems, {.submission = submission, .index = index}, {});
    schedule(state, *deadline_of(opening));
    ledger::move(state, module_address(ModuleId::market), pool::kOpeningBonds, bond);
    emit(state, ModuleId::market,
         ItemsAsked{.request = opening.id,
                    .submission = submission,
                    .asker = env.sender,
                    .indices = indices,
                    .answer_by_s = answer_by_s});
    return TxCode::ok;
}

std::uint64_t OpenItems::gas() const {
    std::uint64_t hashes = 0;
    for (const LeafProof& item : items) hashes += item.path.size() + item.leaf.size() / 64;
    return kGas + kGasPerHash * hashes;
}

TxCode OpenItems::check(const TxEnv&) const {
    if (items.empty()) return TxCode::count_zero;
    if (items.size() > kMaxIndices) return TxCode::count_too_large;
    for (const LeafProof& item : items)
        if (!in_bounds(item)) return TxCode::proof_malformed;
    return TxCode::ok;
}

TxCode OpenItems::execute(State& state, const TxEnv& env) const {
    auto opening = state.get(kOpenings, request);
    if (!opening) return TxCode::not_found;
    Submission submission = state.must_get(kSubmissions, opening->submission);
    if (submission.contributor != env.sender) return TxCode::not_owner;
    if (opening->deadline_s == 0) return TxCode::wrong_state;
    if (env.block.time_s >= opening->deadline_s) return TxCode::too_late;
    for (const LeafProof& item : items) {
        const std::uint8_t bit = waiting_bit(*opening, item.index);
        if (bit == 0) return TxCode::item_not_asked;
        if (!well_formed(item) || !stands_in(item, submission)) return TxCode::item_not_proven;
        opening->shown = static_cast<std::uint8_t>(opening->shown | bit);
    }

    emit(state, ModuleId::market,
         ItemsShown{.request = request,
                    .submission = submission.id,
                    .items = static_cast<std::uint8_t>(items.size())});
    if (opening->shown != all_bits(*opening)) {
        state.put(kOpenings, request, *opening);
        return TxCode::ok;
    }
    unschedule(state, *deadline_of(*opening));
    close(state, *opening, submission);
    return TxCode::ok;
}

void end_opening(State& state, const BlockEnv& block, std::uint64_t id) {
    Opening opening = state.must_get(kOpenings, id);
    CHECK(opening.deadline_s != 0 && opening.deadline_s <= block.time_s);
    Submission submission = state.must_get(kSubmissions, opening.submission);
    close(state, opening, submission);
    if (!may_be_convicted(state, submission)) return;
    const Order order = state.must_get(kOrders, submission.order);
    if (!is_rejected_by(submission.items_missing, submission.item_count, order.terms)) return;
    convict(state, block, submission.id,
            {.prover = opening.asker,
             .kind = FraudKind::missing_items,
             .evidence = sha256(record::encode(opening))});
}

}  // namespace assay::market
