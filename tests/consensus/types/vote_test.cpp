// Votes, proposals and keys against CometBFT's golden vectors.
#include <boost/test/unit_test.hpp>

#include "tests/consensus/types/comet_vectors.hpp"

namespace assay::consensus::test {

namespace {

Vote vote_of(const JsonValue& vector) {
    Vote vote;
    vote.type = static_cast<VoteType>(vector["type"].GetInt());
    vote.height = vector["height"].GetInt64();
    vote.round = vector["round"].GetInt();
    vote.block_id = id_of(vector["block_id"]);
    vote.time = time_at(vector);
    vote.validator_index = vector["index"].GetInt();
    if (vector["address"].GetStringLength() == 40) {
        vote.validator = fixed_at<20>(vector, "address");
        vote.signature = fixed_at<64>(vector, "signature");
    }
    return vote;
}

}  // namespace

BOOST_AUTO_TEST_CASE(votes_sign_and_encode_as_in_comet) {
    BOOST_TEST(comet()["votes"].Size() == 31u);
    for (const auto& vector : comet()["votes"].GetArray()) {
        const Vote vote = vote_of(vector);
        BOOST_TEST(to_hex(vote.sign_bytes(text_at(vector, "chain_id"))) ==
                   text_at(vector, "sign_bytes"));
        if (vector["signature"].GetStringLength() == 128)
            BOOST_TEST(same_both_ways(vote, bytes_at(vector, "proto")));
    }
}

// Published in CometBFT's TestVoteSignBytesTestVectors, cases 1 and 2.
BOOST_AUTO_TEST_CASE(the_published_votes_have_their_published_sign_bytes) {
    Vote vote;
    vote.height = 1;
    vote.round = 1;
    vote.time = kGoZeroTime;
    vote.type = VoteType::precommit;
    BOOST_TEST(to_hex(vote.sign_bytes("")) ==
               "2108021101000000000000001901000000000000002a0b088092b8c398feffffff01");
    vote.type = VoteType::prevote;
    BOOST_TEST(to_hex(vote.sign_bytes("")) ==
               "2108011101000000000000001901000000000000002a0b088092b8c398feffffff01");
}

BOOST_AUTO_TEST_CASE(proposals_sign_and_encode_as_in_comet) {
    for (const auto& vector : comet()["proposals"].GetArray()) {
        Proposal proposal;
        proposal.height = vector["height"].GetInt64();
        proposal.round = vector["round"].GetInt();
        proposal.pol_round = vector["pol_round"].GetInt();
        proposal.block_id = id_of(vector["block_id"]);
        proposal.time = time_at(vector);
        proposal.signature = fixed_at<64>(vector, "signature");
        BOOST_TEST(to_hex(proposal.sign_bytes(text_at(vector, "chain_id"))) ==
                   text_at(vector, "sign_bytes"));
        BOOST_TEST(same_both_ways(proposal, bytes_at(vector, "proto")));
    }
}

BOOST_AUTO_TEST_CASE(keys_addresses_and_signatures_are_comets) {
    for (const auto& vector : comet()["keys"].GetArray()) {
        const auto secret = *crypto::secret_key_from(bytes_at(vector, "secret"));
        const ValidatorKey key = crypto::public_key_of(secret)->compressed();
        const Bytes message = bytes_at(vector, "message");
        BOOST_TEST(to_hex(key) == text_at(vector, "public"));
        BOOST_TEST(to_hex(consensus_address(key)) == text_at(vector, "address"));
        const ValidatorSignature signature = sign_message(secret, message);
        BOOST_TEST(to_hex(signature) == text_at(vector, "signature"));
        BOOST_TEST(verify_message(key, message, signature));
        ValidatorSignature wrong = signature;
        wrong.bytes[40] ^= 1;
        BOOST_TEST(!verify_message(key, message, wrong));
    }
}

BOOST_AUTO_TEST_CASE(votes_that_no_validator_casts_are_refused) {
    Vote vote;
    vote.height = 0;
    BOOST_TEST(decode<Vote>(encode(vote)).error().message.find("below 1") != std::string::npos);
    vote.height = 1;
    vote.round = -1;
    BOOST_TEST(decode<Vote>(encode(vote)).error().message.find("negative") != std::string::npos);
    vote.round = 0;
    vote.time.nanos = 1'000'000'000;
    BOOST_TEST(!decode<Vote>(encode(vote)).has_value());
}

}  // namespace assay::consensus::test
