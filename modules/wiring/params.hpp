// Owns the modules' parameters as genesis carries them.
#pragma once

#include "chain/state/state.hpp"
#include "modules/disputes/params.hpp"
#include "modules/jurors/params.hpp"
#include "modules/market/params.hpp"
#include "modules/rewards/params.hpp"

namespace assay {

struct ModuleParams {
    market::Params market;
    disputes::Params disputes;
    jurors::Params jurors;
    rewards::Params rewards;
};
BOOST_DESCRIBE_STRUCT(ModuleParams, (), (market, disputes, jurors, rewards))

// Every module's own rules and the rules between modules.
Result<void> validate(const ModuleParams& params);
// Windows of a few seconds, for one machine.
ModuleParams devnet_params();
// Writes the modules' genesis records.
void init_modules(State& state, const ModuleParams& params, std::uint64_t genesis_time_s);

}  // namespace assay
