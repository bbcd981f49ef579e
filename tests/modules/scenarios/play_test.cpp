// Seeded plays of several actors over all modules: invariants after every block, the same app
// hashes when executed again, and every kind of end reached.
#include <boost/test/unit_test.hpp>
#include <set>

#include "modules/disputes/objects.hpp"
#include "modules/market/tables.hpp"
#include "tests/support/player/player.hpp"

using namespace assay;
using namespace assay::test;

namespace {

struct Reached {
    std::set<market::SubmissionState> submissions;
    std::set<market::OrderState> orders;
    std::set<disputes::Outcome> seats;
    std::map<TxCode, std::uint64_t> outcomes;
    std::uint64_t rulings = 0;
    std::uint64_t defaults = 0;
    std::uint64_t appeals = 0;
    std::uint64_t joined = 0;
};

void note_states(const State& state, Reached& reached) {
    state.scan(market::kSubmissions, [&](std::uint64_t, const market::Submission& each) {
        reached.submissions.insert(each.state);
    });
    state.scan(market::kOrders, [&](std::uint64_t, const market::Order& each) {
        reached.orders.insert(each.state);
    });
}

void play(std::uint64_t seed, Reached& reached) {
    const Bytes bytes = bytes_of_seed(seed, 20'000);
    Choices choices(bytes);
    WiredChain chain(played_genesis(choices));
    Player player(chain, choices);
    player.hire();
    while (!choices.empty()) {
        player.act();
        for (const auto& each : player.failures())
            BOOST_ERROR("seed " << seed << ": " << each.rule << ": " << each.what);
        if (!player.failures().empty()) return;
        note_states(chain.state(), reached);
    }
    BOOST_TEST(!chain.first_difference_on_replay().has_value(), "seed " << seed);
    chain.state().scan(disputes::kSeats, [&](const disputes::SeatKey&, const disputes::Seat& each) {
        reached.seats.insert(each.outcome);
    });
    chain.state().scan(disputes::kDisputes, [&](std::uint64_t, const disputes::Dispute& each) {
        if (each.phase != disputes::Phase::ruled) return;
        ++(each.by_default ? reached.defaults : reached.rulings);
        if (each.round > 0) ++reached.appeals;
        if (each.joiners > 0) ++reached.joined;
    });
    for (const auto& [code, count] : player.outcomes()) reached.outcomes[code] += count;
}

}  // namespace

BOOST_AUTO_TEST_CASE(plays_keep_every_invariant_and_reach_every_end) {
    Reached reached;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) play(seed, reached);
    BOOST_TEST(reached.submissions.size() == 9U);
    BOOST_TEST(reached.orders.size() == 4U);
    BOOST_TEST(reached.seats.size() >= 5U);
    BOOST_TEST(reached.rulings > 0U);
    BOOST_TEST(reached.defaults > 0U);
    BOOST_TEST(reached.appeals > 0U);
    BOOST_TEST(reached.joined > 0U);
    for (const auto& [code, count] : reached.outcomes) BOOST_TEST_MESSAGE(code << " " << count);
    for (const auto state : reached.submissions)
        BOOST_TEST_MESSAGE("submission state " << int(state));
    for (const auto state : reached.orders) BOOST_TEST_MESSAGE("order state " << int(state));
    BOOST_TEST_MESSAGE(reached.rulings << " rulings, " << reached.defaults << " defaults, "
                                       << reached.appeals << " appealed, " << reached.joined
                                       << " joined");
    BOOST_TEST(reached.outcomes[TxCode::ok] > 1'000U);
}
