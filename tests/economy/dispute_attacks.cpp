// Challenges, and what is done in disputes by those who have money in them.
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

using disputes::Choice;

// One submission in a world with jurors; returns its number.
std::uint64_t with_jurors(World& world, const Address& who, Quality quality) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    return world.submit(who, world.post(world.buyer(), items), items, quality);
}

double of_mallory(World& world) {
    world.finish();
    return shares(world, world.gain(world.mallory()), world.conditions().items);
}

double of_both(World& world) {
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}),
                  world.conditions().items);
}

double frivolous_challenge(World& world) {
    const std::uint64_t id = with_jurors(world, world.ann(), Quality::good);
    CHECK(world.challenge(world.mallory(), id) == TxCode::ok);
    return of_mallory(world);
}

// The same where the contributor has no time left to answer.
double last_second(World& world) {
    const std::uint64_t id = with_jurors(world, world.ann(), Quality::good);
    world.begin_at(world.submission(id).deadline_s - 1);
    CHECK(world.challenge(world.mallory(), id) == TxCode::ok);
    return of_mallory(world);
}

// Garbage, contested by a friend so that the challenger's share of the slash stays at home.
double recapture_slash(World& world) {
    const std::uint64_t id = with_jurors(world, world.mallory(), Quality::bad);
    CHECK(world.challenge(world.friend_of_mallory(), id) == TxCode::ok);
    return of_both(world);
}

// Garbage, contested by a friend who shows the jury nothing, so that nobody else can contest it.
// Who looks joins the dispute with what he found, and then the jury sees it.
double straw_challenge(World& world) {
    const std::uint64_t id = with_jurors(world, world.mallory(), Quality::good);
    CHECK(world.challenge(world.friend_of_mallory(), id) == TxCode::ok);
    const double share = world.conditions().params.market.audit_share_ppm / 1e6;
    if (world.random().happens(share)) {
        CHECK(world.join(world.watcher(), id, Choice::reject) == TxCode::ok);
        world.expose(id, Quality::bad);
    }
    return of_both(world);
}

// Panels of up to 127 seats, so that there is a jury for every appeal.
void large_panels(Conditions& conditions) {
    conditions.params.jurors.max_seats = 8;
}

void hire_many(World& world) {
    for (std::uint8_t i = 0; i < World::kJurors; ++i) world.stake(world.juror(i), 8);
}

// Contests good work and appeals every ruling for it, so that its author waits.
double delay(World& world) {
    hire_many(world);
    const std::uint64_t id = with_jurors(world, world.ann(), Quality::good);
    world.appeal_against(Choice::accept, world.friend_of_mallory());
    CHECK(world.challenge(world.mallory(), id) == TxCode::ok);
    return of_both(world);
}

// Garbage, and an appeal against every ruling as long as that costs less than the value.
double rich_appellant(World& world) {
    hire_many(world);
    const std::uint64_t id = with_jurors(world, world.mallory(), Quality::bad);
    world.appeal_against(Choice::reject, world.mallory());
    watch(world, id);
    return of_mallory(world);
}

// Where juries err most.
void weak_juries(Conditions& conditions) {
    large_panels(conditions);
    conditions.juror_accuracy = 0.75;
}

// Garbage by somebody who could not do the work, so that it is measured against nothing.
double made_up(World& world) {
    hire_many(world);
    watch(world, with_jurors(world, world.mallory(), Quality::bad));
    return of_mallory(world);
}

// The same, and who contested it believes in what he saw.
double made_up_and_appealed(World& world) {
    world.appeal_against(Choice::accept, world.watcher());
    return made_up(world);
}

}  // namespace

std::vector<Attack> dispute_attacks() {
    const Setting large{.change = large_panels};
    const Setting weak{.change = weak_juries};
    return {
        {"frivolous challenge", "contests good work", frivolous_challenge, nothing},
        {"the last-second move: challenge", "contests good work in its window's last second",
         last_second, nothing},
        {"recapturing the slash", "a friend contests its garbage", recapture_slash, honest_work},
        {"a straw challenge for immunity", "a friend contests its garbage and shows nothing",
         straw_challenge, honest_work},
        {.name = "delay by appeals",
         .strategy = "contests good work, appeals every ruling",
         .attack = delay,
         .honest = nothing,
         .setting = large},
        {.name = "the rich appellant",
         .strategy = "appeals every ruling against its garbage",
         .attack = rich_appellant,
         .honest = honest_work,
         .setting = large},
        {.name = "made-up work before weak juries",
         .strategy = "cannot work; jurors right in 75%, nobody appeals",
         .attack = made_up,
         .honest = nothing,
         .setting = weak},
        {.name = "made-up work, and appeals",
         .strategy = "the same where the challenger appeals",
         .attack = made_up_and_appealed,
         .honest = nothing,
         .setting = weak},
    };
}

}  // namespace assay::economy
