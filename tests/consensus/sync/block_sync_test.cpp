// Catching up from genesis, again, through changes of validators, crashes and vanishing peers.
#include "consensus/sync/block_sync.hpp"

#include <boost/test/unit_test.hpp>

#include "consensus/privval/file_signer.hpp"
#include "tests/consensus/sync/sync_net.hpp"

namespace assay::consensus::test {

namespace {

constexpr const char* kSignPath = "priv_validator_state.bin";

void check_same_chain(NodeDisk& disk, const ChainMaker& chain) {
    BOOST_TEST(disk.store.height == chain.store.height);
    BOOST_TEST((disk.store.history == chain.store.history));
    for (std::uint64_t height = 1; height <= chain.store.height; ++height)
        BOOST_REQUIRE((disk.store.records.at(block_record_key(height)) ==
                       chain.store.records.at(block_record_key(height))));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_new_node_catches_up_from_genesis_and_votes_for_nothing_meanwhile) {
    ChainMaker chain;
    chain.make(500);
    SyncNet net;
    BOOST_REQUIRE(SignState::create(net.disk(9).disk, kSignPath).has_value());
    FileSigner signer(key_of(1), SignState::open(net.disk(9).disk, kSignPath).value());
    for (std::uint8_t label = 1; label <= 3; ++label) net.add(label, chain, true);
    SyncNode& node = net.add(9, chain, false, {.sync = {}, .signer = &signer});
    for (std::uint8_t label = 1; label <= 3; ++label) net.link(9, label);
    const std::uint64_t began_ms = net.now_ms;
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 500; }, 10'000));
    BOOST_TEST_MESSAGE("500 blocks in " << net.now_ms - began_ms << " ms of the net's time");
    BOOST_TEST(net.now_ms - began_ms < 1'000u);
    net.run(500);
    BOOST_TEST(!node.sync.is_catching_up());
    BOOST_TEST(node.votes_while_catching_up == 0u);
    BOOST_TEST(node.reports.empty());
    check_same_chain(net.disk(9), chain);
    for (std::uint8_t label = 1; label <= 3; ++label) {
        const auto metrics = net.nodes[peer_id(label)]->sync.metrics();
        BOOST_TEST(metrics.blocks_served > 50u);
        BOOST_TEST(net.nodes[peer_id(label)]->reports.empty());
    }
    const BlockSyncMetrics metrics = node.sync.metrics();
    BOOST_TEST(metrics.blocks_ingested >= 495u);  // votes of old heights may decide a few
    BOOST_TEST(metrics.times_begun == 1u);
    BOOST_TEST(metrics.held_bytes == 0u);
    BOOST_TEST(metrics.in_flight == 0u);
}

// Whoever asks one slow server for large blocks has many small requests waiting there.
BOOST_AUTO_TEST_CASE(the_only_server_is_slow_and_blames_nobody) {
    constexpr std::size_t kBlockBytes = 150'000;
    ChainMaker chain(4, {}, kBlockBytes);
    chain.make(200);
    SyncNet net;
    SyncNode& server = net.add(
        1, chain, true,
        {.sync = {.server = {.bytes_per_second = 4U << 20U, .bytes_at_once = 256U << 10U}}});
    SyncNode& node = net.add(9, chain, false);
    net.link(9, 1);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 200; }, 30'000));
    BOOST_TEST(server.reports.empty());
    BOOST_TEST(node.reports.empty());
}

BOOST_AUTO_TEST_CASE(work_may_end_late_and_out_of_order) {
    ChainMaker chain;
    chain.make(200);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 2; ++label) net.add(label, chain, true);
    SyncNode& node = net.add(9, chain, false, {.sync = {}, .signer = nullptr, .late_worker = true});
    for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 200; }, 10'000));
    BOOST_TEST(node.reports.empty());
    check_same_chain(net.disk(9), chain);
}

BOOST_AUTO_TEST_CASE(what_waits_for_a_thread_is_opened_together) {
    ChainMaker chain;
    chain.make(200);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 2; ++label) net.add(label, chain, true);
    BlockSyncConfig config;
    config.group_blocks = 10;
    SyncNode& node =
        net.add(9, chain, false, {.sync = config, .signer = nullptr, .late_worker = true});
    for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 200; }, 10'000));
    BOOST_TEST(node.groups.front() == 1u);  // the first does not wait for others
    BOOST_TEST(std::ranges::max(node.groups) == 10u);
    std::size_t blocks = 0;
    for (const std::size_t group : node.groups) blocks += group;
    BOOST_TEST(blocks >= 195u);  // votes of old heights may decide a few
    BOOST_TEST(blocks <= 200u);
    BOOST_TEST(node.named == blocks);
    BOOST_TEST(node.reports.empty());
    check_same_chain(net.disk(9), chain);
}

BOOST_AUTO_TEST_CASE(small_groups_wait_while_enough_is_open) {
    ChainMaker chain(4, {}, 50'000);
    chain.make(300);
    const auto mean_group = [&](std::size_t ahead_bytes) {
        SyncNet net;
        net.add(1, chain, true);
        BlockSyncConfig config;
        config.pool.window_bytes = 3'000'000;
        config.group_bytes = 1'000'000;
        config.open_ahead_bytes = ahead_bytes;
        SyncNode& node =
            net.add(9, chain, false, {.sync = config, .signer = nullptr, .late_worker = true});
        net.link(9, 1);
        BOOST_REQUIRE(net.run_until([&] { return node.height() == 300; }, 30'000));
        BOOST_TEST(node.reports.empty());
        return 300 / node.groups.size();
    };
    const std::size_t eager = mean_group(SIZE_MAX);
    for (const std::size_t ahead_bytes : {0U, 1U, 200'000U}) {
        const std::size_t lazy = mean_group(ahead_bytes);
        BOOST_TEST_MESSAGE(lazy << " blocks a group, " << eager << " where none waits");
        BOOST_TEST(lazy > eager);
    }
}

BOOST_AUTO_TEST_CASE(a_group_is_bounded_in_bytes_too) {
    constexpr std::size_t kBlockBytes = 50'000;
    ChainMaker chain(4, {}, kBlockBytes);
    chain.make(60);
    for (const std::size_t group_bytes : {std::size_t{1}, 3 * kBlockBytes + 10'000}) {
        SyncNet net;
        net.add(1, chain, true);
        BlockSyncConfig config;
        config.group_bytes = group_bytes;
        SyncNode& node =
            net.add(9, chain, false, {.sync = config, .signer = nullptr, .late_worker = true});
        net.link(9, 1);
        BOOST_REQUIRE(net.run_until([&] { return node.height() == 60; }, 10'000));
        BOOST_TEST(std::ranges::max(node.groups) == (group_bytes == 1 ? 1u : 3u));
    }
}

BOOST_AUTO_TEST_CASE(it_begins_again_whenever_the_node_lags) {
    ChainMaker chain;
    chain.make(50);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 2; ++label) net.add(label, chain, true);
    SyncNode& node = net.add(9, chain, false);
    const auto grow_all = [&](std::size_t blocks) {
        for (std::uint8_t label = 1; label <= 2; ++label) net.cut(9, label);
        chain.make(blocks);
        for (std::uint8_t label = 1; label <= 2; ++label) net.nodes[peer_id(label)]->grow(chain);
        net.run(100);
        for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
    };
    for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 50; }, 10'000));
    for (std::uint64_t round = 1; round <= 5; ++round) {
        net.run(300);
        BOOST_TEST(!node.sync.is_catching_up());
        grow_all(30);
        BOOST_REQUIRE(net.run_until([&] { return node.height() == 50 + 30 * round; }, 10'000));
    }
    BOOST_TEST(node.sync.metrics().times_begun == 6u);
    BOOST_TEST(node.reports.empty());
    check_same_chain(net.disk(9), chain);
}

BOOST_AUTO_TEST_CASE(validators_may_change_within_the_range) {
    const auto update = [](std::uint8_t label, std::uint64_t power) {
        return ValidatorUpdate{.public_key = public_key_of(label), .power = power};
    };
    // In the end nobody of the beginning is left.
    UpdatesAt updates{{20, {update(5, 10)}},
                      {21, {update(6, 30), update(1, 0)}},
                      {60, {update(7, 40), update(2, 0), update(3, 0)}},
                      {61, {update(5, 11)}},
                      {100, {update(4, 0), update(8, 25)}}};
    ChainMaker chain(4, updates);
    chain.make(150);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 2; ++label) net.add(label, chain, true);
    SyncNode& node = net.add(9, chain, false);
    for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 150; }, 10'000));
    BOOST_TEST(node.reports.empty());
    BOOST_TEST((node.replica.position().validators == chain.position.validators));
    check_same_chain(net.disk(9), chain);
}

BOOST_AUTO_TEST_CASE(peers_may_vanish_at_any_time) {
    ChainMaker chain;
    chain.make(300);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 4; ++label) net.add(label, chain, true);
    SyncNode& node = net.add(
        9, chain, false,
        {.sync = {.pool = {.window_blocks = 40, .blocks_per_request = 4, .blocks_per_peer = 8}}});
    for (std::uint8_t label = 1; label <= 4; ++label) net.link(9, label);
    for (std::uint8_t label = 1; label <= 3; ++label) {
        BOOST_REQUIRE(net.run_until([&] { return node.height() >= 60ULL * label; }, 10'000));
        net.stop(label);
    }
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 300; }, 10'000));
    BOOST_TEST(node.reports.empty());
    check_same_chain(net.disk(9), chain);
}

BOOST_AUTO_TEST_CASE(a_crash_at_any_write_loses_nothing) {
    ChainMaker chain;
    chain.make(40);
    for (std::uint64_t effects = 1; effects < 60; effects += 3) {
        SyncNet net;
        net.add(1, chain, true);
        net.add(9, chain, false);
        net.link(9, 1);
        net.disk(9).disk.fail_after(effects);
        SyncNode* node = net.nodes[peer_id(9)].get();
        net.run_until([&] { return node->failed.has_value() || node->height() == 40; }, 5'000);
        net.stop(9);
        net.disk(9).disk.crash();
        node = &net.add(9, chain, false);
        net.link(9, 1);
        BOOST_REQUIRE(net.run_until([&] { return node->height() == 40; }, 5'000));
        check_same_chain(net.disk(9), chain);
    }
}

BOOST_AUTO_TEST_CASE(nobody_left_to_ask_gives_the_replica_back) {
    ChainMaker chain;
    chain.make(300);
    SyncNet net;
    net.add(1, chain, true);
    SyncNode& node = net.add(
        9, chain, false,
        {.sync = {.pool = {.window_blocks = 10, .blocks_per_request = 2, .blocks_per_peer = 4}}});
    net.link(9, 1);
    BOOST_REQUIRE(net.run_until([&] { return node.height() > 20; }, 10'000));
    BOOST_TEST(node.sync.is_catching_up());
    net.nodes[peer_id(1)]->lie = [](const Bytes&) { return std::vector<Bytes>(); };
    net.run(1'500);
    BOOST_TEST(!node.sync.is_catching_up());  // takes part while it goes on asking
    net.cut(9, 1);
    net.run(1'000);
    BOOST_TEST(!node.sync.metrics().fetching);
    net.nodes[peer_id(1)]->lie = nullptr;
    net.link(9, 1);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 300; }, 60'000));
}

}  // namespace assay::consensus::test
