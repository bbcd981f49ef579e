// Walks all standings and what buyers gave.
#include "modules/reputation/invariants.hpp"

#include <algorithm>
#include <map>

#include "modules/reputation/decay.hpp"
#include "modules/reputation/objects.hpp"

namespace assay::reputation {

namespace {

// Of one account: what all buyers gave, as of the latest step that any record names.
struct Sums {
    std::uint64_t given = 0;
    std::uint32_t buyers = 0;
};

std::uint64_t latest_step(const State& state) {
    std::uint64_t out = 0;
    state.scan(kStandings,
               [&](const Address&, const Standing& each) { out = std::max(out, each.step); });
    return out;
}

}  // namespace

void check_scores(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    const auto expect = [&](bool holds, const Address& account, const char* what) {
        if (!holds)
            failures.push_back({.rule = "reputation", .what = to_hex0x(account) + ": " + what});
    };
    const std::uint64_t now = latest_step(state);
    std::map<Address, Sums> sums;
    state.scan(kCounterparties, [&](const Pair& pair, const Counterparty& giver) {
        const auto standing = state.get(kStandings, pair.contributor);
        expect(standing.has_value(), pair.contributor, "was given a score and has none");
        expect(giver.given_ppm <= kFullScore_ppm, pair.contributor,
               "a buyer gave more than the full score");
        if (!standing || standing->frauds != giver.frauds) return;
        Sums& sum = sums[pair.contributor];
        sum.given += decayed_up(giver.given_ppm, now - giver.step);
        sum.buyers += giver.counts ? 1U : 0U;
    });
    state.scan(kStandings, [&](const Address& account, const Standing& standing) {
        const Sums sum = sums[account];
        const std::uint32_t score = decayed(standing.score_ppm, now - standing.step);
        expect(standing.score_ppm <= kFullScore_ppm, account, "its score is above the full one");
        expect(score <= sum.given, account, "its score is more than its buyers gave");
        expect(standing.buyers == sum.buyers, account, "its buyers are miscounted");
    });
}

}  // namespace assay::reputation
