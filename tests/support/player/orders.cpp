// What buyers do.
#include "modules/market/change_order.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/views.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

constexpr const char* kRule = "terms of orders";

std::uint64_t open_id(Stage& stage) {
    return stage.fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == market::OrderState::open && stage.now_s() < each.deadline_s;
    });
}

}  // namespace

void post_order(Stage& stage) {
    Choices& choices = stage.choices;
    market::PostOrder message{.spec_hash = stage.hash(), .spec_uri = "ipfs://spec"};
    message.item_quota = choices.one_in(48) ? choices.number() : 1 + choices.below(12);
    message.price_per_item = choices.one_in(12) ? stage.amount() : stage.thousandths(250);
    if (choices.below(3) == 0)  // enough at stake for reviews and for the jurors' pool
        message.price_per_item =
            checked_add(message.price_per_item, Amount(kTokenUnits * 3)).value_or(Amount(1));
    message.policy = choices.one_in(48) ? static_cast<market::Policy>(choices.below(6))
                                        : market::Policy::optimistic;
    message.item_kind = static_cast<market::ItemKind>(choices.one_in(32) ? 2 : choices.below(2));
    message.max_payload_bytes = choices.one_in(8) ? choices.below(4) : 1'000;
    message.contributor_cap = choices.one_in(4) ? choices.below(6) : 0;
    message.deadline_s =
        stage.now_s() + (choices.one_in(24) ? choices.byte() : 20U + 4U * choices.byte());
    const auto quote = stage.chain.ask(market::QuotePostOrder{
        .item_quota = message.item_quota, .price_per_item = message.price_per_item});
    const Amount value = stage.nearly(quote);
    if (stage.send(stage.anybody(), ModuleId::market, message, value) != TxCode::ok) return;
    if (message.policy != market::Policy::optimistic) return;
    const auto terms = stage.state().must_get(market::kParams, {});
    stage.expect(value == cost_of_items(message.item_quota, message.price_per_item, terms), kRule,
                 "an order cost " + to_string(value));
}

void fund_order(Stage& stage) {
    const std::uint64_t id = open_id(stage);
    const std::uint64_t items =
        stage.choices.one_in(24) ? stage.choices.number() : 1 + stage.choices.below(4);
    const auto quote = stage.chain.ask(market::QuoteFundOrder{.order = id, .items = items});
    const Amount value = stage.nearly(quote);
    if (stage.send(stage.mostly(stage.buyer_of(id)), ModuleId::market,
                   market::FundOrder{.order = id, .items = items}, value) != TxCode::ok)
        return;
    const market::Order order = stage.state().must_get(market::kOrders, id);
    stage.expect(value == cost_of_items(items, order.price_per_item, order.terms), kRule,
                 "funding cost " + to_string(value));
}

void cancel_order(Stage& stage) {
    const std::uint64_t id = stage.fitting(market::kOrders, [](const market::Order& each) {
        return each.state == market::OrderState::open && each.live == 0;
    });
    const auto order = stage.state().get(market::kOrders, id);
    const Amount burned = ledger::supply(stage.state()).burned_other;
    if (stage.send(stage.mostly(stage.buyer_of(id)), ModuleId::market,
                   market::CancelOrder{.order = id}) != TxCode::ok)
        return;
    const auto open =
        *checked_mul(order->price_per_item, Amount(order->item_quota - order->items_accepted));
    const Amount fee = min_of(order->escrow, rate_up(open, order->terms.cancel_fee_ppm));
    stage.expect(ledger::supply(stage.state()).burned_other == sum_of(burned, fee), kRule,
                 "cancelling burned something else than " + to_string(fee));
}

void sponsor_order(Stage& stage) {
    Choices& choices = stage.choices;
    const std::uint64_t id = stage.open_order_id();
    const auto order = stage.state().get(market::kOrders, id);
    const std::uint64_t left = order ? order->item_quota - order->unbonded_items : 0;
    const market::SponsorOrder message{
        .order = id,
        .unbonded_items =
            choices.one_in(32) ? choices.number() : std::min<std::uint64_t>(choices.below(9), left),
        .unbonded_cap = choices.below(9),
        .sponsor_cap = choices.one_in(6) ? stage.amount() : stage.thousandths(200)};
    stage.send(stage.mostly(stage.buyer_of(id)), ModuleId::market, message,
               choices.one_in(6) ? Amount(choices.byte()) : stage.thousandths(120));
}

}  // namespace assay::test
