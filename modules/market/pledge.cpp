// How pledges are taken, returned and seized.
#include "modules/market/pledge.hpp"

#include <map>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/events.hpp"
#include "modules/market/needs.hpp"

namespace assay::market {

namespace {

Amount sum_of_sources(const std::vector<PledgedSource>& sources) {
    Amount out;
    for (const PledgedSource& each : sources) out = sum_of(out, each.amount);
    return out;
}

Amount pledgeable_holdback(const State& state, std::uint64_t id, const Address& owner) {
    const auto source = state.get(kSubmissions, id);
    if (!source || source->contributor != owner) return {};
    return source->state == SubmissionState::accepted ? source->holdback : Amount{};
}

TxCode refuse_sources(const std::vector<std::uint64_t>& sources) {
    if (sources.size() > kMaxSources) return TxCode::count_too_large;
    for (std::size_t i = 1; i < sources.size(); ++i)
        if (sources[i] <= sources[i - 1]) return TxCode::indices_not_ascending;
    return TxCode::ok;
}

// Takes of each source what it has and is still needed.
template <class Available>
TxCode plan_sources(const std::vector<std::uint64_t>& offered, const Available& available,
                    std::vector<PledgedSource>& out, Amount& rest) {
    for (const std::uint64_t id : offered) {
        if (rest.is_zero()) return TxCode::pledge_not_needed;
        const Amount part = min_of(rest, available(id));
        if (part.is_zero()) return TxCode::nothing_to_pledge;
        out.push_back({.submission = id, .amount = part});
        rest = difference_of(rest, part);
    }
    return TxCode::ok;
}

// A part of a holdback leaves its pledge. The money still lies in the pool of pledges.
Submission lower_holdback(State& state, const PledgedSource& part) {
    Submission source = state.must_get(kSubmissions, part.submission);
    source.holdback_pledged = difference_of(source.holdback_pledged, part.amount);
    state.put(kSubmissions, source.id, source);
    return source;
}

void forget_prover(State& state, const Submission& source) {
    if (source.state == SubmissionState::clawed_back && source.holdback_pledged.is_zero())
        state.erase(kClawBackProvers, source.id);
}

void return_holdback(State& state, const PledgedSource& part) {
    Submission source = lower_holdback(state, part);
    if (source.state == SubmissionState::accepted) {
        source.holdback = sum_of(source.holdback, part.amount);
        state.put(kSubmissions, source.id, source);
        ledger::move(state, pool::kPledges, pool::kHoldback, part.amount);
    } else if (source.state == SubmissionState::finalized) {
        ledger::move(state, pool::kPledges, source.contributor, part.amount);
        emit(
            state, ModuleId::market,
            HoldbackReleased{
                .submission = source.id, .contributor = source.contributor, .amount = part.amount});
    } else {
        CHECK(source.state == SubmissionState::clawed_back);
        const Order order = state.must_get(kOrders, source.order);
        const Amount reward = ppm_floor(part.amount, order.terms.slash_split.challenger_ppm);
        ledger::move(state, pool::kPledges, state.must_get(kClawBackProvers, source.id), reward);
        ledger::move(state, pool::kPledges, order.buyer, difference_of(part.amount, reward));
        forget_prover(state, source);
    }
}

void announce_end(State& state, const Submission& submission, bool seized) {
    emit(state, ModuleId::market,
         PledgesEnded{.submission = submission.id,
                      .contributor = submission.contributor,
                      .amount = submission.pledged,
                      .seized = seized});
}

}  // namespace

TxCode refuse_offer(const Offer& offer) {
    if (offer.rewards.empty() && offer.holdbacks.empty() && offer.stake.is_zero())
        return TxCode::count_zero;
    if (const auto code = refuse_sources(offer.rewards); code != TxCode::ok) return code;
    return refuse_sources(offer.holdbacks);
}

boost::system::result<PledgePlan, TxCode> plan_pledges(const State& state, const BlockEnv& block,
                                                       const Address& contributor,
                                                       Amount collateral, const Offer& offer) {
    PledgePlan out{.pledges = {}, .rest = collateral};
    const auto reward = [&](std::uint64_t id) {
        return needs::pledgeable_reward(state, block, id, contributor);
    };
    const auto holdback = [&](std::uint64_t id) {
        return pledgeable_holdback(state, id, contributor);
    };
    if (const auto code = plan_sources(offer.rewards, reward, out.pledges.rewards, out.rest);
        code != TxCode::ok)
        return code;
    if (const auto code = plan_sources(offer.holdbacks, holdback, out.pledges.holdbacks, out.rest);
        code != TxCode::ok)
        return code;
    if (offer.stake.is_zero()) return out;
    if (out.rest.is_zero()) return TxCode::pledge_not_needed;
    out.pledges.stake = min_of(out.rest, offer.stake);
    if (needs::pledgeable_stake(state, contributor) < out.pledges.stake)
        return TxCode::stake_locked;
    out.rest = difference_of(out.rest, out.pledges.stake);
    return out;
}

Amount total_of(const Pledges& pledges) {
    return sum_of(sum_of(sum_of_sources(pledges.rewards), sum_of_sources(pledges.holdbacks)),
                  pledges.stake);
}

void take_pledges(State& state, std::uint64_t submission, const Address& contributor,
                  const Pledges& pledges) {
    for (const PledgedSource& each : pledges.rewards)
        needs::pledge_reward(state, each.submission, each.amount);
    for (const PledgedSource& each : pledges.holdbacks) {
        Submission source = state.must_get(kSubmissions, each.submission);
        source.holdback = difference_of(source.holdback, each.amount);
        source.holdback_pledged = sum_of(source.holdback_pledged, each.amount);
        state.put(kSubmissions, source.id, source);
        ledger::move(state, pool::kHoldback, pool::kPledges, each.amount);
    }
    if (!pledges.stake.is_zero()) needs::pledge_stake(state, contributor, pledges.stake);
    state.put(kPledges, submission, pledges);
    emit(state, ModuleId::market,
         CollateralPledged{.submission = submission,
                           .contributor = contributor,
                           .rewards = sum_of_sources(pledges.rewards),
                           .holdbacks = sum_of_sources(pledges.holdbacks),
                           .stake = pledges.stake});
}

void return_pledges(State& state, Submission& submission) {
    if (submission.pledged.is_zero()) return;
    const Pledges pledges = state.must_get(kPledges, submission.id);
    for (const PledgedSource& each : pledges.rewards)
        needs::return_reward(state, each.submission, each.amount);
    for (const PledgedSource& each : pledges.holdbacks) return_holdback(state, each);
    if (!pledges.stake.is_zero()) needs::return_stake(state, submission.contributor, pledges.stake);
    state.erase(kPledges, submission.id);
    announce_end(state, submission, false);
    submission.pledged = {};
}

void seize_pledges(State& state, Submission& submission) {
    if (submission.pledged.is_zero()) return;
    const Address& bonds = pool::kContributorBonds;
    const Pledges pledges = state.must_get(kPledges, submission.id);
    for (const PledgedSource& each : pledges.rewards)
        needs::seize_reward(state, each.submission, each.amount, bonds);
    for (const PledgedSource& each : pledges.holdbacks) {
        forget_prover(state, lower_holdback(state, each));
        ledger::move(state, pool::kPledges, bonds, each.amount);
    }
    if (!pledges.stake.is_zero())
        needs::seize_stake(state, submission.contributor, pledges.stake, bonds);
    state.erase(kPledges, submission.id);
    announce_end(state, submission, true);
    submission.bond = sum_of(submission.bond, submission.pledged);
    submission.pledged = {};
}

void check_pledges(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    const auto expect = [&](bool holds, std::uint64_t id, const char* what) {
        if (!holds)
            failures.push_back(
                {.rule = "5 pledges", .what = "submission " + std::to_string(id) + ": " + what});
    };
    std::map<std::uint64_t, Amount> rewards;
    std::map<std::uint64_t, Amount> holdbacks;
    std::map<Address, Amount> stakes;
    Amount pooled;
    Amount staked;
    const auto add = [](Amount& to, Amount amount) { to = sum_of(to, amount); };
    state.scan(kPledges, [&](std::uint64_t id, const Pledges& pledges) {
        const Submission submission = state.must_get(kSubmissions, id);
        expect(submission.pledged == total_of(pledges) && !submission.pledged.is_zero(), id,
               "its pledges are not what it says");
        for (const auto& each : pledges.rewards) add(rewards[each.submission], each.amount);
        for (const auto& each : pledges.holdbacks) add(holdbacks[each.submission], each.amount);
        add(stakes[submission.contributor], pledges.stake);
        add(staked, pledges.stake);
        add(pooled, difference_of(total_of(pledges), pledges.stake));
    });
    state.scan(kSubmissions, [&](std::uint64_t id, const Submission& each) {
        expect(each.pledged.is_zero() || state.contains(kPledges, id), id,
               "says that something is pledged");
        expect(each.holdback_pledged == holdbacks[id], id, "its holdback is pledged otherwise");
        expect(needs::pledged_reward(state, id) == rewards[id], id,
               "its reward is pledged otherwise");
        const bool prover =
            each.state == SubmissionState::clawed_back && !each.holdback_pledged.is_zero();
        expect(prover == state.contains(kClawBackProvers, id), id,
               "a prover waits for nothing, or is forgotten");
        expect(needs::pledged_stake(state, each.contributor) == stakes[each.contributor], id,
               "its contributor's stake is pledged otherwise");
    });
    expect(needs::total_pledged_stake(state) == staked, 0, "stake is pledged for nothing");
    expect(ledger::balance(state, pool::kPledges) == pooled, 0,
           "the pool of pledges holds something else");
}

}  // namespace assay::market
