// From a reveal to a verdict: the draw, the seats, the two phases, the count.
#include "modules/market/audit.hpp"

#include <algorithm>

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/audit_money.hpp"
#include "modules/market/draw_items.hpp"
#include "modules/market/events_audit.hpp"
#include "modules/market/lifecycle.hpp"
#include "modules/market/needs.hpp"
#include "modules/market/tiers.hpp"

namespace assay::market {

namespace {

struct AuditSeed {
    std::uint64_t chain_id = 0;
    std::uint64_t submission = 0;
    Hash256 beacon;
};
BOOST_DESCRIBE_STRUCT(AuditSeed, (), (chain_id, submission, beacon))

void enter(State& state, Audit& audit, AuditPhase phase, std::uint64_t deadline_s = 0) {
    audit.phase = phase;
    audit.deadline_s = deadline_s;
    if (const auto deadline = deadline_of(audit)) schedule(state, *deadline);
    state.put(kAudits, audit.submission, audit);
}

std::vector<Address> draw_graders(const State& state, const Audit& audit, const Order& order,
                                  const Submission& submission, std::uint8_t graders) {
    auto out = needs::draw_graders(state, {.seed = audit.seed,
                                           .seats = graders,
                                           .lock = grader_lock(order.terms),
                                           .excluded = {submission.contributor, order.buyer}});
    if (out.size() < grading_quorum(graders)) out.clear();
    return out;
}

// Moves the seats' fees out of the order's escrow, and the budget with them.
void take_fees(State& state, Order order, AuditTerms terms, Audit& audit) {
    audit.fees = fees_of(audit.seats, order.terms);
    order.escrow = difference_of(order.escrow, audit.fees);
    terms.budget = difference_of(terms.budget, audit.fees);
    state.put(kOrders, order.id, order);
    state.put(kAuditTerms, order.id, terms);
    ledger::move(state, pool::kMarketEscrow, pool::kAuditFees, audit.fees);
}

void seat_graders(State& state, const Order& order, const Audit& audit,
                  const std::vector<Address>& graders, std::uint64_t commit_ends_s) {
    const Amount lock = grader_lock(order.terms);
    std::uint8_t number = 0;
    for (const Address& grader : graders) {
        needs::lock_grader(state, grader, lock);
        state.put(kGradeSeats, {.submission = audit.submission, .seat = number},
                  GradeSeat{.seat = number,
                            .grader = grader,
                            .commitment = {},
                            .salt = {},
                            .defects = {},
                            .locked = lock});
        state.put(kGraderAudits, {.grader = grader, .submission = audit.submission}, {});
        emit(state, ModuleId::market,
             GraderDrawn{.submission = audit.submission,
                         .grader = grader,
                         .seat = number,
                         .commit_ends_s = commit_ends_s});
        ++number;
    }
}

// What the lot, the budget and the jurors there are make of it; `graders` where it is an audit.
Lot cast_lot(const State& state, const Audit& audit, const Order& order,
             const Submission& submission, std::vector<Address>& graders) {
    if (!is_drawn_for_audit(audit.seed, audit_share_ppm(order, submission))) return Lot::spared;
    const AuditTerms terms = state.must_get(kAuditTerms, order.id);
    if (terms.budget < fees_of(terms.graders, order.terms)) return Lot::budget_spent;
    graders = draw_graders(state, audit, order, submission, terms.graders);
    return graders.empty() ? Lot::no_jurors : Lot::audited;
}

void draw_audit(State& state, const BlockEnv& block, Audit audit) {
    const Submission submission = state.must_get(kSubmissions, audit.submission);
    const Order order = state.must_get(kOrders, submission.order);
    audit.seed = audit_seed(block.chain_id, submission.id, needs::beacon_value(state));
    std::vector<Address> graders;
    audit.lot = cast_lot(state, audit, order, submission, graders);
    const bool audited = audit.lot == Lot::audited;
    const std::uint64_t commit_ends_s = audited ? block.time_s + order.terms.grader_commit_s : 0;
    if (audited) audit.items = audit_bounds(submission.item_count, order.terms).items;
    audit.seats = static_cast<std::uint8_t>(graders.size());
    emit(state, ModuleId::market,
         AuditDrawn{.submission = submission.id,
                    .order = order.id,
                    .lot = audit.lot,
                    .seed = audit.seed,
                    .seats = audit.seats,
                    .commit_ends_s = commit_ends_s});
    if (!audited) {
        enter(state, audit, AuditPhase::over);
        return score(state, block, submission.id);
    }
    take_fees(state, order, state.must_get(kAuditTerms, order.id), audit);
    seat_graders(state, order, audit, graders, commit_ends_s);
    enter(state, audit, AuditPhase::commit, commit_ends_s);
    move_verdict_due(state, submission.id, commit_ends_s + order.terms.grader_reveal_s);
}

void begin_grade_reveals(State& state, const BlockEnv& block, Audit audit) {
    const Order order =
        state.must_get(kOrders, state.must_get(kSubmissions, audit.submission).order);
    for (const GradeSeat& seat : seats_of(state, audit))
        if (seat.commitment.is_zero()) needs::suspend_grader(state, seat.grader);
    enter(state, audit, AuditPhase::reveal);
    if (audit.commits == 0) return score(state, block, audit.submission);
    const std::uint64_t ends_s = block.time_s + order.terms.grader_reveal_s;
    move_verdict_due(state, audit.submission, ends_s);
    emit(state, ModuleId::market,
         GradeRevealsBegan{.submission = audit.submission, .reveal_ends_s = ends_s});
}

}  // namespace

Hash256 audit_seed(std::uint64_t chain_id, std::uint64_t submission, const Hash256& beacon) {
    Bytes bytes = to_bytes(view_of(std::string_view("assay/audit/1")));
    record::encode_into(
        bytes, AuditSeed{.chain_id = chain_id, .submission = submission, .beacon = beacon});
    return sha256(bytes);
}

bool is_drawn_for_audit(const Hash256& seed, std::uint32_t share_ppm) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8U | seed.bytes[i];
    return number % kPpm < share_ppm;
}

SampleBounds audit_bounds(std::uint64_t items, const Params& terms) {
    return sample_bounds(std::min(items, kMaxAuditItems), terms);
}

std::vector<std::uint64_t> audited_items(const Audit& audit, const Submission& submission) {
    return draw_items(audit.seed, submission.id, submission.item_count, audit.items);
}

std::uint8_t grading_quorum(std::uint8_t graders) {
    return static_cast<std::uint8_t>((2U * graders + 2U) / 3U);
}

bool is_defect(ByteView bitmap, std::uint64_t item) {
    return (bitmap[item / 8] >> (item % 8) & 1U) != 0;
}

std::uint64_t count_defects(ByteView bitmap, std::uint64_t items) {
    std::uint64_t out = 0;
    for (std::uint64_t item = 0; item < items; ++item)
        if (is_defect(bitmap, item)) ++out;
    return out;
}

std::uint64_t majority_defects(const std::vector<Bytes>& bitmaps, std::uint64_t items) {
    std::uint64_t out = 0;
    for (std::uint64_t item = 0; item < items; ++item) {
        const auto marks = std::ranges::count_if(
            bitmaps, [&](const Bytes& bitmap) { return is_defect(bitmap, item); });
        if (2 * static_cast<std::size_t>(marks) > bitmaps.size()) ++out;
    }
    return out;
}

std::vector<GradeSeat> seats_of(const State& state, const Audit& audit) {
    std::vector<GradeSeat> out;
    for (std::uint8_t seat = 0; seat < audit.seats; ++seat)
        out.push_back(state.must_get(kGradeSeats, {.submission = audit.submission, .seat = seat}));
    return out;
}

std::optional<Deadline> deadline_of(const Audit& audit) {
    if (audit.phase != AuditPhase::drawing && audit.phase != AuditPhase::commit)
        return std::nullopt;
    return Deadline{
        .time_s = audit.deadline_s, .kind = DeadlineKind::audit_phase_ends, .id = audit.submission};
}

bool waits_for_audit(const State& state, std::uint64_t submission) {
    const auto audit = state.get(kAudits, submission);
    return audit && deadline_of(*audit).has_value();
}

void move_audit_deadline(State& state, Audit& audit, std::uint64_t time_s) {
    unschedule(state, *deadline_of(audit));
    enter(state, audit, audit.phase, time_s);
}

void pass_audit_phase(State& state, const BlockEnv& block, std::uint64_t submission) {
    const Audit audit = state.must_get(kAudits, submission);
    if (audit.phase == AuditPhase::drawing) return draw_audit(state, block, audit);
    CHECK(audit.phase == AuditPhase::commit);
    begin_grade_reveals(state, block, audit);
}

bool is_too_small(const State& state, const Order& order, std::uint64_t item_count) {
    const std::uint64_t left = order.item_quota - order.items_accepted - order.items_reserved;
    const auto terms = state.get(kAuditTerms, order.id);
    return terms && item_count < terms->min_items && item_count < left;
}

Amount audit_budget(const State& state, std::uint64_t order) {
    return state.get_or_default(kAuditTerms, order).budget;
}

void end_audit_budget(State& state, std::uint64_t order) {
    auto terms = state.get(kAuditTerms, order);
    if (!terms) return;
    terms->budget = {};
    state.put(kAuditTerms, order, *terms);
}

std::optional<std::uint64_t> Audited::verdict_due_s(const Order& order,
                                                    std::uint64_t revealed_s) const {
    return revealed_s + 1 + order.terms.grader_commit_s + order.terms.grader_reveal_s;
}

void Audited::begin(State& state, const BlockEnv& block, const Order&,
                    const Submission& submission) const {
    Audit audit{.submission = submission.id};
    enter(state, audit, AuditPhase::drawing, block.time_s + 1);
}

void Audited::close(State& state, const Order& order, const Submission& submission) const {
    Audit audit = state.must_get(kAudits, submission.id);
    if (audit.lot != Lot::audited) return;
    CHECK(audit.phase == AuditPhase::reveal);
    const std::uint8_t graders = state.must_get(kAuditTerms, order.id).graders;
    audit.counted = audit.reveals >= grading_quorum(graders);
    if (audit.counted) {
        std::vector<Bytes> bitmaps;
        for (const GradeSeat& seat : seats_of(state, audit))
            if (!seat.defects.empty()) bitmaps.push_back(seat.defects);
        audit.defects = majority_defects(bitmaps, audit.items);
    }
    enter(state, audit, AuditPhase::graded);
    emit(state, ModuleId::market,
         AuditGraded{.submission = submission.id,
                     .counted = audit.counted,
                     .items = audit.items,
                     .defects = audit.defects});
}

Score Audited::score(const State& state, const Order& order, const Submission& submission) const {
    const Audit audit = state.must_get(kAudits, submission.id);
    if (!audit.counted) return {};  // as under the optimistic policy
    const SampleBounds bounds = audit_bounds(submission.item_count, order.terms);
    if (audit.defects >= bounds.rejected) return {.earned_ppm = 0, .failed = true};
    return {.earned_ppm = pay_for_sample(audit.defects, bounds,
                                         defect_weight_ppm(order.terms, submission.tier))};
}

void Audited::end(State& state, Order& order, const Submission& submission) const {
    Audit audit = state.must_get(kAudits, submission.id);
    if (audit.phase == AuditPhase::over) return;
    // Not there where the walk over due deadlines took it already.
    const auto deadline = deadline_of(audit);
    if (deadline && is_scheduled(state, *deadline)) unschedule(state, *deadline);
    judge_seats(state, order, submission, audit);
    enter(state, audit, AuditPhase::over);
}

}  // namespace assay::market
