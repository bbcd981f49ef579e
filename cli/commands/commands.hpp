// Owns the list of all commands; each function below gives one group of them.
#pragma once

#include "cli/terminal/command.hpp"

namespace assay::cli {

std::vector<Command> key_commands();
std::vector<Command> item_commands();
std::vector<Command> transfer_commands();
std::vector<Command> order_commands();
std::vector<Command> policy_commands();
std::vector<Command> audit_commands();
std::vector<Command> submit_commands();
std::vector<Command> opening_commands();
std::vector<Command> fraud_commands();
std::vector<Command> relay_commands();
std::vector<Command> dispute_commands();
std::vector<Command> appeal_commands();
std::vector<Command> juror_commands();
std::vector<Command> stake_commands();
std::vector<Command> validator_commands();
std::vector<Command> dataset_commands();
Command register_dataset_command();
// Licences and consents of datasets.
std::vector<Command> licence_commands();
std::vector<Command> governance_commands();
std::vector<Command> tx_commands();
std::vector<Command> query_commands();
std::vector<Command> proof_commands();
std::vector<Command> abi_commands();
std::vector<Command> reward_commands();
std::vector<Command> reputation_commands();
std::vector<Command> insurance_commands();
std::vector<Command> demo_commands();

// The groups of everything that the modules offer, and the demo.
void add_market_commands(CommandTable& out);
// The whole program.
CommandTable all_commands();

}  // namespace assay::cli
