// The list of rows, and plays that many rows share.
#include "tests/economy/attack.hpp"

namespace assay::economy {

const std::vector<Attack>& attacks() {
    static const std::vector<Attack> all = [] {
        std::vector<Attack> out;
        for (const auto rows : {contributor_attacks, trade_attacks, fraud_attacks, dispute_attacks,
                                juror_attacks, bribe_attacks, beacon_attacks, spam_attacks,
                                tier_attacks, policy_attacks, audit_attacks, dataset_attacks})
            for (Attack& attack : rows()) out.push_back(std::move(attack));
        return out;
    }();
    return all;
}

double honest_work(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(items), items);
}

void watch(World& world, std::uint64_t submission) {
    const double share = world.conditions().params.market.audit_share_ppm / 1e6;
    if (world.random().happens(share)) (void)world.challenge(world.watcher(), submission);
}

}  // namespace assay::economy
