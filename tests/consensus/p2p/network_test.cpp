// Networks on loopback: who gets in, what crosses, and what a misbehaving peer can do.
#include <set>

#include "tests/consensus/p2p/party.hpp"

namespace assay::consensus::test {

BOOST_AUTO_TEST_CASE(messages_cross_on_every_channel_both_ways) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Party b(to({&a}));
    BOOST_REQUIRE(b.start().has_value());
    BOOST_REQUIRE(a.wait_up(b));
    BOOST_REQUIRE(b.wait_up(a));
    BOOST_TEST((a.network->peers() == std::vector{b.id()}));
    for (const auto channel :
         {Channel::consensus, Channel::transactions, Channel::blocks, Channel::snapshots})
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20U}) {
            const Bytes payload(size, 0x5a);
            BOOST_TEST(a.network->send(b.id(), channel, payload));
            BOOST_REQUIRE(b.wait([&] { return !b.messages.empty(); }));
            const auto heard = b.look([&] { return std::exchange(b.messages, {}); });
            BOOST_TEST((heard.back() == std::tuple(a.id(), channel, payload)));
            BOOST_TEST(b.network->send(a.id(), channel, payload));
            BOOST_REQUIRE(a.wait([&] { return !a.messages.empty(); }));
            a.look([&] { a.messages.clear(); });
        }
    BOOST_TEST(!a.network->send(PeerId{}, Channel::consensus, {}));
}

BOOST_AUTO_TEST_CASE(seven_who_all_call_each_other_end_with_one_link_each) {
    std::vector<NodeKey> keys;
    std::vector<std::uint16_t> ports;
    asio::io_context context;
    std::vector<tcp::acceptor> taken;
    for (int i = 0; i < 7; ++i) {
        keys.push_back(*NodeKey::make());
        taken.emplace_back(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        ports.push_back(taken.back().local_endpoint().port());
    }
    taken.clear();
    std::vector<std::unique_ptr<Party>> all;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        PeerConfig config;
        config.port = ports[i];
        for (std::size_t j = 0; j < keys.size(); ++j)
            if (j != i)
                config.persistent_peers.push_back(to_hex(keys[j].id()) +
                                                  "@127.0.0.1:" + std::to_string(ports[j]));
        all.push_back(std::make_unique<Party>(config, keys[i]));
    }
    for (auto& party : all) BOOST_REQUIRE(party->start().has_value());
    for (auto& party : all)
        for (auto& other : all)
            if (other != party) BOOST_REQUIRE(party->wait_up(*other));
    for (auto& party : all) BOOST_TEST(party->network->peers().size() == 6u);
    // Two links between two nodes lose nothing on the way to one.
    for (auto& party : all)
        for (auto& other : all)
            if (other != party)
                BOOST_TEST(party->network->send(other->id(), Channel::consensus, {7}));
    for (auto& party : all) BOOST_TEST(party->wait([&] { return party->messages.size() == 6; }));
    for (auto& party : all) BOOST_TEST(party->look([&] { return party->downs.empty(); }));
}

BOOST_AUTO_TEST_CASE(strangers_to_the_chain_are_told_why_and_kept_out) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    PeerConfig config = to({&a});
    config.chain_id = "assay-1-1";
    Party other_chain(config);
    BOOST_REQUIRE(other_chain.start().has_value());
    BOOST_TEST(a.wait_line("chain id: theirs"));
    config = to({&a});
    config.genesis.bytes[0] = 1;
    Party other_genesis(config);
    BOOST_REQUIRE(other_genesis.start().has_value());
    BOOST_TEST(a.wait_line("genesis: theirs is 01"));
    BOOST_TEST(a.network->peers().empty());
}

BOOST_AUTO_TEST_CASE(who_is_called_must_be_who_was_named) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    PeerConfig config;
    config.persistent_peers = {std::string(40, 'a') +
                               "@127.0.0.1:" + std::to_string(a.network->port())};
    Party b(config);
    BOOST_REQUIRE(b.start().has_value());
    BOOST_TEST(b.wait_line("the peer is " + to_hex(a.id()) + ", not " + std::string(40, 'a')));
    BOOST_TEST(b.network->peers().empty());
}

BOOST_AUTO_TEST_CASE(a_node_that_is_called_by_itself_hangs_up) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Rogue mirror(a.network->port(), TLS1_3_VERSION, a.key);
    BOOST_REQUIRE(mirror.shake());
    mirror.greet();
    BOOST_TEST(a.wait_line("this node called itself"));
    BOOST_TEST(a.network->peers().empty());
}

BOOST_AUTO_TEST_CASE(older_tls_and_plain_garbage_get_nowhere) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Rogue old(a.network->port(), TLS1_2_VERSION);
    BOOST_TEST(!old.shake());
    Rogue plain(a.network->port());
    asio::write(plain.stream->next_layer(), asio::buffer(std::string(1'000, 'x')), plain.error);
    BOOST_TEST(a.wait_line("TLS:"));
    BOOST_TEST(a.network->peers().empty());
}

BOOST_AUTO_TEST_CASE(frames_that_no_node_sends_end_the_link) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    {
        Rogue early(a.network->port());
        BOOST_REQUIRE(early.shake());
        early.say(1, {1, 2, 3});
        BOOST_TEST(early.is_thrown_out());
        BOOST_TEST(a.wait_line("before the greeting"));
    }
    {
        Rogue large(a.network->port());
        BOOST_REQUIRE(large.shake());
        large.greet();
        asio::write(*large.stream, asio::buffer(frame_head(1, 0xffffffff)), large.error);
        BOOST_TEST(large.is_thrown_out());
        BOOST_TEST(a.wait_line("4294967295 bytes on channel 1"));
    }
    {
        Rogue twice(a.network->port());
        BOOST_REQUIRE(twice.shake());
        twice.greet();
        twice.greet();
        BOOST_TEST(twice.is_thrown_out());
        BOOST_TEST(a.wait_line("makes no sense"));
    }
    BOOST_TEST(a.wait([&] { return a.downs.size() == a.ups.size(); }));
}

BOOST_AUTO_TEST_CASE(who_says_nothing_is_dropped_and_who_says_half_too) {
    PeerConfig config;
    config.handshake_ms = 200;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    Rogue silent(a.network->port());
    BOOST_TEST(a.wait_line("no greeting in 200 ms"));
    Rogue half(a.network->port());
    BOOST_REQUIRE(half.shake());
    BOOST_TEST(half.is_thrown_out());
}

BOOST_AUTO_TEST_CASE(a_slow_reader_costs_one_queue_and_no_more) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    Rogue slow(a.network->port());
    BOOST_REQUIRE(slow.shake());
    slow.greet();
    BOOST_REQUIRE(a.wait([&] { return a.ups.size() == 1; }));
    const PeerId id = slow.key.id();
    const Bytes large(1U << 20U, 1);
    std::size_t taken = 0;
    while (a.network->send(id, Channel::consensus, large)) ++taken;
    BOOST_TEST(taken <= limits_of(1)->max_queued / large.size() + 16);  // and what TCP holds
    BOOST_TEST(a.network->stats().dropped >= 1u);
    BOOST_TEST(a.network->send(id, Channel::transactions, {1}));  // a queue for itself
}

BOOST_AUTO_TEST_CASE(who_is_not_worked_off_is_not_read_from) {
    Party a;
    a.releases = false;
    BOOST_REQUIRE(a.start().has_value());
    Party b(to({&a}));
    BOOST_REQUIRE(b.start().has_value());
    BOOST_REQUIRE(b.wait_up(a));
    const Bytes large(1U << 20U, 1);
    std::size_t sent = 0;
    while (b.network->send(a.id(), Channel::consensus, large)) ++sent;
    const std::size_t most = (32U << 20U) / large.size() + 2;
    BOOST_TEST(a.wait([&] { return a.messages.size() >= 30; }));
    BOOST_TEST(a.look([&] { return a.messages.size(); }) <= most);
    a.releases = true;
    a.network->release(b.id(), std::size_t{1} << 40U);
    BOOST_TEST(a.wait([&] { return a.messages.size() >= sent; }));
}

BOOST_AUTO_TEST_CASE(callers_beyond_the_limits_are_turned_away) {
    PeerConfig config;
    config.max_inbound = 3;
    config.max_half_open = 10;
    config.handshake_ms = 60'000;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    std::vector<std::unique_ptr<Party>> callers;
    for (int i = 0; i < 3; ++i) {
        callers.push_back(std::make_unique<Party>(to({&a})));
        BOOST_REQUIRE(callers.back()->start().has_value());
        BOOST_REQUIRE(a.wait_up(*callers.back()));
    }
    Party late(to({&a}));
    BOOST_REQUIRE(late.start().has_value());
    BOOST_TEST(a.wait_line("no room for more peers"));
    asio::io_context context;
    std::vector<tcp::socket> flood;
    for (int i = 0; i < 2'000; ++i) {
        flood.emplace_back(context);
        boost::system::error_code error;
        flood.back().connect({asio::ip::address_v4::loopback(), a.network->port()}, error);
        if (error) flood.pop_back();
    }
    BOOST_TEST(a.network->send(callers[0]->id(), Channel::consensus, {1}));
    BOOST_TEST(callers[0]->wait([&] { return !callers[0]->messages.empty(); }));
    BOOST_TEST(a.network->stats().refused > 1'000u);
    BOOST_TEST(a.network->peers().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_peer_that_comes_back_is_called_again) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    const std::uint16_t port = a.network->port();
    const NodeKey key = a.key;
    Party b(to({&a}));
    BOOST_REQUIRE(b.start().has_value());
    BOOST_REQUIRE(b.wait_up(a));
    a.network->stop();
    BOOST_REQUIRE(b.wait([&] { return b.downs[a.id()] == 1; }));
    PeerConfig config;
    config.port = port;
    Party again(config, key);
    BOOST_REQUIRE(again.start().has_value());
    BOOST_TEST(b.wait_up(again, 2));
}

BOOST_AUTO_TEST_CASE(who_loses_its_standing_is_banned) {
    PeerConfig config;
    config.ban_ms = 60'000;
    Party a(config);
    BOOST_REQUIRE(a.start().has_value());
    Party b(to({&a}));
    BOOST_REQUIRE(b.start().has_value());
    BOOST_REQUIRE(a.wait_up(b));
    a.network->report(b.id(), Offence::invalid);
    BOOST_TEST(a.network->peers().size() == 1u);
    a.network->report(b.id(), Offence::invalid);
    BOOST_TEST(a.wait([&] { return a.downs[b.id()] == 1; }));
    BOOST_TEST(a.wait_line("is banned"));
    BOOST_TEST(a.look([&] { return a.ups[b.id()]; }) == 1);
}

BOOST_AUTO_TEST_CASE(nodes_find_each_other_through_one_they_know) {
    Party hub;
    BOOST_REQUIRE(hub.start().has_value());
    asio::io_context context;
    const auto free_port = [&] {
        return tcp::acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0))
            .local_endpoint()
            .port();
    };
    const auto known_to_hub = [&] {
        PeerConfig config;
        config.seeds = {hub.place()};
        config.port = free_port();
        config.external_address = "127.0.0.1:" + std::to_string(config.port);
        return config;
    };
    Party b(known_to_hub());
    BOOST_REQUIRE(b.start().has_value());
    BOOST_REQUIRE(b.wait_up(hub));
    BOOST_REQUIRE(hub.wait_up(b));
    Party c(known_to_hub());
    BOOST_REQUIRE(c.start().has_value());
    BOOST_TEST(c.wait_up(b));
    BOOST_TEST(b.wait_up(c));
}

BOOST_AUTO_TEST_CASE(a_taken_port_and_bad_addresses_are_named) {
    Party a;
    BOOST_REQUIRE(a.start().has_value());
    PeerConfig config;
    config.port = a.network->port();
    Party b(config);
    BOOST_TEST(b.start().error().message.starts_with("p2p.port: cannot listen on 127.0.0.1:"));
    config.persistent_peers = {"nobody"};
    BOOST_TEST(PeerNetwork::create(config, a.key).error().message ==
               "p2p.persistent_peers: \"nobody\" is no id@host:port");
    config.persistent_peers = {};
    config.external_address = "here";
    BOOST_TEST(
        PeerNetwork::create(config, a.key).error().message.starts_with("p2p.external_address"));
}

}  // namespace assay::consensus::test
