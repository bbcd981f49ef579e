// What insurance collects, owes and pays.
#include "modules/market/insurance.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/exec/paging.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/needs.hpp"

namespace assay::market {

namespace {

// The pool's record as of the running epoch.
InsurancePool pool_now(const State& state) {
    InsurancePool out = state.get_or_default(kInsurancePool, {});
    const std::uint64_t epoch = needs::current_epoch(state);
    if (out.epoch == epoch) return out;
    out.epoch = epoch;
    out.epoch_began_with = ledger::balance(state, pool::kInsurance);
    out.epoch_paid = {};
    return out;
}

Amount less(Amount from, Amount by) {
    return checked_sub(from, by).value_or(Amount{});
}

Claim claim_of(const State& state, std::uint64_t submission, const Loss& loss) {
    const Order order = state.must_get(kOrders, state.must_get(kSubmissions, submission).order);
    const InsuredBuyer buyer = state.get_or_default(kInsuredBuyers, loss.buyer);
    const InsurancePool pool = pool_now(state);
    // Of the pool's parameters the ones in force count: it belongs to no order.
    const std::uint32_t share = state.must_get(kParams, {}).insurance.epoch_share_ppm;
    Claim out{.loss = loss.loss,
              .covered = ppm_floor(loss.loss, order.terms.insurance.coverage_ppm),
              .buyer_left = difference_of(buyer.allowance, buyer.paid),
              .epoch_left = less(ppm_floor(pool.epoch_began_with, share), pool.epoch_paid),
              .claim_by_s = loss.claim_by_s,
              .claimed = loss.claimed};
    const Amount held = ledger::balance(state, pool::kInsurance);
    out.claimable = min_of(min_of(out.covered, out.buyer_left), min_of(out.epoch_left, held));
    return out;
}

}  // namespace

void insure(State& state, const Order& order, const Payment& payment) {
    const Amount minted = ppm_ceil(payment.burned, needs::mint_share_ppm(state));
    const Amount gone = sum_of(payment.insurance, less(payment.burned, minted));
    InsuredBuyer buyer = state.get_or_default(kInsuredBuyers, order.buyer);
    buyer.allowance =
        sum_of(buyer.allowance, ppm_floor(gone, order.terms.insurance.buyer_share_ppm));
    if (!buyer.allowance.is_zero()) state.put(kInsuredBuyers, order.buyer, buyer);
    if (payment.insurance.is_zero()) return;
    InsurancePool pool = state.get_or_default(kInsurancePool, {});
    pool.collected = sum_of(pool.collected, payment.insurance);
    state.put(kInsurancePool, {}, pool);
}

void record_loss(State& state, const BlockEnv& block, const Order& order,
                 const Submission& submission) {
    const Amount held = ppm_floor(submission.payout, order.terms.holdback_ppm);
    const Amount returned =
        difference_of(held, ppm_floor(held, order.terms.slash_split.challenger_ppm));
    state.put(kLosses, submission.id,
              {.buyer = order.buyer,
               .loss = difference_of(submission.payout, returned),
               .claim_by_s = block.time_s + order.terms.insurance.claim_window_s});
}

TxCode ClaimInsurance::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode ClaimInsurance::execute(State& state, const TxEnv& env) const {
    if (!state.contains(kSubmissions, submission)) return TxCode::submission_not_found;
    auto loss = state.get(kLosses, submission);
    if (!loss) return TxCode::submission_wrong_state;
    if (loss->buyer != env.sender) return TxCode::not_owner;
    if (loss->claimed) return TxCode::already_claimed;
    if (env.block.time_s >= loss->claim_by_s) return TxCode::too_late;
    const Amount amount = claim_of(state, submission, *loss).claimable;
    if (amount.is_zero()) return TxCode::nothing_to_claim;
    if (amount < least) return TxCode::claim_below_least;

    InsuredBuyer buyer = state.must_get(kInsuredBuyers, loss->buyer);
    InsurancePool pool = pool_now(state);
    loss->claimed = true;
    loss->paid = amount;
    buyer.paid = sum_of(buyer.paid, amount);
    pool.paid = sum_of(pool.paid, amount);
    pool.epoch_paid = sum_of(pool.epoch_paid, amount);
    state.put(kLosses, submission, *loss);
    state.put(kInsuredBuyers, loss->buyer, buyer);
    state.put(kInsurancePool, {}, pool);
    ledger::move(state, pool::kInsurance, loss->buyer, amount);
    emit(state, ModuleId::market,
         InsurancePaid{
             .submission = submission, .buyer = loss->buyer, .loss = loss->loss, .amount = amount});
    return TxCode::ok;
}

Result<Claim> QuoteInsurance::view(const State& state, const BlockEnv&) const {
    const auto loss = state.get(kLosses, submission);
    if (!loss) return missing_record("insured loss by submission", submission);
    return claim_of(state, submission, *loss);
}

Result<InsuredBuyer> InsuranceOf::view(const State& state, const BlockEnv&) const {
    return state.get_or_default(kInsuredBuyers, buyer);
}

Result<InsurancePool> GetInsurancePool::view(const State& state, const BlockEnv&) const {
    return state.get_or_default(kInsurancePool, {});
}

void check_insurance(const State& state, const StateReader&,
                     std::vector<InvariantFailure>& failures) {
    const auto expect = [&](bool holds, const std::string& what) {
        if (!holds) failures.push_back({.rule = "market insurance", .what = what});
    };
    const InsurancePool pool = state.get_or_default(kInsurancePool, {});
    Amount to_losses;
    Amount to_buyers;
    state.scan(kLosses, [&](std::uint64_t id, const Loss& loss) {
        const std::string name = "submission " + std::to_string(id);
        to_losses = sum_of(to_losses, loss.paid);
        expect(loss.paid <= loss.loss, name + " was paid more than was lost");
        expect(loss.claimed == !loss.paid.is_zero(), name + " was claimed and paid nothing");
        expect(state.must_get(kSubmissions, id).state == SubmissionState::clawed_back,
               name + " is a loss although it was not clawed back");
    });
    state.scan(kInsuredBuyers, [&](const Address& who, const InsuredBuyer& buyer) {
        to_buyers = sum_of(to_buyers, buyer.paid);
        expect(buyer.paid <= buyer.allowance,
               to_hex0x(who) + " recovered more than its fees allow");
    });
    expect(to_losses == pool.paid && to_buyers == pool.paid, "payments do not add up");
    expect(pool.epoch_paid <= pool.epoch_began_with, "an epoch paid more than there was");
    const Amount held = ledger::balance(state, pool::kInsurance);
    expect(sum_of(held, pool.paid) == pool.collected,
           "the pool holds " + to_string(held) + " of " + to_string(pool.collected));
}

}  // namespace assay::market
