// Stake of jurors, and what work was minted.
#include "modules/jurors/messages.hpp"
#include "modules/jurors/objects.hpp"
#include "modules/rewards/grants.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/objects.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

void hire_jurors(Stage& stage) {
    for (std::uint8_t i = 2; i < kActors; ++i)
        stage.send(actor(i), ModuleId::jurors, jurors::StakeJuror{}, Amount(kTokenUnits * 15));
    const auto due = stage.state().first(kDeadlines);
    end_block_after(stage, due->first.time_s - stage.now_s());
}

void stake_juror(Stage& stage) {
    stage.send(stage.anybody(), ModuleId::jurors, jurors::StakeJuror{},
               stage.choices.one_in(6) ? stage.amount()
                                       : Amount(kTokenUnits * (10 + stage.choices.below(5))));
}

void unstake_juror(Stage& stage) {
    const Address who = stage.anybody();
    const auto juror = stage.state().get(jurors::kJurors, who);
    Amount amount = stage.thousandths(250);
    if (juror) {
        const Amount free = checked_sub(juror->stake, juror->locked).value_or(Amount{});
        switch (stage.choices.below(4)) {
            case 0: amount = stage.nearly(juror->stake); break;
            case 1: amount = stage.nearly(free); break;
            case 2: amount = stage.amount(); break;
            default: break;
        }
    }
    stage.send(who, ModuleId::jurors, jurors::UnstakeJuror{.amount = amount});
}

void claim_vested(Stage& stage) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            const auto open = rewards::open_grant(stage.state(), each.id);
            if (!open || open->grant.fraud) return false;
            const Amount granted = rewards::grant_size(open->epoch, open->grant);
            return rewards::payable_of(open->epoch, open->grant, granted, stage.now_s()) >
                   open->grant.released;
        },
        40);
    stage.send(stage.anybody(), ModuleId::rewards, rewards::ClaimVested{.submission = id});
}

}  // namespace assay::test
