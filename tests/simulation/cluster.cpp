// The course of a run.
#include "tests/simulation/cluster.hpp"

#include <cstdio>

#include "chain/crypto/hash.hpp"
#include "tests/simulation/keys.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr Micros kMs = 1'000;
constexpr std::uint64_t kMoreBlocks = 10;
constexpr std::uint64_t kMaxEvents = 5'000'000;

}  // namespace

World::World(Plan with, AppKind kind)
    : plan(std::move(with)),
      stage(make_stage(kind, plan)),
      identity(stage->identity()),
      random(plan.seed ^ 0x5DEECE66DULL),
      judge(plan, identity, *stage) {
    for (std::size_t i = 0; i < plan.members.size(); ++i)
        conspiracy.deceived.push_back(random.percent(50));
}

void World::print(std::size_t node, const std::string& text) const {
    std::printf("%11.3f ms  node %zu  %s\n", static_cast<double>(scheduler.now()) / 1'000.0, node,
                text.c_str());
}

Cluster::Cluster(const Plan& plan, AppKind kind, bool tracing) : world_(plan, kind) {
    world_.tracing = tracing;
    world_.network = std::make_unique<Network>(
        plan.members.size(), world_.scheduler, world_.random.fork(),
        [this](std::size_t from, std::size_t to, Channel channel, const Bytes& message) {
            world_.mix(world_.scheduler.now() + message.size() * 64 + to);
            world_.nodes[to]->deliver(from, channel, message);
        });
    world_.network->set_faults(plan.faulty);
    for (std::size_t i = 0; i < plan.members.size(); ++i)
        world_.nodes.push_back(std::make_unique<Node>(world_, i));
}

// Each time after about so long.
void Cluster::every(Micros about, std::function<void()> action) {
    world_.scheduler.after(world_.random.between(about / 2, about * 3 / 2),
                           [this, about, action = std::move(action)] {
                               action();
                               every(about, action);
                           });
}

Outcome Cluster::run() {
    Scheduler& scheduler = world_.scheduler;
    const Plan& plan = world_.plan;
    for (const auto& node : world_.nodes) {
        Node* one = node.get();
        scheduler.after(world_.random.below(300 * kMs), [one] { one->start(); });
        if (!one->is_honest()) every(60 * kMs, [one] { one->liar_speaks(); });
    }
    every(plan.tx_every, [this] { submit_something(); });
    if (plan.chaos.every > 0)
        every(plan.chaos.every, [this] {
            if (!world_.healed) make_trouble();
        });
    every(500 * kMs, [this] { look_at_rounds(); });
    scheduler.after(plan.faults_until, [this] { heal(); });
    Micros deadline = UINT64_MAX;
    while (world_.judge.violation().empty() && !is_done()) {
        scheduler.step();
        if (world_.healed && deadline == UINT64_MAX) deadline = scheduler.now() + patience();
        if (scheduler.now() > deadline || scheduler.done() > kMaxEvents) {
            std::string heights;
            for (const auto& node : world_.nodes)
                heights +=
                    " " + std::to_string(node->height()) + "/" + std::to_string(node->round());
            world_.judge.violate("NO PROGRESS after healing: goal " + std::to_string(goal_) +
                                 ", heights/rounds" + heights);
        }
    }
    if (world_.judge.violation().empty()) check_stores();
    return {.violation = world_.judge.violation(),
            .height = highest(),
            .simulated = scheduler.now(),
            .events = scheduler.done(),
            .digest = world_.digest,
            .network = world_.network->counts(),
            .stats = world_.stats,
            .facts = facts_,
            .evidence = world_.judge.evidence_in_blocks(),
            .double_votes_seen = world_.judge.double_votes_seen(),
            .double_votes_punished = world_.judge.double_votes_punished()};
}

void Cluster::check_stores() {
    std::vector<const HostedApp*> honest;
    for (std::size_t i = 0; i < world_.nodes.size(); ++i) {
        if (!world_.nodes[i]->is_honest()) continue;
        honest.push_back(&world_.nodes[i]->app());
        world_.judge.check_store(i, *honest.back());
    }
    if (const std::string found = world_.stage->audit(honest, facts_); !found.empty())
        world_.judge.violate(found);
}

// Clients ----------------------------------------------------------------------------------------

void Cluster::submit_something() {
    const Bytes raw = world_.stage->next_tx(
        world_.random, [this]() -> const HostedApp& { return some_honest_node().app(); });
    if (!raw.empty()) world_.nodes[world_.random.below(world_.nodes.size())]->submit(raw);
}

Node& Cluster::some_honest_node() {
    while (true) {
        Node& node = *world_.nodes[world_.random.below(world_.nodes.size())];
        if (node.is_honest()) return node;
    }
}

// Faults -----------------------------------------------------------------------------------------

void Cluster::cut_off(const std::vector<bool>& side, bool both_ways) {
    ++world_.stats.partitions;
    const Micros length = world_.random.between(100 * kMs, 6'000 * kMs);
    std::vector<std::pair<std::size_t, std::size_t>> cut;
    for (std::size_t from = 0; from < side.size(); ++from)
        for (std::size_t to = 0; to < side.size(); ++to)
            if (side[from] != side[to] && (both_ways || side[from])) cut.emplace_back(from, to);
    for (const auto& [from, to] : cut) world_.network->cut(from, to);
    world_.scheduler.after(length, [this, cut] {
        if (world_.healed) return;
        for (const auto& [from, to] : cut) world_.network->mend(from, to);
    });
}

void Cluster::make_trouble() {
    Random& random = world_.random;
    const Chaos& chaos = world_.plan.chaos;
    Node& node = *world_.nodes[random.below(world_.nodes.size())];
    const Crash how = random.percent(70) ? Crash::power : Crash::kill;
    const Micros down_for = random.between(1, random.percent(80) ? 800 : 6'000) * kMs;
    std::vector<bool> half(world_.nodes.size());
    for (std::size_t i = 0; i < half.size(); ++i) half[i] = random.percent(50);
    std::vector<bool> lone(world_.nodes.size());
    lone[random.below(lone.size())] = true;
    if (random.per_mille(chaos.crash) && node.is_up()) {
        node.crash(how);
        node.restart_after(down_for);
    }
    if (random.per_mille(chaos.crash_at_effect))
        node.crash_at_effect(random.below(random.percent(50) ? 12 : 80), how, down_for);
    if (random.per_mille(chaos.disk_full)) {
        ++world_.stats.disk_full;
        node.crash_at_effect(random.below(80), Crash::kill, down_for);
    }
    if (random.per_mille(chaos.crash_all))
        for (const auto& one : world_.nodes) {
            if (!one->is_up()) continue;
            one->crash(how);
            one->restart_after(random.between(1, 800) * kMs);
        }
    if (random.per_mille(chaos.partition)) cut_off(half, true);
    if (random.per_mille(chaos.one_way)) cut_off(half, false);
    if (random.per_mille(chaos.isolate)) cut_off(lone, random.percent(60));
    if (random.per_mille(chaos.slow_peer))
        world_.network->set_slow(random.below(half.size()), random.percent(60));
    if (random.per_mille(chaos.clock_jump))
        node.jump_clock(static_cast<std::int64_t>(random.below(20'000)) - 10'000);
}

// Healing ----------------------------------------------------------------------------------------

std::uint64_t Cluster::highest() const {
    std::uint64_t out = 0;
    for (const auto& node : world_.nodes)
        if (node->is_honest()) out = std::max(out, node->height());
    return out;
}

void Cluster::heal() {
    world_.healed = true;
    world_.byzantine_quiet = !world_.plan.byzantine_after_heal;
    world_.network->mend_all();
    world_.network->set_faults(world_.plan.healed);
    for (const auto& node : world_.nodes) node->heal();
    goal_ = highest() + kMoreBlocks;
    std::uint64_t lowest = UINT64_MAX;
    for (std::size_t i = 0; i < world_.nodes.size(); ++i) {
        Node& node = *world_.nodes[i];
        if (!node.is_honest()) continue;
        lowest = std::min(lowest, node.height());
        round_at_heal_ = std::max(round_at_heal_, node.round());
        const Bytes probe = world_.stage->probe(i);
        probes_.push_back(sha256(probe));
        node.submit(probe);
    }
    lag_at_heal_ = highest() - lowest;
    world_.trace(0, [&] { return "HEALED; goal " + std::to_string(goal_); });
}

bool Cluster::is_done() const {
    if (!world_.healed) return false;
    for (const auto& node : world_.nodes)
        if (node->is_honest() && node->height() < goal_) return false;
    return std::all_of(probes_.begin(), probes_.end(),
                       [&](const Hash256& probe) { return world_.judge.has_tx(probe); });
}

// What the blocks may take with every timeout used up in every round that the Byzantine can spoil,
// and then some: progress must be certain, not quick.
Micros Cluster::patience() const {
    const ReplicaConfig& config = world_.plan.config;
    const Micros delay = world_.plan.healed.delay_high;
    const auto rounds = static_cast<Micros>(world_.plan.members.size()) + 6 +
                        4 * delay / (config.more_each_round_ms * kMs);
    const auto first = static_cast<Micros>(std::max(round_at_heal_, 0));
    const Micros a_round =
        (config.propose_ms + 2 * config.vote_ms + 3 * config.more_each_round_ms * rounds) * kMs +
        6 * delay;
    const Micros stuck = 3 * (first + rounds) * config.more_each_round_ms * kMs * (rounds + 1);
    const Micros a_height = rounds * a_round + config.empty_block_interval_ms * kMs;
    const Micros catching_up = lag_at_heal_ * (10 * config.status_ms * kMs + 20 * delay);
    return stuck + (3 * kMoreBlocks + probes_.size()) * a_height + catching_up;
}

void Cluster::look_at_rounds() {
    for (const auto& node : world_.nodes)
        if (node->is_honest())
            world_.stats.highest_round = std::max(world_.stats.highest_round, node->round());
}

}  // namespace assay::simulation
