// Drawing a plan from a seed.
#include "tests/simulation/plan.hpp"

#include <algorithm>

namespace assay::simulation {

namespace {

constexpr Micros kMs = 1'000;
constexpr Micros kSecond = 1'000'000;

Habits draw_habits(Random& random) {
    Habits out;
    out.equivocates_votes = random.percent(40);
    out.equivocates_proposals = random.percent(40);
    out.proposes_invalid = random.percent(25);
    out.votes_freely = random.percent(40);
    out.withholds_proposals = random.percent(15);
    out.withholds_parts = random.percent(15);
    out.withholds_votes = random.percent(20);
    out.lies_about_status = random.percent(20);
    out.speaks_garbage = random.percent(20);
    out.replays = random.percent(25);
    out.floods = random.percent(5);
    return out;
}

void draw_powers(Plan& plan, Random& random, std::size_t validators) {
    const bool equal = random.percent(55);
    for (std::size_t i = 0; i < validators; ++i)
        plan.powers.push_back(equal ? 10 : static_cast<std::int64_t>(random.between(1, 30)));
    plan.changes_validators = random.percent(25);
    if (plan.changes_validators && random.percent(50)) plan.powers.push_back(0);
}

// As many as there may be, in most seeds.
void draw_byzantine(Plan& plan, Random& random) {
    for (std::size_t key = 0; key < plan.powers.size(); ++key) plan.members.push_back({.key = key});
    if (random.percent(15)) return;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < plan.powers.size(); ++i) order.push_back(i);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    for (const std::size_t key : order) {
        Member& member = plan.members[key];
        member.byzantine = true;
        if (plan.powers[key] == 0 || !plan.tolerates(plan.powers)) {
            member.byzantine = false;
            continue;
        }
        member.twin = random.percent(20);
        member.habits = draw_habits(random);
        if (!member.twin) continue;
        const Member other = member;
        plan.members.push_back(other);
    }
}

void draw_links(Plan& plan, Random& random) {
    LinkFaults& faulty = plan.faulty;
    if (random.percent(60)) faulty.loss_per_mille = random.below(random.percent(20) ? 400 : 80);
    if (random.percent(40)) faulty.duplicate_per_mille = random.below(200);
    if (random.percent(50)) faulty.late_per_mille = random.below(100);
    faulty.delay_low = random.between(50, 5 * kMs);
    faulty.delay_high = faulty.delay_low + random.below(random.percent(30) ? 400 * kMs : 30 * kMs);
    plan.healed.delay_low = random.between(50, 2 * kMs);
    plan.healed.delay_high = plan.healed.delay_low + random.below(10 * kMs);
    // Reliable, and yet slower than the first rounds' timeouts: only their growth helps.
    if (random.percent(15)) {
        plan.healed.delay_low = plan.config.propose_ms * kMs / 2;
        plan.healed.delay_high = plan.config.propose_ms * kMs * random.between(1, 3);
    }
}

void draw_chaos(Plan& plan, Random& random) {
    Chaos& chaos = plan.chaos;
    if (random.percent(10)) return;
    chaos.every = random.between(100, 3'000) * kMs;
    const auto some = [&](std::uint64_t percent) -> std::uint64_t {
        return random.percent(percent) ? random.between(50, 400) : 0;
    };
    chaos.crash = some(60);
    chaos.crash_at_effect = some(70);
    chaos.disk_full = some(25);
    chaos.crash_all = some(20) / 3;
    chaos.partition = some(50);
    chaos.one_way = some(40);
    chaos.isolate = some(40);
    chaos.slow_peer = some(25);
    chaos.clock_jump = some(25);
}

void draw_clocks(Plan& plan, Random& random) {
    const bool skewed = random.percent(40);
    const std::uint64_t width = random.percent(20) ? 3'600'000 : 2'000;
    for (Member& member : plan.members) {
        if (!skewed) continue;
        member.skew_ms =
            static_cast<std::int64_t>(random.below(2 * width)) - static_cast<std::int64_t>(width);
        member.timer_speed = random.between(900, 1'100);
    }
}

}  // namespace

bool Plan::is_byzantine_key(std::size_t key) const {
    return std::any_of(members.begin(), members.end(),
                       [&](const Member& one) { return one.key == key && one.byzantine; });
}

bool Plan::tolerates(const std::vector<std::int64_t>& by_key) const {
    std::int64_t total = 0;
    std::int64_t byzantine = 0;
    for (std::size_t key = 0; key < by_key.size(); ++key) {
        total += by_key[key];
        if (is_byzantine_key(key)) byzantine += by_key[key];
    }
    return total > 0 && 3 * byzantine < total;
}

Plan plan_of(std::uint64_t seed, std::size_t validators) {
    Random random(seed * 0x2545F4914F6CDD1DULL + validators);
    Plan plan;
    plan.seed = seed;
    draw_powers(plan, random, validators);
    draw_byzantine(plan, random);
    plan.config = {.propose_ms = random.between(30, 400),
                   .vote_ms = random.between(20, 200),
                   .more_each_round_ms = random.between(20, 200),
                   .status_ms = random.between(50, 250),
                   .empty_block_interval_ms = random.between(100, 1'500),
                   .sync_in_parallel = false};
    plan.largest_tx = random.percent(15) ? 60'000 : random.below(300);
    plan.max_block_bytes = random.percent(20) ? 120'000 : 400'000;
    plan.block_gas = 21'000 * random.between(2, 40);
    plan.segment_bytes = random.percent(50) ? 8'192 : 32'768;
    plan.tx_every = random.between(20, 800) * kMs;
    plan.faults_until = random.between(3, 25) * kSecond;
    plan.byzantine_after_heal = random.percent(70);
    draw_links(plan, random);
    draw_chaos(plan, random);
    draw_clocks(plan, random);
    Random later(seed ^ 0x71CC1E5ULL);  // so that seeds stay what they were
    for (Member& member : plan.members) member.habits.lies_about_time = later.percent(30);
    return plan;
}

std::string describe(const Plan& plan) {
    std::string out = "seed " + std::to_string(plan.seed) + ": powers";
    for (const auto power : plan.powers) out += " " + std::to_string(power);
    for (std::size_t i = 0; i < plan.members.size(); ++i) {
        const Member& member = plan.members[i];
        if (!member.byzantine) continue;
        const Habits& habits = member.habits;
        out += "; node " + std::to_string(i) + " key " + std::to_string(member.key);
        if (member.twin) {
            out += " twin";
            continue;
        }
        if (habits.equivocates_votes) out += " two-votes";
        if (habits.equivocates_proposals) out += " two-proposals";
        if (habits.proposes_invalid) out += " invalid-proposals";
        if (habits.votes_freely) out += " free-votes";
        if (habits.withholds_proposals) out += " no-proposals";
        if (habits.withholds_parts) out += " no-parts";
        if (habits.withholds_votes) out += " no-votes";
        if (habits.lies_about_status) out += " false-status";
        if (habits.speaks_garbage) out += " garbage";
        if (habits.replays) out += " replays";
        if (habits.floods) out += " floods";
        if (habits.lies_about_time) out += " old-times";
    }
    return out;
}

}  // namespace assay::simulation
