// Contributors who deliver less than they are paid for.
#include "modules/market/sponsor.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

// Somebody else's commitment, sent under the own name.
double copy_commitment(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), 2 * items);
    ItemWork work = world.work(world.ann(), order, items);
    CHECK(world.commit(work).code == TxCode::ok);
    const market::CommitSubmission copied = work.commit();
    const auto bond =
        world.chain().ask(market::QuoteCommit{.order = order, .item_count = copied.item_count});
    const TxCode code = world.send_market(world.mallory(), copied, bond.value());
    CHECK(code == TxCode::duplicate_commitment);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// What one order got, delivered to another one. Whoever looks finds it in the first.
double replay_elsewhere(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t first = world.post(world.buyer(), items);
    const std::uint64_t second = world.post(world.buyer(), items);
    const std::uint64_t original = world.submit(world.ann(), first, items, Quality::good);
    ItemWork copy = world.work_of(original);
    copy.order = second;
    copy.contributor = world.mallory();
    watch(world, world.submit(copy, Quality::bad));
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

double withhold_reveal(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    CHECK(world.commit(world.work(world.mallory(), order, items)).code == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// A share of some submissions is garbage that costs no effort.
constexpr std::uint32_t kSubmissions = 4;

double garbage_share(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const double garbage = world.random().between(0.1, 1);
    double effort = 0;
    const std::uint64_t order = world.post(world.buyer(), kSubmissions * items);
    for (std::uint32_t i = 0; i < kSubmissions; ++i) {
        const bool bad = world.random().happens(garbage);
        const std::uint64_t id =
            world.submit(world.mallory(), order, items, bad ? Quality::bad : Quality::good);
        if (bad)
            watch(world, id);
        else
            effort += world.effort(items);
    }
    world.finish();
    return shares(world, world.gain(world.mallory()) - effort, items) / kSubmissions;
}

// Garbage under as many names as submissions.
double garbage_of_many(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), kSubmissions * items);
    std::set<Address> names;
    for (std::uint8_t i = 0; i < kSubmissions; ++i) {
        watch(world, world.submit(world.alias(i), order, items, Quality::bad));
        names.insert(world.alias(i));
    }
    world.finish();
    return shares(world, world.gain(names), items) / kSubmissions;
}

// Good work for a while, then as much garbage at once as the order still takes.
double leave(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), 2 * kSubmissions * items);
    for (std::uint32_t i = 0; i < kSubmissions; ++i)
        world.submit(world.mallory(), order, items, Quality::good);
    watch(world, world.submit(world.mallory(), order, kSubmissions * items, Quality::bad));
    world.finish();
    const double effort = world.effort(std::uint64_t{kSubmissions} * items);
    return shares(world, world.gain(world.mallory()) - effort, items) / (2 * kSubmissions);
}

// Garbage committed in the last second of the order and shown in the last of its own time.
double last_second(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const ItemWork work = world.work(world.mallory(), order, items);
    world.begin_at(world.chain().state().must_get(market::kOrders, order).deadline_s - 1);
    const auto made = world.commit(work);
    CHECK(made.code == TxCode::ok);
    world.begin_at(world.submission(made.id).deadline_s - 1);
    CHECK(world.send_market(world.mallory(), work.reveal(made.id)) == TxCode::ok);
    world.expose(made.id, Quality::bad);
    watch(world, made.id);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// Places without a bond risk nothing but the pay; somebody looks as often as at others.
void sponsor(World& world, std::uint64_t order, std::uint64_t places) {
    CHECK(world.send_market(world.buyer(), market::SponsorOrder{.order = order,
                                                                .unbonded_items = places,
                                                                .unbonded_cap = places,
                                                                .sponsor_cap = {}}) == TxCode::ok);
}

std::uint64_t submit_unbonded(World& world, std::uint64_t order, std::uint32_t items,
                              Quality quality) {
    const ItemWork work = world.work(world.mallory(), order, items);
    const market::CommitSubmission bonded = work.commit();
    CHECK(world.send_market(world.mallory(),
                            market::CommitUnbonded{.order = order,
                                                   .item_count = bonded.item_count,
                                                   .commitment = bonded.commitment}) == TxCode::ok);
    const std::uint64_t id =
        world.chain().state().get_or_default(market::kCounters, {}).submissions;
    world.end_block();
    CHECK(world.send_market(world.mallory(), work.reveal(id)) == TxCode::ok);
    world.expose(id, quality);
    return id;
}

double garbage_without_bond(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    sponsor(world, order, items);
    watch(world, submit_unbonded(world, order, items, Quality::bad));
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

double work_without_bond(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    sponsor(world, order, items);
    submit_unbonded(world, order, items, Quality::good);
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(items), items);
}

constexpr std::uint32_t kClaimed = 100;

// Asks for items, and shows those below `made`.
void ask(World& world, const Address& who, std::uint64_t id, const std::set<std::uint64_t>& indices,
         std::uint64_t made) {
    const market::ForceOpen message{.submission = id, .indices = {indices.begin(), indices.end()}};
    const auto value =
        world.chain().ask(market::QuoteForceOpen{.submission = id, .indices = message.indices});
    CHECK(world.send_market(who, message, value.value()) == TxCode::ok);
    market::OpenItems answer{
        .request = world.chain().state().get_or_default(market::kCounters, {}).openings};
    for (const std::uint64_t index : message.indices)
        if (index < made) answer.items.push_back(world.work_of(id).proof(index));
    if (!answer.items.empty()) CHECK(world.send_market(world.mallory(), answer) == TxCode::ok);
}

// Commits to a hundred items and has made a tenth of them.
double invent_items(World& world) {
    constexpr std::uint64_t kMade = 10;
    const std::uint64_t order = world.post(world.buyer(), kClaimed);
    const std::uint64_t id = world.submit(world.mallory(), order, kClaimed, Quality::bad);
    // Two strangers each name eight places that nobody named; what was never made cannot be shown.
    std::set<std::uint64_t> all;
    for (const Address& who : {world.watcher(), world.ann()}) {
        std::set<std::uint64_t> named;
        while (named.size() < market::kMaxIndices) {
            const std::uint64_t index = world.random().below(kClaimed);
            if (all.insert(index).second) named.insert(index);
        }
        ask(world, who, id, named, kMade);
    }
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(kMade), kClaimed);
}

// So few are missing that it is no ground for rejection. The buyer, who got the rest, asks for
// them as often as somebody looks.
double leave_out(World& world, std::uint32_t missing) {
    const std::uint64_t made = kClaimed - missing;
    const std::uint64_t order = world.post(world.buyer(), kClaimed);
    const std::uint64_t id = world.submit(world.mallory(), order, kClaimed, Quality::good);
    const double share = world.conditions().params.market.audit_share_ppm / 1e6;
    if (missing != 0 && world.random().happens(share)) {
        std::set<std::uint64_t> missed;
        for (std::uint64_t index = made; index < kClaimed; ++index) missed.insert(index);
        ask(world, world.buyer(), id, missed, made);
    }
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(made), kClaimed);
}

double leave_out_few(World& world) {
    return leave_out(world, 3 + static_cast<std::uint32_t>(world.random().below(6)));
}

double leave_out_two(World& world) {
    return leave_out(world, 2);
}

double all_hundred(World& world) {
    return leave_out(world, 0);
}

}  // namespace

std::vector<Attack> contributor_attacks() {
    return {
        {"copying a commitment", "sends another's commitment as its own", copy_commitment,
         honest_work},
        {"replay on another order", "delivers what another order got", replay_elsewhere,
         honest_work},
        {"withholding a reveal", "commits and stays silent", withhold_reveal, honest_work},
        {"a share of garbage", "a random share of its submissions is made up", garbage_share,
         honest_work},
        {"splitting into many identities", "each of four names delivers garbage", garbage_of_many,
         honest_work},
        {"leaving after doing well", "four good submissions, then garbage as large", leave,
         honest_work},
        {"the last-second move: garbage", "commits and reveals in the last second", last_second,
         honest_work},
        {"garbage in places without a bond", "has nothing to lose", garbage_without_bond,
         work_without_bond},
        {"claiming items that do not exist", "has made ten of a hundred", invent_items,
         honest_work},
        {"a few items that do not exist", "three to eight of a hundred are missing", leave_out_few,
         all_hundred},
        {"as few as are forgiven", "two of a hundred are missing", leave_out_two, all_hundred},
    };
}

}  // namespace assay::economy
