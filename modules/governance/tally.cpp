// Each share of each validator of the set is counted once, where it is now.
#include "modules/governance/tally.hpp"

#include "modules/governance/needs.hpp"

namespace assay::governance {

namespace {

Amount& part_for(Tally& tally, Choice choice) {
    switch (choice) {
        case Choice::yes: return tally.yes;
        case Choice::no: return tally.no;
        case Choice::abstain: return tally.abstain;
        case Choice::veto: break;
    }
    return tally.veto;
}

void count(Tally& tally, const needs::Bonded& at, Choice choice, Amount shares) {
    if (shares.is_zero()) return;
    const auto tokens = mul_div_floor(shares, at.tokens, at.shares);
    CHECK(tokens.has_value());
    Amount& part = part_for(tally, choice);
    part = sum_of(part, *tokens);
}

void count_validator(Tally& tally, const needs::Bonded& at, const Ballot& ballot) {
    tally.total = sum_of(tally.total, at.tokens);
    Amount silent = at.shares;
    for (std::size_t i = 0; i < kChoices; ++i) {
        silent = difference_of(silent, ballot.shares[i]);
        count(tally, at, static_cast<Choice>(i + 1), ballot.shares[i]);
    }
    if (ballot.of_operator) count(tally, at, *ballot.of_operator, silent);
}

// How part / whole compares with ppm / 10^6, exactly. The supply cap keeps both products below
// 2^128.
std::strong_ordering share(Amount part, Amount whole, std::uint32_t ppm) {
    const auto scaled_part = checked_mul(part, Amount(kPpm));
    const auto scaled_whole = checked_mul(whole, Amount(ppm));
    CHECK(scaled_part && scaled_whole);
    return *scaled_part <=> *scaled_whole;
}

}  // namespace

Tally count_votes(const State& state, std::uint64_t proposal) {
    Tally out;
    for (const needs::Bonded& at : needs::bonded_set(state))
        count_validator(
            out, at,
            state.get_or_default(kBallots, {.proposal = proposal, .validator = at.validator}));
    return out;
}

Decision decide(const Tally& tally, const Terms& terms) {
    const Amount decided = sum_of(sum_of(tally.yes, tally.no), tally.veto);
    const Amount voted = sum_of(decided, tally.abstain);
    if (voted.is_zero() || share(voted, tally.total, terms.quorum_ppm) < 0)
        return {.status = Status::rejected, .burns_deposit = true};
    if (share(tally.veto, voted, terms.veto_ppm) > 0)
        return {.status = Status::vetoed, .burns_deposit = true};
    if (share(tally.yes, decided, terms.majority_ppm) <= 0) return {.status = Status::rejected};
    return {.status = Status::timelock};
}

}  // namespace assay::governance
