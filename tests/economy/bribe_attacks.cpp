// A briber of juries. What cannot be closed is what a bribe costs that is paid only if it fails:
// bench_economy prints the capital that one needs.
#include "tests/economy/attack.hpp"
#include "tests/economy/juror_plays.hpp"

namespace assay::economy {

void let_panels_be_large(ModuleParams& params) {
    params.jurors.max_seats = 8;
}

namespace {

// Enough at stake that a majority of the last panel is not dearer by the least fee alone.
void worth_a_bribe(Conditions& conditions) {
    constexpr double kLeast = 13;  // tokens
    let_panels_be_large(conditions.params);
    const Amount least = tokens(kLeast / conditions.items + 0.001);
    if (conditions.price < least) conditions.price = least;
}

// Made-up work. Its author appeals until the last panel, and pays each juror of a majority there
// what the vote against the truth may cost: the fee that is lost and the penalty. Whoever contested
// appeals what went wrong before, while that costs less than the work. What the winner of a dispute
// gets back is in the gain.
double bribe_last_panel(World& world) {
    for (std::uint8_t i = 0; i < World::kJurors; ++i) world.stake(world.juror(i), 8);
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    world.appeal_against(disputes::Choice::accept, world.watcher());
    world.bribe_last_panel(world.mallory());
    const std::uint64_t id = world.submit(world.mallory(), order, items, Quality::bad);
    CHECK(world.challenge(world.watcher(), id) == TxCode::ok);
    const std::uint64_t dispute = world.submission(id).dispute;
    world.finish();
    const disputes::Params terms =
        world.chain().state().must_get(disputes::kDisputes, dispute).terms;
    const double seat =
        static_cast<double>(terms.jury_fee.raw()) * (1 + terms.incoherent_penalty_ppm / 1e6);
    const double bribes = static_cast<double>(world.bribed_seats()) * seat;
    return shares(world, world.gain(world.mallory()) - bribes, items);
}

}  // namespace

std::vector<Attack> bribe_attacks() {
    return {{.name = "bribing the last panel",
             .strategy = "cannot work; appeals, buys 64 of the last 127 seats",
             .attack = bribe_last_panel,
             .honest = nothing,
             .setting = {.change = worth_a_bribe}}};
}

}  // namespace assay::economy
