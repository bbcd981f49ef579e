// Owns the modules' parameters as genesis carries them.
#pragma once

#include "chain/crypto/ecvrf.hpp"
#include "chain/exec/gas.hpp"
#include "chain/state/state.hpp"
#include "modules/beacon/params.hpp"
#include "modules/disputes/params.hpp"
#include "modules/governance/params.hpp"
#include "modules/jurors/params.hpp"
#include "modules/market/params.hpp"
#include "modules/reputation/params.hpp"
#include "modules/rewards/params.hpp"
#include "modules/staking/params.hpp"

namespace assay {

struct ModuleParams {
    market::Params market;
    disputes::Params disputes;
    jurors::Params jurors;
    rewards::Params rewards;
    beacon::Params beacon;
    staking::Params staking;
    governance::Params governance;
    reputation::Params reputation;
};
BOOST_DESCRIBE_STRUCT(ModuleParams, (),
                      (market, disputes, jurors, rewards, beacon, staking, governance, reputation))

// Every module's own rules and the rules between modules.
Result<void> validate(const ModuleParams& params);
Result<void> validate(const FeeParams& fees);
// Windows of a few seconds, for one machine.
ModuleParams devnet_params();
// Writes the modules' genesis records.
void init_modules(State& state, const ModuleParams& params, std::uint64_t genesis_time_s);
// A validator of the first set, with its operator's stake. After init_modules().
void init_validator(State& state, const FixedBytes<33>& public_key, std::uint64_t power,
                    const Address& operator_account);
// A validator's key of block proofs, valid from block 1. After init_modules().
void init_vrf_key(State& state, const FixedBytes<20>& validator, const ecvrf::PublicKey& key);

}  // namespace assay
