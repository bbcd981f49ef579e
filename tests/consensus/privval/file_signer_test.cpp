// What a validator's key may sign, and what survives a crash in the middle of it.
#include "consensus/privval/file_signer.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/memory_disk.hpp"

namespace assay::consensus::test {

namespace {

constexpr const char* kPath = "data/priv_validator_state.bin";
constexpr const char* kChain = "assay-31337-1";

crypto::SecretKey some_key() {
    FixedBytes<32> scalar;
    scalar.bytes[31] = 7;
    return crypto::SecretKey(scalar);
}

BlockId block(std::uint8_t label) {
    BlockId id;
    id.hash.bytes[0] = label;
    id.parts = {1, id.hash};
    return id;
}

Vote vote_at(std::int64_t height, std::int32_t round, VoteType type, std::uint8_t label) {
    Vote vote;
    vote.type = type;
    vote.height = height;
    vote.round = round;
    vote.block_id = block(label);
    vote.time = {1'700'000'000, 5};
    return vote;
}

Proposal proposal_at(std::int64_t height, std::int32_t round, std::uint8_t label) {
    Proposal proposal;
    proposal.height = height;
    proposal.round = round;
    proposal.block_id = block(label);
    proposal.time = {1'700'000'000, 5};
    return proposal;
}

struct Fixture {
    assay::test::MemoryDisk disk;
    Fixture() { BOOST_REQUIRE(SignState::create(disk, kPath).has_value()); }
    FileSigner opened() { return {some_key(), SignState::open(disk, kPath).value()}; }

    bool sign(FileSigner& signer, Vote vote) {
        return signer.sign(kChain, vote).has_value() && signer.flush().has_value();
    }
    bool sign(FileSigner& signer, Proposal p) {
        return signer.sign(kChain, p).has_value() && signer.flush().has_value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(signatures_go_forward_only, Fixture) {
    FileSigner signer = opened();
    BOOST_TEST(sign(signer, proposal_at(5, 1, 1)));
    BOOST_TEST(sign(signer, vote_at(5, 1, VoteType::prevote, 1)));
    BOOST_TEST(sign(signer, vote_at(5, 1, VoteType::precommit, 1)));
    BOOST_TEST(!sign(signer, vote_at(5, 1, VoteType::prevote, 1)));
    BOOST_TEST(!sign(signer, proposal_at(5, 1, 1)));
    BOOST_TEST(!sign(signer, vote_at(5, 0, VoteType::precommit, 1)));
    BOOST_TEST(!sign(signer, vote_at(4, 9, VoteType::precommit, 1)));
    BOOST_TEST(sign(signer, vote_at(5, 2, VoteType::prevote, 2)));
    BOOST_TEST(sign(signer, vote_at(6, 0, VoteType::prevote, 3)));
    Vote late = vote_at(5, 7, VoteType::prevote, 1);
    BOOST_TEST(signer.sign(kChain, late).error().message ==
               "refusing to sign 5/7/prevote: already signed 6/0/prevote");
}

BOOST_FIXTURE_TEST_CASE(a_second_block_at_the_same_place_is_refused, Fixture) {
    FileSigner signer = opened();
    BOOST_TEST(sign(signer, vote_at(5, 1, VoteType::precommit, 1)));
    BOOST_TEST(!sign(signer, vote_at(5, 1, VoteType::precommit, 2)));
    Vote nil = vote_at(5, 1, VoteType::precommit, 1);
    nil.block_id = {};
    BOOST_TEST(!sign(signer, nil));
    BOOST_TEST(sign(signer, proposal_at(6, 0, 1)));
    BOOST_TEST(!sign(signer, proposal_at(6, 0, 2)));
    Proposal other_polka = proposal_at(6, 0, 1);
    other_polka.pol_round = 0;
    BOOST_TEST(!sign(signer, other_polka));
}

BOOST_FIXTURE_TEST_CASE(the_same_vote_gets_the_same_signature_and_time, Fixture) {
    Vote first = vote_at(5, 1, VoteType::precommit, 1);
    FileSigner signer = opened();
    BOOST_REQUIRE(signer.sign(kChain, first).has_value());
    BOOST_REQUIRE(signer.flush().has_value());
    BOOST_TEST(verify_message(signer.key(), first.sign_bytes(kChain), first.signature));
    FileSigner restarted = opened();
    Vote again = vote_at(5, 1, VoteType::precommit, 1);
    again.time.seconds += 60;
    BOOST_REQUIRE(restarted.sign(kChain, again).has_value());
    BOOST_TEST((again == first));
    Proposal proposal = proposal_at(6, 0, 1);
    BOOST_REQUIRE(restarted.sign(kChain, proposal).has_value());
    BOOST_REQUIRE(restarted.flush().has_value());
    Proposal later = proposal_at(6, 0, 1);
    later.time.nanos = 0;
    BOOST_REQUIRE(opened().sign(kChain, later).has_value());
    BOOST_TEST((later == proposal));
}

BOOST_FIXTURE_TEST_CASE(a_torn_slot_leaves_the_one_before, Fixture) {
    FileSigner signer = opened();
    BOOST_TEST(sign(signer, vote_at(5, 0, VoteType::prevote, 1)));
    const std::uint64_t sequence = signer.last().sequence;
    BOOST_TEST(sign(signer, vote_at(5, 0, VoteType::precommit, 1)));
    Bytes& raw = disk.raw(kPath);
    raw[(signer.last().sequence % 2) * kSignSlotBytes + 40] ^= 1;
    BOOST_TEST(opened().last().sequence == sequence);
    raw[(sequence % 2) * kSignSlotBytes + 13] ^= 1;
    const auto refused = SignState::open(disk, kPath);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("damaged in both slots") != std::string::npos);
    BOOST_TEST(refused.error().message.find("Restore the file") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_missing_or_short_record_is_refused, Fixture) {
    BOOST_TEST(!SignState::create(disk, kPath).has_value());
    disk.set(kPath, Bytes(100));
    BOOST_TEST(!SignState::open(disk, kPath).has_value());
    BOOST_TEST(!SignState::open(disk, "data/none").has_value());
}

BOOST_FIXTURE_TEST_CASE(one_flush_guards_all_that_was_signed_before_it, Fixture) {
    FileSigner signer = opened();
    Proposal proposal = proposal_at(5, 1, 1);
    Vote vote = vote_at(5, 1, VoteType::prevote, 1);
    BOOST_REQUIRE(signer.sign(kChain, proposal).has_value());
    BOOST_REQUIRE(signer.sign(kChain, vote).has_value());
    BOOST_TEST(!signer.sign(kChain, proposal).has_value());
    BOOST_TEST(opened().last().height == 0);
    BOOST_REQUIRE(signer.flush().has_value());
    FileSigner restarted = opened();
    Proposal other = proposal_at(5, 1, 2);
    Vote other_vote = vote_at(5, 1, VoteType::prevote, 2);
    BOOST_TEST(!restarted.sign(kChain, other).has_value());
    BOOST_TEST(!restarted.sign(kChain, other_vote).has_value());
}

// Stops the disk at every effect of a series of signatures, crashes, and asks for other blocks at
// the same places: whatever was released must never be contradicted.
BOOST_AUTO_TEST_CASE(no_crash_makes_it_sign_twice) {
    for (std::uint64_t stop = 0; stop < 20; ++stop)
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            std::mt19937_64 random(seed * 1000 + stop);
            assay::test::MemoryDisk disk;
            BOOST_REQUIRE(SignState::create(disk, kPath).has_value());
            std::vector<Vote> released;
            FileSigner before(some_key(), SignState::open(disk, kPath).value());
            disk.fail_after(stop);
            for (std::int64_t height = 1; height <= 5; ++height) {
                Vote vote = vote_at(height, 0, VoteType::precommit, 1);
                if (!before.sign(kChain, vote) || !before.flush()) break;
                released.push_back(vote);
            }
            BOOST_TEST(released.size() == std::min<std::uint64_t>(stop / 2, 5));
            disk.crash(random);
            auto state = SignState::open(disk, kPath);
            BOOST_REQUIRE(state.has_value());
            FileSigner after(some_key(), std::move(*state));
            for (const Vote& vote : released) {
                Vote other = vote_at(vote.height, 0, VoteType::precommit, 2);
                BOOST_TEST(!after.sign(kChain, other).has_value());
            }
            if (released.empty()) continue;
            BOOST_TEST(after.last().height >= released.back().height);
        }
}

BOOST_FIXTURE_TEST_CASE(a_signer_whose_disk_failed_signs_nothing_more, Fixture) {
    FileSigner signer = opened();
    disk.fail_after(1);
    BOOST_TEST(!sign(signer, vote_at(1, 0, VoteType::prevote, 1)));
    disk.fail_after(100);
    BOOST_TEST(!sign(signer, vote_at(2, 0, VoteType::prevote, 1)));
}

}  // namespace assay::consensus::test
