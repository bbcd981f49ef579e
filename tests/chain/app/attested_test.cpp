// What consensus tells about validators reaches the modules, in a replay too, and what a module
// wants changed in the set reaches consensus once.
#include <boost/test/unit_test.hpp>

#include "chain/app/audit.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/exec/registry.hpp"
#include "tests/support/temp_dir.hpp"

using namespace assay;

namespace {

constexpr Table<std::uint64_t, Attested> kHeard{ModuleId::staking, 1};
const FixedBytes<20> kSigner{{0x11}};
const FixedBytes<20> kSleeper{{0x12}};

// Notes all it hears, and answers an infraction with a removal.
Module listener() {
    Module module{.id = ModuleId::staking, .name = "staking"};
    module.begin_block = [](State& state, const BlockEnv& block) {
        state.put(kHeard, block.height,
                  {.last_commit = {block.last_commit.begin(), block.last_commit.end()},
                   .misbehaviour = {block.misbehaviour.begin(), block.misbehaviour.end()}});
    };
    module.end_block = [](State& state, const BlockEnv& block) {
        if (!block.misbehaviour.empty())
            state.put(kValidatorUpdates, {}, {{.public_key = {{0x02, 0x99}}, .power = 0}});
    };
    return module;
}

AppConfig config() {
    return {.chain_id = 31'337, .genesis_time = {1'000, 0}, .build_genesis = [](State& state) {
                state.put(kFeeRecipients, kSigner, Address{{0x78}});
                state.put(kFeeParams, {}, {});
            }};
}

FinalizeRequest request(std::uint64_t height, Attested attested) {
    return {.height = height,
            .time = {static_cast<std::int64_t>(1'000 + height), 5},
            .hash = Hash256{{static_cast<std::uint8_t>(height)}},
            .proposer_address = kSigner,
            .txs = {},
            .attested = std::move(attested)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(modules_hear_it_and_a_replay_says_the_same) {
    const Registry registry{{listener()}};
    const TempDir folder;
    auto database = *Database::open(folder.path() + "/a");
    auto app = *ChainApp::open(config(), registry, *database);
    BOOST_REQUIRE(app->init_chain().has_value());
    const auto block = [&](std::uint64_t height, Attested attested) {
        auto response = app->finalize_block(request(height, std::move(attested)));
        BOOST_REQUIRE(app->commit({}).has_value());
        return response;
    };
    const std::vector<LastVote> votes{{kSigner, 3, true}, {kSleeper, 2, false}};
    BOOST_TEST(block(1, {}).validator_updates.empty());
    BOOST_TEST(block(2, {.last_commit = votes}).validator_updates.empty());
    const auto third =
        block(3, {.last_commit = votes, .misbehaviour = {{kSleeper, 2, 1, {1'001, 5}, 5}}});
    BOOST_REQUIRE(third.validator_updates.size() == 1u);
    BOOST_TEST((third.validator_updates[0].public_key == FixedBytes<33>{{0x02, 0x99}}));
    BOOST_TEST(block(4, {.last_commit = votes}).validator_updates.empty());

    const State state(app->store());
    BOOST_TEST(!state.contains(kValidatorUpdates, {}));
    BOOST_TEST(state.must_get(kHeard, 1).last_commit.empty());
    const Attested heard = state.must_get(kHeard, 3);
    BOOST_REQUIRE(heard.last_commit.size() == 2u);
    BOOST_TEST(heard.last_commit[0].signed_block);
    BOOST_TEST(!heard.last_commit[1].signed_block);
    BOOST_TEST(heard.last_commit[1].power == 2u);
    BOOST_REQUIRE(heard.misbehaviour.size() == 1u);
    BOOST_TEST(heard.misbehaviour[0].time.nanos == 5);

    auto other = *Database::open(folder.path() + "/b");
    auto fresh = *ChainApp::open(config(), registry, *other);
    const auto summary = replay(*app, *fresh);
    BOOST_REQUIRE(summary.has_value());
    BOOST_TEST(summary->blocks == 4u);
    BOOST_TEST(audit(*app).empty());
}
