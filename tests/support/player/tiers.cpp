// Work at a tier, with pledges, and what insurance pays.
#include "modules/jurors/views.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/insurance.hpp"
#include "modules/reputation/views.hpp"
#include "modules/rewards/api.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"
#include "tests/support/pledged_quote.hpp"

namespace assay::test {

namespace {

constexpr std::uint64_t kReach = 60;

struct Planned {
    ItemWork work;
    std::uint8_t tier = 0;
};

// New work of few items, at a tier that its author reached, mostly.
Planned planned(Stage& stage, const Address& who) {
    Choices& choices = stage.choices;
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == market::OrderState::open && stage.now_s() < each.deadline_s &&
               each.buyer != who && !stage.state().contains(market::kBatchTerms, each.id) &&
               each.contributor_cap == 0 &&
               each.items_reserved + each.items_accepted < each.item_quota;
    });
    const auto record = stage.state().get(market::kOrders, order);
    const std::uint64_t left =
        record ? record->item_quota - record->items_reserved - record->items_accepted : 1;
    Planned out{.work = {.order = order, .contributor = who, .contents = {}, .salt = stage.hash()}};
    const std::uint32_t count = 1 + choices.below(4);
    const std::uint32_t first = choices.byte();
    for (std::uint32_t i = 0; i < count && i < std::max<std::uint64_t>(left, 1); ++i)
        out.work.contents.push_back(choices.one_in(12) ? 1 : first * 8 + i);
    out.work.misplaced = choices.one_in(8);
    const auto reached = stage.chain.ask(reputation::TierOf{.account = who});
    out.tier = static_cast<std::uint8_t>(
        choices.one_in(24) ? choices.below(7) : choices.below((reached ? *reached : 0U) + 1U));
    stage.works.insert_or_assign(out.work.commit().commitment, out.work);
    return out;
}

// The newest submissions that fit, at most `most` of them, ascending.
template <class Fits>
std::vector<std::uint64_t> newest(const Stage& stage, std::size_t most, const Fits& fits) {
    std::vector<std::uint64_t> out;
    const std::uint64_t last = stage.state().get_or_default(market::kCounters, {}).submissions;
    for (std::uint64_t id = last; id > 0 && id + kReach > last && out.size() < most; --id)
        if (fits(stage.state().must_get(market::kSubmissions, id))) out.push_back(id);
    std::ranges::reverse(out);
    return out;
}

bool has_reward(const Stage& stage, const market::Submission& each) {
    return !rewards::pledgeable(stage.state(), stage.chain.block(), each.id, each.contributor)
                .is_zero();
}

bool has_holdback(const market::Submission& each) {
    return each.state == market::SubmissionState::accepted && !each.holdback.is_zero();
}

// Somebody who has something to pledge, mostly; of `guilty` ones what fraud may take away.
Address pledger(Stage& stage, bool guilty) {
    const Address any = stage.anybody();
    const auto rich = newest(stage, 12, [&](const market::Submission& each) {
        if (guilty) return has_holdback(each) && is_fraud(stage, each);
        return has_holdback(each) || has_reward(stage, each);
    });
    if (rich.empty() || stage.choices.below(4) == 0) return any;
    return stage.state().must_get(market::kSubmissions, stage.choices.of(rich)).contributor;
}

// Of each kind of thing that can be pledged something or nothing.
void offer(Stage& stage, const Address& who, bool guilty, market::CommitPledged& message) {
    Choices& choices = stage.choices;
    if (guilty || choices.below(2) == 0)
        message.holdbacks =
            newest(stage, 1 + choices.below(2), [&](const market::Submission& each) {
                return each.contributor == who && has_holdback(each) &&
                       (!guilty || is_fraud(stage, each));
            });
    if (choices.below(2) == 0)
        message.rewards = newest(stage, 1 + choices.below(2), [&](const market::Submission& each) {
            return each.contributor == who && has_reward(stage, each);
        });
    const auto juror = stage.chain.ask(jurors::GetJuror{.account = who});
    const bool stands = juror && juror->stake > sum_of(juror->locked, juror->pledged);
    const bool nothing = message.holdbacks.empty() && message.rewards.empty();
    if (stands && (nothing || choices.below(3) == 0)) message.stake = stage.thousandths(40);
}

}  // namespace

void commit_at_tier(Stage& stage) {
    const Planned plan = planned(stage, stage.anybody());
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
    const bool guilty = stage.choices.below(3) == 0;
    const Planned plan = planned(stage, pledger(stage, guilty));
    const Address& who = plan.work.contributor;
    const auto committed = plan.work.commit();
    market::CommitPledged message{.order = committed.order,
                                  .item_count = committed.item_count,
                                  .commitment = committed.commitment,
                                  .tier = plan.tier};
    offer(stage, who, guilty, message);
    if (message.rewards.empty() && message.holdbacks.empty() && message.stake.is_zero() &&
        !stage.choices.one_in(24))
        return;
    const auto quote = stage.chain.ask(quote_of(message, who));
    if (stage.send(who, ModuleId::market, message, stage.nearly(quote)) != TxCode::ok) return;
    if (!message.rewards.empty()) ++stage.reached["pledged: rewards"];
    if (!message.holdbacks.empty()) ++stage.reached["pledged: holdbacks"];
    if (!message.stake.is_zero()) ++stage.reached["pledged: stake"];
}

void claim_insurance(Stage& stage) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            const auto loss = stage.state().get(market::kLosses, each.id);
            return loss && !loss->claimed && stage.now_s() < loss->claim_by_s;
        },
        kReach);
    const auto loss = stage.state().get(market::kLosses, id);
    if (!loss && stage.choices.below(3) != 0) return;
    const Address who = stage.mostly(loss ? loss->buyer : stage.buyer_of(stage.choices.below(4)));
    const Amount due = loss ? insured_claim(stage.state(), id) : Amount{};
    market::ClaimInsurance message{.submission = id};
    if (stage.choices.below(4) == 0) message.least = stage.nearly(due);
    const Amount held = stage.chain.balance(who);
    if (stage.send(who, ModuleId::market, message) != TxCode::ok) return;
    stage.expect(stage.gained(who, held, due) && message.least <= due, "terms of insurance",
                 "a claim brought something else than " + to_string(due));
    ++stage.reached[due < loss->loss ? "insurance: paid in part" : "insurance: paid"];
}

}  // namespace assay::test
