// Choosing, sending, and the rules that a message and a block are held against.
#include "tests/support/player/stage.hpp"

#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

// Blocks between two looks at terms, which nothing repairs in between.
constexpr std::uint64_t kTermsEvery = 4;

using market::OrderState;
using market::SubmissionState;

// Whether the diagram leads from one state to the other, over any number of edges.
bool leads(SubmissionState from, SubmissionState to) {
    if (from == to) return true;
    switch (from) {
        case SubmissionState::committed: return true;
        case SubmissionState::revealed:
        case SubmissionState::window:
            return to != SubmissionState::committed && to != SubmissionState::forfeited &&
                   (from == SubmissionState::revealed || to != SubmissionState::revealed);
        case SubmissionState::disputed:
            return to == SubmissionState::accepted || to == SubmissionState::rejected ||
                   to == SubmissionState::finalized || to == SubmissionState::clawed_back;
        case SubmissionState::accepted:
            return to == SubmissionState::finalized || to == SubmissionState::clawed_back;
        default: return false;
    }
}

bool leads(OrderState from, OrderState to) {
    if (from == to || from == OrderState::open) return true;
    return from == OrderState::closed && to == OrderState::settled;
}

bool has_fallen(const Supply& before, const Supply& after) {
    return after.minted < before.minted || after.burned_fees < before.burned_fees ||
           after.burned_orders < before.burned_orders ||
           after.burned_slashes < before.burned_slashes || after.burned_other < before.burned_other;
}

}  // namespace

Amount Stage::nearly(const Result<Amount>& value) {
    const Amount right = value ? *value : Amount(choices.byte());
    switch (choices.below(32)) {
        case 30: return checked_add(right, Amount(1)).value_or(right);
        case 31: return checked_sub(right, Amount(1)).value_or(right);
        default: return right;
    }
}

Amount Stage::amount() {
    switch (choices.below(12)) {
        case 0: return Amount(choices.below(3));
        case 1: return Amount(choices.byte());
        case 2: return Amount::from_raw(static_cast<u128>(1) << choices.below(128));
        case 3: return Amount::from_raw(~static_cast<u128>(0) - choices.below(2));
        case 4: return Amount(choices.number());
        default: return thousandths(200);
    }
}

Amount Stage::thousandths(std::uint32_t most) {
    return Amount(kTokenUnits / 1'000 * (1 + choices.below(most)) + choices.below(8));
}

Hash256 Stage::hash() {
    const std::uint64_t seed = choices.number();
    return sha256(record::encode(seed));
}

std::uint64_t Stage::open_order_id() {
    return fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == OrderState::open && now_s() < each.deadline_s &&
               each.items_reserved + each.items_accepted < each.item_quota;
    });
}

std::uint64_t Stage::open_single_order_id() {
    return fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == OrderState::open && now_s() < each.deadline_s &&
               each.items_reserved + each.items_accepted < each.item_quota &&
               !state().contains(market::kBatchTerms, each.id);
    });
}

const ItemWork* Stage::work_of(std::uint64_t submission) const {
    const auto record = state().get(market::kSubmissions, submission);
    const auto found = record ? works.find(record->commitment) : works.end();
    return found == works.end() ? nullptr : &found->second;
}

Address Stage::buyer_of(std::uint64_t order) {
    const auto record = state().get(market::kOrders, order);
    return record ? record->buyer : anybody();
}

TxCode Stage::deliver(const std::string& name, WiredTx tx, Amount spends) {
    if (std::exchange(pointless_, false) && choices.below(16) != 0) return TxCode::not_found;
    if (choices.one_in(8)) tx.tip = Amount(choices.byte());
    const Amount held = chain.balance(tx.sender);
    const Amount proposers = chain.balance(kWiredProposer);
    const Supply supply = ledger::supply(state());
    const std::size_t receipts = chain.receipts().size();
    const TxCode code = chain.send(tx);
    SentCount& count = counts[name];
    ++count.sent;
    ++sent;
    if (code == TxCode::ok) {
        ++count.accepted;
        ++accepted;
    } else {
        ++count.refused[code];
    }
    if (chain.receipts().size() != receipts)
        hold_against(tx, spends, code, chain.receipts().back(), held, proposers, supply);
    return code;
}

void Stage::hold_against(const WiredTx& tx, Amount spends, TxCode code, const Receipt& receipt,
                         Amount held_before, Amount proposer_before, const Supply& supply_before) {
    constexpr const char* kRule = "a message costs its value and its fee";
    const Amount gas(receipt.gas_used);
    const Amount price = receipt.gas_used == 0 ? Amount{} : receipt.effective_gas_price;
    const Amount fee = checked_mul(price, gas).value();
    const Amount tip = receipt.gas_used == 0 ? Amount{} : checked_mul(tx.tip, gas).value();
    const Amount held = chain.balance(tx.sender);
    const Supply supply = ledger::supply(state());
    expect(static_cast<std::uint16_t>(code) < 900, kRule, "a bug was met");
    if (code == TxCode::ok)
        expect(sum_of(sum_of(held, fee), sum_of(tx.value, spends)) >= held_before, kRule,
               "the sender paid more");
    else
        expect(sum_of(held, fee) == held_before, kRule,
               "a refusal cost something else than the fee");
    expect(chain.balance(kWiredProposer) == sum_of(proposer_before, tip), kRule,
           "the proposer got something else than the tip");
    expect(supply.burned_fees == sum_of(supply_before.burned_fees, difference_of(fee, tip)), kRule,
           "something else than the base fee was burned");
}

void Stage::compare_with_last_block() {
    const Supply supply = ledger::supply(state());
    expect(!has_fallen(last_supply_, supply), "2 issued is monotone", "a counter of supply fell");
    last_supply_ = supply;
    state().scan(market::kSubmissions, [&](std::uint64_t id, const market::Submission& each) {
        const auto before = last_submissions_.try_emplace(id, SubmissionState::committed).first;
        expect(leads(before->second, each.state), "7 edges", "submission " + std::to_string(id));
        before->second = each.state;
    });
    state().scan(market::kOrders, [&](std::uint64_t id, const market::Order& each) {
        const auto before = last_orders_.try_emplace(id, OrderState::open).first;
        expect(leads(before->second, each.state), "7 edges", "order " + std::to_string(id));
        before->second = each.state;
    });
    if (chain.block().height % kTermsEvery != 0) return;
    check_market_terms(state(), failures);
    check_audit_terms(state(), failures);
    check_gold_terms(state(), failures);
    check_insurance_terms(state(), failures);
    check_dispute_terms(state(), failures);
    check_mint_terms(state(), failures);
}

}  // namespace assay::test
