// What a proposer drafts begins with its proof, the same in every round, and every other node holds
// it to that.
#include <boost/test/unit_test.hpp>

#include "chain/app/chain_app.hpp"
#include "chain/crypto/hash.hpp"
#include "consensus/engine/block_rules.hpp"
#include "consensus/privval/vrf_keys.hpp"
#include "consensus/types/wire.hpp"
#include "genesis/genesis.hpp"
#include "modules/wiring/modules.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay::consensus {

namespace {

crypto::SecretKey numbered(const char* name) {
    return *crypto::secret_key_from(sha256(view_of(name)));
}
FixedBytes<33> public_of(const char* name) {
    return crypto::public_key_of(numbered(name))->compressed();
}

struct Proposer {
    TempDir folder;
    Registry registry{all_modules()};
    GenesisDoc doc = devnet_genesis({{.public_key = public_of("validator"),
                                      .power = 1,
                                      .fee_recipient = Address{{0x78}},
                                      .vrf_public_key = public_of("vrf")}},
                                    1'700'000'000);
    std::unique_ptr<Database> database = *Database::open(folder.path());
    std::unique_ptr<ChainApp> app = *ChainApp::open(app_config(doc), registry, *database);
    Mempool mempool;
    ChainIdentity identity;
    ChainPosition position;
    ConsensusAddress address = assay::consensus::consensus_address(public_of("validator"));

    Proposer() {
        identity.chain_id = doc.chain_name;
        identity.genesis_time = {static_cast<std::int64_t>(doc.genesis_time_s), 0};
        const Validator validator = make_validator(public_of("validator"), 1);
        identity.validators = *ValidatorSet::create(std::span(&validator, 1));
        identity.block.max_bytes = static_cast<std::int64_t>(doc.block.max_bytes);
        identity.block.max_gas = static_cast<std::int64_t>(doc.fees.block_gas_limit);
        position = genesis_position(identity, app->init_chain().value());
    }
    Draft draft(VrfProver* prover) {
        return draft_block(
            identity, position, *app, mempool,
            {.last_commit = {}, .evidence = {}, .proposer = address, .prover = prover});
    }
    Result<BlockFinding> judge(const Draft& draft) {
        return check_block(identity, position, *app, draft.block, draft.encoded.size());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_draft_begins_with_the_one_proof_of_its_height, Proposer) {
    FileVrfProver prover({numbered("old"), numbered("vrf")});
    const Draft made = draft(&prover);
    BOOST_REQUIRE(made.block.txs.size() == 1u);
    BOOST_TEST(is_block_entry(made.block.txs[0]));
    BOOST_TEST(judge(made).has_value());
    BOOST_TEST((draft(&prover).block.txs == made.block.txs));  // another round
    const auto request = finalize_request(made.block, position.last_validators);
    const FinalizeResponse response = app->finalize_block(request);
    BOOST_TEST(response.results.size() == made.block.txs.size());
    BOOST_TEST(app->pending_txs().empty());
    // One leaf without any field, as CometBFT hashes a result of code 0.
    BOOST_TEST((results_hash_of(response) == sha256(Bytes{0})));
}

BOOST_FIXTURE_TEST_CASE(a_proposer_without_its_key_makes_a_block_all_the_same, Proposer) {
    FileVrfProver stranger({numbered("old")});
    for (VrfProver* prover :
         {static_cast<VrfProver*>(nullptr), static_cast<VrfProver*>(&stranger)}) {
        const Draft made = draft(prover);
        BOOST_TEST(made.block.txs.empty());
        BOOST_TEST(judge(made).has_value());
    }
    FileVrfProver prover({numbered("vrf")});
    address = assay::consensus::consensus_address(public_of("another validator"));
    BOOST_TEST(draft(&prover).block.txs.empty());
}

BOOST_FIXTURE_TEST_CASE(a_false_proof_makes_the_whole_block_invalid, Proposer) {
    FileVrfProver prover({numbered("vrf")});
    Draft made = draft(&prover);
    made.block.txs[0] = encode_block_entry(ecvrf::prove(numbered("vrf"), view_of("not this")));
    made.block.header.data_hash = data_hash(made.block.txs);
    BOOST_TEST(judge(made).error().message == "block: the application refuses it");
}

}  // namespace assay::consensus
