// The application on a real store: blocks survive reopening, replay and audit agree, damage is
// seen.
#include "chain/app/chain_app.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "chain/app/audit.hpp"
#include "chain/exec/upgrade.hpp"
#include "tests/support/deposit_module.hpp"

using namespace assay;
using namespace assay::test;

namespace {

const FixedBytes<20> kProposerAddress{{0x77}};
const Address kTips{{0x78}};

struct TemporaryFolder {
    std::filesystem::path path;
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay_app_XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

struct Fixture {
    TemporaryFolder folder;
    Registry registry{{deposit_module()}};
    crypto::SecretKey key = *crypto::secret_key_from(sha256(view_of("alice")));
    Address alice = crypto::address_of(*crypto::public_key_of(key));
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
    std::uint64_t nonce = 0;

    Fixture() { open(); }

    AppConfig config(std::uint64_t chain_id = kChain) const {
        return {.chain_id = chain_id,
                .genesis_time = {1'000, 0},
                .build_genesis = [address = alice](State& state) {
                    ledger::grant_at_genesis(
                        state, address, Amount::from_raw(static_cast<u128>(kTokenUnits) * 100));
                    state.put(kFeeRecipients, kProposerAddress, kTips);
                    state.put(kFeeParams, {}, {});
                }};
    }
    void open() {
        app.reset();
        database.reset();
        database = *Database::open((folder.path / "a").string());
        app = *ChainApp::open(config(), registry, *database);
    }
    Bytes deposit(bool refuse) {
        Envelope tx;
        tx.chain_id = kChain;
        tx.nonce = nonce++;
        tx.max_fee_per_gas = 2'000'000'000;
        tx.max_priority_fee_per_gas = 1'000;
        tx.gas_limit = 40'000;
        tx.to = module_address(ModuleId::market);
        tx.value = 1'000;
        tx.data = assay::abi::encode_call(Deposit{.refuse = refuse});
        sign_envelope(tx, key);
        return encode_envelope(tx);
    }
    FinalizeRequest request(std::vector<Bytes> txs) const {
        const std::uint64_t height = app->store().height() + 1;
        return {.height = height,
                .time = {static_cast<std::int64_t>(1'000 + height), 5},
                .hash = sha256(Bytes{static_cast<std::uint8_t>(height)}),
                .proposer_address = kProposerAddress,
                .txs = std::move(txs)};
    }
    FinalizeResponse block(std::vector<Bytes> txs) {
        auto response = app->finalize_block(request(std::move(txs)));
        BOOST_REQUIRE(app->commit({}).has_value());
        return response;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(blocks_survive_reopening_and_replay_gives_the_same_chain, Fixture) {
    BOOST_TEST(!app->info().initialised);
    BOOST_REQUIRE(app->init_chain().has_value());
    block({deposit(false), deposit(true)});
    open();
    const auto last = block({deposit(true), deposit(true)});
    BOOST_TEST((last.results[1].code == TxCode::wrong_state));
    open();
    BOOST_TEST(app->info().last_height == 2u);
    BOOST_TEST((app->info().last_app_hash == last.app_hash));

    auto other = *Database::open((folder.path / "b").string());
    auto fresh = *ChainApp::open(config(), registry, *other);
    const auto summary = replay(*app, *fresh);
    BOOST_REQUIRE(summary.has_value());
    BOOST_TEST(summary->blocks == 2u);
    BOOST_TEST(summary->txs == 4u);
    BOOST_TEST(audit(*app).empty());
}

BOOST_FIXTURE_TEST_CASE(what_was_not_committed_never_happened, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    app->finalize_block(request({deposit(false)}));
    open();
    BOOST_TEST(app->info().last_height == 0u);
    nonce = 0;
    block({deposit(false)});
    BOOST_TEST(app->info().last_height == 1u);
}

BOOST_FIXTURE_TEST_CASE(engine_records_are_durable_with_the_block, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    app->finalize_block(request({}));
    const EngineRecord record{.key = {1}, .value = {2, 3}};
    BOOST_REQUIRE(app->commit(std::span(&record, 1)).has_value());
    open();
    BOOST_TEST((app->engine_record(record.key) == record.value));
}

BOOST_FIXTURE_TEST_CASE(a_store_of_another_chain_is_refused, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    app.reset();
    const auto other = ChainApp::open(config(5), registry, *database);
    BOOST_REQUIRE(!other.has_value());
    BOOST_TEST(other.error().message == "the data directory belongs to chain id 31337, not 5");
}

BOOST_FIXTURE_TEST_CASE(submission_is_refused_with_the_texts_wallets_match, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    const Bytes first = deposit(false);
    BOOST_TEST(app->check_tx(first).has_value());
    block({first});
    BOOST_TEST(app->check_tx(first).error().message == "nonce too low: next nonce 1, tx nonce 0");
    key = *crypto::secret_key_from(sha256(view_of("nobody")));
    BOOST_TEST(app->check_tx(deposit(false))
                   .error()
                   .message.starts_with("insufficient funds for gas * price + value"));
}

BOOST_FIXTURE_TEST_CASE(a_proposal_that_cannot_pay_is_not_honest, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    const Bytes first = deposit(false);
    const Bytes second = deposit(false);
    BOOST_TEST(app->process_proposal(request({first, second})));
    BOOST_TEST(!app->process_proposal(request({second, first})));
    BOOST_TEST(!app->process_proposal(request({Bytes{1, 2, 3}})));
    FinalizeRequest stranger = request({first});
    stranger.proposer_address = {};
    BOOST_TEST(!app->process_proposal(stranger));
    std::vector<CheckedTxPtr> candidates{*app->check_tx(first), *app->check_tx(second)};
    const PrepareRequest prepare{
        .height = 1, .time = {}, .max_bytes = first.size(), .candidates = candidates};
    BOOST_TEST(app->prepare_proposal(prepare).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(logs_of_a_block_without_a_transaction_get_a_boundary_transaction, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    block({deposit(false)});
    const auto txs = app->index().txs(1);
    const auto receipts = app->index().receipts(1);
    // The deposit's deadline was due at once, but logs nothing below kLoggingBalance.
    BOOST_TEST(txs.size() == 1u);
    BOOST_TEST(receipts[0].cumulative_gas == receipts[0].gas_used);
    const auto at = app->index().locate(txs[0].hash);
    BOOST_REQUIRE(at.has_value());
    BOOST_TEST(at->height == 1u);
    BOOST_TEST(app->index().block(1)->header.gas_used == receipts[0].gas_used);
    block({deposit(false)});
    const auto with_boundary = app->index().txs(2);
    BOOST_REQUIRE(with_boundary.size() == 2u);
    BOOST_TEST(is_boundary_tx(with_boundary[1]));
    BOOST_TEST(app->index().receipts(2)[1].logs.size() == 1u);
    BOOST_TEST(audit(*app).empty());
}

// What a server tells and what the node that catches up makes of it, without a network between.
BOOST_FIXTURE_TEST_CASE(a_stored_block_is_checked_elsewhere_by_the_senders_it_came_with, Fixture) {
    BOOST_REQUIRE(app->init_chain().has_value());
    const std::vector<std::vector<Bytes>> blocks{
        {encode_block_entry({}), deposit(false), deposit(true)},
        {deposit(false)},                  // has a boundary transaction
        {deposit(false), Bytes{1, 2, 3}},  // the second is no transaction, and is not indexed
        {},
    };
    for (const auto& txs : blocks) block(txs);
    const auto times_alice = [&](std::size_t count) {
        Bytes out;
        for (std::size_t i = 0; i < count; ++i) append(out, alice);
        return out;
    };
    BOOST_TEST((app->senders(1) == times_alice(2)));
    BOOST_TEST((app->senders(2) == times_alice(1)));
    BOOST_TEST(app->index().txs(2).size() == 2u);
    BOOST_TEST((app->senders(3) == times_alice(1)));
    for (const std::uint64_t height : {0U, 4U, 5U}) BOOST_TEST(app->senders(height).empty());

    auto other = *Database::open((folder.path / "b").string());
    auto fresh = *ChainApp::open(config(), registry, *other);
    BOOST_REQUIRE(fresh->init_chain().has_value());
    for (std::uint64_t height = 1; height <= blocks.size(); ++height) {
        const auto& txs = blocks[height - 1];
        const Bytes senders = app->senders(height);
        const ClaimedTxs claimed{.txs = txs, .senders = senders};
        BOOST_TEST(fresh->check_ahead(std::span(&claimed, 1)).empty());
        for (const Bytes& raw : txs) {
            const auto known = fresh->admitted_before(raw);
            BOOST_REQUIRE((known != nullptr) == (raw.size() > 3 && !is_block_entry(raw)));
            if (known) BOOST_TEST((known->sender == alice));
        }
    }
    const Bytes nobodys(2 * Address::kSize, 0x07);
    const ClaimedTxs lie{.txs = blocks[0], .senders = nobodys};
    BOOST_TEST((fresh->check_ahead(std::span(&lie, 1)) == std::vector<std::size_t>{0}));
}

BOOST_FIXTURE_TEST_CASE(only_a_program_that_knows_the_upgrade_may_execute_its_block, Fixture) {
    AppConfig planned = config();
    planned.build_genesis = [before = planned.build_genesis](State& state) {
        before(state);
        state.put(kUpgradePlan, {}, {.height = 2, .name = "v2", .info_hash = Hash256{{7}}});
    };
    const auto other = [&](std::vector<std::string> known) {
        AppConfig out = planned;
        out.known_upgrades = std::move(known);
        app.reset();
        database.reset();
        database = *Database::open((folder.path / "b").string());
        app = *ChainApp::open(std::move(out), registry, *database);
    };
    other({});
    BOOST_REQUIRE(app->init_chain().has_value());
    BOOST_TEST(app->may_execute(1).has_value());
    block({});
    BOOST_TEST(!app->may_execute(2));
    BOOST_TEST(!app->may_execute(3));
    BOOST_TEST(
        app->may_execute(2).error().message.starts_with("block 2 begins the upgrade \"v2\""));
    other({"v1"});
    BOOST_TEST(!app->may_execute(2));
    other({"v1", "v2"});
    BOOST_TEST(app->may_execute(2).has_value());
    block({});
    BOOST_TEST(app->info().last_height == 2u);
}
