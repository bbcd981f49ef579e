// Owns what the market needs from other modules; modules/wiring defines these functions.
#pragma once

#include <cstdint>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::market::needs {

// An accepted submission's order fee was split and `burned` of it destroyed: rewards attribute
// their mint to it, and the contributor's reputation grows. Called once a submission, after all its
// records are written.
void order_fee_burned(State& state, const BlockEnv& block, std::uint64_t order,
                      std::uint64_t submission, const Address& contributor, const Address& buyer,
                      Amount burned);

// Fraud was proven after acceptance: whatever was minted for the submission and is not yet released
// is burned, and datasets that it is in stop to count it.
void claw_back_rewards(State& state, const BlockEnv& block, std::uint64_t submission);

// The beacon's value of the block being executed: unknown before the block was made.
Hash256 beacon_value(const State& state);
// The tier that the account may work at: 0..4.
std::uint8_t tier_of(const State& state, const BlockEnv& block, const Address& account);

// The number of the epoch that runs; never falls.
std::uint64_t current_epoch(const State& state);
// mu of the epoch that runs: at most this share of a fee burned now is ever minted for it.
std::uint32_t mint_share_ppm(const State& state);

// Unvested rewards and juror stake that stand behind submissions. What could be pledged now by that
// account; the rest never more than that. Rewards move to pool::kPledges and back, stake stays
// where it is; seizing moves either to `to`.
Amount pledgeable_reward(const State& state, const BlockEnv& block, std::uint64_t submission,
                         const Address& owner);
void pledge_reward(State& state, std::uint64_t submission, Amount amount);
void return_reward(State& state, std::uint64_t submission, Amount amount);
void seize_reward(State& state, std::uint64_t submission, Amount amount, const Address& to);
Amount pledged_reward(const State& state, std::uint64_t submission);
Amount pledgeable_stake(const State& state, const Address& account);
void pledge_stake(State& state, const Address& account, Amount amount);
void return_stake(State& state, const Address& account, Amount amount);
void seize_stake(State& state, const Address& account, Amount amount, const Address& to);
Amount pledged_stake(const State& state, const Address& account);
Amount total_pledged_stake(const State& state);

// A contributor's work was rejected, or a place that it had with a bond was never filled.
void work_rejected(State& state, const Address& contributor);
// The contributor was convicted of fraud.
void fraud_shown(State& state, const Address& contributor);

// Of the jurors (modules/jurors/api.hpp says what each does), for seats of audits.
struct DrawRequest {
    Hash256 seed;
    std::uint8_t seats = 0;
    Amount lock;                    // free stake that a seat needs
    std::vector<Address> excluded;  // parties
};
std::vector<Address> draw_graders(const State& state, const DrawRequest& request);
void lock_grader(State& state, const Address& grader, Amount amount);
void unlock_grader(State& state, const Address& grader, Amount amount);
// Returns what was taken: less than `amount` where the grader no longer has it.
Amount penalise_grader(State& state, const Address& grader, Amount amount, const Address& to);
void suspend_grader(State& state, const Address& grader);
void pay_grader(State& state, const Address& from, const Address& grader, Amount amount);
Amount locked_grading(const State& state, const Address& grader);
Amount total_locked_grading(const State& state);

}  // namespace assay::market::needs
