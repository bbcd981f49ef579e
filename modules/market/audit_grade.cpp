// The rules of grading: commit, then reveal, one bitmap a seat.
#include "modules/market/audit_grade.hpp"

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "modules/market/events_audit.hpp"
#include "modules/market/lifecycle.hpp"

namespace assay::market {

namespace {

// What a commit and a reveal have in common: the audit is in this phase and the sender has the
// seat.
TxCode refuse_grade(const State& state, const TxEnv& env, std::uint64_t submission,
                    std::uint8_t seat, AuditPhase phase) {
    const auto work = state.get(kSubmissions, submission);
    if (!work) return TxCode::submission_not_found;
    const auto audit = state.get(kAudits, submission);
    if (!audit || audit->phase != phase) return TxCode::submission_wrong_state;
    const std::uint64_t ends_s = phase == AuditPhase::commit ? audit->deadline_s : work->deadline_s;
    if (env.block.time_s >= ends_s) return TxCode::too_late;
    const auto record = state.get(kGradeSeats, {.submission = submission, .seat = seat});
    if (!record) return TxCode::seat_not_found;
    if (record->grader != env.sender) return TxCode::not_a_grader;
    return TxCode::ok;
}

// Of the right length, and nothing set beyond the items.
bool fits(ByteView bitmap, std::uint64_t items) {
    return bitmap.size() == bitmap_bytes(items) &&
           count_defects(bitmap, items) == count_defects(bitmap, 8 * bitmap.size());
}

}  // namespace

Hash256 grade_commitment(const Grade& grade) {
    Bytes bytes = to_bytes(view_of(std::string_view("assay/grade/1")));
    record::encode_into(bytes, grade);
    return sha256(bytes);
}

std::size_t bitmap_bytes(std::uint64_t items) {
    return static_cast<std::size_t>((items + 7) / 8);
}

TxCode AuditCommit::check(const TxEnv&) const {
    if (commitment.is_zero()) return TxCode::hash_zero;
    return TxCode::ok;
}

TxCode AuditCommit::execute(State& state, const TxEnv& env) const {
    if (const auto code = refuse_grade(state, env, submission, seat, AuditPhase::commit);
        code != TxCode::ok)
        return code;
    const GradeKey key{.submission = submission, .seat = seat};
    GradeSeat mine = state.must_get(kGradeSeats, key);
    if (!mine.commitment.is_zero()) return TxCode::already_graded;

    mine.commitment = commitment;
    state.put(kGradeSeats, key, mine);
    Audit audit = state.must_get(kAudits, submission);
    ++audit.commits;
    state.put(kAudits, submission, audit);
    emit(state, ModuleId::market,
         GradeCommitted{.submission = submission, .grader = env.sender, .seat = seat});
    if (audit.commits == audit.seats) move_audit_deadline(state, audit, env.block.time_s);
    return TxCode::ok;
}

TxCode AuditReveal::check(const TxEnv&) const {
    if (defects.empty()) return TxCode::count_zero;
    if (defects.size() > kMaxBitmapBytes) return TxCode::bytes_too_long;
    return TxCode::ok;
}

TxCode AuditReveal::execute(State& state, const TxEnv& env) const {
    if (const auto code = refuse_grade(state, env, submission, seat, AuditPhase::reveal);
        code != TxCode::ok)
        return code;
    const GradeKey key{.submission = submission, .seat = seat};
    GradeSeat mine = state.must_get(kGradeSeats, key);
    if (!mine.defects.empty()) return TxCode::already_graded;
    Audit audit = state.must_get(kAudits, submission);
    if (!fits(defects, audit.items)) return TxCode::item_count_mismatch;
    if (grade_commitment({.chain_id = env.block.chain_id,
                          .submission = submission,
                          .seat = seat,
                          .grader = env.sender,
                          .defects = defects,
                          .salt = salt}) != mine.commitment)
        return TxCode::grade_mismatch;

    mine.defects = defects;
    mine.salt = salt;
    state.put(kGradeSeats, key, mine);
    ++audit.reveals;
    state.put(kAudits, submission, audit);
    emit(state, ModuleId::market,
         GradeRevealed{.submission = submission,
                       .grader = env.sender,
                       .seat = seat,
                       .defects = count_defects(defects, audit.items)});
    if (audit.reveals == audit.commits) move_verdict_due(state, submission, env.block.time_s);
    return TxCode::ok;
}

}  // namespace assay::market
