// What floods, slow readers, liars and restarts cost a network, and what it does about them.
#include <filesystem>
#include <openssl/x509.h>
#include <unistd.h>

#include "tests/consensus/p2p/party.hpp"

namespace assay::consensus::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMiB = 1U << 20U;

std::chrono::milliseconds since(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

Hello greeting(std::uint64_t session = 0) {
    return {.chain_id = "assay-31337-1", .session = session};
}

bool is_let_in(Rogue& rogue, Party& party, int times = 1) {
    if (!rogue.shake()) return false;
    rogue.greet();
    return party.wait([&] { return party.ups[rogue.key.id()] >= times; });
}

// Settings for TLS that the network must not take: another kind of key, or none.
std::shared_ptr<ssl_ctx_st> settings_of(const char* curve) {
    std::shared_ptr<ssl_ctx_st> out(::SSL_CTX_new(::TLS_method()), ::SSL_CTX_free);
    if (curve == nullptr) return out;
    const std::shared_ptr<EVP_PKEY> key(::EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve),
                                        ::EVP_PKEY_free);
    const std::shared_ptr<X509> certificate(::X509_new(), ::X509_free);
    ::X509_gmtime_adj(::X509_getm_notBefore(certificate.get()), 0);
    ::X509_gmtime_adj(::X509_getm_notAfter(certificate.get()), 3'600);
    ::X509_set_pubkey(certificate.get(), key.get());
    ::X509_sign(certificate.get(), key.get(), ::EVP_sha256());
    ::SSL_CTX_use_certificate(out.get(), certificate.get());
    ::SSL_CTX_use_PrivateKey(out.get(), key.get());
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(other_keys_than_ed25519_and_none_get_nowhere) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    for (const char* curve : {"P-256", static_cast<const char*>(nullptr)}) {
        asio::io_context context;
        const auto settings = settings_of(curve);
        ::SSL_CTX_up_ref(settings.get());
        asio::ssl::context tls(settings.get());
        asio::ssl::stream<tcp::socket> stream(context, tls);
        stream.next_layer().connect({asio::ip::address_v4::loopback(), a.network->port()});
        boost::system::error_code error;
        stream.handshake(asio::ssl::stream_base::client, error);
        Bytes piece(100);
        while (!error) stream.read_some(asio::buffer(piece), error);
        BOOST_TEST(a.wait([&] { return !a.lines.empty(); }));
        BOOST_TEST(a.wait_line("TLS:"));
        a.look([&] { a.lines.clear(); });
    }
    BOOST_TEST(a.look([&] { return a.ups.empty(); }));
}

BOOST_AUTO_TEST_CASE(more_messages_than_the_quota_come_later_but_come) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Rogue busy(a.network->port());
    BOOST_REQUIRE(is_let_in(busy, a));
    const auto start = Clock::now();
    const auto quota = static_cast<std::size_t>(limits_of(3)->messages_per_s);
    for (std::size_t i = 0; i < quota + quota / 4; ++i) busy.say(3, {static_cast<std::uint8_t>(i)});
    BOOST_TEST(a.wait([&] { return a.messages.size() == quota + quota / 4; }));
    BOOST_TEST(since(start).count() >= 200);
    const auto all = a.look([&] { return a.messages; });
    for (std::size_t i = 0; i < all.size(); ++i)
        BOOST_REQUIRE(std::get<2>(all[i]).at(0) == static_cast<std::uint8_t>(i));
    BOOST_TEST(a.network->peers().size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_floods_on_is_hung_up_on_and_then_banned) {
    PeerConfig config;
    config.link.flood_ms = 50;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    const NodeKey key = *NodeKey::make();
    // Points fade meanwhile: how many times it takes depends on the machine.
    for (int times = 1; a.network->stats().banned == 0; ++times) {
        BOOST_REQUIRE(times < 20);
        Rogue flood(a.network->port(), TLS1_3_VERSION, key);
        BOOST_REQUIRE(is_let_in(flood, a, times));
        while (!flood.error) flood.say(3, {});
        BOOST_TEST(a.wait_line("floods channel 3 with messages"));
        BOOST_TEST(a.wait([&] { return a.downs[key.id()] == times; }));
        Rogue later(a.network->port());  // is let in once the offence is noted
        BOOST_REQUIRE(is_let_in(later, a));
    }
    Rogue again(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(again.shake());
    again.greet();
    BOOST_TEST(again.is_thrown_out());
    BOOST_TEST(a.wait_line("is banned"));
}

BOOST_AUTO_TEST_CASE(one_malformed_frame_is_enough_for_a_ban) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    const NodeKey key = *NodeKey::make();
    Rogue liar(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(is_let_in(liar, a));
    asio::write(*liar.stream, asio::buffer(frame_head(9, 1)), liar.error);
    BOOST_TEST(liar.is_thrown_out());
    Rogue again(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(again.shake());
    again.greet();
    BOOST_TEST(again.is_thrown_out());
    BOOST_TEST(a.wait_line("is banned"));
    BOOST_TEST(a.wait_stats([](const PeerStats& stats) { return stats.banned == 1; }));
}

BOOST_AUTO_TEST_CASE(a_named_peer_that_errs_is_back_soon) {
    PeerConfig config;
    config.named_ban_ms = 200;
    config.settled_ms = 0;
    Party b;
    BOOST_REQUIRE(b.start().has_value());
    config.persistent_peers = {b.place()};
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    BOOST_REQUIRE(a.wait_up(b));
    const auto start = Clock::now();
    a.network->report(b.id(), Offence::malformed);
    BOOST_TEST(a.wait_up(b, 2));
    BOOST_TEST(since(start).count() >= 200);
}

BOOST_AUTO_TEST_CASE(coming_back_gives_no_new_room) {
    PeerConfig config;
    config.intake.of_peer = kMiB;
    Party a(config);
    a.releases = false;
    BOOST_REQUIRE(a.start().has_value());
    const NodeKey key = *NodeKey::make();
    const Bytes large(600'000, 1);
    for (int times = 1; times <= 5; ++times) {
        Rogue greedy(a.network->port(), TLS1_3_VERSION, key);
        BOOST_REQUIRE(is_let_in(greedy, a, times));
        greedy.say(1, large);
        if (times == 1) {
            BOOST_REQUIRE(a.wait([&] { return a.messages.size() == 1; }));
            continue;
        }
        BOOST_REQUIRE(a.wait_stats([](const PeerStats& stats) { return stats.waiting == 1; }));
        BOOST_TEST(a.network->stats().held <= kMiB);
        BOOST_TEST(a.look([&] { return a.messages.size(); }) == 1u);
    }
    Rogue last(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(is_let_in(last, a, 6));
    last.say(1, large);
    a.network->release(key.id(), large.size());
    BOOST_TEST(a.wait([&] { return a.messages.size() == 2; }));
}

BOOST_AUTO_TEST_CASE(many_greedy_peers_do_not_silence_a_vote) {
    PeerConfig config;
    config.intake = {.of_peer = kMiB, .of_all = 2 * kMiB};
    Party a(config);
    a.releases = false;
    BOOST_REQUIRE(a.start().has_value());
    std::vector<std::unique_ptr<Rogue>> greedy;
    for (int i = 0; i < 6; ++i) {
        greedy.push_back(std::make_unique<Rogue>(a.network->port()));
        BOOST_REQUIRE(is_let_in(*greedy.back(), a));
        greedy.back()->say(2, Bytes(900'000, 1));
    }
    BOOST_REQUIRE(a.wait_stats([](const PeerStats& stats) { return stats.waiting == 4; }));
    BOOST_TEST(a.network->stats().held <= 2 * kMiB);
    Rogue voter(a.network->port());
    BOOST_REQUIRE(is_let_in(voter, a));
    voter.say(1, Bytes(300, 2));
    BOOST_TEST(a.wait(
        [&] { return !a.messages.empty() && std::get<0>(a.messages.back()) == voter.key.id(); }));
    a.releases = true;
    for (const auto& one : greedy) a.network->release(one->key.id(), 900'000);
    BOOST_TEST(a.wait([&] { return a.messages.size() == 7; }));
    BOOST_TEST(a.wait_stats([](const PeerStats& stats) { return stats.waiting == 0; }));
}

BOOST_AUTO_TEST_CASE(slow_readers_share_one_bound_and_are_ended) {
    PeerConfig config;
    config.outbox = {.of_all = 8 * kMiB, .share = kMiB};
    config.link.stall_ms = 1'000;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    std::vector<std::unique_ptr<Rogue>> slow;
    const Bytes large(100'000, 1);
    std::size_t sent = 0;
    for (int i = 0; i < 8; ++i) {
        slow.push_back(std::make_unique<Rogue>(a.network->port()));
        BOOST_REQUIRE(is_let_in(*slow.back(), a));
        while (a.network->send(slow.back()->key.id(), Channel::blocks, large)) ++sent;
        BOOST_TEST(a.network->stats().queued <= 16 * kMiB);
    }
    BOOST_TEST(sent * large.size() > 8 * kMiB);
    Rogue reader(a.network->port());
    BOOST_REQUIRE(is_let_in(reader, a));
    BOOST_TEST(a.network->send(reader.key.id(), Channel::consensus, Bytes(300)));
    BOOST_TEST(a.wait_line("takes nothing for 1000 ms"));
    BOOST_TEST(a.wait([&] { return a.downs[slow[0]->key.id()] == 1; }));
    BOOST_TEST(a.wait_stats([](const PeerStats& stats) { return stats.queued == 0; }));
}

BOOST_AUTO_TEST_CASE(half_a_message_is_waited_for_and_then_no_more) {
    PeerConfig config;
    config.link.frame_ms = 100;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    Rogue half(a.network->port());
    BOOST_REQUIRE(is_let_in(half, a));
    asio::write(*half.stream, asio::buffer(frame_head(3, 1'000)), half.error);
    BOOST_TEST(a.wait_line("its message does not end"));
    BOOST_TEST(a.wait_stats([](const PeerStats& stats) { return stats.held == 0; }));
}

BOOST_AUTO_TEST_CASE(who_is_silent_is_asked_and_then_given_up) {
    PeerConfig config;
    config.link.ping_ms = 100;
    config.link.silence_ms = 1'000;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    Rogue mute(a.network->port());
    BOOST_REQUIRE(is_let_in(mute, a));
    std::vector<Bytes> heard;  // the greeting, a request for addresses, a ping
    while (!mute.error && (heard.empty() || heard.back() != Bytes{1})) {
        Bytes head(kFrameHeadBytes);
        asio::read(*mute.stream, asio::buffer(head), mute.error);
        heard.emplace_back(head[3]);
        asio::read(*mute.stream, asio::buffer(heard.back()), mute.error);
    }
    BOOST_TEST(!mute.error);
    BOOST_TEST(a.wait_line("is silent"));
}

BOOST_AUTO_TEST_CASE(a_peer_that_was_started_anew_takes_the_place_of_its_ghost) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    const NodeKey key = *NodeKey::make();
    Rogue ghost(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(is_let_in(ghost, a));
    Rogue anew(a.network->port(), TLS1_3_VERSION, key);
    BOOST_REQUIRE(anew.shake());
    anew.greet(greeting(2));
    BOOST_TEST(ghost.is_thrown_out());
    BOOST_TEST(a.wait([&] { return a.downs[key.id()] == 1 && a.ups[key.id()] == 2; }));
    anew.say(1, {7});
    BOOST_TEST(a.wait([&] { return a.messages.size() == 1; }));
}

BOOST_AUTO_TEST_CASE(one_address_does_not_take_every_place_but_a_named_peer_has_its_own) {
    const NodeKey named = *NodeKey::make();
    PeerConfig config;
    config.max_inbound_of_source = 2;
    config.persistent_peers = {to_hex(named.id()) + "@127.0.0.1:1"};
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    Rogue one(a.network->port());
    Rogue two(a.network->port());
    BOOST_REQUIRE(is_let_in(one, a));
    BOOST_REQUIRE(is_let_in(two, a));
    Rogue three(a.network->port());
    BOOST_REQUIRE(three.shake());
    three.greet();
    BOOST_TEST(a.wait_line("no room for more peers of its address"));
    Rogue friendly(a.network->port(), TLS1_3_VERSION, named);
    BOOST_TEST(is_let_in(friendly, a));
    BOOST_TEST(a.network->peers().size() == 3u);
}

BOOST_AUTO_TEST_CASE(who_calls_too_often_is_not_answered) {
    PeerConfig config;
    config.calls_per_s = 1;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    asio::io_context context;
    for (int i = 0; i < 20; ++i) {
        tcp::socket socket(context);
        boost::system::error_code error;
        socket.connect({asio::ip::address_v4::loopback(), a.network->port()}, error);
    }
    BOOST_TEST(a.wait_stats([](const PeerStats& stats) { return stats.refused >= 10; }));
}

BOOST_AUTO_TEST_CASE(who_has_no_room_is_called_less_and_less) {
    PeerConfig config;
    config.max_inbound = 0;
    Party full(config);
    BOOST_REQUIRE(full.start().has_value());
    Party b(to({&full}));
    const auto start = Clock::now();
    BOOST_REQUIRE(b.start().has_value());
    BOOST_TEST(b.wait([&] {
        return std::count_if(b.lines.begin(), b.lines.end(), [](const std::string& line) {
                   return line.find(": reading:") != std::string::npos ||
                          line.find(": writing:") != std::string::npos;
               }) >= 4;
    }));
    BOOST_TEST(since(start).count() >= 70);  // 20, 40 and 80 ms, halved by chance at most
}

BOOST_AUTO_TEST_CASE(who_asks_for_addresses_all_the_time_loses_its_standing) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Rogue curious(a.network->port());
    BOOST_REQUIRE(is_let_in(curious, a));
    for (int i = 0; i < 5; ++i) curious.say(5, {});
    BOOST_TEST(a.wait_line("has lost its standing"));
}

BOOST_AUTO_TEST_CASE(a_node_finds_back_by_its_book) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("assay_book_" + std::to_string(::getpid()) + ".json");
    asio::io_context context;
    PeerConfig config;
    config.port = tcp::acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0))
                      .local_endpoint()
                      .port();
    config.external_address = "127.0.0.1:" + std::to_string(config.port);
    Party hub(config);
    BOOST_REQUIRE(hub.start().has_value());
    PeerConfig calling;
    calling.seeds = {hub.place()};
    calling.address_book = path.string();
    {
        Party b(calling);
        BOOST_REQUIRE(b.start().has_value());
        BOOST_REQUIRE(b.wait_up(hub));
    }
    calling.seeds = {};
    Party again(calling);
    BOOST_REQUIRE(again.start().has_value());
    BOOST_TEST(again.wait_up(hub));
    std::filesystem::remove(path);
}

}  // namespace assay::consensus::test
