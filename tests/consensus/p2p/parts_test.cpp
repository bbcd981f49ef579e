// Frames, greetings, standing and addresses, without a network.
#include <boost/test/unit_test.hpp>

#include "consensus/p2p/address_book.hpp"
#include "consensus/p2p/frame.hpp"
#include "consensus/p2p/hello.hpp"
#include "consensus/p2p/node_key.hpp"
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
        std::vector<Frame> out;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.append(ByteView(stream).subspan(at, std::min(step, stream.size() - at)));
            for (auto next = reader.next(); next && *next; next = reader.next())
                out.push_back(std::move(**next));
        }
        BOOST_REQUIRE(out.size() == kChannels);
        for (std::uint8_t channel = 0; channel < kChannels; ++channel) {
            BOOST_TEST(out[channel].channel == channel);
            BOOST_TEST((out[channel].payload == Bytes(channel * 100, channel)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_head_beyond_the_limits_is_refused_before_its_payload) {
    for (std::uint8_t channel = 0; channel < kChannels; ++channel) {
        const std::size_t most = limits_of(channel)->max_message;
        FrameReader good;
        good.append(frame_head(channel, most));
        BOOST_TEST(good.next().has_value());
        FrameReader bad;
        bad.append(frame_head(channel, most + 1));
        const auto refused = bad.next();
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST(refused.error().message.find("the limit is " + std::to_string(most)) !=
                   std::string::npos);
    }
    FrameReader unknown;
    unknown.append(frame_head(kChannels, 0));
    BOOST_TEST(unknown.next().error().message == "frame: channel 6 is none");
}

BOOST_AUTO_TEST_CASE(greetings_come_back_and_differences_are_named) {
    const Hello ours{.chain_id = "assay-31337-1", .genesis = Hash256{{7}}, .listens = "a:1"};
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

BOOST_AUTO_TEST_CASE(no_source_fills_the_book) {
    AddressBook book({.max_addresses = 20, .max_of_source = 5, .max_failures = 2});
    for (std::uint8_t label = 1; label < 100; ++label) book.add(address(label), peer(200));
    BOOST_TEST(book.size() == 5u);
    for (std::uint8_t label = 101; label < 190; ++label) book.add(address(label), peer(label));
    BOOST_TEST(book.size() == 20u);
    book.failed(peer(1));
    book.failed(peer(1));
    std::mt19937_64 random(1);
    for (const auto& one : book.some(100, random)) BOOST_TEST((one.id != peer(1)));
}

BOOST_AUTO_TEST_CASE(the_book_comes_back_from_its_file_and_prefers_who_was_reached) {
    AddressBook book;
    for (std::uint8_t label = 1; label < 10; ++label) book.add(address(label), peer(label));
    book.add(address(1, "192.0.2.9"), peer(7));
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
