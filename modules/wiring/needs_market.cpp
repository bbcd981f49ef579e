// What the market needs: minting for burned fees, and who else must hear of fraud.
#include "modules/beacon/api.hpp"
#include "modules/datasets/api.hpp"
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

}  // namespace assay::market::needs
