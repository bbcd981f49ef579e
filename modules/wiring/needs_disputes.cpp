// What disputes need: the market's submissions, the beacon, jurors and the epoch.
#include "modules/beacon/api.hpp"
#include "modules/disputes/needs.hpp"
#include "modules/jurors/api.hpp"
#include "modules/market/api.hpp"
#include "modules/rewards/api.hpp"

namespace assay::disputes::needs {

std::optional<ChallengeTerms> challenge_terms(const State& state, const BlockEnv& block,
                                              std::uint64_t submission) {
    const auto terms = market::challenge_terms(state, block, submission);
    if (!terms) return std::nullopt;
    return ChallengeTerms{.order = terms->order,
                          .contributor = terms->contributor,
                          .buyer = terms->buyer,
                          .bond = terms->bond,
                          .value = terms->value_at_stake,
                          .window_open = terms->window_open,
                          .failed = terms->failed,
                          .contestable = terms->contestable};
}

void mark_disputed(State& state, const BlockEnv& block, std::uint64_t submission,
                   std::uint64_t dispute) {
    market::mark_disputed(state, block, submission, dispute);
}

void resolve_accepted(State& state, const BlockEnv& block, std::uint64_t submission) {
    market::resolve_accepted(state, block, submission);
}

void resolve_rejected(State& state, const BlockEnv& block, std::uint64_t submission,
                      const Address& reward_to, std::uint8_t claim, const Hash256& evidence) {
    market::resolve_rejected(state, block, submission, reward_to, claim, evidence);
}

void resolve_contest(State& state, const BlockEnv& block, std::uint64_t submission, bool upheld) {
    market::resolve_contest(state, block, submission, upheld);
}

std::vector<Address> interested_in(const State& state, std::uint64_t submission) {
    return market::graders_of(state, submission);
}

Hash256 beacon_value(const State& state) {
    return beacon::value(state);
}

std::vector<Address> draw_jurors(const State& state, const DrawRequest& request) {
    return jurors::draw(state, {.seed = request.seed,
                                .seats = request.seats,
                                .lock = request.lock,
                                .excluded = request.excluded});
}

Amount eligible_stake(const State& state) {
    return jurors::eligible_stake(state);
}

void lock_stake(State& state, const Address& juror, Amount amount) {
    jurors::lock(state, juror, amount, jurors::LockPurpose::dispute);
}

void unlock_stake(State& state, const Address& juror, Amount amount) {
    jurors::unlock(state, juror, amount, jurors::LockPurpose::dispute);
}

Amount penalise_juror(State& state, const Address& juror, Amount amount, const Address& to) {
    return jurors::penalise(state, juror, amount, to);
}

void suspend_juror(State& state, const Address& juror) {
    jurors::suspend(state, juror);
}

void pay_juror(State& state, const Address& from, const Address& juror, Amount amount) {
    jurors::pay(state, from, juror, amount);
}

Amount locked_stake(const State& state, const Address& juror) {
    return jurors::locked_stake(state, juror, jurors::LockPurpose::dispute);
}

Amount total_locked_stake(const State& state) {
    return jurors::total_locked(state, jurors::LockPurpose::dispute);
}

std::uint64_t current_epoch(const State& state) {
    return rewards::current_epoch(state);
}

}  // namespace assay::disputes::needs
