// What a block tells the application of validators: who signed the one before, and who lied.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "consensus/engine/chain_position.hpp"

namespace assay::consensus {

namespace {

Validator numbered(const std::string& name, std::int64_t power) {
    const auto secret = crypto::secret_key_from(sha256(view_of(name)));
    return make_validator(crypto::public_key_of(*secret)->compressed(), power);
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_a_precommit_for_the_block_counts_as_signed) {
    const std::vector<Validator> members{numbered("a", 30), numbered("b", 20), numbered("c", 10)};
    const auto set = *ValidatorSet::create(members);
    Block block;
    block.header.height = 8;
    block.last_commit.height = 7;
    block.last_commit.signatures.resize(3);
    block.last_commit.signatures[0].flag = CommitFlag::commit;
    block.last_commit.signatures[1].flag = CommitFlag::nil;
    Vote vote;
    vote.height = 5;
    vote.validator = members[2].address;
    block.evidence.push_back({.vote_a = vote,
                              .vote_b = vote,
                              .total_power = 60,
                              .validator_power = 10,
                              .time = {77, 8}});
    const Attested told = finalize_request(block, set).attested;
    BOOST_REQUIRE(told.last_commit.size() == 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST((told.last_commit[i].validator == members[i].address));
        BOOST_TEST(told.last_commit[i].power == static_cast<std::uint64_t>(members[i].power));
        BOOST_TEST(told.last_commit[i].signed_block == (i == 0));
    }
    BOOST_REQUIRE(told.misbehaviour.size() == 1u);
    BOOST_TEST((told.misbehaviour[0].validator == members[2].address));
    BOOST_TEST(told.misbehaviour[0].height == 5u);
    BOOST_TEST(told.misbehaviour[0].power == 10u);
    BOOST_TEST(told.misbehaviour[0].total_power == 60u);
    BOOST_TEST((told.misbehaviour[0].time == BlockTime{77, 8}));
}

BOOST_AUTO_TEST_CASE(the_first_block_tells_of_nobody) {
    Block block;
    block.header.height = 1;
    BOOST_TEST(finalize_request(block, ValidatorSet()).attested.last_commit.empty());
}

}  // namespace assay::consensus
