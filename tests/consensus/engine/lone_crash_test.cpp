// A lone validator's chain: what it holds, what a light client accepts, and every crash.
#include <boost/test/unit_test.hpp>

#include "consensus/privval/file_signer.hpp"
#include "tests/consensus/engine/fake_app.hpp"
#include "tests/consensus/engine/lone_replica.hpp"

namespace assay::consensus::test {

namespace {

using assay::test::FakeApp;
using assay::test::FakeStore;
using assay::test::MemoryDisk;

constexpr const char* kSignPath = "priv_validator_state.bin";

crypto::SecretKey some_key(std::uint8_t label = 7) {
    FixedBytes<32> scalar;
    scalar.bytes[31] = label;
    return crypto::SecretKey(scalar);
}

ChainIdentity identity() {
    ChainIdentity out;
    out.chain_id = "assay-31337-1";
    out.genesis_time = {1'000, 0};
    const ValidatorKey key = crypto::public_key_of(some_key())->compressed();
    out.validators = *ValidatorSet::create(std::vector{make_validator(key, 10)});
    return out;
}

// Hands on to the real signer and remembers every precommit that got out.
class Witness final : public Signer {
  public:
    Witness(Signer& inner, std::vector<Vote>& released) : inner_(inner), released_(released) {}
    const ValidatorKey& key() const override { return inner_.key(); }
    Result<void> sign(std::string_view chain_id, Vote& vote) override {
        auto done = inner_.sign(chain_id, vote);
        if (done) staged_.push_back(vote);
        return done;
    }
    Result<void> sign(std::string_view chain_id, Proposal& proposal) override {
        return inner_.sign(chain_id, proposal);
    }
    Result<void> flush() override {
        auto done = inner_.flush();
        if (done) released_.insert(released_.end(), staged_.begin(), staged_.end());
        staged_.clear();
        return done;
    }

  private:
    Signer& inner_;
    std::vector<Vote> staged_;
    std::vector<Vote>& released_;
};

// What outlives a process: its disk, its store, and what the world saw of it.
struct World {
    MemoryDisk disk;
    FakeStore store;
    std::map<Bytes, CheckedTxPtr> known;
    std::vector<Vote> released;
    std::int64_t now_ms = 2'000'000;

    World() { BOOST_REQUIRE(SignState::create(disk, kSignPath).has_value()); }

    CheckedTxPtr tx(std::uint64_t nonce) {
        auto out = std::make_shared<CheckedTx>();
        out->sender.bytes[0] = 1;
        out->envelope.nonce = nonce;
        out->envelope.max_fee_per_gas = 10;
        out->envelope.max_priority_fee_per_gas = 1;
        out->gas = 21'000;
        out->raw = record::encode(nonce);
        out->hash = keccak256(out->raw);
        out->sha256 = sha256(out->raw);
        known[out->raw] = out;
        return out;
    }
};

// One life of the process.
struct Node {
    World& world;
    FakeApp app;
    Mempool mempool;
    FileSigner signer;
    Witness witness;
    std::unique_ptr<Wal> wal;
    LoneReplica engine;

    explicit Node(World& w)
        : world(w),
          app(w.disk, w.store, w.known),
          signer(some_key(), SignState::open(w.disk, kSignPath).value()),
          witness(signer, w.released),
          wal(Wal::open(w.disk, {"wal", 4096}).value()),
          engine(identity(), app, mempool, witness, *wal, [&w] {
              w.now_ms += 7;
              return BlockTime{w.now_ms / 1000,
                               static_cast<std::int32_t>(w.now_ms % 1000 * 1'000'000)};
          }) {}

    // The account's own nonce is this one unless said otherwise.
    bool add_tx(std::uint64_t nonce) { return add_tx(nonce, nonce); }
    bool add_tx(std::uint64_t nonce, std::uint64_t account_nonce) {
        return mempool.add(world.tx(nonce), account_nonce).has_value();
    }
};

// Every stored block follows the one before, its commit convinces a light client, and no two
// precommits for one height name different blocks.
void check_chain(const World& world) {
    const FakeApp app(const_cast<MemoryDisk&>(world.disk), const_cast<FakeStore&>(world.store),
                      const_cast<std::map<Bytes, CheckedTxPtr>&>(world.known));
    const ChainIdentity chain = identity();
    BlockId parent;
    Commit parent_commit;
    BlockTime parent_time;
    for (std::uint64_t height = 1; height <= world.store.height; ++height) {
        const Bytes encoded = app.engine_record(block_record_key(height)).value();
        const Block block = decode<Block>(encoded).value();
        const Commit commit =
            decode<Commit>(app.engine_record(commit_record_key(height)).value()).value();
        const BlockId id = block_id_of(block, encoded);
        const Header& header = block.header;
        BOOST_TEST(check_contents(block).has_value());
        BOOST_TEST((header.last_block_id == parent));
        BOOST_TEST((block.last_commit == parent_commit));
        BOOST_TEST((header.app_hash == world.store.history[height - 1]));
        BOOST_TEST((header.validators_hash == chain.validators.hash()));
        BOOST_TEST((header.time > parent_time));
        BOOST_TEST(
            verify_commit(chain.chain_id, chain.validators, header.height, id, commit).has_value());
        if (height > 1) BOOST_TEST((header.time == median_time(parent_commit, chain.validators)));
        for (const Vote& vote : world.released)
            if (vote.height == header.height) BOOST_TEST((vote.block_id == id));
        parent = id;
        parent_commit = commit;
        parent_time = header.time;
    }
    std::map<std::int64_t, BlockId> voted;
    for (const Vote& vote : world.released) {
        const auto [at, fresh] = voted.emplace(vote.height, vote.block_id);
        BOOST_TEST((fresh || at->second == vote.block_id));
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(blocks_follow_each_other_and_convince_a_light_client) {
    World world;
    Node node(world);
    BOOST_REQUIRE(node.engine.recover().has_value());
    std::vector<std::uint64_t> sizes;
    node.engine.on_committed(
        [&](const CommittedBlock& block) { sizes.push_back(block.txs.size()); });
    BOOST_TEST(node.add_tx(0));
    BOOST_TEST(node.add_tx(1, 0));
    BOOST_TEST(node.engine.make_block().has_value());
    BOOST_TEST(node.engine.make_block().has_value());
    BOOST_TEST(node.add_tx(2));
    BOOST_TEST(node.engine.make_block().has_value());
    BOOST_TEST((sizes == std::vector<std::uint64_t>{2, 0, 1}));
    BOOST_TEST(world.store.height == 3u);
    BOOST_TEST(node.mempool.size() == 0u);
    check_chain(world);
    const Block first = decode<Block>(world.store.records.at(block_record_key(1))).value();
    BOOST_TEST((first.header.time == identity().genesis_time));
}

// A clock that stands still or runs backwards does not stop the chain's time.
BOOST_AUTO_TEST_CASE(time_is_monotone_under_a_broken_clock) {
    World world;
    Node node(world);
    BOOST_REQUIRE(node.engine.recover().has_value());
    for (int i = 0; i < 5; ++i) {
        world.now_ms = 500 - i * 100;
        BOOST_TEST(node.engine.make_block().has_value());
    }
    check_chain(world);
    BOOST_TEST((node.engine.position().last_time == BlockTime{1'000, 4'000'000}));
}

// Stops the disk at each effect of three blocks, loses what was not synced, and starts again with
// other transactions: no height gets a second block, and the chain goes on.
BOOST_AUTO_TEST_CASE(no_crash_makes_two_blocks_of_one_height) {
    std::uint64_t finished_after_restart = 0;
    for (std::uint64_t stop = 0; stop < 45; ++stop)
        for (std::uint64_t seed = 0; seed < 6; ++seed) {
            World world;
            std::mt19937_64 random(seed * 1000 + stop);
            world.disk.fail_after(stop);
            auto wal = Wal::open(world.disk, {"wal", 4096});
            const bool opens = SignState::open(world.disk, kSignPath).has_value();
            if (wal && opens) {
                wal->reset();
                world.disk.fail_after(stop);
                Node node(world);
                bool alive = node.engine.recover().has_value();
                for (std::uint64_t i = 0; alive && i < 3; ++i) {
                    node.add_tx(2 * i);
                    alive = node.engine.make_block().has_value();
                }
            }
            const std::uint64_t height_before = world.store.height;
            world.disk.crash(random);
            Node node(world);
            const auto recovered = node.engine.recover();
            BOOST_REQUIRE_MESSAGE(recovered, (recovered ? "" : recovered.error().message));
            finished_after_restart += world.store.height - height_before;
            for (std::uint64_t i = 0; i < 3; ++i) {
                node.add_tx(100 + i);
                BOOST_REQUIRE(node.engine.make_block().has_value());
            }
            check_chain(world);
        }
    BOOST_TEST(finished_after_restart > 0u);
}

BOOST_AUTO_TEST_CASE(foreign_stores_and_logs_are_refused) {
    World world;
    {
        Node node(world);
        BOOST_REQUIRE(node.engine.recover().has_value());
        BOOST_REQUIRE(node.engine.make_block().has_value());
    }
    {
        Node node(world);
        Block foreign = decode<Block>(world.store.records.at(block_record_key(1))).value();
        foreign.header.height = 2;
        foreign.header.last_block_id.hash.bytes[0] = 1;
        BOOST_REQUIRE(node.wal->append(WalKind::block, 2, encode(foreign)).has_value());
        BOOST_TEST(node.engine.recover().error().message.find("does not follow") !=
                   std::string::npos);
    }
    world.store.app_hash.bytes[0] ^= 1;
    BOOST_TEST(Node(world).engine.recover().error().message.find("app hash") != std::string::npos);
    world.store.records.erase(commit_record_key(1));
    BOOST_TEST(Node(world).engine.recover().error().message ==
               "the data directory holds no commit of block 1");
}

}  // namespace assay::consensus::test
