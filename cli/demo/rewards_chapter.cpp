// Waits for the mint and claims.
#include "cli/demo/rewards_chapter.hpp"

#include "cli/terminal/units.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"

namespace assay::cli {

namespace {

std::string minted_in(const rewards::Epoch& epoch) {
    const Amount work = sum_of(sum_of(epoch.contributors, epoch.jurors), epoch.treasury);
    return "epoch " + std::to_string(epoch.number) + ": order fees of " +
           show_money(epoch.burned_fees) + " were burned, " + show_money(work) +
           " are minted for work: " + show_money(epoch.contributors) + " to contributors, " +
           show_money(epoch.jurors) + " to jurors, " + show_money(epoch.treasury) +
           " to the treasury";
}

}  // namespace

Outcome<void> claim_rewards(const Chain& chain, Narrator& narrator, const Contributor& worker) {
    const rewards::GetReward question{.submission = worker.submission()};
    rewards::Reward reward;
    const auto ended =
        chain.until("the end of the epoch", std::chrono::seconds(600), [&]() -> Outcome<bool> {
            const auto now = ask(chain.rpc(), ModuleId::rewards, question);
            if (!now) return now.error();
            reward = *now;
            return now->epoch_ended;
        });
    if (!ended) return ended.error();
    const auto epoch =
        ask(chain.rpc(), ModuleId::rewards, rewards::GetEpoch{.number = reward.grant.epoch});
    if (!epoch) return epoch.error();
    narrator.say("chain", minted_in(*epoch));
    const auto claimed = worker.actor().send(
        ModuleId::rewards, rewards::ClaimVested{.submission = worker.submission()}, Amount(),
        "claims what has vested of " + show_money(reward.granted) + " minted for submission " +
            std::to_string(worker.submission()));
    if (!claimed) return claimed.error();
    const auto after = ask(chain.rpc(), ModuleId::rewards, question);
    if (!after) return after.error();
    worker.actor().say("received " + show_money(after->grant.released) + "; the rest vests until " +
                       show_time(after->vesting_ends_s));
    return {};
}

}  // namespace assay::cli
