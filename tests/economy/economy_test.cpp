// A short run of every attack: it loses against honest play, or the table says that it is open.
#include <boost/test/unit_test.hpp>

#include "tests/economy/table.hpp"

using namespace assay::economy;

namespace {

constexpr std::uint64_t kRuns = 40;
// What a seat brings varies widely: the interval is narrow enough in the full run alone
// (bench_economy).
constexpr std::uint64_t kJurorRuns = 60;

}  // namespace

BOOST_AUTO_TEST_CASE(every_attack_loses_against_honest_play) {
    for (const Attack& attack : attacks()) {
        if (!attack.open.empty()) continue;
        const Verdict verdict = play(attack, attack.by_juror ? kJurorRuns : kRuns, 1);
        const bool loses = attack.by_juror ? verdict.mean < 0 : verdict.loses();
        BOOST_TEST(loses, attack.name << ": " << verdict.mean << " +- " << verdict.error);
    }
}

// The check can fail: an attack that is known to pay does not pass it.
BOOST_AUTO_TEST_CASE(open_rows_are_open) {
    for (const Attack& attack : attacks())
        if (!attack.open.empty()) BOOST_TEST(!play(attack, kRuns, 1).loses(), attack.name);
}
