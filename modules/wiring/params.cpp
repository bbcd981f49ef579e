// Gathers the modules' parameters.
#include "modules/wiring/params.hpp"

#include "modules/beacon/beacon.hpp"

namespace assay {

Result<void> validate(const ModuleParams& params) {
    if (auto good = jurors::validate(params.jurors); !good) return good;
    return rewards::validate(params.rewards);
}

ModuleParams devnet_params() {
    return {.jurors = jurors::devnet_params(), .rewards = rewards::devnet_params()};
}

void init_modules(State& state, const ModuleParams& params, std::uint64_t genesis_time_s) {
    beacon::init(state, genesis_time_s);
    jurors::init(state, params.jurors);
    rewards::init(state, params.rewards, genesis_time_s);
}

}  // namespace assay
