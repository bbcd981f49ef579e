// Walks all slots of the tree and the jurors behind them.
#include "modules/jurors/invariants.hpp"

#include "chain/exec/deadlines.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/jurors/needs.hpp"
#include "modules/jurors/objects.hpp"
#include "modules/jurors/sum_tree.hpp"

namespace assay::jurors {

namespace {

std::vector<Juror> all_jurors(const State& state) {
    std::vector<Juror> out;
    const Totals totals = state.get_or_default(kTotals, {});
    for (std::uint32_t slot = 0; slot < totals.slots; ++slot)
        if (const auto account = state.get(kSlots, slot))
            out.push_back(state.must_get(kJurors, *account));
    return out;
}

void expect_equal(const char* rule, const std::string& what, Amount found, Amount expected,
                  std::vector<InvariantFailure>& failures) {
    if (found == expected) return;
    failures.push_back(
        {.rule = rule,
         .what = what + ": " + to_string(found) + ", the records say " + to_string(expected)});
}

}  // namespace

void check_stakes(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "5 juror stakes and locks";
    const Totals totals = state.get_or_default(kTotals, {});
    Amount stake;
    Amount unbonding;
    Amount locked;
    Amount locked_audits;
    Amount pledged;
    for (const Juror& juror : all_jurors(state)) {
        if (held_stake(juror) > juror.stake)
            failures.push_back({.rule = kRule,
                                .what = to_hex0x(juror.account) + " locks " +
                                        to_string(held_stake(juror)) + " of " +
                                        to_string(juror.stake)});
        if (juror.locked_audits > juror.locked)
            failures.push_back({.rule = kRule,
                                .what = to_hex0x(juror.account) + " locks " +
                                        to_string(juror.locked_audits) + " for audits of " +
                                        to_string(juror.locked) + " for all"});
        stake = sum_of(stake, juror.stake);
        unbonding = sum_of(unbonding, unbonding_of(juror));
        locked = sum_of(locked, juror.locked);
        locked_audits = sum_of(locked_audits, juror.locked_audits);
        pledged = sum_of(pledged, juror.pledged);
    }
    expect_equal(kRule, "total stake", totals.stake, stake, failures);
    expect_equal(kRule, "total unbonding", totals.unbonding, unbonding, failures);
    expect_equal(kRule, "total locked", totals.locked, locked, failures);
    expect_equal(kRule, "total locked for audits", totals.locked_audits, locked_audits, failures);
    expect_equal(kRule, "total pledged", totals.pledged, pledged, failures);
    expect_equal(kRule, "the pool of juror stake", ledger::balance(state, pool::kJurorStake),
                 sum_of(stake, unbonding), failures);
}

void check_tree(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "6 sum tree of jurors";
    const Totals totals = state.get_or_default(kTotals, {});
    const std::uint64_t epoch = needs::current_epoch(state);
    const std::uint8_t height = state.get_or_default(kHeight, {});
    for (const std::uint64_t at : {epoch, epoch + 1}) {
        const auto value = [&](std::uint8_t level, std::uint32_t index) {
            const NodeKey key{.level = level, .index = index};
            return sum_tree::value_of(state.get_or_default(kNodes, key), at);
        };
        for (std::uint8_t level = 1; level <= height; ++level)
            for (std::uint32_t i = 0; i <= (totals.slots - 1) >> level; ++i) {
                const auto below = static_cast<std::uint8_t>(level - 1);
                expect_equal(kRule,
                             "node " + std::to_string(level) + "/" + std::to_string(i) +
                                 " in epoch " + std::to_string(at),
                             value(level, i), sum_of(value(below, 2 * i), value(below, 2 * i + 1)),
                             failures);
            }
    }
    Amount eligible;
    for (const Juror& juror : all_jurors(state)) {
        const Amount weight =
            weight_of(weighing_stake(juror), state.must_get(kParams, {}).min_stake);
        expect_equal(kRule, "leaf of " + to_hex0x(juror.account),
                     sum_tree::leaf(state, epoch + 1, juror.slot), weight, failures);
        eligible = sum_of(eligible, weight);
    }
    expect_equal(kRule, "root", sum_tree::total(state, epoch + 1), eligible, failures);
}

void check_unbondings(const State& state, const StateReader&,
                      std::vector<InvariantFailure>& failures) {
    for (const Juror& juror : all_jurors(state))
        for (const Unbonding& entry : juror.unbondings) {
            const Deadline deadline{
                .time_s = entry.ends_s, .kind = DeadlineKind::juror_unbonds, .id = entry.id};
            if (is_scheduled(state, deadline) && state.get(kUnbondings, entry.id) == juror.account)
                continue;
            failures.push_back({.rule = "7 unbonding stake waits for a deadline",
                                .what = "unbonding " + std::to_string(entry.id)});
        }
}

}  // namespace assay::jurors
