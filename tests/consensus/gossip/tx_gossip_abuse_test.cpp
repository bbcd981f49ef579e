// What peers that mean no good can make this node do, hold and believe.
#include <random>

#include "tests/consensus/gossip/lone_gossip.hpp"

using namespace assay;
using namespace assay::consensus;
using namespace assay::consensus::test;

namespace {

const PeerId kAnn = peer_id(1);
const PeerId kBen = peer_id(2);

using Reports = LoneGossip::Reports;

std::vector<CheckedTxPtr> make_txs(std::uint32_t first, std::uint32_t count) {
    std::vector<CheckedTxPtr> out;
    for (std::uint32_t i = 0; i < count; ++i) out.push_back(make_tx(first + i));
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(bad_encodings_are_reported_and_do_nothing) {
    LoneGossip node;
    Bytes cut = push_of({make_tx(1)});
    cut.pop_back();
    Bytes more = push_of({make_tx(1)});
    more.push_back(0);
    TxPush crowd;
    crowd.raw.assign(kMaxTxsInMessage + 1, {1});
    const std::vector<Bytes> all{{},   {0xFF},    Bytes(1'000, 0),         cut,
                                 more, {0x22, 0}, encode_tx_message(crowd)};
    for (const Bytes& bad : all) node.receive(kAnn, bad);
    BOOST_TEST((node.reports == Reports(all.size(), {kAnn, Offence::malformed})));
    BOOST_TEST(node.submitted.empty());
    BOOST_TEST(node.gossip.metrics().remembered == 0u);
}

BOOST_AUTO_TEST_CASE(whom_nobody_knows_is_not_heard) {
    LoneGossip node;
    node.receive(peer_id(9), push_of({make_tx(1)}));
    node.receive(peer_id(9), {0xFF});
    BOOST_TEST(node.submitted.empty());
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(who_pushes_faster_than_its_allowance_floods) {
    LoneGossip node({.pushed_txs_per_second = 10});
    node.receive(kAnn, push_of(make_txs(0, 10)));
    BOOST_TEST(node.reports.empty());
    node.receive(kAnn, push_of(make_txs(10, 5)));
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::flood}}));
    BOOST_TEST(node.submitted.size() == 10u);
    node.receive(kBen, push_of(make_txs(20, 10)));  // has an allowance of its own
    BOOST_TEST(node.submitted.size() == 20u);
    node.pass(500);
    node.receive(kAnn, push_of(make_txs(30, 5)));
    BOOST_TEST(node.submitted.size() == 25u);
    BOOST_TEST(node.reports.size() == 1u);
}

BOOST_AUTO_TEST_CASE(pushed_bytes_have_an_allowance_too) {
    LoneGossip node({.pushed_bytes_per_second = 1'000});
    node.receive(kAnn, push_of({make_tx(1, 900), make_tx(2, 900), make_tx(3, 900)}));
    BOOST_TEST(node.submitted.size() == 2u);
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::flood}}));
}

BOOST_AUTO_TEST_CASE(what_finds_no_room_to_be_checked_is_dropped_and_may_come_again) {
    LoneGossip node({.checking = 2});
    const auto txs = make_txs(1, 3);
    node.receive(kAnn, push_of(txs));
    BOOST_TEST(node.submitted.size() == 2u);
    BOOST_TEST(node.gossip.metrics().dropped == 1u);
    node.receive(kBen, announcement_of({txs[2]}));
    BOOST_TEST(node.asked_of(kBen) == 0u);  // no room to check the answer
    node.judge(TxVerdict::accepted, txs[0]);
    node.pass(100);
    BOOST_TEST(node.asked_of(kBen) == 1u);
    node.receive(kBen, encode_tx_message(TxAnswer{.raw = {txs[2]->raw}, .gone = {}}));
    BOOST_TEST(node.submitted.size() == 2u);
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(large_transactions_being_checked_are_bounded_by_their_bytes) {
    LoneGossip node({.checking_bytes = 100'000});
    node.receive(kAnn, push_of({make_tx(1, 60'000), make_tx(2, 60'000), make_tx(3, 60'000)}));
    BOOST_TEST(node.submitted.size() == 2u);
    BOOST_TEST(node.gossip.metrics().dropped == 1u);
}

BOOST_AUTO_TEST_CASE(announcements_of_nothing_are_bounded_and_cost_trust) {
    LoneGossip node({.wanted = 100, .asked_per_peer = 10, .waiting_per_peer = 50});
    node.receive(kAnn, announcement_of(make_txs(0, 200)));
    BOOST_TEST(node.gossip.metrics().wanted <= 100u);
    BOOST_TEST(node.asked_of(kAnn) == 10u);
    node.receive(kBen, announcement_of(make_txs(1'000, 200)));
    BOOST_TEST(node.gossip.metrics().wanted <= 100u);
    node.pass(60'000);
    BOOST_TEST(node.gossip.metrics().wanted == 0u);
    BOOST_TEST(node.gossip.metrics().timeouts == 100u);
    BOOST_TEST(node.reports.size() >= 10u);
    for (const auto& [peer, offence] : node.reports) BOOST_TEST((offence == Offence::useless));
}

BOOST_AUTO_TEST_CASE(who_announces_faster_than_its_allowance_floods) {
    LoneGossip node({.announced_per_second = 100});
    node.receive(kAnn, announcement_of(make_txs(0, 150)));  // one message is heard whole
    node.receive(kAnn, announcement_of(make_txs(200, 10)));
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::flood}}));
    BOOST_TEST(node.asked_of(kAnn) == 150u);
    node.receive(kBen, announcement_of(make_txs(300, 10)));  // has an allowance of its own
    BOOST_TEST(node.asked_of(kBen) == 10u);
    node.pass(600);
    node.reports.clear();
    node.receive(kAnn, announcement_of(make_txs(400, 10)));
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(answers_that_nobody_asked_for_are_not_checked) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.receive(kBen, announcement_of({tx}));
    node.receive(kAnn, encode_tx_message(TxAnswer{.raw = {tx->raw}, .gone = {}}));
    node.receive(kAnn, encode_tx_message(TxAnswer{.raw = {}, .gone = {tx->hash}}));
    BOOST_TEST((node.reports == Reports(2, {kAnn, Offence::useless})));
    BOOST_TEST(node.submitted.empty());
    node.receive(kBen, encode_tx_message(TxAnswer{.raw = {tx->raw}, .gone = {}}));
    BOOST_TEST(node.submitted.size() == 1u);
}

BOOST_AUTO_TEST_CASE(requests_are_answered_at_a_bounded_pace_and_queue_boundedly) {
    LoneGossip node({.waiting_per_peer = 8, .answered_bytes_per_second = 200'000});
    const auto tx = make_tx(1, 100'000);
    node.add(tx);
    const Bytes request = encode_tx_message(TxRequest{.hashes = std::vector<Hash256>(4, tx->hash)});
    for (int i = 0; i < 4; ++i) node.receive(kAnn, request);
    BOOST_TEST((node.reports == Reports(2, {kAnn, Offence::flood})));
    std::size_t given = 0;
    for (const auto& answer : node.told<TxAnswer>(kAnn)) given += answer.raw.size();
    BOOST_TEST(given <= 4u);
    node.pass(1'000);
    given = 0;
    for (const auto& answer : node.told<TxAnswer>(kAnn)) given += answer.raw.size();
    BOOST_TEST(given <= 4u);
    BOOST_TEST(given >= 1u);
}

// Every kind of message in any order, from peers that come and go: memory stays within what the
// configuration allows, and nothing is checked beyond it.
BOOST_AUTO_TEST_CASE(whatever_peers_say_memory_is_bounded) {
    const TxGossipConfig config{.seen = 64,
                                .known_per_peer = 32,
                                .wanted = 40,
                                .asked_per_peer = 8,
                                .waiting_per_peer = 16,
                                .checking = 10,
                                .pushed_txs_per_second = 50};
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            std::mt19937_64 random(seed);
            LoneGossip node(config);
            const auto txs = make_txs(0, 200);
            for (int step = 0; step < 2'000; ++step) {
                const PeerId peer = peer_id(static_cast<std::uint8_t>(1 + random() % 4));
                std::vector<CheckedTxPtr> some;
                for (auto i = 1 + random() % 20; i > 0; --i) some.push_back(txs[random() % 200]);
                TxAnswer answer;
                for (const auto& tx : some)
                    (random() % 2 ? void(answer.raw.push_back(tx->raw))
                                  : answer.gone.push_back(tx->hash));
                TxRequest request;
                for (const auto& tx : some) request.hashes.push_back(tx->hash);
                switch (random() % 8) {
                    case 0: node.receive(peer, push_of(some)); break;
                    case 1: node.receive(peer, announcement_of(some)); break;
                    case 2: node.receive(peer, encode_tx_message(answer)); break;
                    case 3: node.receive(peer, encode_tx_message(request)); break;
                    case 4: node.pass(random() % 200); break;
                    case 5: random() % 4 ? node.join(peer) : node.leave(peer); break;
                    case 6: random() % 2 ? void(node.full.insert(peer)) : node.full.clear(); break;
                    default:
                        if (node.submitted.empty()) break;
                        node.gossip.submitted(node.submitted.front().first,
                                              static_cast<TxVerdict>(1 + random() % 4));
                        node.submitted.erase(node.submitted.begin());
                }
                const auto seen = node.gossip.metrics();
                BOOST_REQUIRE(seen.wanted <= config.wanted);
                BOOST_REQUIRE(node.submitted.size() <= config.checking);
                BOOST_REQUIRE(seen.remembered <= 2 * 64u + 40 + 4 * (8 + 32 + 3 * 16) + 10 + 500);
                node.said.clear();
            }
            for (std::uint8_t i = 1; i <= 4; ++i) node.leave(peer_id(i));
            BOOST_TEST(node.gossip.metrics().wanted == 0u);
        }
    }
}
