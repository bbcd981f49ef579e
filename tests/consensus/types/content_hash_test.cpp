// Hashes over transactions, results, parameters, evidence and parts against golden vectors.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "consensus/types/part_set.hpp"
#include "consensus/types/results.hpp"
#include "tests/consensus/types/comet_vectors.hpp"

namespace assay::consensus::test {

BOOST_AUTO_TEST_CASE(data_hashes_are_comets) {
    BOOST_TEST(comet()["txs"].Size() == 11u);
    for (const auto& vector : comet()["txs"].GetArray()) {
        std::vector<Bytes> txs;
        std::vector<Hash256> hashes;
        for (const auto& tx : vector["txs"].GetArray()) {
            txs.push_back(*from_hex(tx.GetString()));
            hashes.push_back(sha256(txs.back()));
        }
        BOOST_TEST(to_hex(data_hash(txs)) == text_at(vector, "hash"));
        BOOST_TEST(to_hex(data_hash_of_hashes(hashes)) == text_at(vector, "hash"));
    }
}

BOOST_AUTO_TEST_CASE(results_hashes_are_comets) {
    for (const auto& vector : comet()["results"].GetArray()) {
        ResultsHasher hasher;
        for (const auto& entry : vector["results"].GetArray())
            hasher.add(entry["code"].GetUint(), bytes_at(entry, "data"),
                       entry["gas_wanted"].GetInt64(), entry["gas_used"].GetInt64());
        BOOST_TEST(to_hex(hasher.root()) == text_at(vector, "hash"));
    }
}

BOOST_AUTO_TEST_CASE(parameter_hashes_are_comets) {
    for (const auto& vector : comet()["params"].GetArray()) {
        const BlockParams params{vector["max_bytes"].GetInt64(), vector["max_gas"].GetInt64()};
        BOOST_TEST(to_hex(params.hash()) == text_at(vector, "hash"));
    }
}

BOOST_AUTO_TEST_CASE(evidence_hashes_are_comets) {
    for (const auto& vector : comet()["evidence"].GetArray()) {
        std::vector<DuplicateVoteEvidence> list;
        for (const auto& item : vector["items"].GetArray()) {
            const Bytes proto = *from_hex(item.GetString());
            const auto decoded = decode<DuplicateVoteEvidence>(proto);
            BOOST_REQUIRE(decoded);
            BOOST_TEST((encode(*decoded) == proto));
            list.push_back(*decoded);
        }
        BOOST_TEST(to_hex(evidence_hash(list)) == text_at(vector, "hash"));
    }
}

BOOST_AUTO_TEST_CASE(part_sets_are_comets) {
    for (const auto& vector : comet()["part_sets"].GetArray()) {
        Bytes data(vector["size"].GetUint());
        for (std::size_t i = 0; i < data.size(); ++i)
            data[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
        const PartSetHeader header = part_set_header(data);
        BOOST_TEST(header.total == vector["total"].GetUint());
        BOOST_TEST(to_hex(header.hash) == text_at(vector, "hash"));
        const auto parts = cut_into_parts(data);
        BOOST_REQUIRE(parts.size() == header.total);
        for (const Part& part : parts) BOOST_TEST(part.verify(header));
        if (vector.HasMember("last_part"))
            BOOST_TEST(same_both_ways(parts.back(), bytes_at(vector, "last_part")));
        if (parts.empty()) continue;
        protobuf::Writer proof;
        write(proof, parts.back());
        const Bytes expected = bytes_at(vector, "last_proof");
        const auto& whole = proof.view();
        BOOST_TEST((whole.size() > expected.size() &&
                    std::equal(expected.rbegin(), expected.rend(), whole.rbegin())));
    }
}

BOOST_AUTO_TEST_CASE(a_part_of_another_block_is_refused) {
    const Bytes data(200'000, 7);
    const PartSetHeader header = part_set_header(data);
    const auto parts = cut_into_parts(data);
    Part part = parts[1];
    part.bytes[0] ^= 1;
    BOOST_TEST(!part.verify(header));
    part = parts[1];
    part.index = 2;
    BOOST_TEST(!part.verify(header));
    part = parts[1];
    part.proof.aunts.pop_back();
    BOOST_TEST(!part.verify(header));
    part = parts[1];
    part.proof.total = -1;
    BOOST_TEST(!part.verify(header));
}

}  // namespace assay::consensus::test
