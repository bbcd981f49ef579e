// Headers, commits and blocks against CometBFT's golden vectors.
#include <boost/test/unit_test.hpp>

#include "consensus/types/part_set.hpp"
#include "tests/consensus/types/comet_vectors.hpp"

namespace assay::consensus::test {

BOOST_AUTO_TEST_CASE(headers_hash_and_encode_as_in_comet) {
    BOOST_TEST(comet()["headers"].Size() == 8u);
    for (const auto& vector : comet()["headers"].GetArray()) {
        const Header header = header_of(vector);
        BOOST_TEST(to_hex(header.hash()) == text_at(vector, "hash"));
        BOOST_TEST(same_both_ways(header, bytes_at(vector, "proto")));
    }
}

// The case published in CometBFT's own TestHeaderHash.
BOOST_AUTO_TEST_CASE(the_published_header_has_its_published_hash) {
    const Header header = header_of(comet()["headers"][0]);
    BOOST_TEST(to_hex(header.hash()) ==
               "f740121f553b5418c3efbd343c2dbfe9e007bb67b0d020a0741374bab65242a4");
}

BOOST_AUTO_TEST_CASE(commits_hash_encode_and_sign_as_in_comet) {
    for (const auto& vector : comet()["commits"].GetArray()) {
        const Commit commit = commit_of(vector);
        BOOST_TEST(to_hex(commit.hash()) == text_at(vector, "hash"));
        BOOST_TEST(same_both_ways(commit, bytes_at(vector, "proto")));
        for (rapidjson::SizeType i = 0; i < commit.signatures.size(); ++i) {
            const auto& entry = vector["signatures"][i];
            if (!entry.HasMember("sign_bytes")) continue;
            BOOST_TEST(to_hex(commit.vote(i).sign_bytes("assay-31337-1")) ==
                       text_at(entry, "sign_bytes"));
        }
    }
}

BOOST_AUTO_TEST_CASE(blocks_encode_and_cut_as_in_comet) {
    for (const auto& vector : comet()["blocks"].GetArray()) {
        const Bytes proto = bytes_at(vector, "proto");
        const auto block = decode<Block>(proto);
        BOOST_REQUIRE_MESSAGE(block, (block ? "" : block.error().message));
        BOOST_TEST((block->header == header_of(vector["header"])));
        BOOST_TEST((block->last_commit == commit_of(vector["last_commit"])));
        BOOST_TEST(block->txs.size() == vector["txs"].Size());
        BOOST_TEST(block->evidence.size() == vector["evidence"].GetUint());
        BOOST_TEST((encode(*block) == proto));
        BOOST_TEST(check_contents(*block).has_value());
        const PartSetHeader parts = part_set_header(proto);
        BOOST_TEST(parts.total == vector["parts_total"].GetUint());
        BOOST_TEST(to_hex(parts.hash) == text_at(vector, "parts_hash"));
    }
}

BOOST_AUTO_TEST_CASE(a_block_with_foreign_contents_is_named) {
    const auto block = *decode<Block>(bytes_at(comet()["blocks"][2], "proto"));
    Block changed = block;
    changed.txs.pop_back();
    BOOST_TEST(check_contents(changed).error().message ==
               "block: data_hash does not match the transactions");
    changed = block;
    changed.evidence.clear();
    BOOST_TEST(check_contents(changed).error().message ==
               "block: evidence_hash does not match the evidence");
    changed = block;
    changed.last_commit.signatures.pop_back();
    BOOST_TEST(check_contents(changed).error().message ==
               "block: last_commit_hash does not match the commit");
}

// Whatever byte changes, the decoder refuses or reproduces exactly what it was given.
BOOST_AUTO_TEST_CASE(every_damaged_block_is_refused_or_canonical) {
    const Bytes proto = bytes_at(comet()["blocks"][0], "proto");
    std::size_t taken = 0;
    for (std::size_t i = 0; i < proto.size(); ++i)
        for (const int flip : {0x01, 0x08, 0x80, 0xff}) {
            Bytes damaged = proto;
            damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ flip);
            const auto block = decode<Block>(damaged);
            if (!block) continue;
            ++taken;
            BOOST_TEST((encode(*block) == damaged));
        }
    BOOST_TEST(taken > 0u);
    for (std::size_t size = 0; size < proto.size(); ++size)
        BOOST_TEST(!decode<Block>(ByteView(proto).first(size)).has_value());
}

}  // namespace assay::consensus::test
