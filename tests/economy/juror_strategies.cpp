// Strategies of jurors: one of them against the same juror who looks at the work.
#include "tests/economy/juror_strategies.hpp"

namespace assay::economy {

namespace {

// Some disputes, half of them about bad work, with the first juror judging so. Returns its gain a
// dispute, in fees, what looking costs an honest one subtracted.
double judged(World& world, Judging judging) {
    constexpr std::uint32_t kDisputes = 16;
    world.plan(world.juror(0), judging);
    world.hire();
    const std::uint64_t order = world.post(world.buyer(), kDisputes);
    for (std::uint32_t i = 0; i < kDisputes; ++i) {
        const bool bad = world.random().happens(0.5);
        const std::uint64_t id =
            world.submit(world.ann(), order, 1, bad ? Quality::bad : Quality::good);
        CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    }
    world.finish();
    const auto seats = static_cast<double>(world.seats_of(world.juror(0)));
    const double effort = judging == Judging::honest ? seats * world.conditions().juror_effort : 0;
    const double fee = static_cast<double>(world.conditions().params.disputes.jury_fee.low());
    return (world.gain(world.juror(0)) - effort) / fee / kDisputes;
}

double look(World& world) {
    return judged(world, Judging::honest);
}

// What a friendly minority of the jurors is worth to who sends garbage.
double capture(World& world) {
    for (std::uint8_t i = 0; i < World::kJurors / 5; ++i)
        world.plan(world.juror(i), Judging::always_accept);
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const std::uint64_t id = world.submit(world.mallory(), order, items, Quality::bad);
    CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    world.finish();
    std::set<Address> all{world.mallory()};
    for (std::uint8_t i = 0; i < World::kJurors / 5; ++i) all.insert(world.juror(i));
    return world.gain(all) / (world.value(items) + 1e18);
}

double honest_with_jurors(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    std::set<Address> all{world.mallory()};
    for (std::uint8_t i = 0; i < World::kJurors / 5; ++i) all.insert(world.juror(i));
    return (world.gain(all) - world.effort(items)) / (world.value(items) + 1e18);
}

}  // namespace

std::vector<Attack> juror_attacks() {
    return {
        {"the constant juror: accept", "never looks",
         [](World& w) { return judged(w, Judging::always_accept); }, look},
        {"the constant juror: reject", "never looks",
         [](World& w) { return judged(w, Judging::always_reject); }, look},
        {"the lazy juror", "tosses a coin", [](World& w) { return judged(w, Judging::coin); },
         look},
        {"no-show", "commits to nothing", [](World& w) { return judged(w, Judging::absent); },
         look},
        {"copying votes", "cannot open what it copied",
         [](World& w) { return judged(w, Judging::unrevealed); }, look},
        {"minority capture of a panel", "a fifth of the jurors are friends of garbage", capture,
         honest_with_jurors},
    };
}

}  // namespace assay::economy
