// Who pays whom in the market.
#include "modules/market/money.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"

namespace assay::market {

std::optional<Amount> value_of(std::uint64_t items, Amount price) {
    const auto value = checked_mul(price, Amount(items));
    if (!value || *value > kMaxOrderValue) return std::nullopt;
    return value;
}

Amount checked_value(const Order& order, std::uint64_t items) {
    const auto value = value_of(items, order.price_per_item);
    CHECK(value.has_value());
    return *value;
}

OrderCost order_cost(Amount value, const Params& terms) {
    return {.escrow = sum_of(value, ppm_ceil(value, terms.fee_ppm)),
            .bond = ppm_ceil(value, terms.buyer_bond_ppm)};
}

Amount submission_bond(Amount value, const Params& terms) {
    return ppm_ceil(value, terms.contributor_bond_ppm);
}

Amount opening_bond(const Order& order, std::uint64_t items) {
    const Amount each = max_of(order.price_per_item, order.terms.min_opening_bond);
    const auto bond = checked_mul(each, Amount(items));
    CHECK(bond.has_value());
    return *bond;
}

Payment pay_for_work(State& state, const Order& order, const Address& contributor, Amount payout) {
    const Params& terms = order.terms;
    Payment out;
    out.holdback = ppm_floor(payout, terms.holdback_ppm);
    out.paid = difference_of(payout, out.holdback);
    out.fee = ppm_floor(payout, terms.fee_ppm);
    ledger::move(state, pool::kMarketEscrow, contributor, out.paid);
    ledger::move(state, pool::kMarketEscrow, pool::kHoldback, out.holdback);

    const FeeSplit& split = terms.fee_split;
    out.burned = out.fee;
    const auto share = [&](const Address& to, std::uint32_t ppm) {
        const Amount part = ppm_floor(out.fee, ppm);
        ledger::move(state, pool::kMarketEscrow, to, part);
        out.burned = difference_of(out.burned, part);
        return part;
    };
    share(pool::kValidators, split.validators_ppm);
    share(pool::kJurorFees, split.jurors_ppm);
    out.insurance = share(pool::kInsurance, split.insurance_ppm);
    share(pool::kTreasury, split.treasury_ppm);
    ledger::burn(state, pool::kMarketEscrow, out.burned, BurnReason::order_fee);
    return out;
}

void pay_buyer_bond(State& state, const Submission& submission) {
    Order order = state.must_get(kOrders, submission.order);
    const Amount share =
        min_of(order.buyer_bond,
               ppm_floor(checked_value(order, submission.item_count), order.terms.buyer_bond_ppm));
    order.buyer_bond = difference_of(order.buyer_bond, share);
    state.put(kOrders, order.id, order);
    ledger::move(state, pool::kBuyerBonds, submission.contributor, share);
    emit(state, ModuleId::market,
         BuyerBondPaid{.submission = submission.id,
                       .order = order.id,
                       .contributor = submission.contributor,
                       .amount = share});
}

void slash_bond(State& state, const Order& order, const Submission& submission,
                const Address& challenger) {
    if (submission.unbonded) return;
    const SlashSplit& split = order.terms.slash_split;
    BondSlashed event{.submission = submission.id,
                      .contributor = submission.contributor,
                      .challenger = challenger,
                      .to_buyer = ppm_floor(submission.bond, split.buyer_ppm)};
    if (!challenger.is_zero())
        event.to_challenger = ppm_floor(submission.bond, split.challenger_ppm);
    event.burned = difference_of(submission.bond, sum_of(event.to_challenger, event.to_buyer));
    ledger::move(state, pool::kContributorBonds, challenger, event.to_challenger);
    ledger::move(state, pool::kContributorBonds, order.buyer, event.to_buyer);
    ledger::burn(state, pool::kContributorBonds, event.burned, BurnReason::slash);
    emit(state, ModuleId::market, event);
}

}  // namespace assay::market
