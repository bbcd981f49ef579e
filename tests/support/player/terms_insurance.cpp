// What fraud cost buyers, and how much of it their own fees give back.
#include <map>

#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/tables.hpp"
#include "modules/rewards/objects.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

Amount less(Amount from, Amount by) {
    return checked_sub(from, by).value_or(Amount{});
}

Amount insured_fee(const market::Submission& each, const market::Params& terms) {
    return rate_of(rate_of(each.payout, terms.fee_ppm), terms.fee_split.insurance_ppm);
}

// Of a submission's fee, what no role gets back: the insurance share, and what burned for good.
Amount gone(const State& state, const market::Submission& each, const market::Params& terms) {
    const Amount burned = burned_fee(each.payout, terms);
    Amount kept;
    if (const auto grant = state.get(rewards::kGrants, each.id)) {
        const auto epoch = state.must_get(rewards::kEpochs, grant->epoch);
        kept = less(burned, rate_up(burned, epoch.terms.mu_ppm));
    }
    return sum_of(insured_fee(each, terms), kept);
}

Amount loss_of(const market::Submission& each, const market::Params& terms) {
    const Amount held = rate_of(each.payout, terms.holdback_ppm);
    const Amount prover = rate_of(held, terms.slash_split.challenger_ppm);
    return difference_of(each.payout, difference_of(held, prover));
}

}  // namespace

Amount insured_claim(const State& state, std::uint64_t submission) {
    const auto loss = state.must_get(market::kLosses, submission);
    const auto order =
        state.must_get(market::kOrders, state.must_get(market::kSubmissions, submission).order);
    const auto buyer = state.get_or_default(market::kInsuredBuyers, loss.buyer);
    const auto pool = state.get_or_default(market::kInsurancePool, {});
    const bool same_epoch = pool.epoch == state.must_get(rewards::kCurrentEpoch, {});
    const Amount held = ledger::balance(state, pool::kInsurance);
    const std::uint32_t share = state.must_get(market::kParams, {}).insurance.epoch_share_ppm;
    const Amount of_epoch = less(rate_of(same_epoch ? pool.epoch_began_with : held, share),
                                 same_epoch ? pool.epoch_paid : Amount{});
    return min_of(min_of(rate_of(loss.loss, order.terms.insurance.coverage_ppm),
                         less(buyer.allowance, buyer.paid)),
                  min_of(of_epoch, held));
}

void check_insurance_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of insurance", failures);
    std::map<Address, Amount> allowances;
    Amount collected;
    state.scan(market::kSubmissions, [&](std::uint64_t id, const market::Submission& each) {
        if (!was_paid(each)) return;
        const market::Order order = state.must_get(market::kOrders, each.order);
        Amount& mine = allowances[order.buyer];
        mine = sum_of(
            mine, rate_of(gone(state, each, order.terms), order.terms.insurance.buyer_share_ppm));
        collected = sum_of(collected, insured_fee(each, order.terms));
        if (each.state != market::SubmissionState::clawed_back) return;
        const auto loss = state.must_get(market::kLosses, id);
        const std::string name = "submission " + std::to_string(id) + ": ";
        expect.equal(name + "its loss", loss.loss, loss_of(each, order.terms));
        expect.that(loss.paid <= rate_of(loss.loss, order.terms.insurance.coverage_ppm),
                    name + "more than its cover was paid");
    });
    for (const auto& [who, amount] : allowances)
        expect.equal("the allowance of " + to_hex0x(who),
                     state.get_or_default(market::kInsuredBuyers, who).allowance, amount);
    expect.equal("what insurance collected",
                 state.get_or_default(market::kInsurancePool, {}).collected, collected);
}

}  // namespace assay::test
