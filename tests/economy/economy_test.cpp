// A short run of every attack and of every rule.
#include <boost/test/unit_test.hpp>

#include "tests/economy/rules.hpp"

using namespace assay::economy;

namespace {

constexpr std::uint64_t kRuns = 40;
// What a seat brings varies widely: the interval is narrow enough in the full run alone
// (bench_economy).
constexpr std::uint64_t kJurorRuns = 60;

}  // namespace

// Rows that only the full run can decide must not show the contrary here.
BOOST_AUTO_TEST_CASE(every_attack_loses_against_honest_play) {
    Table table({.runs = kRuns, .check_every = 4});
    Table jurors({.runs = kJurorRuns, .check_every = 10});
    for (const Attack& attack : attacks()) {
        if (!attack.open.empty()) continue;
        const Verdict verdict = (attack.unit == Unit::fee ? jurors : table).play(attack);
        const bool good = attack.useless > 0         ? !verdict.pays()
                          : attack.unit == Unit::fee ? verdict.mean < 0
                                                     : verdict.loses();
        BOOST_TEST(good, attack.name << ": " << verdict.mean << " +- " << verdict.error);
    }
}

// The check can fail: an attack that is known to pay does not pass it.
BOOST_AUTO_TEST_CASE(open_rows_are_open) {
    Table table({.runs = kRuns, .check_every = 4});
    for (const Attack& attack : attacks())
        if (!attack.open.empty()) BOOST_TEST(!table.play(attack).loses(), attack.name);
}

BOOST_AUTO_TEST_CASE(beyond_the_bound_of_a_rule_cheating_pays) {
    for (const Rule& rule : rules()) {
        if (rule.row.attack == nullptr) continue;
        const Loosened result = play(rule, {.check_every = 20});
        BOOST_TEST(result.agrees(),
                   rule.name << ": at " << result.at.mean << " +- " << result.at.error
                             << ", beyond " << result.beyond.mean << " +- " << result.beyond.error);
    }
}

// The figures do not depend on who plays which run.
BOOST_AUTO_TEST_CASE(any_number_of_processes_gives_the_same_figures) {
    const Attack& row = attacks().front();
    const Verdict one = Table({.runs = 9, .jobs = 1}).play(row);
    const Verdict three = Table({.runs = 9, .jobs = 3}).play(row);
    BOOST_TEST(one.mean == three.mean);
    BOOST_TEST(one.error == three.error);
    BOOST_TEST(one.attack == three.attack);
}
