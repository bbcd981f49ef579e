// Buyers, and who trades with himself.
#include "chain/types/pools.hpp"
#include "modules/market/change_order.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

// Buys the own work for the reward that its fee mints.
double wash(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.friend_of_mallory(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

// The same by a coalition that is all validators, all jurors, the insured and the treasury too.
double wash_by_all(World& world) {
    const double before = world.growth(pool::kJurorFees) + world.growth(pool::kTreasury) +
                          world.growth(pool::kInsurance);
    const double own = wash(world);
    const double pools = world.growth(pool::kJurorFees) + world.growth(pool::kTreasury) +
                         world.growth(pool::kInsurance) - before;
    // The security emission comes without any order; only the fee's share counts.
    const auto& market = world.conditions().params.market;
    const double fee = market.fee_ppm / 1e6;
    const std::uint32_t items = world.conditions().items;
    const double validators = world.value(items) * fee * market.fee_split.validators_ppm / 1e6;
    return own + shares(world, pools + validators, items);
}

// The buyer has good work contested by a friend, to have it for nothing when the jury errs.
double refuse_to_pay(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.mallory(), items);
    const std::uint64_t id = world.submit(world.ann(), order, items, Quality::good);
    CHECK(world.challenge(world.friend_of_mallory(), id) == TxCode::ok);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

double pay(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.mallory(), items);
    world.submit(world.ann(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

// Takes work in, and tries every way of not paying for it. All are refused.
double empty_the_escrow(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t others = world.post(world.buyer(), items);  // the pool holds this, too
    const std::uint64_t order = world.post(world.mallory(), items);
    const std::uint64_t id = world.submit(world.ann(), order, items, Quality::good);
    const auto refused = [&](const Address& who, const auto& message, Amount value = {}) {
        CHECK(world.send_market(who, message, value) != TxCode::ok);
    };
    refused(world.mallory(), market::CancelOrder{.order = order});
    refused(world.mallory(), market::CancelOrder{.order = others});
    refused(world.mallory(), market::FundOrder{.order = order, .items = 1'000'000'000'000});
    refused(world.mallory(), market::Settle{.submission = id});
    const ItemWork more = world.work(world.friend_of_mallory(), order, items);
    refused(world.friend_of_mallory(), more.commit(), tokens(1));
    world.end_block();
    refused(world.ann(), world.work_of(id).reveal(id));
    world.finish();
    refused(world.mallory(), market::CancelOrder{.order = order});
    refused(world.ann(), market::Settle{.submission = id});
    const std::set<Address> all{world.mallory(), world.friend_of_mallory()};
    return (world.gain(all) - world.gas(all)) / 1e18;
}

double pay_with_gas(World& world) {
    const std::uint32_t items = world.conditions().items;
    world.post(world.buyer(), items);
    const std::uint64_t order = world.post(world.mallory(), items);
    world.submit(world.ann(), order, items, Quality::good);
    world.end_block();
    world.finish();
    const std::set<Address> all{world.mallory(), world.friend_of_mallory()};
    return (world.gain(all) - world.gas(all)) / 1e18;
}

}  // namespace

std::vector<Attack> trade_attacks() {
    return {
        {"wash orders alone", "buys its own work for the mint", wash, nothing},
        {"wash orders by every role", "and owns all pools that a fee feeds", wash_by_all, nothing},
        {"refusing to pay", "a friend of the buyer contests good work", refuse_to_pay, pay},
        {"escrow insolvency", "tries every way of not paying an order", empty_the_escrow,
         pay_with_gas, Unit::token},
    };
}

}  // namespace assay::economy
