// From records to what they should say.
#include "tests/support/player/terms.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "chain/exec/ledger.hpp"
#include "modules/market/tables.hpp"
#include "modules/rewards/objects.hpp"

namespace assay::test {

namespace {

using market::Submission;
using market::SubmissionState;

bool is_live(const Submission& each) {
    return each.state == SubmissionState::committed || each.state == SubmissionState::window ||
           each.state == SubmissionState::disputed;
}

// 10^6 - lambda * missing / sample, rounded against the contributor; lambda grows as fewer are
// looked at.
std::uint64_t earned_ppm(const Submission& each, const market::Params& terms) {
    const std::uint64_t sample = std::min<std::uint64_t>(each.item_count, terms.sample_items);
    const std::uint64_t missing = std::min<std::uint64_t>(each.items_missing, sample);
    const std::uint64_t lost = (missing * weight_of(each, terms) + sample - 1) / sample;
    return lost >= kPpm ? 0 : kPpm - lost;
}

std::uint32_t penalty_ppm(disputes::Outcome outcome, const disputes::Params& terms) {
    switch (outcome) {
        case disputes::Outcome::incoherent: return terms.incoherent_penalty_ppm;
        case disputes::Outcome::no_show: return terms.no_show_penalty_ppm;
        case disputes::Outcome::unrevealed: return terms.unrevealed_penalty_ppm;
        default: return 0;
    }
}

bool is_paid(const disputes::Seat& seat) {
    return seat.outcome == disputes::Outcome::coherent ||
           seat.outcome == disputes::Outcome::unjudged;
}

// One panel, judged or not.
void check_panel(const State& state, const disputes::Dispute& dispute, std::uint8_t draw,
                 ExpectTerms& expect) {
    const disputes::Params& terms = dispute.terms;
    const std::uint32_t lock_ppm = std::max(
        {terms.incoherent_penalty_ppm, terms.no_show_penalty_ppm, terms.unrevealed_penalty_ppm});
    const std::string name = "dispute " + std::to_string(dispute.id) + ": ";
    std::vector<disputes::Seat> seats;
    Amount penalties;
    std::uint64_t paid = 0;
    for (std::uint8_t i = 0; i < disputes::kMaxPanelSeats; ++i) {
        const auto seat =
            state.get(disputes::kSeats, {.dispute = dispute.id, .draw = draw, .seat = i});
        if (!seat) break;
        penalties = sum_of(penalties, seat->penalty);
        paid += is_paid(*seat) ? 1U : 0U;
        if (seat->outcome == disputes::Outcome::pending)
            expect.equal(name + "a seat's lock", seat->locked, rate_of(terms.jury_fee, lock_ppm));
        else
            expect.equal(name + "a seat's penalty", seat->penalty,
                         rate_of(terms.jury_fee, penalty_ppm(seat->outcome, terms)));
        seats.push_back(*seat);
    }
    if (paid == 0) return;
    const Amount share =
        Amount::from_raw(rate_of(penalties, terms.penalty_to_coherent_ppm).raw() / paid);
    const bool with_fee = std::any_of(seats.begin(), seats.end(), [&](const auto& each) {
        return is_paid(each) && each.earned != share;
    });
    for (const auto& each : seats)  // a panel that its round replaced earns no fees
        if (is_paid(each))
            expect.equal(name + "what a seat earned", each.earned,
                         with_fee ? sum_of(terms.jury_fee, share) : share);
}

}  // namespace

Amount rate_of(Amount a, std::uint64_t ppm) {
    return Amount::from_raw(a.raw() * ppm / kPpm);
}

Amount rate_up(Amount a, std::uint64_t ppm) {
    return Amount::from_raw((a.raw() * ppm + kPpm - 1) / kPpm);
}

Amount times(Amount a, std::uint64_t b) {
    return Amount::from_raw(a.raw() * b);
}

bool was_paid(const Submission& each) {
    return each.state == SubmissionState::accepted || each.state == SubmissionState::finalized ||
           each.state == SubmissionState::clawed_back;
}

market::TierTerms tier_of(const Submission& each, const market::Params& terms) {
    const market::TierTerms all[] = {
        {.audit_share_ppm = terms.audit_share_ppm, .collateral_ppm = terms.contributor_bond_ppm},
        terms.tiers.t1,
        terms.tiers.t2,
        terms.tiers.t3,
        terms.tiers.t4};
    return all[each.tier];
}

std::uint64_t weight_of(const Submission& each, const market::Params& terms) {
    const std::uint64_t share = tier_of(each, terms).audit_share_ppm;
    return (std::uint64_t{terms.defect_weight_ppm} * terms.audit_share_ppm + share - 1) / share;
}

Amount burned_fee(Amount payout, const market::Params& terms) {
    const Amount fee = rate_of(payout, terms.fee_ppm);
    u128 out = fee.raw();
    for (const std::uint32_t ppm : {terms.fee_split.validators_ppm, terms.fee_split.jurors_ppm,
                                    terms.fee_split.insurance_ppm, terms.fee_split.treasury_ppm})
        out -= rate_of(fee, ppm).raw();
    return Amount::from_raw(out);
}

Amount cost_of_items(std::uint64_t items, Amount price, const market::Params& terms) {
    const Amount value = times(price, items);
    return sum_of(sum_of(value, rate_up(value, terms.fee_ppm)),
                  rate_up(value, terms.buyer_bond_ppm));
}

void check_market_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of orders", failures);
    // What they pledged for work that was slashed is gone.
    std::set<Address> losers;
    state.scan(market::kSubmissions, [&](std::uint64_t, const Submission& each) {
        if (each.state == SubmissionState::rejected || each.state == SubmissionState::forfeited)
            losers.insert(each.contributor);
    });
    state.scan(market::kSubmissions, [&](std::uint64_t id, const Submission& each) {
        const market::Order order = state.must_get(market::kOrders, each.order);
        const std::string name = "submission " + std::to_string(id) + ": ";
        const Amount value = times(order.price_per_item, each.item_count);
        expect.that(each.verdict_ppm <= kPpm, name + "its verdict is more than all of it");
        if (is_live(each) && !each.unbonded)
            expect.equal(name + "its collateral", sum_of(each.bond, each.pledged),
                         rate_up(value, tier_of(each, order.terms).collateral_ppm));
        if (!was_paid(each)) return;
        expect.equal(name + "its payout", each.payout,
                     rate_of(value, std::min<std::uint64_t>(each.verdict_ppm,
                                                            earned_ppm(each, order.terms))));
        const Amount held = sum_of(each.holdback, each.holdback_pledged);
        const Amount kept_back = rate_of(each.payout, order.terms.holdback_ppm);
        const bool seized = held < kept_back && losers.contains(each.contributor);
        if (each.state == SubmissionState::accepted && !seized)
            expect.equal(name + "its holdback", held, kept_back);
        const auto grant = state.get(rewards::kGrants, id);
        expect.equal(name + "its burned fee", grant ? grant->burned_fees : Amount{},
                     burned_fee(each.payout, order.terms));
    });
    state.scan(market::kOpenings, [&](std::uint64_t id, const market::Opening& each) {
        if (each.bond.is_zero()) return;
        const Submission submission = state.must_get(market::kSubmissions, each.submission);
        const market::Order order = state.must_get(market::kOrders, submission.order);
        expect.equal(
            "the bond of request " + std::to_string(id), each.bond,
            times(max_of(order.price_per_item, order.terms.min_opening_bond), each.indices.size()));
    });
}

void check_dispute_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of disputes", failures);
    state.scan(disputes::kDisputes, [&](std::uint64_t, const disputes::Dispute& dispute) {
        for (std::uint8_t draw = 1; draw <= dispute.draws; ++draw)
            check_panel(state, dispute, draw, expect);
    });
}

void check_mint_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of minting", failures);
    const std::uint64_t last = state.must_get(rewards::kCurrentEpoch, {});
    Amount issued = ledger::supply(state).genesis;
    for (std::uint64_t number = 1; number < last; ++number) {
        const rewards::Epoch epoch = state.must_get(rewards::kEpochs, number);
        const std::string name = "epoch " + std::to_string(number) + ": ";
        const auto& split = epoch.terms.split;
        const u128 left =
            (rewards::kCap.raw() - issued.raw()) * rewards::emission_rate(epoch.terms);
        const Amount emission = Amount::from_raw(left >> 32U);
        const Amount work = min_of(Amount::from_raw(emission.raw() * 3 / 4),
                                   rate_of(epoch.burned_fees, epoch.terms.mu_ppm));
        expect.equal(name + "emission", epoch.emission, emission);
        expect.equal(name + "validators", epoch.validators, Amount::from_raw(emission.raw() / 4));
        expect.equal(name + "contributors", epoch.contributors,
                     rate_of(work, split.contributors_ppm));
        expect.equal(name + "jurors", epoch.jurors, rate_of(work, split.jurors_ppm));
        expect.equal(name + "treasury", epoch.treasury, rate_of(work, split.treasury_ppm));
        for (const Amount part :
             {epoch.validators, epoch.contributors, epoch.jurors, epoch.treasury})
            issued = sum_of(issued, part);
    }
}

}  // namespace assay::test
