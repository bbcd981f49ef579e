// What disputes and jurors need of others: jurors themselves, and a market, a beacon and an epoch
// as the tests set them.
#include "modules/disputes/needs.hpp"
#include "modules/jurors/needs.hpp"
#include "tests/support/jury_fixture.hpp"

namespace assay {

std::uint64_t jurors::needs::current_epoch(const State& state) {
    return state.must_get(test::kEpoch, {});
}

namespace disputes::needs {

namespace {

test::Work resolve(State& state, std::uint64_t submission, test::Resolution resolution) {
    test::Work work = state.must_get(test::kWork, submission);
    CHECK(work.resolution == test::Resolution::disputed);
    work.resolution = resolution;
    state.put(test::kWork, submission, work);
    return work;
}

}  // namespace

std::optional<ChallengeTerms> challenge_terms(const State& state, const BlockEnv& block,
                                              std::uint64_t submission) {
    const auto work = state.get(test::kWork, submission);
    if (!work) return std::nullopt;
    return ChallengeTerms{.order = 77,
                          .contributor = work->contributor,
                          .buyer = work->buyer,
                          .bond = work->bond,
                          .value = work->value,
                          .window_open = work->resolution == test::Resolution::window &&
                                         block.time_s < work->window_ends_s,
                          .failed = work->failed,
                          .contestable = work->failed};
}

void mark_disputed(State& state, const BlockEnv&, std::uint64_t submission, std::uint64_t) {
    test::Work work = state.must_get(test::kWork, submission);
    CHECK(work.resolution == test::Resolution::window);
    work.resolution = test::Resolution::disputed;
    state.put(test::kWork, submission, work);
}

void resolve_accepted(State& state, const BlockEnv&, std::uint64_t submission) {
    const auto work = resolve(state, submission, test::Resolution::accepted);
    ledger::move(state, pool::kContributorBonds, work.contributor, work.bond);
}

void resolve_rejected(State& state, const BlockEnv&, std::uint64_t submission,
                      const Address& reward_to, std::uint8_t, const Hash256&) {
    const auto work = resolve(state, submission, test::Resolution::rejected);
    const Amount reward = ppm_floor(work.bond, 400'000);
    ledger::move(state, pool::kContributorBonds, reward_to, reward);
    ledger::burn(state, pool::kContributorBonds, difference_of(work.bond, reward),
                 BurnReason::slash);
}

void resolve_contest(State& state, const BlockEnv& block, std::uint64_t submission, bool upheld) {
    if (upheld)
        resolve_rejected(state, block, submission, pool::kTreasury, 0, {});
    else
        resolve_accepted(state, block, submission);
}

std::vector<Address> interested_in(const State&, std::uint64_t) {
    return {};  // nobody grades in this market
}

Hash256 beacon_value(const State& state) {
    return state.must_get(test::kBeacon, {});
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
    jurors::lock(state, juror, amount);
}
void unlock_stake(State& state, const Address& juror, Amount amount) {
    jurors::unlock(state, juror, amount);
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
    return jurors::needs::current_epoch(state);
}

}  // namespace disputes::needs
}  // namespace assay
