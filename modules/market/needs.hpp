// Owns what the market needs from other modules; modules/wiring defines these functions.
#pragma once

#include <cstdint>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"

namespace assay::market::needs {

// An accepted submission's order fee was split and `burned` of it destroyed: rewards attribute
// their mint to it. Called once a submission, after all its records are written.
void order_fee_burned(State& state, const BlockEnv& block, std::uint64_t order,
                      std::uint64_t submission, const Address& contributor, const Address& buyer,
                      Amount burned);

// Fraud was proven after acceptance: whatever was minted for the submission and is not yet released
// is burned, and datasets that it is in stop to count it.
void claw_back_rewards(State& state, const BlockEnv& block, std::uint64_t submission);

// The beacon's value of the block being executed: unknown before the block was made.
Hash256 beacon_value(const State& state);

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
