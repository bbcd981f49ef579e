// Every refusal of the messages that a buyer sends, in order, and that it moves nothing.
#include "modules/market/money.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::CancelOrder;
using market::FundOrder;
using market::PostOrder;

namespace {

struct OrderFixture : MarketFixture {
    PostOrder message() const {
        return {.spec_hash = sha256(view_of("spec")),
                .item_quota = 7,
                .price_per_item = kOddPrice,
                .max_payload_bytes = 100,
                .deadline_s = now_s() + 100};
    }
    Amount quote() const {
        return chain.ask(market::QuotePostOrder{.item_quota = 7, .price_per_item = kOddPrice})
            .value();
    }
    template <class F>
    TxCode post_changed(F change) {
        PostOrder changed = message();
        change(changed);
        return refuse(kBuyer, changed, quote());
    }
    Amount fund_quote(std::uint64_t items) const {
        return chain.ask(market::QuoteFundOrder{.order = 1, .items = items}).value();
    }
};

constexpr auto kUnknownPolicy = static_cast<market::Policy>(4);
constexpr auto kUnknownKind = static_cast<market::ItemKind>(2);

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_order_that_says_nothing_sensible_is_refused, OrderFixture) {
    BOOST_TEST(post_changed([](PostOrder& m) { m.spec_hash = {}; }) == TxCode::hash_zero);
    BOOST_TEST(post_changed([](PostOrder& m) { m.spec_uri = std::string(257, 'u'); }) ==
               TxCode::text_too_long);
    BOOST_TEST(post_changed([](PostOrder& m) { m.item_quota = 0; }) == TxCode::count_zero);
    BOOST_TEST(post_changed([](PostOrder& m) { m.item_quota = market::kMaxItems + 1; }) ==
               TxCode::count_too_large);
    BOOST_TEST(post_changed([](PostOrder& m) { m.price_per_item = {}; }) == TxCode::price_zero);
    BOOST_TEST(post_changed([](PostOrder& m) { m.price_per_item = Amount::max(); }) ==
               TxCode::amount_too_large);
    BOOST_TEST(post_changed([](PostOrder& m) { m.price_per_item = market::kMaxOrderValue; }) ==
               TxCode::amount_too_large);
    BOOST_TEST(post_changed([](PostOrder& m) { m.policy = kUnknownPolicy; }) ==
               TxCode::unknown_policy);
    for (const auto policy :
         {market::Policy::gold, market::Policy::redundant, market::Policy::audited})
        BOOST_TEST(post_changed([&](PostOrder& m) { m.policy = policy; }) ==
                   TxCode::policy_not_available);
    BOOST_TEST(post_changed([](PostOrder& m) { m.item_kind = kUnknownKind; }) ==
               TxCode::unknown_choice);
    BOOST_TEST(post_changed([](PostOrder& m) { m.max_payload_bytes = 0; }) == TxCode::count_zero);
    BOOST_TEST(post_changed([](PostOrder& m) { m.max_payload_bytes = 65'537; }) ==
               TxCode::bytes_too_long);
}

BOOST_FIXTURE_TEST_CASE(an_order_at_every_limit_is_taken, OrderFixture) {
    PostOrder most = message();
    most.spec_uri = std::string(256, 'u');
    most.item_quota = market::kMaxItems;
    most.price_per_item = Amount(1);
    most.max_payload_bytes = market::kMaxPayloadBytes;
    most.item_kind = market::ItemKind::annotation;
    const Amount value =
        chain
            .ask(market::QuotePostOrder{.item_quota = most.item_quota, .price_per_item = Amount(1)})
            .value();
    BOOST_TEST(send(kBuyer, most, value) == TxCode::ok);
    BOOST_TEST(order().item_quota == market::kMaxItems);
    BOOST_TEST(market::value_of(1, market::kMaxOrderValue).has_value());
    BOOST_TEST(!market::value_of(2, market::kMaxOrderValue).has_value());
}

BOOST_FIXTURE_TEST_CASE(an_order_outside_its_time_or_value_is_refused, OrderFixture) {
    const auto limits = terms();
    const auto at = [&](std::uint64_t deadline_s) {
        return post_changed([&](PostOrder& m) { m.deadline_s = deadline_s; });
    };
    BOOST_TEST(at(0) == TxCode::deadline_in_past);
    BOOST_TEST(at(now_s()) == TxCode::deadline_in_past);
    BOOST_TEST(at(now_s() + limits.min_order_s - 1) == TxCode::deadline_too_near);
    BOOST_TEST(at(now_s() + limits.max_order_s + 1) == TxCode::deadline_too_far);
    BOOST_TEST(at(~std::uint64_t{0}) == TxCode::deadline_too_far);
    BOOST_TEST(refuse(kBuyer, message()) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBuyer, message(), sum_of(quote(), Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBuyer, message(), difference_of(quote(), Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(send(kBuyer, message(), quote()) == TxCode::ok);
    PostOrder longest = message();
    longest.deadline_s = now_s() + limits.max_order_s;
    BOOST_TEST(send(kBuyer, longest, quote()) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(the_first_rule_of_posting_that_fails_answers, OrderFixture) {
    PostOrder bad{.spec_hash = {},
                  .spec_uri = std::string(257, 'u'),
                  .item_quota = 0,
                  .price_per_item = {},
                  .policy = kUnknownPolicy,
                  .item_kind = kUnknownKind};
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::hash_zero);
    bad.spec_hash = message().spec_hash;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::text_too_long);
    bad.spec_uri.clear();
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::count_zero);
    bad.item_quota = 7;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::price_zero);
    bad.price_per_item = kOddPrice;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::unknown_choice);
    bad.item_kind = market::ItemKind::original;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::count_zero);
    bad.max_payload_bytes = 1;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::unknown_policy);
    bad.policy = market::Policy::optimistic;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::deadline_in_past);
    bad.deadline_s = now_s() + 1;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::deadline_too_near);
    bad.deadline_s = now_s() + 100;
    BOOST_TEST(refuse(kBuyer, bad) == TxCode::wrong_value);
    BOOST_TEST(send(kBuyer, bad, quote()) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(more_money_for_an_order_is_refused, OrderFixture) {
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = 0}) == TxCode::count_zero);
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = market::kMaxItems + 1}) ==
               TxCode::count_too_large);
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = 1}) == TxCode::order_not_found);
    PostOrder soon = message();
    soon.deadline_s = now_s() + 10;
    BOOST_TEST(send(kBuyer, soon, quote()) == TxCode::ok);
    const Amount value = fund_quote(2);
    const FundOrder fund{.order = 1, .items = 2};
    BOOST_TEST(refuse(kAnn, fund, value) == TxCode::not_owner);
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = market::kMaxItems}) ==
               TxCode::order_limit_reached);
    BOOST_TEST(refuse(kBuyer, fund) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBuyer, fund, sum_of(value, Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(send(kBuyer, fund, value) == TxCode::ok);
    BOOST_TEST(order().item_quota == 9U);
    begin_at(soon.deadline_s);
    BOOST_TEST(refuse(kBuyer, fund, value) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kBuyer, fund, value) == TxCode::order_not_open);
    BOOST_TEST(refuse(kAnn, fund, value) == TxCode::not_owner);
}

BOOST_FIXTURE_TEST_CASE(an_order_worth_the_supply_takes_no_more, OrderFixture) {
    PostOrder dear = message();
    dear.item_quota = 2;
    dear.price_per_item = Amount::from_raw(market::kMaxOrderValue.raw() / 4'000);
    const Amount value =
        chain.ask(market::QuotePostOrder{.item_quota = 2, .price_per_item = dear.price_per_item})
            .value();
    // The quota may grow to four thousand items' worth and no further.
    BOOST_TEST(value <= genesis.each);
    BOOST_TEST(send(kBuyer, dear, value) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = 3'999}) ==
               TxCode::order_limit_reached);
    BOOST_TEST(refuse(kBuyer, FundOrder{.order = 1, .items = 3'998}) == TxCode::wrong_value);
}

BOOST_FIXTURE_TEST_CASE(cancelling_is_refused, OrderFixture) {
    const CancelOrder cancel{.order = 1};
    BOOST_TEST(refuse(kBuyer, cancel) == TxCode::order_not_found);
    BOOST_TEST(send(kBuyer, message(), quote()) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, cancel, Amount(1)) == TxCode::value_not_payable);
    BOOST_TEST(refuse(kAnn, cancel) == TxCode::not_owner);
    commit(kAnn, {1});
    BOOST_TEST(refuse(kAnn, cancel) == TxCode::not_owner);
    BOOST_TEST(refuse(kBuyer, cancel) == TxCode::order_has_commitments);
    pass_deadline();
    BOOST_TEST(send(kBuyer, cancel) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, cancel) == TxCode::order_not_open);
}
