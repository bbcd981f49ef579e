// Walks all disputes and their panels.
#include "modules/disputes/invariants.hpp"

#include <map>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/disputes/judging.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/disputes/rounds.hpp"
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
    const auto seats = panel_of(state, dispute.id, dispute.draws);
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

void check_seats_money(const State& state, const Dispute& dispute, Expect& expect) {
    Amount earned;
    Amount penalties;
    for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw)
        for (const Seat& seat : panel_of(state, dispute.id, draw)) {
            earned = sum_of(earned, seat.earned);
            penalties = sum_of(penalties, seat.penalty);
        }
    expect.that(penalties == dispute.penalties, dispute.id, "penalties are not the seats'");
    expect.that(sum_of(dispute.penalties_paid, dispute.penalties_burned) == dispute.penalties,
                dispute.id, "penalties are not what was given and burned");
    expect.that(sum_of(dispute.fees_paid, dispute.penalties_paid) == earned, dispute.id,
                "seats earned something else than fees and penalties");
}

void check_rounds_money(const State& state, const Dispute& dispute, Expect& expect) {
    Amount held;
    Amount collected;
    Amount from_pool;
    Amount paid;
    std::uint8_t index = 0;
    for (const Round& round : rounds_of(state, dispute)) {
        if (!round.settled) held = sum_of(held, round.fees);
        collected = sum_of(collected, sum_of(round.fees, round.from_pool));
        from_pool = sum_of(from_pool, round.from_pool);
        paid = sum_of(paid, round.paid);
        expect.that(round.paid <= sum_of(round.fees, round.from_pool), dispute.id,
                    "a round paid more than it collected");
        expect.that(round.settled == (index++ < dispute.rounds_settled), dispute.id,
                    "rounds are settled out of order");
    }
    expect.that(held == dispute.fees, dispute.id, "fees held are not the open rounds'");
    expect.that(collected == dispute.fees_collected && from_pool == dispute.fees_from_pool,
                dispute.id, "fees collected are not the rounds'");
    expect.that(paid == dispute.fees_paid, dispute.id, "fees paid are not the rounds'");
    expect.that(dispute.fees_paid <= dispute.fees_collected, dispute.id,
                "more fees paid than collected");
}

void check_bonds(const State& state, const Dispute& dispute, Expect& expect) {
    const bool divided =
        dispute.phase == Phase::settling || dispute.phase == Phase::ruled || dispute.reviewing;
    Amount in;
    Amount out;
    for (const Backer& backer : backers_of(state, dispute)) {
        in = sum_of(in, backer.bond);
        out = sum_of(out, sum_of(backer.returned, backer.reward));
    }
    if (!divided) {
        expect.that(in == dispute.bonds && out.is_zero(), dispute.id,
                    "bonds were released before the ruling");
        return;
    }
    out = sum_of(out, sum_of(dispute.contributor_reward, dispute.bonds_burned));
    expect.that(sum_of(in, dispute.slash_shared) == out && dispute.bonds.is_zero(), dispute.id,
                "bonds were not divided without rest");
}

}  // namespace

void check_locks(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("5 locks of seats", failures);
    std::map<Address, Amount> locked;
    Amount total;
    for_each_dispute(state, [&](const Dispute& dispute) {
        const auto rounds = rounds_of(state, dispute);
        for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw) {
            const Draw drawn = state.must_get(kDraws, {.dispute = dispute.id, .draw = draw});
            const Round& round =
                drawn.round == kReviewRound ? rounds.back() : rounds.at(drawn.round);
            const bool open = !round.settled && draw + 1 == round.first_draw + round.draws;
            for (const Seat& seat : panel_of(state, dispute.id, draw)) {
                expect.that(
                    open == (seat.outcome == Outcome::pending) && open == !seat.locked.is_zero(),
                    dispute.id, "a seat is locked after its judgement or not before");
                locked[seat.juror] = sum_of(locked[seat.juror], seat.locked);
                total = sum_of(total, seat.locked);
            }
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
        check_seats_money(state, dispute, expect);
        check_rounds_money(state, dispute, expect);
        check_bonds(state, dispute, expect);
        bonds = sum_of(bonds, dispute.bonds);
        fees = sum_of(fees, dispute.fees);
    });
    expect.equal(ledger::balance(state, pool::kDisputeBonds), bonds, "the pool of bonds");
    expect.equal(ledger::balance(state, pool::kDisputeFees), fees, "the pool of fees");
}

}  // namespace assay::disputes
