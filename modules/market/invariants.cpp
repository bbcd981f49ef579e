// Walks all orders and submissions.
#include "modules/market/invariants.hpp"

#include <bit>
#include <map>

#include "chain/types/pools.hpp"
#include "modules/market/audit.hpp"
#include "modules/market/invariants_walk.hpp"
#include "modules/market/money.hpp"
#include "modules/market/openings.hpp"

namespace assay::market {

void check_money(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("market money", failures);
    Amount escrow;
    Amount buyer_bonds;
    Amount sponsored;
    for_each_order(state, [&](const Order& order) {
        escrow = sum_of(escrow, order.escrow);
        buyer_bonds = sum_of(buyer_bonds, order.buyer_bond);
        sponsored = sum_of(sponsored, order.sponsor_budget);
        if (is_over(order)) {
            expect.that(order.escrow.is_zero() && order.buyer_bond.is_zero() &&
                            order.sponsor_budget.is_zero(),
                        "order", order.id, "holds money although it is over");
            return;
        }
        const Amount unpaid = checked_value(order, order.item_quota - order.items_accepted);
        const Amount needed = sum_of(sum_of(unpaid, ppm_floor(unpaid, order.terms.fee_ppm)),
                                     audit_budget(state, order.id));
        expect.that(order.escrow >= needed, "order", order.id,
                    "its escrow does not cover its work and audits");
    });
    Amount bonds;
    Amount holdbacks;
    for_each_submission(state, [&](const Submission& submission) {
        bonds = sum_of(bonds, submission.bond);
        holdbacks = sum_of(holdbacks, submission.holdback);
        const auto debt = state.get(kRelayDebts, submission.id);
        if (debt) sponsored = sum_of(sponsored, debt->total());
        expect.that(!debt || is_live(submission), "submission", submission.id,
                    "its relayers are owed something although it is over");
    });
    expect.holds(state, pool::kMarketEscrow, escrow, "the escrow pool");
    expect.holds(state, pool::kSponsorBudgets, sponsored, "the pool of sponsor budgets");
    expect.holds(state, pool::kBuyerBonds, buyer_bonds, "the pool of buyers' bonds");
    expect.holds(state, pool::kContributorBonds, bonds, "the pool of contributors' bonds");
    expect.holds(state, pool::kHoldback, holdbacks, "the holdback pool");
}

void check_counts(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("market counts", failures);
    struct Counts {
        std::uint64_t reserved = 0;
        std::uint64_t accepted = 0;
        std::uint32_t submissions = 0;
        std::uint32_t live = 0;
        std::uint64_t unbonded = 0;
    };
    std::map<std::uint64_t, Counts> counts;
    std::map<std::pair<std::uint64_t, Address>, std::uint64_t> held;
    std::map<std::pair<std::uint64_t, Address>, std::uint64_t> unbonded;
    for_each_submission(state, [&](const Submission& submission) {
        Counts& count = counts[submission.order];
        const std::uint64_t live = is_live(submission) ? submission.item_count : 0;
        const std::uint64_t accepted = was_accepted(submission) ? submission.item_count : 0;
        count.submissions += 1;
        count.live += is_live(submission) ? 1U : 0U;
        count.reserved += live;
        count.accepted += accepted;
        held[{submission.order, submission.contributor}] += live + accepted;
        if (submission.unbonded) {
            count.unbonded += live + accepted;
            unbonded[{submission.order, submission.contributor}] += live + accepted;
        }
        expect.that(state.get(kCommitments, submission.commitment) == submission.id, "submission",
                    submission.id, "its commitment is not recorded as its own");
        expect.that(state.contains(kOrderSubmissions,
                                   {.order = submission.order, .submission = submission.id}),
                    "submission", submission.id, "is not listed under its order");
        expect.that(!state.contains(kConvictions, submission.id) ||
                        submission.state == SubmissionState::disputed,
                    "submission", submission.id, "a conviction waits without a dispute");
    });
    for_each_order(state, [&](const Order& order) {
        const Counts& count = counts[order.id];
        expect.that(count.submissions == order.submissions && count.live == order.live &&
                        count.reserved == order.items_reserved &&
                        count.accepted == order.items_accepted &&
                        count.unbonded == order.unbonded_items_held,
                    "order", order.id, "its counts are not those of its submissions");
        expect.that(order.items_reserved + order.items_accepted <= order.item_quota, "order",
                    order.id, "more items than its quota");
        expect.that(order.unbonded_items_held <= order.unbonded_items, "order", order.id,
                    "more items without a bond than it allows");
        expect.that(!is_over(order) || order.live == 0, "order", order.id,
                    "is over although submissions live");
    });
    for (const auto& [key, items] : held)
        expect.that(state.get_or_default(kItemsHeld,
                                         {.order = key.first, .contributor = key.second}) == items,
                    "order", key.first, "a contributor's items are miscounted");
    for (const auto& [key, items] : unbonded)
        expect.that(state.get_or_default(kUnbondedHeld,
                                         {.order = key.first, .contributor = key.second}) == items,
                    "order", key.first, "a contributor's items without a bond are miscounted");
}

void check_deadlines(const State& state, const StateReader&,
                     std::vector<InvariantFailure>& failures) {
    Expect expect("market deadlines", failures);
    for_each_order(state, [&](const Order& order) {
        const bool waits = is_scheduled(
            state,
            {.time_s = order.deadline_s, .kind = DeadlineKind::order_closes, .id = order.id});
        expect.that(waits == (order.state == OrderState::open), "order", order.id,
                    "open without a deadline, or a deadline although it is not open");
    });
    for_each_submission(state, [&](const Submission& submission) {
        const auto deadline = deadline_of(submission);
        if (deadline)
            expect.that(is_scheduled(state, *deadline), "submission", submission.id,
                        "waits without a deadline");
        else
            expect.that(submission.deadline_s == 0, "submission", submission.id,
                        "has a deadline although nothing waits");
    });
}

void check_bonds(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    Expect expect("market bonds", failures);
    for_each_submission(state, [&](const Submission& submission) {
        const bool holds = is_live(submission) && !submission.unbonded;
        const Amount collateral = sum_of(submission.bond, submission.pledged);
        expect.that(collateral.is_zero() != holds, "submission", submission.id,
                    "a bond is held although it is over, or released while it lives");
        expect.that(submission.holdback.is_zero() || submission.state == SubmissionState::accepted,
                    "submission", submission.id, "a holdback is held although it is not accepted");
        expect.that(submission.root.is_zero() == (submission.state == SubmissionState::committed ||
                                                  submission.state == SubmissionState::forfeited),
                    "submission", submission.id, "revealed and not, at once");
    });
}

void check_openings(const State& state, const StateReader&,
                    std::vector<InvariantFailure>& failures) {
    Expect expect("market openings", failures);
    struct Counts {
        std::uint32_t asked = 0;
        std::uint32_t missing = 0;
        std::uint32_t waiting = 0;
    };
    std::map<std::uint64_t, Counts> counts;
    Amount bonds;
    for_each_opening(state, [&](const Opening& opening) {
        Counts& count = counts[opening.submission];
        const auto asked = static_cast<std::uint32_t>(opening.indices.size());
        const auto shown = static_cast<std::uint32_t>(std::popcount(opening.shown));
        const auto deadline = deadline_of(opening);
        bonds = sum_of(bonds, opening.bond);
        count.asked += asked;
        count.waiting += deadline ? 1U : 0U;
        count.missing += deadline ? 0U : asked - shown;
        expect.that(deadline.has_value() != opening.bond.is_zero(), "request", opening.id,
                    "its bond is held although it is over, or released while it waits");
        expect.that(!deadline || is_scheduled(state, *deadline), "request", opening.id,
                    "waits without a deadline");
        for (const std::uint64_t index : opening.indices)
            expect.that(
                state.contains(kAskedItems, {.submission = opening.submission, .index = index}),
                "request", opening.id, "an item it asks for is not listed");
    });
    for_each_submission(state, [&](const Submission& submission) {
        const Counts count = counts[submission.id];
        expect.that(submission.items_asked == count.asked &&
                        submission.items_missing == count.missing &&
                        submission.requests == count.waiting,
                    "submission", submission.id, "its items asked for are miscounted");
    });
    expect.holds(state, pool::kOpeningBonds, bonds, "the pool of openings' bonds");
}

}  // namespace assay::market
