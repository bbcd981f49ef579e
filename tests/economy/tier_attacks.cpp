// Strategies around reputation: buying it, throwing it away, and insuring the own fraud.
#include <cmath>

#include "modules/bank/transfer.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/prove_fraud.hpp"
#include "modules/market/tiers.hpp"
#include "modules/reputation/views.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

constexpr std::uint8_t kBuyers = 6;             // as many as the top tier asks for
constexpr std::uint32_t kSubmissions = 5;       // at the top tier
constexpr std::uint32_t kClaimed = 3;           // submissions whose insurance is claimed
const Amount kPurse = reputation::tokens(500);  // of each name that somebody makes up

Address made_up(std::uint8_t number) {
    return Address{{0xec, 0xff, number}};
}

double units(Amount amount) {
    return static_cast<double>(amount.raw());
}

// Names that `owner` makes up and gives money to.
void make_up_names(World& world, const Address& owner) {
    for (std::uint8_t i = 0; i < kBuyers; ++i)
        CHECK(world.chain().send(owner, ModuleId::bank,
                                 bank::Transfer{.to = made_up(i), .amount = kPurse}) == TxCode::ok);
}

double wealth_of_names(World& world) {
    double out = 0;
    for (std::uint8_t i = 0; i < kBuyers; ++i)
        out += units(world.chain().balance(made_up(i))) + units(world.chain().fees_of(made_up(i)));
    return out;
}

std::uint64_t post_at(World& world, const Address& buyer, std::uint32_t items, Amount price) {
    const auto value =
        world.chain().ask(market::QuotePostOrder{.item_quota = items, .price_per_item = price});
    const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                    .item_quota = items,
                                    .price_per_item = price,
                                    .max_payload_bytes = 100,
                                    .deadline_s = world.chain().block().time_s + 100};
    CHECK(world.send_market(buyer, message, value.value()) == TxCode::ok);
    return world.chain().state().get_or_default(market::kCounters, {}).orders;
}

// The price of one item whose fee burns a little more than one buyer's cap.
Amount price_of_a_cap(const World& world) {
    const market::Params& terms = world.conditions().params.market;
    const reputation::Params& rules = world.conditions().params.reputation;
    const double burned = terms.fee_ppm / 1e6 * terms.fee_split.burned_ppm / 1e6;
    const double cap = units(rules.full_burn) * rules.counterparty_cap_ppm / 1e6;
    const auto billions = static_cast<std::uint64_t>(std::ceil(cap / burned / 1e9 * 1.01));
    return *checked_mul(Amount(billions), Amount(1'000'000'000));
}

// One accepted item for each of the buyers, and the stake that the top tier asks for.
void climb(World& world, const std::vector<Address>& buyers) {
    const Amount price = price_of_a_cap(world);
    for (const Address& buyer : buyers)
        world.submit(world.mallory(), post_at(world, buyer, 1, price), 1, Quality::good);
    const Amount stake = world.conditions().params.reputation.t4.stake;
    CHECK(world.chain().send(world.mallory(), ModuleId::jurors, jurors::StakeJuror{}, stake) ==
          TxCode::ok);
    world.end_block(world.conditions().params.market.challenge_window_s + 1);
    world.end_block();
    CHECK(world.chain().ask(reputation::TierOf{.account = world.mallory()}).value() ==
          market::kTopTier);
}

// So many of them are audited as the tier says, whichever.
void audit(World& world, const std::vector<std::uint64_t>& submissions) {
    const double share =
        market::tier_terms(world.conditions().params.market, market::kTopTier).audit_share_ppm /
        1e6;
    double before = world.random().unit();
    for (const std::uint64_t id : submissions) {
        const double after = before + share;
        if (std::floor(after) > std::floor(before)) (void)world.challenge(world.watcher(), id);
        before = after;
    }
}

// A stranger's order, filled at the top tier.
void deliver(World& world, Quality quality) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), kSubmissions * items);
    std::vector<std::uint64_t> made;
    for (std::uint32_t i = 0; i < kSubmissions; ++i)
        made.push_back(world.submit_at_tier(world.work(world.mallory(), order, items), quality,
                                            market::kTopTier));
    if (quality == Quality::bad) audit(world, made);
}

double work_at_t0(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), kSubmissions * items);
    for (std::uint32_t i = 0; i < kSubmissions; ++i)
        world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    const double effort = kSubmissions * world.effort(items);
    return shares(world, world.gain(world.mallory()) - effort, items) / kSubmissions;
}

// Buys own work under made-up names until the top tier, then delivers garbage to a stranger.
double farm(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    make_up_names(world, world.mallory());
    std::vector<Address> buyers;
    for (std::uint8_t i = 0; i < kBuyers; ++i) buyers.push_back(made_up(i));
    climb(world, buyers);
    deliver(world, Quality::bad);
    world.finish();
    const double gain = world.gain(world.mallory()) + wealth_of_names(world);
    return shares(world, gain, items) / kSubmissions;
}

// Climbs by honest work for strangers, who get what they pay for, then delivers `quality`.
double climb_and_deliver(World& world, Quality quality) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    make_up_names(world, world.watcher());
    std::vector<Address> buyers;
    for (std::uint8_t i = 0; i < kBuyers; ++i) buyers.push_back(made_up(i));
    climb(world, buyers);
    deliver(world, quality);
    world.finish();
    const double effort = quality == Quality::good ? kSubmissions * world.effort(items) : 0;
    return shares(world, world.gain(world.mallory()) - effort, items) / kSubmissions;
}

// Fills the pool by an honest trade of strangers.
void fill_pool(World& world) {
    const std::uint32_t items = world.conditions().items;
    world.submit(world.ann(), world.post(world.buyer(), items), items, Quality::good);
    world.end_block(world.conditions().params.market.challenge_window_s + 1);
    world.end_block();
}

// Is buyer, contributor and prover: sells itself fraud, proves it once it was paid, and claims.
double insure_own_fraud(World& world) {
    const std::uint32_t items = world.conditions().items + 1;
    const Address buyer = world.friend_of_mallory();
    fill_pool(world);
    for (std::uint32_t i = 0; i < kClaimed; ++i) {
        ItemWork work = world.work(world.mallory(), world.post(buyer, items), items);
        work.contents.back() = work.contents.front();
        const std::uint64_t id = world.submit(work, Quality::bad);
        world.end_block(world.conditions().params.market.challenge_window_s + 1);
        world.end_block();
        CHECK(world.prove(world.mallory(),
                          market::ProveFraud{.submission = id,
                                             .kind = market::FraudKind::duplicate_content,
                                             .first = work.proof(0),
                                             .second = work.proof(items - 1)}) == TxCode::ok);
        CHECK(world.send_market(buyer, market::ClaimInsurance{.submission = id}) == TxCode::ok);
    }
    world.finish();
    return shares(world, world.gain({world.mallory(), buyer}), items) / kClaimed;
}

}  // namespace

std::vector<Attack> tier_attacks() {
    return {
        {.name = "farming reputation",
         .strategy = "buys own work up to the top tier, then delivers garbage",
         .attack = farm,
         .honest = work_at_t0},
        {.name = "leaving after reaching the top tier",
         .strategy = "earns it, then delivers garbage and goes",
         .attack = [](World& world) { return climb_and_deliver(world, Quality::bad); },
         .honest = [](World& world) { return climb_and_deliver(world, Quality::good); }},
        {.name = "insurance of own fraud",
         .strategy = "sells itself fraud, proves it and claims",
         .attack = insure_own_fraud,
         .honest = nothing},
    };
}

}  // namespace assay::economy
