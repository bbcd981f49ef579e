// A lone validator on a real disk: order of durability, restarts, valid commits.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "chain/app/audit.hpp"
#include "chain/app/chain_app.hpp"
#include "chain/exec/upgrade.hpp"
#include "consensus/disk/posix_disk.hpp"
#include "consensus/privval/file_signer.hpp"
#include "consensus/types/wire.hpp"
#include "tests/consensus/engine/lone_replica.hpp"
#include "tests/support/deposit_module.hpp"

using namespace assay;
using namespace assay::test;
using namespace assay::consensus;
using assay::consensus::test::LoneReplica;

namespace {

struct TemporaryFolder {
    std::filesystem::path path;
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "assay_solo_XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path); }
};

// Everything a process holds; dropping it without ceremony is the crash.
struct Process {
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
    Mempool mempool;
    std::unique_ptr<FileSigner> signer;
    std::unique_ptr<Wal> wal;
    std::unique_ptr<LoneReplica> engine;
};

struct Fixture {
    TemporaryFolder folder;
    PosixDisk disk;
    Registry registry{{deposit_module()}};
    crypto::SecretKey alice_key = *crypto::secret_key_from(sha256(view_of("alice")));
    crypto::SecretKey validator_key = *crypto::secret_key_from(sha256(view_of("validator")));
    std::int64_t clock_s = 2'000;
    std::uint64_t nonce = 0;
    std::uint64_t upgrade_height = 0;     // 0: none is planned
    std::vector<std::string> known = {};  // upgrades, by the program
    std::unique_ptr<Process> process;

    explicit Fixture(std::uint64_t upgrade_at = 0) : upgrade_height(upgrade_at) { restart(true); }

    ChainIdentity identity() const {
        ChainIdentity out;
        out.chain_id = "assay-31337-1";
        out.genesis_time = {1'000, 0};
        const Validator validator =
            make_validator(crypto::public_key_of(validator_key)->compressed(), 10);
        out.validators = *ValidatorSet::create(std::span(&validator, 1));
        return out;
    }
    AppConfig config() const {
        const Address alice = crypto::address_of(*crypto::public_key_of(alice_key));
        const ConsensusAddress proposer =
            consensus_address(crypto::public_key_of(validator_key)->compressed());
        return {.chain_id = kChain,
                .genesis_time = {1'000, 0},
                .build_genesis =
                    [alice, proposer, at = upgrade_height](State& state) {
                        ledger::grant_at_genesis(
                            state, alice, Amount::from_raw(static_cast<u128>(kTokenUnits) * 9));
                        state.put(kFeeRecipients, proposer, Address{{0x78}});
                        state.put(kFeeParams, {}, {});
                        if (at == 0) return;
                        state.put(kUpgradePlan, {},
                                  {.height = at, .name = "v2", .info_hash = Hash256{{7}}});
                    },
                .known_upgrades = known};
    }
    std::string path(const char* name) const { return (folder.path / name).string(); }

    void restart(bool first = false) {
        const auto recovered = try_restart(first);
        BOOST_TEST_MESSAGE((recovered ? "" : recovered.error().message));
        BOOST_REQUIRE(recovered.has_value());
    }
    Result<void> try_restart(bool first = false) {
        process.reset();
        process = std::make_unique<Process>();
        Process& p = *process;
        p.database = *Database::open(path("data"));
        p.app = *ChainApp::open(config(), registry, *p.database);
        auto state = first ? SignState::create(disk, path("sign_state"))
                           : SignState::open(disk, path("sign_state"));
        BOOST_REQUIRE(state.has_value());
        p.signer = std::make_unique<FileSigner>(validator_key, std::move(*state));
        p.wal = *Wal::open(disk, {.directory = path("wal")});
        p.engine = std::make_unique<LoneReplica>(identity(), *p.app, p.mempool, *p.signer, *p.wal,
                                                 [this] { return BlockTime{clock_s, 0}; });
        return p.engine->recover();
    }
    CheckedTxPtr deposit(bool refuse = false) {
        Envelope tx;
        tx.chain_id = kChain;
        tx.nonce = nonce++;
        tx.max_fee_per_gas = 2'000'000'000;
        tx.max_priority_fee_per_gas = 1'000;
        tx.gas_limit = 40'000;
        tx.to = module_address(ModuleId::market);
        tx.value = 1'000;
        tx.data = assay::abi::encode_call(Deposit{.refuse = refuse});
        sign_envelope(tx, alice_key);
        auto checked = process->app->check_tx(encode_envelope(tx));
        BOOST_REQUIRE(checked.has_value());
        BOOST_REQUIRE(process->mempool.add(*checked, 0).has_value());
        return *checked;
    }
    void make_block() {
        ++clock_s;
        BOOST_REQUIRE(process->engine->make_block().has_value());
    }
    Block stored_block(std::uint64_t height) const {
        return *decode<Block>(*process->app->engine_record(block_record_key(height)));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(blocks_are_valid_tendermint_blocks_signed_by_the_validator, Fixture) {
    const auto first = deposit();
    deposit(true);
    make_block();
    make_block();
    make_block();
    const ChainIdentity chain = identity();
    for (std::uint64_t height = 1; height <= 3; ++height) {
        const Block block = stored_block(height);
        BOOST_TEST(check_contents(block).has_value());
        const auto commit = decode<Commit>(*process->app->engine_record(commit_record_key(height)));
        const BlockId id = block_id_of(block, encode(block));
        BOOST_TEST(verify_commit(chain.chain_id, chain.validators,
                                 static_cast<std::int64_t>(height), id, *commit)
                       .has_value());
        if (height > 1) {
            BOOST_TEST((block.header.last_block_id ==
                        block_id_of(stored_block(height - 1), encode(stored_block(height - 1)))));
            BOOST_TEST((stored_block(height - 1).header.time < block.header.time));
        }
    }
    BOOST_TEST(stored_block(1).txs.size() == 2u);
    BOOST_TEST(stored_block(1).header.time.seconds == 1'000);
    BOOST_TEST(
        (stored_block(2).header.app_hash == process->app->index().block(1)->header.state_root));
    BOOST_TEST(process->app->index().locate(first->hash).has_value());
    BOOST_TEST(process->mempool.size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_restart_goes_on_where_the_chain_stood, Fixture) {
    deposit();
    make_block();
    const ChainPosition before = process->engine->position();
    restart();
    BOOST_TEST(process->engine->position().height == 1u);
    BOOST_TEST((process->engine->position().last_commit == before.last_commit));
    BOOST_TEST((process->engine->position().last_block_id == before.last_block_id));
    deposit();
    make_block();
    restart();
    BOOST_TEST(process->engine->position().height == 2u);
    BOOST_TEST(audit(*process->app).empty());
}

BOOST_FIXTURE_TEST_CASE(a_logged_block_is_finished_and_never_replaced, Fixture) {
    deposit();
    make_block();
    // The crash comes after the log was synced and before anything was signed.
    Block block;
    block.last_commit = process->engine->position().last_commit;
    block.header = next_header(identity(), process->engine->position(),
                               {.data_hash = data_hash({}),
                                .evidence_hash = evidence_hash({}),
                                .last_commit = block.last_commit,
                                .proposer = consensus_address(process->signer->key())});
    const Bytes encoded = encode(block);
    BOOST_REQUIRE(process->wal->append(WalKind::timeout, 2, Bytes(5)).has_value());  // it began
    BOOST_REQUIRE(process->wal->append(WalKind::block, 2, encoded).has_value());
    BOOST_REQUIRE(process->wal->sync().has_value());
    restart();
    deposit();
    make_block();
    BOOST_TEST(process->engine->position().height == 2u);
    BOOST_TEST((process->engine->position().last_block_id == block_id_of(block, encoded)));
    restart();
    BOOST_TEST(process->engine->position().height == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_pay_leaves_the_mempool, Fixture) {
    const auto tx = deposit();
    auto poor = std::make_shared<CheckedTx>(*tx);
    poor->envelope.value = Amount::from_raw(static_cast<u128>(kTokenUnits) * 10);
    poor->hash = sha256(tx->raw);
    process->mempool.drop(tx->hash);
    BOOST_REQUIRE(process->mempool.add(poor, 0).has_value());
    make_block();
    BOOST_TEST(process->mempool.size() == 0u);
    BOOST_TEST(stored_block(1).txs.empty());
}

BOOST_AUTO_TEST_CASE(a_program_that_lacks_an_upgrades_rules_stops_before_its_block) {
    Fixture fixture(3);
    fixture.make_block();
    fixture.make_block();
    ++fixture.clock_s;
    const std::string why = "block 3 begins the upgrade \"v2\" (info hash 0x07" +
                            std::string(62, '0') +
                            "), which this program does not know: start a release that knows it";
    const auto stopped = fixture.process->engine->make_block();
    BOOST_REQUIRE(!stopped.has_value());
    BOOST_TEST(stopped.error().message == why);
    BOOST_TEST(fixture.process->app->info().last_height == 2u);
    const auto again = fixture.try_restart();  // the same program
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST(again.error().message == why);
    BOOST_TEST(fixture.process->app->info().last_height == 2u);
    fixture.known = {"v1", "v2"};
    fixture.restart();  // executes the block that was decided
    BOOST_TEST(fixture.process->app->info().last_height == 3u);
    fixture.make_block();
    BOOST_TEST(fixture.process->app->info().last_height == 4u);
    BOOST_TEST(audit(*fixture.process->app).empty());
}
