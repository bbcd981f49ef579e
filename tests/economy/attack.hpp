// Owns what a row of the table is: an attack, the honest play it is measured against, and what
// counts as deterred.
#pragma once

#include <string>
#include <vector>

#include "tests/economy/world.hpp"

namespace assay::economy {

// Plays in a world and returns what its actor gained, in the row's unit.
using Play = double (*)(World& world);

enum class Unit {
    share,   // of the value at stake and one token, work done and judging subtracted
    fee,     // jury fees a dispute
    token,   // gas counted: the cost of what moves no money
    micros,  // base units: what rounding leaves
};

// Both plays get a world of the same seed.
struct Attack {
    std::string name;
    std::string strategy;
    Play attack = nullptr;
    Play honest = nullptr;
    Unit unit = Unit::share;
    // Known to pay, and why: the row is shown and does not count as a failure.
    std::string open = {};
    // The play is no worse than honest, and no better by more than this: where a rule makes it
    // useless rather than costly. 0: it must lose.
    double useless = 0;
    // The row's own conditions. Setting::checked is the table's.
    Setting setting = {};
};

// Every row, in the order of the table. A file of attacks adds its function here.
const std::vector<Attack>& attacks();
std::vector<Attack> contributor_attacks();
std::vector<Attack> trade_attacks();
std::vector<Attack> fraud_attacks();
std::vector<Attack> dispute_attacks();
std::vector<Attack> juror_attacks();
std::vector<Attack> beacon_attacks();
std::vector<Attack> spam_attacks();
std::vector<Attack> tier_attacks();
std::vector<Attack> policy_attacks();
std::vector<Attack> bribe_attacks();
std::vector<Attack> audit_attacks();
std::vector<Attack> dataset_attacks();
// What P8 bounds: without appeals, so that a jury errs as often as it says.
Attack false_gold_before_one_jury();

// In shares of the value of `items` and one token: a dispute costs that much for any value.
inline double shares(const World& world, double units, std::uint64_t items) {
    return units / (world.value(items) + 1e18);
}
// Nothing is done and nothing gained.
inline double nothing(World&) {
    return 0;
}
// One submission of good work, by whoever else would attack.
double honest_work(World& world);
// Everybody may look, and somebody does as often as the parameters promise.
void watch(World& world, std::uint64_t submission);

}  // namespace assay::economy
