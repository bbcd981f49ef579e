// Owns the list of what actors do, by module. Each act sends a message, or a few, that would mostly
// be accepted by somebody who looks; some have one thing wrong, some everything.
#pragma once

#include "modules/market/answers.hpp"
#include "modules/market/openings.hpp"
#include "tests/support/player/stage.hpp"

namespace assay::test {

// The end of a block and what consensus says with the next one: who proposes, who signed, who lied.
void end_block(Stage& stage);
// The same, at a time of one's own.
void end_block_after(Stage& stage, std::uint64_t later_s);

// orders.cpp
void post_order(Stage& stage);
void fund_order(Stage& stage);
void cancel_order(Stage& stage);
void sponsor_order(Stage& stage);
// work.cpp
void commit_work(Stage& stage);
void commit_unbonded(Stage& stage);
void reveal_work(Stage& stage);
void settle(Stage& stage);
// batches.cpp
void post_gold(Stage& stage);
void post_redundant(Stage& stage);
void commit_batch(Stage& stage);
void reveal_batch(Stage& stage);
void open_gold(Stage& stage);
void answer_items(Stage& stage);
void contest(Stage& stage);
// What somebody without money would sign, mostly.
std::optional<std::pair<Address, market::CommitBatch>> sponsored_batch(Stage& stage);
std::optional<std::pair<BatchWork, market::RevealSubmission>> sponsored_batch_reveal(Stage& stage);
std::optional<std::pair<Address, market::AnswerItems>> sponsored_answers(Stage& stage);
// audits.cpp
void post_audited(Stage& stage);
void audit_commit(Stage& stage);
void audit_reveal(Stage& stage);
// tiers.cpp
void commit_at_tier(Stage& stage);
void commit_pledged(Stage& stage);
void claim_insurance(Stage& stage);
// openings.cpp
void ask_for_items(Stage& stage);
void show_items(Stage& stage);
// What the newest request wants, mostly.
std::optional<std::pair<ItemWork, market::OpenItems>> answer_of(Stage& stage);
// fraud.cpp
// That arithmetic could show something wrong with the work, and it is not too late.
bool is_fraud(const Stage& stage, const market::Submission& submission);
void find_fraud(Stage& stage);
void prove_fraud(Stage& stage);
// panels.cpp
void challenge(Stage& stage);
void appeal(Stage& stage);
void join(Stage& stage);
void vote_all(Stage& stage);
void vote_once(Stage& stage);
// bank.cpp
void transfer(Stage& stage);
void ask_allowance(Stage& stage);
void noise(Stage& stage);
// jurors.cpp
void hire_jurors(Stage& stage);
void stake_juror(Stage& stage);
void unstake_juror(Stage& stage);
void claim_vested(Stage& stage);
// staking.cpp
void bond(Stage& stage);
void delegate(Stage& stage);
void unbond(Stage& stage);
void redelegate(Stage& stage);
void withdraw_rewards(Stage& stage);
void unjail(Stage& stage);
void edit_validator(Stage& stage);
void register_vrf_key(Stage& stage);
// datasets.cpp
void register_dataset(Stage& stage);
void derive_dataset(Stage& stage);
void edit_dataset(Stage& stage);
void buy_licence(Stage& stage);
void transfer_licence(Stage& stage);
void change_consent(Stage& stage);
void set_standing_consent(Stage& stage);
void claim_royalties(Stage& stage);
// governance.cpp
void propose_params(Stage& stage);
void propose_grant(Stage& stage);
void propose_upgrade(Stage& stage);
void vote_on_proposal(Stage& stage);
void execute_proposal(Stage& stage);
// relay.cpp
void relay_intent(Stage& stage);

}  // namespace assay::test
