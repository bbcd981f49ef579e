// Who is told of a transaction, who is asked for one, and what is made of the answers.
#include "consensus/gossip/tx_gossip.hpp"

#include "tests/consensus/gossip/lone_gossip.hpp"

using namespace assay;
using namespace assay::consensus;
using namespace assay::consensus::test;

namespace {

const PeerId kAnn = peer_id(1);
const PeerId kBen = peer_id(2);
const PeerId kCid = peer_id(3);

using Reports = LoneGossip::Reports;

}  // namespace

BOOST_AUTO_TEST_CASE(a_submitted_transaction_goes_to_everybody_once) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.add(tx);
    node.gossip.added(tx);
    node.pass(3'000);
    for (const PeerId& peer : {kAnn, kBen, kCid}) {
        const auto pushes = node.told<TxPush>(peer);
        BOOST_REQUIRE(pushes.size() == 1u);
        BOOST_TEST((pushes[0].raw == std::vector<Bytes>{tx->raw}));
        BOOST_TEST(node.announced_to(peer) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(what_a_peer_sent_is_not_sent_back) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.receive(kAnn, push_of({tx}));
    node.receive(kBen, announcement_of({tx}));  // has it as well
    node.judge(TxVerdict::accepted, tx);
    node.pass(3'000);
    BOOST_TEST(node.pushed_to(kAnn) + node.announced_to(kAnn) == 0u);
    BOOST_TEST(node.pushed_to(kBen) + node.announced_to(kBen) == 0u);
    BOOST_TEST(node.pushed_to(kCid) == 1u);
    node.receive(kCid, push_of({tx}));  // and is checked once
    BOOST_TEST(node.submitted.empty());
    BOOST_TEST(node.gossip.metrics().duplicates == 1u);
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(a_peer_with_the_same_neighbours_has_told_them_all_itself) {
    LoneGossip node;
    node.pass(100);
    const auto ours = node.told<TxNeighbours>(kAnn);
    BOOST_REQUIRE(ours.size() == 1u);
    node.receive(kAnn, encode_tx_message(ours[0]));
    const auto tx = make_tx(1);
    node.receive(kAnn, push_of({tx}));
    node.judge(TxVerdict::accepted, tx);
    node.pass(900);
    BOOST_TEST(node.pushed_to(kBen) + node.announced_to(kBen) == 0u);
    node.pass(200);  // something may have been lost
    BOOST_TEST(node.announced_to(kAnn) == 0u);
    BOOST_TEST(node.announced_to(kBen) == 1u);
    BOOST_TEST(node.announced_to(kCid) == 1u);
}

BOOST_AUTO_TEST_CASE(large_transactions_are_announced_and_given_to_who_asks) {
    LoneGossip node;
    const auto small = make_tx(1, TxGossipConfig{}.push_tx_bytes);
    const auto large = make_tx(2, small->raw.size() + 1);
    node.add(small);
    node.add(large);
    node.pass(100);
    BOOST_TEST(node.pushed_to(kAnn) == 1u);
    const auto announced = node.told<TxAnnounce>(kAnn);
    BOOST_REQUIRE(announced.size() == 1u);
    BOOST_TEST((announced[0].hashes == std::vector<Hash256>{large->hash}));
    node.receive(kAnn, encode_tx_message(TxRequest{.hashes = {large->hash, Hash256{}}}));
    const auto answers = node.told<TxAnswer>(kAnn);
    BOOST_REQUIRE(answers.size() == 1u);
    BOOST_TEST((answers[0] == TxAnswer{.raw = {large->raw}, .gone = {Hash256{}}}));
}

BOOST_AUTO_TEST_CASE(of_many_peers_a_few_get_the_whole_and_all_hear_of_it) {
    LoneGossip node({}, 16);
    node.add(make_tx(1));
    std::size_t pushed = 0;
    std::size_t announced = 0;
    for (std::uint8_t i = 1; i <= 16; ++i) {
        pushed += node.pushed_to(peer_id(i));
        announced += node.announced_to(peer_id(i));
    }
    BOOST_TEST(pushed == 4u);
    BOOST_TEST(announced == 12u);
}

BOOST_AUTO_TEST_CASE(one_announcer_is_asked_and_the_next_where_it_is_silent_or_has_it_no_more) {
    LoneGossip node;
    const auto tx = make_tx(1);
    for (const PeerId& peer : {kAnn, kBen, kCid}) node.receive(peer, announcement_of({tx}));
    BOOST_TEST(node.asked_of(kAnn) == 1u);
    BOOST_TEST(node.asked_of(kBen) + node.asked_of(kCid) == 0u);
    node.pass(600);
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::useless}}));
    BOOST_TEST(node.asked_of(kBen) == 1u);
    node.receive(kBen, encode_tx_message(TxAnswer{.raw = {}, .gone = {tx->hash}}));
    node.pass(100);
    BOOST_TEST(node.asked_of(kCid) == 1u);
    node.receive(kCid, encode_tx_message(TxAnswer{.raw = {tx->raw}, .gone = {}}));
    node.judge(TxVerdict::accepted, tx);
    node.receive(kAnn, encode_tx_message(TxAnswer{.raw = {tx->raw}, .gone = {}}));  // at last
    BOOST_TEST(node.reports.size() == 1u);
    BOOST_TEST(node.gossip.metrics().timeouts == 1u);
    BOOST_TEST(node.gossip.metrics().wanted == 0u);
}

BOOST_AUTO_TEST_CASE(what_was_asked_or_waited_to_be_asked_of_who_left_is_asked_of_others) {
    LoneGossip node({.asked_per_peer = 1});
    const auto asked = make_tx(1);
    const auto waiting = make_tx(2);
    const auto of_ann_alone = make_tx(3);
    node.receive(kAnn, announcement_of({asked, waiting, of_ann_alone}));
    node.receive(kBen, announcement_of({asked, waiting}));
    BOOST_TEST(node.asked_of(kAnn) == 1u);
    node.leave(kAnn);
    for (int i = 0; i < 2; ++i) {
        node.pass(100);
        const auto requests = node.told<TxRequest>(kBen);
        BOOST_REQUIRE(requests.size() == 1u);
        const bool first = requests[0].hashes[0] == asked->hash;
        node.receive(kBen, encode_tx_message(TxAnswer{.raw = {(first ? asked : waiting)->raw}}));
    }
    BOOST_TEST(node.submitted.size() == 2u);
    BOOST_TEST(node.gossip.metrics().wanted == 0u);
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(who_comes_late_hears_of_what_still_waits) {
    LoneGossip node;
    const auto left = make_tx(1);
    const auto waits = make_tx(2);
    node.add(left);
    node.add(waits);
    node.pass(100);
    node.pool.committed({left}, 1);
    const PeerId dan = peer_id(4);
    node.join(dan);
    node.pass(100);
    const auto announced = node.told<TxAnnounce>(dan);
    BOOST_REQUIRE(announced.size() == 1u);
    BOOST_TEST((announced[0].hashes == std::vector<Hash256>{waits->hash}));
}

BOOST_AUTO_TEST_CASE(a_full_queue_is_made_up_for_when_there_is_room) {
    LoneGossip node;
    node.full.insert(kAnn);
    node.add(make_tx(1));
    node.pass(500);
    BOOST_TEST(node.pushed_to(kBen) == 1u);
    BOOST_TEST(node.pushed_to(kAnn) + node.announced_to(kAnn) == 0u);
    node.full.clear();
    node.pass(100);
    BOOST_TEST(node.announced_to(kAnn) == 1u);
    node.pass(3'000);
    BOOST_TEST(node.announced_to(kAnn) == 0u);
}

BOOST_AUTO_TEST_CASE(an_answer_waits_for_room_and_loses_nothing) {
    LoneGossip node;
    const auto tx = make_tx(1, 50'000);
    node.add(tx);
    node.full.insert(kAnn);
    node.receive(kAnn, encode_tx_message(TxRequest{.hashes = {tx->hash, Hash256{}}}));
    node.full.clear();
    node.pass(100);
    const auto answers = node.told<TxAnswer>(kAnn);
    BOOST_REQUIRE(answers.size() == 1u);
    BOOST_TEST((answers[0] == TxAnswer{.raw = {tx->raw}, .gone = {Hash256{}}}));
}

BOOST_AUTO_TEST_CASE(verdicts_decide_what_may_come_again_and_who_loses_trust) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.receive(kAnn, push_of({tx}));
    node.judge(TxVerdict::busy, tx);
    node.receive(kBen, push_of({tx}));  // there was no room then
    node.judge(TxVerdict::refused, tx);
    node.receive(kCid, push_of({tx}));
    node.receive(kCid, announcement_of({tx}));
    BOOST_TEST(node.submitted.empty());
    BOOST_TEST(node.asked_of(kCid) == 0u);
    BOOST_TEST(node.reports.empty());
    const auto forged = make_tx(2);
    node.receive(kAnn, push_of({forged}));
    node.judge(TxVerdict::invalid, forged);
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::invalid}}));
    node.pass(3'000);
    for (const PeerId& peer : {kAnn, kBen, kCid})
        BOOST_TEST(node.pushed_to(peer) + node.announced_to(peer) == 0u);
}

BOOST_AUTO_TEST_CASE(a_request_that_found_no_room_is_asked_again_and_nobody_is_blamed) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.full.insert(kAnn);
    node.receive(kAnn, announcement_of({tx}));
    node.pass(3'000);
    BOOST_TEST(node.reports.empty());
    node.full.clear();
    node.pass(100);
    BOOST_TEST(node.asked_of(kAnn) == 1u);

    const auto other = make_tx(2);
    node.full.insert(kAnn);
    node.receive(kAnn, announcement_of({other}));
    node.receive(kBen, announcement_of({other}));
    node.pass(100);
    BOOST_TEST(node.asked_of(kBen) == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_that_comes_late_is_taken_where_nothing_else_came) {
    LoneGossip node;
    const auto tx = make_tx(1);
    node.receive(kAnn, announcement_of({tx}));
    node.pass(700);
    BOOST_TEST(node.gossip.metrics().timeouts == 1u);
    const Bytes answer = encode_tx_message(TxAnswer{.raw = {tx->raw}, .gone = {}});
    node.receive(kAnn, answer);
    node.judge(TxVerdict::accepted, tx);
    BOOST_TEST((node.reports == Reports{{kAnn, Offence::useless}}));
    node.receive(kAnn, answer);  // that was all it was asked for
    BOOST_TEST(node.submitted.empty());
    BOOST_TEST(node.reports.size() == 2u);
}
