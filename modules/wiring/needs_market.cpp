// What the market needs: minting for burned fees.
#include "modules/market/needs.hpp"
#include "modules/rewards/api.hpp"

namespace assay::market::needs {

void order_fee_burned(State& state, const BlockEnv&, std::uint64_t order, std::uint64_t submission,
                      const Address& contributor, const Address&, Amount burned) {
    rewards::fee_burned(
        state,
        {.order = order, .submission = submission, .contributor = contributor, .burned = burned});
}

void claw_back_rewards(State& state, const BlockEnv&, std::uint64_t submission) {
    rewards::claw_back(state, submission);
}

}  // namespace assay::market::needs
