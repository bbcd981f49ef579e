// A node joins from its peers' snapshots: honest ones, liars of every kind, silence and attacks.
#include "consensus/sync/stored_light_blocks.hpp"
#include "tests/consensus/sync/snapshot_net.hpp"

namespace assay::consensus::test {

namespace {

using Labels = std::vector<std::uint8_t>;

Labels members(std::int64_t height) {
    return height < 6 ? Labels{1, 2, 3, 4} : Labels{2, 3, 4, 5};
}

Bytes note_at(std::int64_t height) {
    return encode(SnapshotNote{.validators = Keys::set(members(height + 1)),
                               .next = Keys::set(members(height + 2))});
}

struct Fixture {
    static constexpr std::uint64_t kHeight = 12;
    ChainPlace source{60'000};
    SnapshotManifest manifest = source.grow_to(kHeight, note_at(kHeight));
    LightChain headers{kHeight + 3, members, [this](std::int64_t height) {
                           return height == static_cast<std::int64_t>(kHeight) + 1
                                      ? source.app->store().root()
                                      : sha256(record::encode(height));
                       }};
    ChainPlace joiner{1};
    StoredLightBlocks own{*joiner.app};
    SnapshotNet net;
    StateSyncConfig config;
    std::unique_ptr<StateSync> sync;
    std::optional<ChainPosition> done;
    std::string fell_back, attacked, failed;
    std::vector<std::string> refused;
    std::int64_t trust_period_s = 100'000;

    void honest(std::uint8_t label, SnapshotNet::Lie lie = {}) {
        net.add_peer(label, *source.snapshots, headers, std::move(lie));
    }
    void run(std::uint64_t for_ms = 120'000) {
        config.trust = headers.trust(2);
        config.trust.period_s = trust_period_s;
        ChainIdentity identity;
        identity.chain_id = kLightChain;
        sync = std::make_unique<StateSync>(
            identity, config,
            StateSync::Ports{.snapshots = *joiner.snapshots,
                             .light_blocks = own,
                             .peers = net,
                             .clock = net,
                             .timers = net},
            StateSync::Events{
                .done = [&](const ChainPosition& at) { done = at; },
                .fall_back = [&](const std::string& why) { fell_back = why; },
                .attacked = [&](const std::string& what) { attacked = what; },
                .failed = [&](const Error& error) { failed = error.message; },
                .refused = [&](const std::string& what) { refused.push_back(what); }});
        net.join(*sync);
        net.run(for_ms);
        for (const auto& line : refused) BOOST_TEST_MESSAGE(line);
    }
    void check_done() {
        BOOST_TEST(fell_back == "");
        BOOST_TEST(attacked == "");
        BOOST_TEST(failed == "");
        BOOST_REQUIRE(done.has_value());
        BOOST_TEST(done->height == kHeight);
        BOOST_TEST((joiner.app->store().root() == source.app->store().root()));
        BOOST_TEST(joiner.app->info().last_height == kHeight);
        const auto position = load_position(*joiner.app, kHeight);
        BOOST_REQUIRE(position.has_value());
        BOOST_TEST((position->last_block_id == headers.blocks.at(kHeight).commit.block_id));
        BOOST_TEST((position->last_time == headers.blocks.at(kHeight).header.time));
        BOOST_TEST((position->app_hash == source.app->store().root()));
        BOOST_TEST((position->validators == Keys::set(members(kHeight + 1))));
        BOOST_TEST((position->next_validators == Keys::set(members(kHeight + 2))));
        BOOST_TEST((position->last_validators == Keys::set(members(kHeight))));
        // What it has, it gives on.
        const auto given = own.light_block(kHeight);
        BOOST_REQUIRE(given.has_value());
        BOOST_TEST(check_light_block(kLightChain, *given).has_value());
        BOOST_TEST(!own.light_block(kHeight - 1).has_value());
    }
    void check_fell_back() {
        BOOST_TEST(!done.has_value());
        BOOST_TEST(attacked == "");
        BOOST_TEST(failed == "");
        BOOST_TEST(fell_back != "");
        BOOST_TEST(!joiner.app->info().initialised);
        BOOST_TEST(joiner.app->init_chain().has_value());  // fit for block sync
    }
};

// Turns the pieces of one chunk into another by `change`.
SnapshotNet::Lie with_chunks(std::function<void(ChunkResponse&)> change) {
    return [change](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        if (auto* chunk = std::get_if<ChunkResponse>(&message)) change(*chunk);
        return message;
    };
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(honest_peers_share_the_work, Fixture) {
    for (std::uint8_t label = 1; label <= 4; ++label) honest(label);
    run();
    check_done();
    BOOST_TEST(net.reports.empty());
    BOOST_TEST(net.chunk_requests.size() > 1u);
    BOOST_TEST(manifest.chunks > 2u);
}

BOOST_FIXTURE_TEST_CASE(false_chunks_are_fetched_elsewhere, Fixture) {
    honest(1, with_chunks([](ChunkResponse& response) { response.chunk->bytes[5] ^= 1U; }));
    honest(2, with_chunks([](ChunkResponse& response) { response.chunk->bytes.pop_back(); }));
    honest(3, with_chunks([](ChunkResponse& response) { response.chunk->path.clear(); }));
    Bytes other = source.snapshots->load_snapshot_chunk(kHeight, 1)->bytes;
    honest(4, with_chunks([&](ChunkResponse& response) {
               response.chunk->bytes = response.index == 1 ? Bytes{1} : other;
           }));
    honest(5);
    config.light_peers = 5;
    run();
    check_done();
    BOOST_TEST(!net.reported(5, Offence::invalid));
    std::size_t liars = 0;
    for (std::uint8_t label = 1; label <= 4; ++label)
        liars += net.reported(label, Offence::invalid) ? 1U : 0U;
    BOOST_TEST(liars > 0u);
}

BOOST_FIXTURE_TEST_CASE(silence_and_missing_chunks_are_survived, Fixture) {
    honest(1, [](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        if (std::holds_alternative<ChunkResponse>(message)) return std::nullopt;
        return message;
    });
    honest(2, with_chunks([](ChunkResponse& response) { response.chunk.reset(); }));
    honest(3, [](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        if (std::holds_alternative<LightBlockResponse>(message)) return std::nullopt;
        return message;
    });
    honest(4);
    run();
    check_done();
    BOOST_TEST(net.reported(1, Offence::useless));
    BOOST_TEST(!net.reported(2, Offence::invalid));
}

BOOST_FIXTURE_TEST_CASE(a_manifest_with_a_false_app_hash_condemns_its_makers, Fixture) {
    const auto lie = [](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        if (auto* list = std::get_if<SnapshotsResponse>(&message))
            for (auto& one : list->snapshots) one.app_hash.bytes[0] ^= 1U;
        return message;
    };
    for (std::uint8_t label = 1; label <= 3; ++label) honest(label, lie);
    honest(4);
    run();
    check_done();
    for (std::uint8_t label = 1; label <= 3; ++label)
        BOOST_TEST(net.reported(label, Offence::invalid));
    BOOST_TEST(!net.reported(4, Offence::invalid));
}

// Most peers offer a state that fits their manifest and not the chain.
BOOST_FIXTURE_TEST_CASE(a_false_state_is_removed_and_the_true_one_taken, Fixture) {
    ChainPlace liars(60'001);
    liars.grow_to(kHeight, note_at(kHeight));
    const Hash256 app_hash = manifest.app_hash;
    const auto lie = [app_hash](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        if (auto* list = std::get_if<SnapshotsResponse>(&message))
            for (auto& one : list->snapshots) one.app_hash = app_hash;
        return message;
    };
    net.add_peer(1, *liars.snapshots, headers, lie);
    net.add_peer(2, *liars.snapshots, headers, lie);
    honest(3);
    run();
    check_done();
    BOOST_TEST(net.reported(1, Offence::invalid));
    BOOST_TEST(net.reported(2, Offence::invalid));
    BOOST_TEST(!net.reported(3, Offence::invalid));
}

BOOST_FIXTURE_TEST_CASE(a_false_note_condemns_the_snapshot, Fixture) {
    ChainPlace liars(60'000);
    liars.grow_to(kHeight, encode(SnapshotNote{.validators = Keys::set({1, 2, 3, 4}),
                                               .next = Keys::set({1, 2, 3, 4})}));
    net.add_peer(1, *liars.snapshots, headers);
    net.add_peer(2, *liars.snapshots, headers);
    honest(3);
    run();
    check_done();
    BOOST_TEST(net.reported(1, Offence::invalid));
}

BOOST_FIXTURE_TEST_CASE(forged_headers_are_reported_and_others_believed, Fixture) {
    honest(1, [](SnapshotMessage message) -> std::optional<SnapshotMessage> {
        auto* header = std::get_if<LightBlockResponse>(&message);
        if (header == nullptr || header->height != kHeight) return message;
        LightBlock& block = *header->block;
        block.validators = Keys::set({20, 21, 22});
        block.header.validators_hash = block.validators.hash();
        block.commit = signed_commit(block.header, block.validators, 3);
        return message;
    });
    honest(2);
    run();
    check_done();
    BOOST_TEST(net.reported(1, Offence::invalid));
}

// Those who are trusted sign another header of the height: nobody can say which chain is true.
BOOST_FIXTURE_TEST_CASE(two_proven_headers_stop_the_node, Fixture) {
    const LightChain fork(kHeight + 3, members, [](std::int64_t height) {
        return height < 5 ? sha256(record::encode(height)) : Hash256{{9}};
    });
    BOOST_REQUIRE((fork.blocks.at(2) == headers.blocks.at(2)));
    honest(1);
    honest(2);
    net.add_peer(3, *source.snapshots, fork);
    run();
    BOOST_TEST(!done.has_value());
    BOOST_TEST(fell_back == "");
    BOOST_TEST(attacked.find("height 13") != std::string::npos);
    BOOST_TEST(!joiner.app->info().initialised);
}

BOOST_FIXTURE_TEST_CASE(an_old_trusted_header_falls_back_and_blames_nobody, Fixture) {
    honest(1);
    trust_period_s = 10;
    run();
    check_fell_back();
    BOOST_TEST(fell_back.find("older than the trusting period") != std::string::npos);
    BOOST_TEST(net.reports.empty());
}

BOOST_FIXTURE_TEST_CASE(peers_that_offer_nothing, Fixture) {
    ChainPlace empty{1};
    net.add_peer(1, *empty.snapshots, headers);
    run();
    check_fell_back();
    BOOST_TEST(net.requests[snapshot_peer(1)] == config.discovery_rounds);
}

BOOST_FIXTURE_TEST_CASE(without_peers_it_waits_for_one, Fixture) {
    run();
    BOOST_TEST(fell_back == "");
    BOOST_TEST((sync->progress().stage == StateSyncProgress::Stage::discovering));
    honest(1);
    net.run(10'000);
    check_done();
}

// A snapshot as new as the chain is not offered: the header that proves it is not there yet.
BOOST_FIXTURE_TEST_CASE(a_snapshot_of_the_newest_block_is_not_offered, Fixture) {
    const LightChain shorter{kHeight, members,
                             [](std::int64_t height) { return sha256(record::encode(height)); }};
    net.add_peer(1, *source.snapshots, shorter);
    run();
    check_fell_back();
    BOOST_TEST(fell_back == "no peer offered a snapshot");
}

BOOST_FIXTURE_TEST_CASE(peers_of_another_chain_than_the_trusted_header_s_stop_the_node, Fixture) {
    const LightChain other{kHeight + 3, members,
                           [](std::int64_t height) { return sha256(record::encode(height + 1)); }};
    net.add_peer(1, *source.snapshots, other);
    run();
    BOOST_TEST(fell_back == "");
    BOOST_TEST(attacked.find("no peer has the trusted header of height 2") != std::string::npos);
    BOOST_TEST(net.reports.empty());
}

BOOST_FIXTURE_TEST_CASE(only_liars_are_left, Fixture) {
    for (std::uint8_t label = 1; label <= 3; ++label)
        honest(label, with_chunks([](ChunkResponse& response) { response.chunk->bytes[0] ^= 1U; }));
    run();
    check_fell_back();
}

BOOST_FIXTURE_TEST_CASE(a_peer_that_leaves_is_replaced, Fixture) {
    honest(1);
    honest(2);
    run(70);
    net.lose(1);
    net.run(60'000);
    check_done();
}

BOOST_FIXTURE_TEST_CASE(messages_go_both_ways_and_damage_is_refused, Fixture) {
    const auto chunk = source.snapshots->load_snapshot_chunk(kHeight, 0);
    const std::vector<SnapshotMessage> all{
        SnapshotsRequest{},
        SnapshotsResponse{.snapshots = {manifest, manifest}},
        ChunkRequest{.height = 3, .root = manifest.root, .index = 0},
        ChunkResponse{.height = 3, .root = manifest.root, .index = 2, .chunk = chunk},
        ChunkResponse{.height = 3, .root = manifest.root, .index = 2, .chunk = {}},
        LightBlockRequest{.height = 9},
        LightBlockResponse{.height = 9, .block = headers.blocks.at(9)},
        LightBlockResponse{.height = 9, .block = {}}};
    for (const auto& message : all) {
        const Bytes raw = encode_snapshot_message(message);
        const auto decoded = decode_snapshot_message(raw);
        BOOST_REQUIRE(decoded.has_value());
        BOOST_TEST((*decoded == message));
        for (std::size_t size = 0; size < std::min<std::size_t>(raw.size(), 600); ++size)
            BOOST_TEST(!decode_snapshot_message(ByteView(raw).first(size)).has_value());
        Bytes longer = raw;
        longer.push_back(0);
        BOOST_TEST(!decode_snapshot_message(longer).has_value());
    }
    const auto expect_refusal = [](const SnapshotMessage& message) {
        BOOST_TEST(!decode_snapshot_message(encode_snapshot_message(message)).has_value());
    };
    expect_refusal(SnapshotsResponse{.snapshots = std::vector(kMaxSnapshotsListed + 1, manifest)});
    ChunkResponse big{.height = 1, .root = {}, .index = 0, .chunk = SnapshotChunk{}};
    expect_refusal(big);
    big.chunk->bytes = Bytes(kSnapshotChunkBytes + 1);
    expect_refusal(big);
    big.chunk->bytes = Bytes(5, 1);
    big.chunk->path.resize(kMaxChunkPath + 1);
    expect_refusal(big);
    expect_refusal(LightBlockRequest{.height = 0});
    expect_refusal(LightBlockResponse{.height = 8, .block = headers.blocks.at(9)});
}

BOOST_FIXTURE_TEST_CASE(a_peer_that_asks_too_much_is_a_flood, Fixture) {
    SnapshotServer server(*source.snapshots, headers, net, net);
    for (std::uint64_t i = 0; i < SnapshotServer::kAnswersPerSecond; ++i)
        server.answer(snapshot_peer(7), LightBlockRequest{.height = 3});
    BOOST_TEST(net.reports.empty());
    server.answer(snapshot_peer(7), LightBlockRequest{.height = 3});
    BOOST_TEST(net.reported(7, Offence::flood));
}

}  // namespace assay::consensus::test
