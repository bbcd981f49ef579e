// Many small things: dust, remainders, places that nobody fills, deadlines. Gas is their price, and
// is counted.
#include "modules/market/change_order.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/relay/intent.hpp"
#include "modules/relay/relay.hpp"
#include "modules/wiring/sponsored.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

std::set<Address> both(const World& world) {
    return {world.mallory(), world.friend_of_mallory()};
}

double tokens_with_gas(const World& world, const std::set<Address>& people) {
    return (world.gain(people) - world.gas(people)) / 1e18;
}

// Trades with himself at prices so small that no share of the fee is a whole unit.
double dust(World& world) {
    for (int i = 0; i < 8; ++i) {
        const std::uint64_t order =
            world.post(world.friend_of_mallory(), 1, Amount(1 + world.random().below(20)));
        CHECK(world.submit(world.mallory(), order, 1, Quality::good) != 0);
    }
    world.finish();
    return tokens_with_gas(world, both(world));
}

// A hundred operations with odd amounts by people who share one purse: what they have more
// afterwards, gas aside, is what rounding gave them.
double remainders(World& world) {
    const std::set<Address> all{world.mallory(), world.friend_of_mallory(), world.alias(0)};
    const auto price = [&] { return Amount(1 + world.random().below(1'000)); };
    for (int i = 0; i < 12; ++i) {
        const std::uint64_t order = world.post(world.friend_of_mallory(), 5, price());
        const std::uint64_t paid = world.submit(world.mallory(), order, 2, Quality::good);
        const std::uint64_t left = world.submit(world.alias(0), order, 1, Quality::good);
        CHECK(paid != 0 && left != 0);
        if (i % 3 == 0)
            CHECK(world.commit(world.work(world.alias(0), order, 1)).code == TxCode::ok);
        const auto more = world.chain().ask(market::QuoteFundOrder{.order = order, .items = 1});
        CHECK(world.send_market(world.friend_of_mallory(),
                                market::FundOrder{.order = order, .items = 1},
                                more.value()) == TxCode::ok);
        // Paid or forfeited; what is cancelled then had work in it.
        world.end_block(40);
        world.end_block();
        if (i % 2 == 0)
            CHECK(world.send_market(world.friend_of_mallory(),
                                    market::CancelOrder{.order = order}) == TxCode::ok);
    }
    world.finish();
    return world.gain(all);
}

// An empty wallet, and what it signs for others to send.
class Wallet {
  public:
    explicit Wallet(std::uint64_t number)
        : key_(*crypto::secret_key_from(sha256(record::encode(number)))),
          address_(crypto::address_of(*crypto::public_key_of(key_))) {}
    const Address& address() const { return address_; }

    template <class Signed, class M>
    relay::Relay sign(const Signed& form, const M& message) {
        ++nonce_;
        const Hash256 digest =
            eip712::digest(relay::intent_domain(test::kWiredChainId), eip712::hash_struct(form));
        return {.signer = address_,
                .call = abi::encode_call(message),
                .nonce = form.nonce,
                .deadline_s = form.deadline_s,
                .signature = relay::signature_bytes(crypto::sign_recoverable(key_, digest))};
    }
    std::uint64_t nonce() const { return nonce_; }

  private:
    crypto::SecretKey key_;
    Address address_;
    std::uint64_t nonce_ = 0;
};

constexpr std::uint64_t kPlaces = 4;

std::uint64_t sponsored_order(World& world) {
    const std::uint64_t order = world.post(world.buyer(), kPlaces);
    CHECK(world.send_market(world.buyer(),
                            market::SponsorOrder{.order = order,
                                                 .unbonded_items = kPlaces,
                                                 .unbonded_cap = 1,
                                                 .sponsor_cap = tokens(1)},
                            tokens(1)) == TxCode::ok);
    return order;
}

void relay(World& world, const relay::Relay& message) {
    CHECK(world.chain().send(world.mallory(), ModuleId::relay, message) == TxCode::ok);
}

ItemWork commit_empty(World& world, Wallet& wallet, std::uint64_t order) {
    const ItemWork work = world.work(wallet.address(), order, 1);
    const market::CommitUnbonded message{
        .order = order, .item_count = 1, .commitment = work.commit().commitment};
    relay(world, wallet.sign(SponsoredCommit{.commit = message,
                                             .nonce = wallet.nonce(),
                                             .deadline_s = world.chain().block().time_s + 100},
                             message));
    return work;
}

// Takes all places under names that it makes up, is repaid for sending that, and lets the time of
// each pass; as often as the order's time allows.
double never_reveal(World& world) {
    const std::uint64_t order = sponsored_order(world);
    std::uint64_t name = 0;
    for (int round = 0; round < 4; ++round) {
        for (std::uint64_t i = 0; i < kPlaces; ++i) {
            Wallet wallet(++name);
            commit_empty(world, wallet, order);
        }
        world.end_block(world.conditions().params.market.unbonded_reveal_s);
        world.end_block();
    }
    world.finish();
    return tokens_with_gas(world, {world.mallory()});
}

// The same with something revealed that nobody takes.
double reveal_garbage(World& world) {
    world.hire();
    const std::uint64_t order = sponsored_order(world);
    for (std::uint64_t name = 1; name <= kPlaces; ++name) {
        Wallet wallet(name);
        const ItemWork work = commit_empty(world, wallet, order);
        const std::uint64_t id =
            world.chain().state().get_or_default(market::kCounters, {}).submissions;
        world.end_block();
        const market::RevealSubmission message = work.reveal(id);
        relay(world, wallet.sign(SponsoredReveal{.reveal = message,
                                                 .nonce = wallet.nonce(),
                                                 .deadline_s = world.chain().block().time_s + 100},
                                 message));
        world.expose(id, Quality::bad);
        CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    }
    world.finish();
    return tokens_with_gas(world, {world.mallory()});
}

// Orders that all end in one second, as small as they may be.
constexpr int kDeadlines = 16;

double flood(World& world) {
    const std::uint64_t ends_s = world.chain().block().time_s + 60;
    for (int i = 0; i < kDeadlines; ++i) {
        const auto value =
            world.chain().ask(market::QuotePostOrder{.item_quota = 1, .price_per_item = Amount(1)});
        CHECK(world.send_market(world.mallory(),
                                market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                                  .item_quota = 1,
                                                  .price_per_item = Amount(1),
                                                  .max_payload_bytes = 1,
                                                  .deadline_s = ends_s},
                                value.value()) == TxCode::ok);
    }
    world.finish();
    return tokens_with_gas(world, {world.mallory()}) / kDeadlines;
}

}  // namespace

std::vector<Attack> spam_attacks() {
    return {
        {"dust spam", "trades with itself at 1 to 20 units an item", dust, nothing, Unit::token},
        {"rounding leaks", "a hundred operations a run with odd amounts", remainders, nothing,
         Unit::micros},
        {"many empty identities", "take places without a bond and never reveal", never_reveal,
         nothing, Unit::token},
        {"many empty identities: garbage", "are repaid for revealing what is rejected",
         reveal_garbage, nothing, Unit::token},
        {"flooding the end-of-block queue", "a deadline that costs as little as any", flood,
         nothing, Unit::token},
    };
}

}  // namespace assay::economy
