// Snapshots from a chain into an empty directory: equal roots and bytes, every kind of false chunk,
// crashes at every step, and what a node without older blocks answers.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/app/audit.hpp"
#include "chain/app/chain_snapshots.hpp"
#include "chain/state/state_chunks.hpp"
#include "tests/support/deposit_module.hpp"
#include "tests/support/temp_dir.hpp"

using namespace assay;
using namespace assay::test;

namespace {

const FixedBytes<20> kProposer{{0x77}};

Address person(std::uint32_t number) {
    const Hash256 hash = sha256(view_of(std::to_string(number)));
    return Address::from(ByteView(hash).first(20));
}

// One node: its chain, and the snapshots that it keeps.
struct Place {
    TempDir dir;
    const Registry& registry;
    std::uint32_t people;
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
    std::unique_ptr<SnapshotStore> store;
    std::unique_ptr<ChainSnapshots> snapshots;

    Place(const Registry& registry_in, std::uint32_t people_in)
        : registry(registry_in), people(people_in) {
        open();
    }
    void close() {
        snapshots.reset();
        store.reset();
        app.reset();
        database.reset();
    }
    void open() {
        close();
        database = *Database::open(dir.path() + "/data");
        AppConfig config{
            .chain_id = kChain, .genesis_time = {1'000, 0}, .build_genesis = [this](State& state) {
                for (std::uint32_t i = 0; i < people; ++i)
                    ledger::grant_at_genesis(state, person(i), 1'000'000 + i);
                state.put(kFeeRecipients, kProposer, person(0));
                state.put(kFeeParams, {}, {});
            }};
        auto opened = ChainApp::open(std::move(config), registry, *database);
        if (!opened) BOOST_FAIL(opened.error().message);
        app = std::move(*opened);
        store = *SnapshotStore::open(dir.path() + "/snapshots", 2);
        snapshots = std::make_unique<ChainSnapshots>(*app, *store);
    }
    Hash256 block(std::vector<EngineRecord> records = {}) {
        const std::uint64_t height = app->store().height() + 1;
        const auto response =
            app->finalize_block({.height = height,
                                 .time = {static_cast<std::int64_t>(1'000 + height), 5},
                                 .hash = sha256(Bytes{static_cast<std::uint8_t>(height)}),
                                 .proposer_address = kProposer,
                                 .txs = {}});
        BOOST_REQUIRE(app->commit(records).has_value());
        return response.app_hash;
    }
    SnapshotManifest take(Bytes note) {
        BOOST_REQUIRE(snapshots->take_snapshot(std::move(note)));
        snapshots->wait();
        return snapshots->list_snapshots().at(0);
    }
    SnapshotChunk chunk(const SnapshotManifest& manifest, std::uint32_t index) const {
        return snapshots->load_snapshot_chunk(manifest.height, index).value();
    }
};

struct Fixture {
    Registry registry{{deposit_module()}};
    Place from{registry, 60'000};
    Place to{registry, 1};
    Bytes note = Bytes(1'500'000, 7);  // two pieces
    SnapshotManifest manifest;

    Fixture() {
        BOOST_REQUIRE(from.app->init_chain().has_value());
        from.block();
        from.block();
        manifest = from.take(note);
    }
    void offer() {
        BOOST_REQUIRE(to.snapshots->offer_snapshot(manifest, from.app->store().root()));
    }
    SnapshotCalls::ChunkOutcome give(std::uint32_t index) {
        return to.snapshots->apply_snapshot_chunk(index, from.chunk(manifest, index));
    }
    void give_all() {
        for (std::uint32_t i = manifest.chunks; i-- > 0;)
            BOOST_REQUIRE((give(i) == SnapshotCalls::ChunkOutcome::taken));
    }
    void check_empty() {
        BOOST_TEST(!to.app->info().initialised);
        BOOST_TEST(!holds_partial_state(*to.database));
        const std::uint8_t record = 's';
        Iterator it = to.database->iterator();
        it.seek(ByteView(&record, 1));
        BOOST_TEST((!it.valid() || it.key()[0] != record));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_restored_node_goes_on_like_the_others, Fixture) {
    BOOST_TEST(manifest.chunks > 3u);
    offer();
    give_all();
    BOOST_TEST((to.snapshots->snapshot_note() == note));
    const std::vector<EngineRecord> records{{Bytes{'x'}, Bytes{1, 2}}};
    BOOST_REQUIRE(to.snapshots->finish_snapshot(records).has_value());
    const auto check = [&] {
        BOOST_TEST(to.app->info().last_height == from.app->info().last_height);
        BOOST_TEST((to.app->info().last_app_hash == from.app->info().last_app_hash));
        BOOST_TEST((to.app->engine_record(Bytes{'x'}) == Bytes{1, 2}));
        BOOST_TEST((to.app->index().block(2)->hash == from.app->index().block(2)->hash));
        BOOST_TEST(to.app->index().earliest_height() == 3u);
        BOOST_TEST(!to.app->index().block(1).has_value());
        BOOST_TEST(to.app->index().txs(2).empty());
        for (const auto& failure : audit(*to.app)) BOOST_ERROR(failure.rule + ": " + failure.what);
    };
    check();
    to.open();
    check();
    BOOST_TEST((to.block() == from.block()));
    BOOST_TEST((to.app->index().block(3)->hash == from.app->index().block(3)->hash));
    for (const auto& failure : audit(*to.app)) BOOST_ERROR(failure.rule + ": " + failure.what);
    Place fresh(registry, 1);
    const auto replayed = replay(*to.app, *fresh.app);
    BOOST_REQUIRE(!replayed.has_value());
    BOOST_TEST(replayed.error().message.find("after block 2") != std::string::npos);
    BOOST_TEST(!to.snapshots->offer_snapshot(manifest, manifest.app_hash).has_value());
}

BOOST_FIXTURE_TEST_CASE(two_nodes_make_the_same_bytes, Fixture) {
    Place other(registry, 60'000);
    BOOST_REQUIRE(other.app->init_chain().has_value());
    other.block();
    other.open();  // another history on disk
    other.block();
    const SnapshotManifest again = other.take(note);
    BOOST_TEST((again == manifest));
    for (std::uint32_t i = 0; i < manifest.chunks; ++i)
        BOOST_TEST((other.chunk(again, i) == from.chunk(manifest, i)));
}

BOOST_FIXTURE_TEST_CASE(chunks_that_the_manifest_does_not_prove_change_nothing, Fixture) {
    using Outcome = SnapshotCalls::ChunkOutcome;
    BOOST_TEST((give(0) == Outcome::refused));  // nothing was offered
    offer();
    const SnapshotChunk good = from.chunk(manifest, 2);
    const auto refused = [&](std::uint32_t index, const SnapshotChunk& chunk) {
        BOOST_TEST((to.snapshots->apply_snapshot_chunk(index, chunk) == Outcome::refused));
    };
    for (std::size_t at = 0; at < good.bytes.size(); at += 99'991) {
        SnapshotChunk bad = good;
        bad.bytes[at] ^= 1U;
        refused(2, bad);
    }
    SnapshotChunk bad = good;
    bad.bytes.pop_back();
    refused(2, bad);
    bad = good;
    bad.bytes.resize(kSnapshotChunkBytes + 1);
    refused(2, bad);
    bad = good;
    bad.path.resize(kMaxChunkPath + 1);
    refused(2, bad);
    bad = good;
    bad.path.pop_back();
    refused(2, bad);
    bad.bytes.clear();
    refused(2, bad);
    refused(1, good);
    refused(3, good);
    refused(manifest.chunks, good);
    refused(0xFFFFFFFF, good);
    give_all();
    BOOST_TEST((give(2) == Outcome::taken));  // again
    BOOST_REQUIRE(to.snapshots->finish_snapshot({}).has_value());
    BOOST_TEST((to.app->store().root() == from.app->store().root()));
}

BOOST_FIXTURE_TEST_CASE(false_manifests_are_refused, Fixture) {
    const Hash256 app_hash = from.app->store().root();
    const auto refused = [&](SnapshotManifest bad) {
        BOOST_TEST(!to.snapshots->offer_snapshot(bad, app_hash).has_value());
        check_empty();
    };
    SnapshotManifest bad = manifest;
    bad.app_hash.bytes[0] ^= 1U;
    refused(bad);
    bad = manifest;
    bad.format = 2;
    refused(bad);
    bad = manifest;
    bad.chunks = 0;
    refused(bad);
    bad.chunks = kMaxSnapshotChunks + 1;
    refused(bad);
    bad = manifest;
    bad.height = 0;
    refused(bad);
}

// The liar's chunks fit its own manifest, which states the chain's app hash.
BOOST_FIXTURE_TEST_CASE(a_state_with_another_root_is_removed_again, Fixture) {
    Place liar(registry, 60'001);
    BOOST_REQUIRE(liar.app->init_chain().has_value());
    liar.block();
    liar.block();
    SnapshotManifest lie = liar.take(note);
    lie.app_hash = manifest.app_hash;
    BOOST_REQUIRE(to.snapshots->offer_snapshot(lie, manifest.app_hash).has_value());
    for (std::uint32_t i = 0; i < lie.chunks; ++i)
        BOOST_REQUIRE((to.snapshots->apply_snapshot_chunk(i, liar.chunk(lie, i)) ==
                       SnapshotCalls::ChunkOutcome::taken));
    const auto finished = to.snapshots->finish_snapshot({});
    BOOST_REQUIRE(!finished.has_value());
    BOOST_TEST(finished.error().message.find("app hash") != std::string::npos);
    check_empty();
    offer();
    give_all();
    BOOST_TEST(to.snapshots->finish_snapshot({}).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_restore_cut_short_anywhere_begins_again, Fixture) {
    for (std::uint32_t done = 0; done <= manifest.chunks; ++done) {
        offer();
        for (std::uint32_t i = 0; i < done; ++i) give(i);
        BOOST_TEST(holds_partial_state(*to.database));
        to.open();
        check_empty();
    }
    BOOST_REQUIRE(to.app->init_chain().has_value());  // fit for anything
    BOOST_TEST((to.app->info().last_height == 0u));
}

BOOST_FIXTURE_TEST_CASE(old_snapshots_go_and_unfinished_ones_too, Fixture) {
    from.block();
    from.take(note);
    from.block();
    from.take(note);
    auto list = from.snapshots->list_snapshots();
    BOOST_REQUIRE(list.size() == 2u);
    BOOST_TEST(list[0].height == 4u);
    BOOST_TEST(list[1].height == 3u);
    BOOST_TEST(!from.snapshots->load_snapshot_chunk(2, 0).has_value());
    std::stop_source stop;
    stop.request_stop();
    from.block();
    BOOST_TEST(!from.store
                    ->make(5, from.app->store().root(), note, from.app->store().snapshot(),
                           stop.get_token())
                    .has_value());
    from.open();
    BOOST_TEST((from.snapshots->list_snapshots() == list));
    BOOST_TEST(!from.snapshots->load_snapshot_chunk(5, 0).has_value());
    BOOST_TEST(!from.snapshots->load_snapshot_chunk(4, list[0].chunks).has_value());
}

// The chain goes on while the thread writes what the height was.
BOOST_FIXTURE_TEST_CASE(blocks_go_on_while_a_snapshot_is_made, Fixture) {
    const Hash256 root = from.block();
    BOOST_REQUIRE(from.snapshots->take_snapshot(note));
    for (int i = 0; i < 20; ++i) from.block();
    from.snapshots->wait();
    manifest = from.snapshots->list_snapshots().at(0);
    BOOST_TEST(manifest.height == 3u);
    BOOST_TEST((manifest.app_hash == root));
    BOOST_REQUIRE(to.snapshots->offer_snapshot(manifest, root).has_value());
    give_all();
    BOOST_TEST(to.snapshots->finish_snapshot({}).has_value());
}
