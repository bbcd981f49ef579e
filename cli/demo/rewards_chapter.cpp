// Waits for the mint and claims.
#include "cli/demo/rewards_chapter.hpp"

#include "cli/terminal/units.hpp"
#include "modules/jurors/views.hpp"
#include "modules/rewards/messages.hpp"

namespace assay::cli {

Outcome<void> claim_rewards(const Chain& chain, Narrator& narrator, const Contributor& worker) {
    const auto before = ask(chain.rpc(), ModuleId::jurors, jurors::GetJurorTotals{});
    if (!before) return before.error();
    const auto ended =
        chain.until("the end of the epoch", std::chrono::seconds(600), [&]() -> Outcome<bool> {
            const auto now = ask(chain.rpc(), ModuleId::jurors, jurors::GetJurorTotals{});
            if (!now) return now.error();
            return now->epoch > before->epoch;
        });
    if (!ended) return ended.error();
    narrator.say("chain", "epoch " + std::to_string(before->epoch) + " ended");
    const auto claimed = worker.actor().send(
        ModuleId::rewards, rewards::ClaimVested{.submission = worker.submission()}, Amount(),
        "claims what has vested of the reward for submission " +
            std::to_string(worker.submission()));
    if (!claimed) return claimed.error();
    return {};
}

}  // namespace assay::cli
