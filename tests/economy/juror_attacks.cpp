// Jurors: one of them against the same juror who looks at the work, and some who are friends.
#include "tests/economy/attack.hpp"
#include "tests/economy/juror_plays.hpp"

namespace assay::economy {

double judged(World& world, std::span<const std::uint8_t> jurors, Judging judging,
              double bad_share) {
    constexpr std::uint32_t kDisputes = 16;
    std::set<Address> all;
    for (const std::uint8_t number : jurors) {
        all.insert(world.juror(number));
        world.plan(world.juror(number), judging);
    }
    world.hire();
    const std::uint64_t order = world.post(world.buyer(), kDisputes);
    for (std::uint32_t i = 0; i < kDisputes; ++i) {
        const bool bad = world.random().happens(bad_share);
        const std::uint64_t id =
            world.submit(world.ann(), order, 1, bad ? Quality::bad : Quality::good);
        CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
        world.act_as_asked();  // the first panels vote while the last work comes
    }
    world.finish();
    double effort = 0;
    if (judging == Judging::honest)
        for (const Address& who : all)
            effort += static_cast<double>(world.seats_of(who)) * world.conditions().juror_effort;
    // All of them are about the same value, so their fee is one.
    const double fee = static_cast<double>(
        world.chain().state().must_get(disputes::kDisputes, 1).terms.jury_fee.low());
    return (world.gain(all) - effort) / fee / kDisputes;
}

namespace {

constexpr std::uint8_t kFirst[] = {0};
constexpr std::uint8_t kThree[] = {0, 1, 2};

double look(World& world) {
    return judged(world, kFirst, Judging::honest, 0.5);
}

template <Judging kJudging>
double one(World& world) {
    return judged(world, kFirst, kJudging, 0.5);
}

// Three units of stake under three names, or under one that may hold as many seats.
void three_seats(Conditions& conditions) {
    conditions.params.jurors.max_seats = 3;
}

// Up to twelve seconds: what a seat may be charged is locked, however soon stake may leave.
void short_unbonding(Conditions& conditions) {
    conditions.params.jurors.unbonding_s = conditions.items;
}

// Two units, of which the one without a seat can leave.
double two_units(World& world, Judging judging) {
    world.stake(world.juror(0), 2);
    return judged(world, kFirst, judging, 0.5);
}
double leave_with_two(World& world) {
    return two_units(world, Judging::leaving);
}
double look_with_two(World& world) {
    return two_units(world, Judging::honest);
}

double split(World& world) {
    return judged(world, kThree, Judging::honest, 0.5);
}

double whole(World& world) {
    world.stake(world.juror(0), 3);
    for (const std::uint8_t other : {kThree[1], kThree[2]}) world.stake(world.juror(other), 0);
    return judged(world, kThree, Judging::honest, 0.5);
}

constexpr std::uint8_t kFriends = World::kJurors / 5;

double gain_of_friends(World& world) {
    std::set<Address> all{world.mallory()};
    for (std::uint8_t i = 0; i < kFriends; ++i) all.insert(world.juror(i));
    return world.gain(all);
}

}  // namespace

double capture(World& world, void (*meanwhile)(World&)) {
    for (std::uint8_t i = 0; i < kFriends; ++i) world.plan(world.juror(i), Judging::always_accept);
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const std::uint64_t id = world.submit(world.mallory(), order, items, Quality::bad);
    CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    if (meanwhile != nullptr) meanwhile(world);
    world.finish();
    return shares(world, gain_of_friends(world), items);
}

double honest_with_jurors(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    return shares(world, gain_of_friends(world) - world.effort(items), items);
}

namespace {

// The friends take back what weighs in this epoch's draws.
void leave_before_the_draw(World& world) {
    for (std::uint8_t i = 0; i < kFriends; ++i)
        CHECK(world.chain().send(
                  world.juror(i), ModuleId::jurors,
                  jurors::UnstakeJuror{.amount = world.conditions().params.jurors.min_stake}) ==
              TxCode::ok);
}

// The friends stake when the dispute is open, before its panel is drawn, and not before.
double stake_for_the_draw(World& world) {
    for (std::uint8_t i = 0; i < kFriends; ++i) {
        world.plan(world.juror(i), Judging::always_accept);
        world.stake(world.juror(i), 0);
    }
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const std::uint64_t id = world.submit(world.mallory(), order, items, Quality::bad);
    CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    for (std::uint8_t i = 0; i < kFriends; ++i) {
        world.stake(world.juror(i), 1);
        CHECK(world.stake_now(world.juror(i)) == TxCode::ok);
    }
    world.finish();
    return shares(world, gain_of_friends(world), items);
}

}  // namespace

std::vector<Attack> juror_attacks() {
    return {
        {"the constant juror: accept", "never looks", one<Judging::always_accept>, look, Unit::fee},
        {"the constant juror: reject", "never looks", one<Judging::always_reject>, look, Unit::fee},
        {"the lazy juror", "tosses a coin", one<Judging::coin>, look, Unit::fee},
        {"no-show", "commits to nothing", one<Judging::absent>, look, Unit::fee},
        {"copying votes", "cannot open what it copied", one<Judging::unrevealed>, look, Unit::fee},
        {.name = "unbonding before the slash",
         .strategy = "takes its stake back when drawn, and stays away",
         .attack = leave_with_two,
         .honest = look_with_two,
         .unit = Unit::fee,
         .setting = {.change = short_unbonding}},
        {.name = "weighing without sitting",
         .strategy = "a fifth of the stake, gone before the draw",
         .attack = [](World& world) { return capture(world, leave_before_the_draw); },
         .honest = honest_with_jurors,
         .setting = {.change = short_unbonding}},
        {.name = "splitting juror stake",
         .strategy = "three units under three names",
         .attack = split,
         .honest = whole,
         .unit = Unit::fee,
         .useless = 0.1,
         .setting = {.change = three_seats}},
        {"minority capture of a panel", "a fifth of the jurors are friends of garbage",
         [](World& world) { return capture(world); }, honest_with_jurors},
        {"moving stake around a draw", "the same friends stake when the dispute is open",
         stake_for_the_draw, honest_with_jurors},
    };
}

}  // namespace assay::economy
