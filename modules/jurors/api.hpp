// Owns what the rest of the chain may ask of the jurors; only modules/wiring calls it.
#pragma once

#include <vector>

#include "chain/state/state.hpp"
#include "chain/types/amount.hpp"

namespace assay::jurors {

struct DrawRequest {
    Hash256 seed;                   // unknown to everybody before this block
    std::uint8_t seats = 0;         // at most kMaxDrawSeats
    Amount lock;                    // free stake that a seat needs
    std::vector<Address> excluded;  // parties
};
inline constexpr std::uint8_t kMaxDrawSeats = 127;

// One juror a seat, by the stake frozen at the epoch's beginning, without replacement: a drawn seat
// takes min_stake of its juror's weight out of this panel, and all of it once the juror holds
// Params::max_seats. Passes over parties, suspended jurors and jurors whose free stake is below
// `lock`. Fewer seats where eligible stake runs out or after passing over kMaxPassedOver.
std::vector<Address> draw(const State& state, const DrawRequest& request);
// The stake that draws of this epoch are made from.
Amount eligible_stake(const State& state);

// What a seat is for. Each purpose's locks are counted apart, so that whoever seats jurors can hold
// its own seats against them.
enum class LockPurpose : std::uint8_t { dispute = 1, audit = 2 };

// Sets stake of a seat aside; the caller has it from draw(), so that it is free (CHECK).
void lock(State& state, const Address& juror, Amount amount,
          LockPurpose purpose = LockPurpose::dispute);
void unlock(State& state, const Address& juror, Amount amount,
            LockPurpose purpose = LockPurpose::dispute);
// Moves up to `amount` of the juror's stake, then of what is unbonding, to `to`. Returns what was
// taken. Unlock the seat first: what other seats lock is never touched, what is short is reported.
Amount penalise(State& state, const Address& juror, Amount amount, const Address& to);
// No seat for the rest of this epoch and Params::suspension_epochs whole ones.
void suspend(State& state, const Address& juror);
// Moves `amount` from `from` to the juror's own account and counts it as earned.
void pay(State& state, const Address& from, const Address& juror, Amount amount);

// Stake stands behind the juror's own submissions: until it is returned or seized it cannot be
// withdrawn or taken for a seat, and weighs in no draw from the next epoch on.
Amount pledgeable(const State& state, const Address& juror);  // free
// At most pledgeable().
void pledge(State& state, const Address& juror, Amount amount);
void return_pledge(State& state, const Address& juror, Amount amount);
// Moves it to `to`.
void seize_pledge(State& state, const Address& juror, Amount amount, const Address& to);
Amount pledged(const State& state, const Address& juror);
Amount total_pledged(const State& state);

// Staked, what unbonds not included.
Amount stake_of(const State& state, const Address& account);
// By all seats, and by those of one purpose.
Amount locked_stake(const State& state, const Address& juror);
Amount locked_stake(const State& state, const Address& juror, LockPurpose purpose);
Amount total_locked(const State& state);
Amount total_locked(const State& state, LockPurpose purpose);

}  // namespace assay::jurors
