// What the market needs: the beacon, graders, minting and reputation for burned fees, rewards and
// stake as collateral, and who else must hear of fraud.
#include "modules/beacon/api.hpp"
#include "modules/datasets/api.hpp"
#include "modules/jurors/api.hpp"
#include "modules/market/needs.hpp"
#include "modules/reputation/api.hpp"
#include "modules/rewards/api.hpp"

namespace assay::market::needs {

void order_fee_burned(State& state, const BlockEnv& block, std::uint64_t order,
                      std::uint64_t submission, const Address& contributor, const Address& buyer,
                      Amount burned) {
    rewards::fee_burned(
        state,
        {.order = order, .submission = submission, .contributor = contributor, .burned = burned});
    reputation::fee_burned(state, block,
                           {.contributor = contributor, .buyer = buyer, .burned = burned});
}

void claw_back_rewards(State& state, const BlockEnv& block, std::uint64_t submission) {
    rewards::claw_back(state, submission);
    datasets::withdraw_submission(state, block, submission);
}

Hash256 beacon_value(const State& state) {
    return beacon::value(state);
}

std::vector<Address> draw_graders(const State& state, const DrawRequest& request) {
    return jurors::draw(state, {.seed = request.seed,
                                .seats = request.seats,
                                .lock = request.lock,
                                .excluded = request.excluded});
}

void lock_grader(State& state, const Address& grader, Amount amount) {
    jurors::lock(state, grader, amount, jurors::LockPurpose::audit);
}

void unlock_grader(State& state, const Address& grader, Amount amount) {
    jurors::unlock(state, grader, amount, jurors::LockPurpose::audit);
}

Amount penalise_grader(State& state, const Address& grader, Amount amount, const Address& to) {
    return jurors::penalise(state, grader, amount, to);
}

void suspend_grader(State& state, const Address& grader) {
    jurors::suspend(state, grader);
}

void pay_grader(State& state, const Address& from, const Address& grader, Amount amount) {
    jurors::pay(state, from, grader, amount);
}

Amount locked_grading(const State& state, const Address& grader) {
    return jurors::locked_stake(state, grader, jurors::LockPurpose::audit);
}

Amount total_locked_grading(const State& state) {
    return jurors::total_locked(state, jurors::LockPurpose::audit);
}

std::uint8_t tier_of(const State& state, const BlockEnv& block, const Address& account) {
    return reputation::tier_of(state, block, account);
}

std::uint64_t current_epoch(const State& state) {
    return rewards::current_epoch(state);
}

std::uint32_t mint_share_ppm(const State& state) {
    return rewards::mint_share_ppm(state);
}

Amount pledgeable_reward(const State& state, const BlockEnv& block, std::uint64_t submission,
                         const Address& owner) {
    return rewards::pledgeable(state, block, submission, owner);
}

void pledge_reward(State& state, std::uint64_t submission, Amount amount) {
    rewards::pledge(state, submission, amount);
}

void return_reward(State& state, std::uint64_t submission, Amount amount) {
    rewards::return_pledge(state, submission, amount);
}

void seize_reward(State& state, std::uint64_t submission, Amount amount, const Address& to) {
    rewards::seize_pledge(state, submission, amount, to);
}

Amount pledged_reward(const State& state, std::uint64_t submission) {
    return rewards::pledged(state, submission);
}

Amount pledgeable_stake(const State& state, const Address& account) {
    return jurors::pledgeable(state, account);
}

void pledge_stake(State& state, const Address& account, Amount amount) {
    jurors::pledge(state, account, amount);
}

void return_stake(State& state, const Address& account, Amount amount) {
    jurors::return_pledge(state, account, amount);
}

void seize_stake(State& state, const Address& account, Amount amount, const Address& to) {
    jurors::seize_pledge(state, account, amount, to);
}

Amount pledged_stake(const State& state, const Address& account) {
    return jurors::pledged(state, account);
}

Amount total_pledged_stake(const State& state) {
    return jurors::total_pledged(state);
}

void work_rejected(State& state, const Address& contributor) {
    reputation::work_rejected(state, contributor);
}

void fraud_shown(State& state, const Address& contributor) {
    reputation::fraud_shown(state, contributor);
}

}  // namespace assay::market::needs
