// Graders' seats and verdicts, from what they found to what they cost and earn.
#include <algorithm>
#include <map>
#include <set>

#include "modules/market/audit.hpp"
#include "modules/market/tables.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

using market::Audit;
using market::GradeOutcome;
using market::Submission;
using market::SubmissionState;

// The documented numbers: parts of sigma, and graders' part of what seats lose.
constexpr std::uint64_t kNoShow_ppm = 1'500'000;
constexpr std::uint64_t kSilence_ppm = 2'000'000;
constexpr std::uint64_t kToGraders_ppm = 700'000;
constexpr std::uint64_t kMostItems = 256;

struct Bounds {
    std::uint64_t items = 0;
    std::uint64_t forgiven = 0;
    std::uint64_t rejected = 0;
};

Bounds bounds_of(const Submission& each, const market::Params& terms) {
    const std::uint64_t sample = terms.sample_items;
    const std::uint64_t k = std::min({each.item_count, sample, kMostItems});
    return {.items = k,
            .forgiven = terms.defects_forgiven * k / sample,
            .rejected = (terms.defects_rejected * k + sample - 1) / sample};
}

Amount sigma_part(const market::Params& terms, std::uint64_t ppm) {
    return rate_up(rate_up(terms.grader_fee, terms.grader_penalty_ppm), ppm);
}

Amount penalty_of(GradeOutcome outcome, const market::Params& terms) {
    switch (outcome) {
        case GradeOutcome::incoherent: return sigma_part(terms, kPpm);
        case GradeOutcome::no_show: return sigma_part(terms, kNoShow_ppm);
        case GradeOutcome::unrevealed: return sigma_part(terms, kSilence_ppm);
        default: return {};
    }
}

bool is_paid(const market::GradeSeat& seat) {
    return seat.outcome == GradeOutcome::coherent || seat.outcome == GradeOutcome::unjudged;
}

std::uint64_t bits_of(const Bytes& bitmap) {
    std::uint64_t out = 0;
    for (const std::uint8_t byte : bitmap)
        for (unsigned bit = 0; bit < 8; ++bit) out += byte >> bit & 1U;
    return out;
}

// Whether a seat that told what it found is coherent; that of the submission's end alone counts.
void check_outcome(const Submission& submission, const Audit& audit, const Bounds& bounds,
                   const market::GradeSeat& seat, const std::string& name, ExpectTerms& expect) {
    if (seat.outcome == GradeOutcome::pending || seat.defects.empty()) return;
    GradeOutcome expected = GradeOutcome::unjudged;
    const bool found_good = bits_of(seat.defects) < bounds.rejected;
    if (was_paid(submission) ? audit.counted : submission.reason != market::Reason::fraud)
        expected =
            found_good == was_paid(submission) ? GradeOutcome::coherent : GradeOutcome::incoherent;
    expect.that(seat.outcome == expected, name + "a seat is judged otherwise");
}

void check_seats(const Submission& submission, const Audit& audit, const market::Order& order,
                 const std::vector<market::GradeSeat>& seats, ExpectTerms& expect) {
    const std::string name = "audit " + std::to_string(submission.id) + ": ";
    const market::Params& terms = order.terms;
    Amount penalties;
    std::uint64_t paid = 0;
    for (const auto& seat : seats) {
        penalties = sum_of(penalties, seat.penalty);
        paid += is_paid(seat) ? 1U : 0U;
        const bool waits = seat.outcome == GradeOutcome::pending;
        expect.equal(name + "a seat's lock", seat.locked,
                     waits ? sigma_part(terms, kSilence_ppm) : Amount{});
        expect.equal(name + "a seat's penalty", seat.penalty, penalty_of(seat.outcome, terms));
        check_outcome(submission, audit, bounds_of(submission, terms), seat, name, expect);
    }
    if (audit.phase != market::AuditPhase::over) {
        expect.equal(name + "its fees", audit.fees, times(terms.grader_fee, seats.size()));
        return;
    }
    Amount share;
    if (paid != 0) share = Amount::from_raw(rate_of(penalties, kToGraders_ppm).raw() / paid);
    expect.equal(name + "fees paid", audit.fees_paid, times(terms.grader_fee, paid));
    expect.equal(name + "penalties burned", audit.penalties_burned,
                 difference_of(penalties, times(share, paid)));
    for (const auto& seat : seats)
        expect.equal(name + "what a seat earned", seat.earned,
                     is_paid(seat) ? sum_of(terms.grader_fee, share) : Amount{});
}

// What the count came to, while nobody has overturned it.
void check_verdict(const Submission& submission, const Audit& audit, const market::Order& order,
                   ExpectTerms& expect) {
    if (submission.state != SubmissionState::window || !audit.counted) return;
    const Bounds bounds = bounds_of(submission, order.terms);
    const bool failed = audit.defects >= bounds.rejected;
    std::uint64_t lost = 0;
    if (audit.defects > bounds.forgiven)
        lost = ((audit.defects - bounds.forgiven) * weight_of(submission, order.terms) +
                bounds.items - 1) /
               bounds.items;
    const std::uint64_t earned = failed || lost >= kPpm ? 0 : kPpm - lost;
    const std::string name = "audit " + std::to_string(submission.id) + ": ";
    expect.that(submission.failed == failed, name + "its verdict is another one");
    expect.equal(name + "its verdict", Amount(submission.verdict_ppm), Amount(earned));
}

}  // namespace

void check_audit_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of audits", failures);
    std::map<std::uint64_t, Amount> spent;  // by order: on seats that wait or were paid
    std::set<std::uint64_t> spared;         // orders whose budget was said to be spent
    state.scan(market::kAudits, [&](std::uint64_t id, const Audit& audit) {
        if (audit.lot == market::Lot::budget_spent)
            spared.insert(state.must_get(market::kSubmissions, id).order);
        if (audit.lot != market::Lot::audited) return;
        const Submission submission = state.must_get(market::kSubmissions, id);
        const market::Order order = state.must_get(market::kOrders, submission.order);
        expect.that(audit.items == bounds_of(submission, order.terms).items,
                    "audit " + std::to_string(id) + " looks at another number of items");
        check_seats(submission, audit, order, market::seats_of(state, audit), expect);
        check_verdict(submission, audit, order, expect);
        Amount& of_order = spent[order.id];
        of_order = sum_of(of_order, sum_of(audit.fees, audit.fees_paid));
    });
    for (const std::uint64_t id : spared)  // every budget pays for one at least
        expect.that(spent.contains(id), "order " + std::to_string(id) + " had no audit");
    state.scan(market::kAuditTerms, [&](std::uint64_t id, const market::AuditTerms& terms) {
        const market::Order order = state.must_get(market::kOrders, id);
        if (order.state == market::OrderState::settled ||
            order.state == market::OrderState::cancelled)
            return;
        // The buyer paid for so many audits of so many seats.
        const Amount one = times(order.terms.grader_fee, terms.graders);
        expect.that(sum_of(terms.budget, spent[id]).raw() % one.raw() == 0,
                    "order " + std::to_string(id) + ": its budget and what was spent of it are " +
                        to_string(sum_of(terms.budget, spent[id])));
    });
}

}  // namespace assay::test
