// Owns what the staking commands ask the chain, and how validators are named on the command line.
#pragma once

#include "cli/client/ask.hpp"
#include "cli/commands/present.hpp"
#include "modules/staking/views.hpp"

namespace assay::cli {

// An address in hex, with or without 0x, in any case: as nodes and this program print it.
Outcome<staking::Consensus> validator_named(const Arguments& arguments, const std::string& name);
// An amount, or "all": what the account has at the validator.
Outcome<Amount> stake_amount(const Arguments& arguments, const RpcClient& rpc,
                             const Address& account, const staking::Consensus& validator);

Outcome<std::vector<staking::ValidatorStatus>> all_validators(const RpcClient& rpc);
Outcome<std::vector<staking::DelegationStatus>> delegations_of(const RpcClient& rpc,
                                                               const Address& account);
Outcome<staking::ValidatorStatus> status_of(const RpcClient& rpc,
                                            const staking::Consensus& validator);
Outcome<staking::Params> staking_params(const RpcClient& rpc);

inline Positional validator_positional() {
    return {"VALIDATOR", "its address, as \"assay stake validators\" shows it"};
}

}  // namespace assay::cli
