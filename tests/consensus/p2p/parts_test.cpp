// Frames, greetings, standing and addresses, without a network.
#include <boost/test/unit_test.hpp>

#include "consensus/p2p/address_book.hpp"
#include "consensus/p2p/frame.hpp"
#include "consensus/p2p/hello.hpp"
#include "consensus/p2p/intake.hpp"
#include "consensus/p2p/node_key.hpp"
#include "consensus/p2p/outbox.hpp"
#include "consensus/p2p/source.hpp"
#include "consensus/p2p/standing.hpp"
#include "tests/support/memory_disk.hpp"

namespace assay::consensus::test {

namespace {

PeerId peer(std::uint8_t label) {
    PeerId out;
    out.bytes[0] = label;
    return out;
}

PeerAddress address(std::uint8_t label, const std::string& host = "192.0.2.1") {
    return {.id = peer(label), .host = host, .port = 26'656};
}

Bytes framed(std::uint8_t channel, const Bytes& payload) {
    Bytes out = frame_head(channel, payload.size());
    append(out, payload);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(frames_come_out_whole_however_they_arrive) {
    Bytes stream;
    for (std::uint8_t channel = 0; channel < kChannels; ++channel)
        append(stream, framed(channel, Bytes(channel * 100, channel)));
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, stream.size()}) {
        FrameReader reader;
        std::vector<std::pair<FrameHead, Bytes>> out;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            ByteView piece = ByteView(stream).subspan(at, std::min(step, stream.size() - at));
            while (!piece.empty()) {
                piece = piece.subspan(*reader.push(piece));
                if (!reader.is_whole()) continue;
                const FrameHead head = *reader.head();
                out.emplace_back(head, reader.take());
            }
        }
        BOOST_REQUIRE(out.size() == kChannels);
        for (std::uint8_t channel = 0; channel < kChannels; ++channel) {
            BOOST_TEST(out[channel].first.channel == channel);
            BOOST_TEST((out[channel].second == Bytes(channel * 100, channel)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_head_beyond_the_limits_is_refused_before_its_payload) {
    for (std::uint8_t channel = 0; channel < kChannels; ++channel) {
        const std::size_t most = limits_of(channel)->max_message;
        FrameReader good;
        BOOST_TEST(*good.push(frame_head(channel, most)) == kFrameHeadBytes);
        BOOST_TEST((*good.head() == FrameHead{.channel = channel, .length = most}));
        FrameReader bad;
        const auto refused = bad.push(frame_head(channel, most + 1));
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST(refused.error().message.find("the limit is " + std::to_string(most)) !=
                   std::string::npos);
    }
    FrameReader unknown;
    BOOST_TEST(unknown.push(frame_head(kChannels, 0)).error().message ==
               "frame: channel 6 is none");
}

BOOST_AUTO_TEST_CASE(greetings_come_back_and_differences_are_named) {
    const Hello ours{
        .chain_id = "assay-31337-1", .genesis = Hash256{{7}}, .listens = "a:1", .session = 9};
    BOOST_TEST((*decode_hello(encode_hello(ours)) == ours));
    BOOST_TEST(check_hello(ours, ours).has_value());
    Hello theirs = ours;
    theirs.chain_id = "assay-1-1";
    BOOST_TEST(check_hello(ours, theirs).error().message.starts_with("chain id"));
    theirs = ours;
    theirs.genesis = {};
    BOOST_TEST(check_hello(ours, theirs).error().message.starts_with("genesis"));
    theirs = ours;
    theirs.protocol = 2;
    BOOST_TEST(check_hello(ours, theirs).error().message.starts_with("protocol"));
    Bytes later = encode_hello(theirs);
    append(later, Bytes{0xff, 0xff, 0xff});
    BOOST_TEST(check_hello(ours, *decode_hello(later)).error().message.starts_with("protocol"));
    theirs = ours;
    theirs.chain_id = std::string(51, 'x');
    BOOST_TEST(!decode_hello(encode_hello(theirs)).has_value());
    Bytes cut = encode_hello(ours);
    cut.pop_back();
    BOOST_TEST(!decode_hello(cut).has_value());
}

BOOST_AUTO_TEST_CASE(addresses_are_read_strictly) {
    const std::string id(40, 'a');
    for (const std::string good : {"127.0.0.1:1", "[::1]:65535", "node.example.org:26656"}) {
        const auto read = parse_peer_address(id + "@" + good);
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->text() == id + "@" + good);
    }
    for (const std::string bad : {"", "x", "@h:1", "h:1", "@", "aa@h:1"})
        BOOST_TEST(!parse_peer_address(bad).has_value());
    for (const std::string bad : {"h", "h:", ":1", "h:0", "h:65536", "h:1x", "::1:5", "h:-1"})
        BOOST_TEST(!parse_peer_address(id + "@" + bad).has_value());
}

BOOST_AUTO_TEST_CASE(offences_add_up_fade_and_ban) {
    Standing standing({.banned_at = 100, .fade_ms = 1'000, .ban_ms = 5'000, .max_remembered = 3});
    BOOST_TEST(!standing.report(peer(1), Offence::invalid, 0));
    BOOST_TEST(standing.points(peer(1), 20'000) == 30u);
    BOOST_TEST(!standing.report(peer(1), Offence::invalid, 20'000));
    BOOST_TEST(standing.report(peer(1), Offence::invalid, 25'000));
    BOOST_TEST(standing.is_banned(peer(1), 29'999));
    BOOST_TEST(!standing.is_banned(peer(1), 30'000));
    BOOST_TEST(standing.report(peer(2), Offence::malformed, 0));
    for (std::uint8_t label = 10; label < 100; ++label)
        standing.report(peer(label), Offence::useless, 26'000);
    BOOST_TEST(standing.remembered() <= 3u);
    BOOST_TEST(standing.is_banned(peer(1), 26'000));
}

BOOST_AUTO_TEST_CASE(a_bucket_makes_who_is_too_fast_wait) {
    TokenBucket bucket(1'000, 2'000);
    BOOST_TEST(bucket.take(2'000, 10) == 0u);
    BOOST_TEST(bucket.take(500, 10) == 501u);
    BOOST_TEST(bucket.take(0, 600) == 0u);
}

BOOST_AUTO_TEST_CASE(callers_of_one_source_are_counted_by_themselves) {
    CallRates rates(10, 2);
    BOOST_TEST(rates.take("a", 1'000));
    BOOST_TEST(rates.take("a", 1'000));
    for (int i = 0; i < 100; ++i) BOOST_TEST(!rates.take("a", 1'001));
    BOOST_TEST(rates.take("b", 1'001));
    BOOST_TEST(rates.take("a", 1'100));  // what was refused cost nothing
    for (int i = 0; i < 20'000; ++i) rates.take(std::to_string(i), 1'101);
    BOOST_TEST(rates.remembered() <= 10'000u);
    BOOST_TEST(rates.take("late", 2'000));
}

BOOST_AUTO_TEST_CASE(a_named_peer_is_banned_briefly) {
    Standing standing({.ban_ms = 600'000, .named_ban_ms = 1'000});
    BOOST_TEST(standing.report(peer(1), Offence::malformed, 0, true));
    BOOST_TEST(standing.is_banned(peer(1), 999));
    BOOST_TEST(!standing.is_banned(peer(1), 1'000));
}

BOOST_AUTO_TEST_CASE(what_is_held_is_bounded_for_a_peer_and_for_all) {
    constexpr std::size_t kPeer = 10'000;
    constexpr std::size_t kAll = 50'000;
    Intake intake({.of_peer = kPeer, .of_all = kAll, .small = 500});
    BOOST_TEST(intake.admit(peer(1), kAll * 3, false));  // alone, whatever its size
    BOOST_TEST(!intake.admit(peer(1), 0, false));
    BOOST_TEST(!intake.admit(peer(2), 0, false));
    intake.release(peer(1), kAll * 3);
    BOOST_TEST(intake.held() == 0u);
    std::size_t taken = 0;
    while (intake.admit(peer(1), 744, false)) ++taken;
    BOOST_TEST(taken == 10u);
    BOOST_TEST(intake.held_of(peer(1)) == kPeer);
    std::size_t empty = 0;
    while (intake.admit(peer(2), 0, false)) ++empty;
    BOOST_TEST(empty == kPeer / kMessageCost);
    for (std::uint8_t label = 3; label < 250; ++label) intake.admit(peer(label), 8'000, false);
    BOOST_TEST(intake.held() <= kAll);
    BOOST_TEST(!intake.admit(peer(250), 8'000, false));
    BOOST_TEST(intake.admit(peer(250), 500, false));  // a vote of a stranger gets through
    BOOST_TEST(intake.admit(peer(251), 8'000, true));
    for (int i = 0; i < 1'000; ++i) {
        PeerId stranger = peer(252);
        stranger.bytes[1] = static_cast<std::uint8_t>(i);
        stranger.bytes[2] = static_cast<std::uint8_t>(i / 256);
        intake.admit(stranger, 500, i % 2 == 0);
    }
    BOOST_TEST(intake.held() <= 2 * kAll);
    intake.release(peer(99), 1);  // of whom nothing is held
    intake.release(peer(2), std::size_t{1} << 40U);
    BOOST_TEST(intake.held_of(peer(2)) == 0u);
}

BOOST_AUTO_TEST_CASE(what_waits_to_be_sent_is_bounded_for_all) {
    Outbox outbox({.of_all = 1'000, .share = 100});
    BOOST_TEST(outbox.reserve(900, 900, false));
    BOOST_TEST(!outbox.reserve(101, 101, false));
    BOOST_TEST(outbox.reserve(100, 100, false));  // its share
    BOOST_TEST(outbox.reserve(100, 100, false));
    BOOST_TEST(outbox.reserve(5'000, 5'000, true));
    outbox.release(6'100);
    BOOST_TEST(outbox.queued() == 0u);
}

BOOST_AUTO_TEST_CASE(addresses_of_one_network_are_one_source) {
    BOOST_TEST(caller_of("192.0.2.1") != caller_of("192.0.2.2"));
    BOOST_TEST(caller_of("::ffff:192.0.2.1") == caller_of("192.0.2.1"));
    BOOST_TEST(caller_of("2001:db8:1:2::1") == caller_of("2001:db8:1:2:ffff::"));
    BOOST_TEST(caller_of("2001:db8:1:2::1") != caller_of("2001:db8:1:3::1"));
    BOOST_TEST(network_of("192.0.2.1") == "ipv4 c000/16");
    BOOST_TEST(network_of("192.0.99.1") == network_of("192.0.2.1"));
    BOOST_TEST(network_of("2001:db8:1::") == "ipv6 20010db8/32");
    BOOST_TEST(network_of("fe80::1%eth0") == network_of("fe80::2"));
    BOOST_TEST(network_of("seed.example.org") == "seed.example.org");
}

BOOST_AUTO_TEST_CASE(nobody_is_sent_where_the_teller_cannot_be_reached_from) {
    const std::vector<std::string> hosts{
        "127.0.0.1",  "::1",         "10.1.2.3", "172.31.0.1", "fd00::1",     "fe80::1",
        "100.64.0.1", "192.168.1.1", "8.8.8.8",  "172.32.0.1", "2001:db8::1", "::ffff:1.1.1.1"};
    for (std::size_t host = 0; host < hosts.size(); ++host)
        for (std::size_t teller = 0; teller < hosts.size(); ++teller) {
            const auto scope = [](std::size_t i) { return i < 2 ? 0 : i < 8 ? 1 : 2; };
            BOOST_TEST(is_believable(hosts[host], hosts[teller]) == (scope(host) >= scope(teller)));
        }
    for (const std::string nowhere : {"0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "ff02::1",
                                      "seed.example.org", "", "::ffff:0.0.0.0"})
        BOOST_TEST(!is_believable(nowhere, "127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(no_network_fills_the_book) {
    AddressBook book({.max_addresses = 20, .max_of_source = 5, .max_failures = 2});
    for (std::uint8_t label = 1; label < 100; ++label) book.add(address(label), "a", label % 2);
    BOOST_TEST(book.size() == 5u);
    book.add(address(200), "b", false);
    for (std::uint8_t label = 100; label < 190; ++label)
        book.add(address(label), "c" + std::to_string(label / 5), true);
    BOOST_TEST(book.size() == 20u);
    std::mt19937_64 random(1);
    const auto all = book.some(100, random);
    // Who told little loses nothing to those who told much.
    BOOST_TEST((std::count(all.begin(), all.end(), address(200)) == 1));
    book.succeeded(peer(200));
    for (int i = 0; i < 50; ++i) book.add(address(201, "h"), "d" + std::to_string(i), false);
    BOOST_TEST((book.some(1, random).at(0) == address(200)));
}

BOOST_AUTO_TEST_CASE(addresses_that_fail_are_tried_ever_less_often_and_forgotten) {
    AddressBook book({.max_failures = 3, .max_reached = 5, .retry_ms = 100, .max_retry_ms = 300});
    std::mt19937_64 random(1);
    book.add(address(1), "a", false);
    book.add(address(2), "a", false);
    book.succeeded(peer(2));
    // While nobody can be reached nobody is to blame.
    for (int i = 0; i < 100; ++i) book.failed(peer(1), 1'000, false);
    BOOST_TEST((book.due(9, random, 1'099) == std::vector{address(2)}));
    BOOST_TEST(book.due(9, random, 1'100).size() == 2u);
    for (int i = 0; i < 2; ++i) book.failed(peer(1), 2'000, true);
    BOOST_TEST(book.due(9, random, 2'199).size() == 1u);
    book.failed(peer(1), 2'200, true);
    BOOST_TEST((book.some(9, random) == std::vector{address(2)}));
    for (int i = 0; i < 4; ++i) book.failed(peer(2), 3'000, true);
    BOOST_TEST(book.due(9, random, 3'299).empty());  // never longer than max_retry_ms
    BOOST_TEST(book.due(9, random, 3'300).size() == 1u);
    book.add(address(2, "192.0.2.9"), "b", true);
    BOOST_TEST((book.due(9, random, 3'000) == std::vector{address(2, "192.0.2.9")}));
}

BOOST_AUTO_TEST_CASE(the_book_comes_back_from_its_file_and_prefers_who_was_reached) {
    AddressBook book;
    for (std::uint8_t label = 1; label < 10; ++label) book.add(address(label), "own", true);
    book.add(address(1, "192.0.2.9"), "b", false);
    book.succeeded(peer(4));
    AddressBook again;
    BOOST_REQUIRE(again.load(book.to_json()).has_value());
    BOOST_TEST(again.to_json() == book.to_json());
    std::mt19937_64 random(1);
    BOOST_TEST((again.some(1, random).at(0) == address(4)));
    BOOST_TEST(!again.load("{}").has_value());
    BOOST_TEST(again.load(R"([5, {}, {"address": 1, "source": ""}])").has_value());
    const auto told = again.some(kMaxAddressesTold, random);
    BOOST_TEST((*decode_addresses(encode_addresses(told)) == told));
    Bytes garbage = encode_addresses(told);
    garbage[3] = 0;
    BOOST_TEST(!decode_addresses(garbage).has_value());
}

BOOST_AUTO_TEST_CASE(a_node_key_keeps_its_id_on_disk) {
    assay::test::MemoryDisk disk;
    const NodeKey key = *NodeKey::make();
    BOOST_REQUIRE(save_node_key(disk, "home/node_key.pem", key).has_value());
    BOOST_TEST(!save_node_key(disk, "home/node_key.pem", key).has_value());
    BOOST_TEST((load_node_key(disk, "home/node_key.pem")->id() == key.id()));
    BOOST_TEST((NodeKey::make()->id() != key.id()));
    BOOST_TEST(!NodeKey::parse("no key").has_value());
}

}  // namespace assay::consensus::test
