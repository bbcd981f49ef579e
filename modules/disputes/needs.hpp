// Owns what disputes need from other modules; modules/wiring defines these functions.
#pragma once

#include <optional>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/amount.hpp"

namespace assay::disputes::needs {

// Of the market: what a challenge of one submission is about.
struct ChallengeTerms {
    std::uint64_t order = 0;
    Address contributor;
    Address buyer;
    Amount bond;               // the contributor's, held
    Amount value;              // what the submission is paid when accepted
    bool window_open = false;  // false once the window has ended and while a dispute runs
    bool failed = false;       // by the policy's verdict
    bool contestable = false;  // that verdict gives less than all of the value
};

// nullopt where no such submission was revealed.
std::optional<ChallengeTerms> challenge_terms(const State& state, const BlockEnv& block,
                                              std::uint64_t submission);
void mark_disputed(State& state, const BlockEnv& block, std::uint64_t submission,
                   std::uint64_t dispute);
void resolve_accepted(State& state, const BlockEnv& block, std::uint64_t submission);
// The challenger's share of the contributor's bond goes to `reward_to`.
void resolve_rejected(State& state, const BlockEnv& block, std::uint64_t submission,
                      const Address& reward_to, std::uint8_t claim, const Hash256& evidence);

// A contest ended: the policy's verdict stands, or the work has earned all of its value.
void resolve_contest(State& state, const BlockEnv& block, std::uint64_t submission, bool upheld);

// Who gains or loses by the ruling although they back no side: graders whose own judgement follows
// the submission's end.
std::vector<Address> interested_in(const State& state, std::uint64_t submission);

// Of the beacon: the value of the block being executed, unknown before the block was made.
Hash256 beacon_value(const State& state);

// Of the jurors (modules/jurors/api.hpp says what each does).
struct DrawRequest {
    Hash256 seed;
    std::uint8_t seats = 0;
    Amount lock;                    // free stake that a seat needs
    std::vector<Address> excluded;  // parties
};
std::vector<Address> draw_jurors(const State& state, const DrawRequest& request);
// The weight that a draw in this block is made from.
Amount eligible_stake(const State& state);
void lock_stake(State& state, const Address& juror, Amount amount);
void unlock_stake(State& state, const Address& juror, Amount amount);
// Returns what was taken: less than `amount` where the juror no longer has it.
Amount penalise_juror(State& state, const Address& juror, Amount amount, const Address& to);
void suspend_juror(State& state, const Address& juror);
void pay_juror(State& state, const Address& from, const Address& juror, Amount amount);
// By seats of disputes.
Amount locked_stake(const State& state, const Address& juror);
Amount total_locked_stake(const State& state);
std::uint64_t current_epoch(const State& state);

}  // namespace assay::disputes::needs
