// What the market needs: minting for burned fees, who else must hear of fraud, the beacon, graders.
#include "modules/beacon/api.hpp"
#include "modules/datasets/api.hpp"
#include "modules/jurors/api.hpp"
#include "modules/market/needs.hpp"
#include "modules/rewards/api.hpp"

namespace assay::market::needs {

void order_fee_burned(State& state, const BlockEnv&, std::uint64_t order, std::uint64_t submission,
                      const Address& contributor, const Address&, Amount burned) {
    rewards::fee_burned(
        state,
        {.order = order, .submission = submission, .contributor = contributor, .burned = burned});
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

}  // namespace assay::market::needs
