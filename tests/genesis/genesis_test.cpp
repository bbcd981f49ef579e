// The genesis document: its JSON comes back as it was, and every limit is named when it is broken.
#include "genesis/genesis.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/secp256k1.hpp"

using namespace assay;

namespace {

GenesisDoc sample() {
    Bytes secret(32, 7);
    const auto key = crypto::public_key_of(*crypto::secret_key_from(secret));
    return devnet_genesis(
        {{.public_key = key->compressed(), .power = 10, .fee_recipient = crypto::address_of(*key)}},
        1'700'000'000);
}

std::string refusal_of(const GenesisDoc& doc) {
    const auto read = parse_genesis(to_json(doc));
    return read ? std::string() : read.error().message;
}

std::string without(std::string text, const std::string& part) {
    const auto at = text.find(part);
    BOOST_REQUIRE(at != std::string::npos);
    return text.erase(at, part.size());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_document_comes_back_as_it_was) {
    GenesisDoc doc = sample();
    doc.block.max_bytes = 2'000'000;
    const auto read = parse_genesis(to_json(doc));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->block.max_bytes == 2'000'000U);
    BOOST_TEST(to_json(*read) == to_json(doc));
}

BOOST_AUTO_TEST_CASE(block_limits_are_bounded) {
    GenesisDoc doc = sample();
    for (const std::uint64_t good : {kMinBlockBytes, kMaxBlockBytes}) {
        doc.block.max_bytes = good;
        BOOST_TEST(refusal_of(doc) == "");
    }
    for (const std::uint64_t bad : {std::uint64_t{0}, kMinBlockBytes - 1, kMaxBlockBytes + 1}) {
        doc.block.max_bytes = bad;
        BOOST_TEST(refusal_of(doc) == "genesis: block.maxBytes must be 1048576 to 104857600");
    }
    doc = sample();
    doc.fees.block_gas_limit = 9'999'999;
    BOOST_TEST(refusal_of(doc) == "genesis: fees.blockGasLimit must be 10^7 to 2^40");
}

BOOST_AUTO_TEST_CASE(a_missing_or_unknown_field_is_named) {
    const std::string text = to_json(sample());
    const auto missing = parse_genesis(without(text, "\"maxBytes\": \"16777216\""));
    BOOST_TEST(missing.error().message.find("block.maxBytes") != std::string::npos);
    std::string unknown = text;
    unknown.insert(unknown.find("\"maxBytes\""), "\"maxTxs\": \"1\", ");
    BOOST_TEST(parse_genesis(unknown).error().message.find("maxTxs") != std::string::npos);
}
