// Puts the market's groups of commands together.
#include "cli/commands/commands.hpp"

namespace assay::cli {

void add_market_commands(CommandTable& out) {
    out.group("items", "Hash a data set into the tree a submission commits to, and prove items");
    out.group("order", "Post, fund, cancel and look at data orders");
    out.group("submit", "Commit and reveal work on an order");
    out.group("relay", "Contribute without money, and send for those who do");
    out.group("audit", "Grade submissions as a drawn juror");
    out.group("dispute", "Challenge work and judge disputes");
    out.group("juror", "Stake to be drawn as a juror");
    out.group("stake", "Delegate stake to validators, and run one");
    out.group("gov", "Propose changes of the chain, vote on them, look at them");
    out.group("insurance", "Recover a part of what fraud cost a buyer");
    out.group("rewards", "Collect what was minted for accepted work");
    out.group("dataset", "Sell, buy and look at licences of data, and decide about consent");
    out.group("dataset licence", "Buy, list and pass on licences");
    out.group("dataset consent", "Decide which licences your work may count in");
    out.add(item_commands());
    out.add(order_commands());
    out.add(policy_commands());
    out.add(audit_commands());
    out.add(submit_commands());
    out.add(opening_commands());
    out.add(fraud_commands());
    out.add(relay_commands());
    out.add(dispute_commands());
    out.add(appeal_commands());
    out.add(juror_commands());
    out.add(stake_commands());
    out.add(validator_commands());
    out.add(governance_commands());
    out.add(reward_commands());
    out.add(reputation_commands());
    out.add(insurance_commands());
    out.add(dataset_commands());
    out.add(licence_commands());
    out.add(demo_commands());
}

}  // namespace assay::cli
