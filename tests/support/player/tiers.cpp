// Work at a tier, with pledges, and what insurance pays.
#include "modules/jurors/views.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/insurance.hpp"
#include "modules/reputation/views.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

struct Planned {
    ItemWork work;
    std::uint8_t tier = 0;
};

// One item of new work, at a tier that its author reached, mostly.
Planned planned(Stage& stage) {
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == market::OrderState::open && stage.now_s() < each.deadline_s &&
               each.policy == market::Policy::optimistic &&
               each.items_reserved + each.items_accepted < each.item_quota;
    });
    Planned out{.work = {.order = order,
                         .contributor = stage.anybody(),
                         .contents = {stage.choices.byte() * 8U},
                         .salt = stage.hash()}};
    const auto reached = stage.chain.ask(reputation::TierOf{.account = out.work.contributor});
    out.tier = static_cast<std::uint8_t>(stage.choices.one_in(12)
                                             ? stage.choices.below(7)
                                             : stage.choices.below((reached ? *reached : 0U) + 1U));
    stage.works.insert_or_assign(out.work.commit().commitment, out.work);
    return out;
}

// Of somebody's submissions, the newest that fits.
template <class Fits>
std::vector<std::uint64_t> one_of(Stage& stage, const Address& who, const Fits& fits) {
    const std::uint64_t last = stage.state().get_or_default(market::kCounters, {}).submissions;
    for (std::uint64_t id = last; id > 0 && id + 60 > last; --id) {
        const auto each = stage.state().must_get(market::kSubmissions, id);
        if (each.contributor == who && fits(each)) return {id};
    }
    return {};
}

}  // namespace

void commit_at_tier(Stage& stage) {
    const Planned plan = planned(stage);
    const auto message = plan.work.commit();
    const auto quote = stage.chain.ask(market::QuoteCommitAtTier{
        .order = message.order, .item_count = message.item_count, .tier = plan.tier});
    stage.send(plan.work.contributor, ModuleId::market,
               market::CommitAtTier{.order = message.order,
                                    .item_count = message.item_count,
                                    .commitment = message.commitment,
                                    .tier = plan.tier},
               stage.nearly(quote));
}

void commit_pledged(Stage& stage) {
    const Planned plan = planned(stage);
    const Address& who = plan.work.contributor;
    const auto committed = plan.work.commit();
    market::CommitPledged message{.order = committed.order,
                                  .item_count = committed.item_count,
                                  .commitment = committed.commitment,
                                  .tier = plan.tier};
    const auto accepted = [](const market::Submission& each) {
        return each.state == market::SubmissionState::accepted;
    };
    if (stage.choices.below(2) == 0)
        message.holdbacks = one_of(stage, who, [&](const market::Submission& each) {
            return accepted(each) && each.holdback > each.holdback_pledged;
        });
    if (stage.choices.below(2) == 0) message.rewards = one_of(stage, who, accepted);
    const auto juror = stage.chain.ask(jurors::GetJuror{.account = who});
    if (juror && juror->stake > juror->locked && stage.choices.below(2) == 0)
        message.stake = stage.thousandths(40);
    const auto quote = stage.chain.ask(market::QuoteCommitPledged{.order = message.order,
                                                                  .item_count = message.item_count,
                                                                  .tier = message.tier,
                                                                  .rewards = message.rewards,
                                                                  .holdbacks = message.holdbacks,
                                                                  .stake = message.stake,
                                                                  .contributor = who});
    stage.send(who, ModuleId::market, message, stage.nearly(quote));
}

void claim_insurance(Stage& stage) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [](const market::Submission& each) {
            return each.state == market::SubmissionState::clawed_back;
        },
        60);
    const auto record = stage.state().get(market::kSubmissions, id);
    if (!record) return;
    stage.send(stage.mostly(stage.buyer_of(record->order)), ModuleId::market,
               market::ClaimInsurance{.submission = id});
}

}  // namespace assay::test
