// Double votes from before a snapshot (ADR 11): who has that height judges them, who was restored
// after it says that he cannot.
#include <boost/test/unit_test.hpp>

#include "consensus/engine/block_rules.hpp"
#include "tests/consensus/sync/chain_maker.hpp"

namespace assay::consensus::test {

namespace {

constexpr std::uint64_t kBase = 6;

struct RestoredFixture {
    ChainMaker chain;
    FakeStore restored_store;
    FakeApp restored{chain.disk, restored_store, chain.known};
    ChainPosition position;  // of both

    RestoredFixture() {
        chain.make(kBase + 3);
        position = chain.position;
        restored_store = chain.store;
        for (std::uint64_t height = 1; height < kBase; ++height) forget(height);
        restored_store.records.erase(block_record_key(kBase));
        restored_store.records[header_record_key(kBase)] = encode(chain.at(kBase).block.header);
    }
    void forget(std::uint64_t height) {
        restored_store.records.erase(block_record_key(height));
        restored_store.records.erase(commit_record_key(height));
    }
    Vote vote(std::int64_t height, std::uint8_t block) const {
        const Validator& validator = chain.identity.validators.validators()[0];
        Vote out{.type = VoteType::prevote,
                 .height = height,
                 .round = 0,
                 .block_id = {.hash = sha256(Bytes{block}),
                              .parts = {.total = 1, .hash = sha256(Bytes{block})}},
                 .time = {1'500, 0},
                 .validator = validator.address,
                 .validator_index = 0,
                 .signature = {}};
        for (std::uint8_t label = 1; label <= 4; ++label)
            if (consensus_address(public_key_of(label)) == validator.address)
                out.signature =
                    sign_message(key_of(label), out.sign_bytes(chain.identity.chain_id));
        return out;
    }
    DuplicateVoteEvidence double_vote(std::int64_t height) const {
        const auto facts = load_facts(chain.app, height);
        return evidence_of({.first = vote(height, 1), .second = vote(height, 2)}, *facts);
    }
    // The next block, with this evidence in it, as `app` finds it.
    Result<BlockFinding> find(FakeApp& app, const DuplicateVoteEvidence& evidence) {
        Mempool mempool;
        const Draft draft = draft_block(chain.identity, position, chain.app, mempool,
                                        {.last_commit = position.last_commit,
                                         .evidence = {evidence},
                                         .proposer = position.validators.proposer().address});
        return check_block(chain.identity, position, app, draft.block, draft.encoded.size());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(restored_evidence, RestoredFixture)

BOOST_AUTO_TEST_CASE(a_double_vote_from_before_the_snapshot_is_judged_by_whoever_has_its_height) {
    const auto evidence = double_vote(3);
    BOOST_TEST((find(chain.app, evidence).value() == BlockFinding::valid));
    BOOST_TEST((find(restored, evidence).value() == BlockFinding::unjudged));
}

BOOST_AUTO_TEST_CASE(from_the_snapshot_s_height_on_a_restored_node_judges) {
    for (const std::int64_t height : {6, 7, 9}) {
        const auto evidence = double_vote(height);
        BOOST_TEST((find(restored, evidence).value() == BlockFinding::valid));
        auto forged = evidence;
        forged.vote_a.signature.bytes[5] ^= 1U;
        BOOST_TEST(find(restored, forged).has_error());
    }
}

BOOST_AUTO_TEST_CASE(what_can_be_seen_without_the_height_is_refused_by_a_restored_node_too) {
    auto swapped = double_vote(3);
    std::swap(swapped.vote_a, swapped.vote_b);
    BOOST_TEST(find(restored, swapped).has_error());
    auto to_come = double_vote(3);
    to_come.vote_a.height = to_come.vote_b.height = 10;
    BOOST_TEST(find(restored, to_come).has_error());
    auto nowhere = double_vote(3);
    nowhere.vote_a.height = nowhere.vote_b.height = 0;
    BOOST_TEST(find(restored, nowhere).has_error());
    auto others = double_vote(3);
    others.vote_b.validator = chain.identity.validators.validators()[1].address;
    BOOST_TEST(find(restored, others).has_error());
}

BOOST_AUTO_TEST_CASE(a_forged_double_vote_from_before_is_unjudged_here_and_invalid_there) {
    auto forged = double_vote(3);
    forged.vote_b.signature.bytes[5] ^= 1U;
    BOOST_TEST(find(chain.app, forged).has_error());
    BOOST_TEST((find(restored, forged).value() == BlockFinding::unjudged));
}

BOOST_AUTO_TEST_CASE(what_no_block_took_is_offered_at_ever_longer_distances) {
    EvidencePool pool;
    BOOST_REQUIRE(pool.add(double_vote(3)));
    std::vector<std::int64_t> offered;
    for (std::int64_t height = 10; height < 10'000; ++height)
        if (!pool.to_propose(1, height).empty()) offered.push_back(height);
    BOOST_REQUIRE(offered.size() > 12u);
    BOOST_TEST(offered[0] == 10);
    BOOST_TEST(offered[1] == 11);
    BOOST_TEST(offered[2] == 13);
    for (std::size_t i = 1; i < offered.size(); ++i)
        BOOST_TEST(offered[i] - offered[i - 1] <= 1'024);
    pool.committed({double_vote(3)}, {}, 10'000, {2'000, 0});
    BOOST_TEST(pool.to_propose(1, 100'000).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace assay::consensus::test
