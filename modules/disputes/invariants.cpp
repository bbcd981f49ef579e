// Walks all disputes and their panels.
#include "modules/disputes/invariants.hpp"

#include <map>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/disputes/panel.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

template <class F>
void for_each_dispute(const State& state, F&& visit) {
    const std::uint64_t last = state.get_or_default(kLastDispute, {});
    for (std::uint64_t id = 1; id <= last; ++id) visit(state.must_get(kDisputes, id));
}

// Reports where a condition about a dispute does not hold.
class Expect {
  public:
    Expect(const char* rule, std::vector<InvariantFailure>& failures)
        : rule_(rule), failures_(failures) {}
    void that(bool condition, std::uint64_t dispute, const std::string& what) {
        if (!condition)
            failures_.push_back(
                {.rule = rule_, .what = "dispute " + std::to_string(dispute) + ": " + what});
    }
    void equal(Amount found, Amount expected, const std::string& what) {
        if (found != expected)
            failures_.push_back({.rule = rule_,
                                 .what = what + ": " + to_string(found) + ", the records say " +
                                         to_string(expected)});
    }

  private:
    const char* rule_;
    std::vector<InvariantFailure>& failures_;
};

void check_votes(const State& state, const Dispute& dispute, Expect& expect) {
    const auto seats = panel_of(state, dispute, dispute.draws);
    const Tally tally = tally_of(seats);
    expect.that(dispute.reveals <= dispute.commits && dispute.commits <= dispute.seats, dispute.id,
                "more reveals than commits or more commits than seats");
    expect.that(seats.size() == dispute.seats, dispute.id, "seats without a record");
    expect.that(tally == Tally{.commits = dispute.commits,
                               .reveals = dispute.reveals,
                               .accept = dispute.votes_accept,
                               .reject = dispute.votes_reject},
                dispute.id, "the counts are not those of the seats");
}

void check_sums(const State& state, const Dispute& dispute, Expect& expect) {
    Amount earned;
    Amount penalties;
    for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw)
        for (const Seat& seat : panel_of(state, dispute, draw)) {
            earned = sum_of(earned, seat.earned);
            penalties = sum_of(penalties, seat.penalty);
        }
    expect.that(penalties == dispute.penalties, dispute.id, "penalties are not the seats'");
    expect.that(sum_of(dispute.penalties_paid, dispute.penalties_burned) == dispute.penalties,
                dispute.id, "penalties are not what was given and burned");
    expect.that(sum_of(dispute.fees_paid, dispute.penalties_paid) == earned, dispute.id,
                "seats earned something else than fees and penalties");
    expect.that(dispute.fees_paid <= dispute.fees_collected, dispute.id,
                "more fees paid than collected");
    if (dispute.phase != Phase::ruled)
        expect.that(dispute.fees == dispute.fees_collected && !dispute.bond.is_zero() &&
                        dispute.fees_paid.is_zero(),
                    dispute.id, "bond or fees released before the ruling");
    else
        expect.that(dispute.bond.is_zero() && dispute.fees.is_zero(), dispute.id,
                    "bond or fees held after the ruling");
}

}  // namespace

void check_locks(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("5 locks of seats", failures);
    std::map<Address, Amount> locked;
    Amount total;
    for_each_dispute(state, [&](const Dispute& dispute) {
        for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw)
            for (const Seat& seat : panel_of(state, dispute, draw)) {
                const bool open = dispute.phase != Phase::ruled && draw == dispute.draws;
                expect.that(
                    open == (seat.outcome == Outcome::pending) && open == !seat.locked.is_zero(),
                    dispute.id, "a seat is locked after its judgement or not before");
                locked[seat.juror] = sum_of(locked[seat.juror], seat.locked);
                total = sum_of(total, seat.locked);
            }
    });
    for (const auto& [juror, amount] : locked)
        expect.equal(needs::locked_stake(state, juror), amount, "locked by " + to_hex0x(juror));
    expect.equal(needs::total_locked_stake(state), total, "locked by all jurors");
}

void check_deadlines(const State& state, const StateReader&,
                     std::vector<InvariantFailure>& failures) {
    Expect expect("7 deadlines of disputes", failures);
    for_each_dispute(state, [&](const Dispute& dispute) {
        const bool scheduled = is_scheduled(state, {.time_s = dispute.deadline_s,
                                                    .kind = DeadlineKind::dispute_phase_ends,
                                                    .id = dispute.id});
        expect.that(scheduled == (dispute.phase != Phase::ruled), dispute.id,
                    "its deadline is not in the queue, or it is ruled and waits");
        expect.that((dispute.deadline_s == 0) == (dispute.phase == Phase::ruled), dispute.id,
                    "a ruled dispute has a deadline or an open one has none");
        expect.that(state.get(kDisputeOf, dispute.submission) == dispute.id, dispute.id,
                    "its submission names another");
    });
}

void check_money(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("8, 9 votes, bonds and fees of disputes", failures);
    Amount bonds;
    Amount fees;
    for_each_dispute(state, [&](const Dispute& dispute) {
        check_votes(state, dispute, expect);
        check_sums(state, dispute, expect);
        bonds = sum_of(bonds, dispute.bond);
        fees = sum_of(fees, dispute.fees);
    });
    expect.equal(ledger::balance(state, pool::kDisputeBonds), bonds, "the pool of bonds");
    expect.equal(ledger::balance(state, pool::kDisputeFees), fees, "the pool of fees");
}

}  // namespace assay::disputes
