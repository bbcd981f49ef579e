// Hashes of the market against values that another implementation of SHA-256 computed.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/rfc6962.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/leaf.hpp"

using namespace assay;
using namespace assay::market;

namespace {

Hash256 filled(std::uint8_t byte) {
    Hash256 out;
    for (std::size_t i = 0; i < 32; ++i) out.bytes[i] = byte;
    return out;
}

CommitmentPreimage preimage() {
    CommitmentPreimage out{.chain_id = 31'337,
                           .order = 7,
                           .contributor = {},
                           .item_count = 1'000,
                           .root = filled(0x11),
                           .ciphertext_root = filled(0x22),
                           .key_hash = filled(0x33),
                           .salt = filled(0x44)};
    for (auto& byte : out.contributor.bytes) byte = 0xa1;
    return out;
}

Leaf leaf() {
    return {.index = 258,
            .content_id = content_id(view_of("a good item")),
            .payload_hash = payload_hash(filled(0x55), view_of("a good item"))};
}

}  // namespace

BOOST_AUTO_TEST_CASE(commitments_are_sha256_of_the_tag_and_the_fields_in_order) {
    BOOST_TEST(to_hex(commitment_of(preimage())) ==
               "f6c5ae284bfd0f25f552d4a03a6f53abfb27cb7bf8f941542f94cd6e31045b3f");
    BOOST_TEST(to_hex(commitment_of({})) ==
               "894d474a183fe6aa661e1189a1952d6ecf051aa8ff16c62e959336a5339ddd16");
}

BOOST_AUTO_TEST_CASE(a_commitment_binds_every_field) {
    const auto other = [](auto change) {
        CommitmentPreimage changed = preimage();
        change(changed);
        return commitment_of(changed) != commitment_of(preimage());
    };
    BOOST_TEST(other([](CommitmentPreimage& p) { p.chain_id += 1; }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.order += 1; }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.contributor = Address{{0x01}}; }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.item_count += 1; }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.root = filled(0x12); }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.ciphertext_root = filled(0x12); }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.key_hash = filled(0x12); }));
    BOOST_TEST(other([](CommitmentPreimage& p) { p.salt = filled(0x12); }));
    BOOST_TEST(other([](CommitmentPreimage& p) { std::swap(p.root, p.ciphertext_root); }));
}

BOOST_AUTO_TEST_CASE(payloads_are_hashed_with_tag_and_salt) {
    BOOST_TEST(to_hex(payload_hash(filled(0x55), view_of("a good item"))) ==
               "fdcd3abff4b65b3b0158cdb8e566992ed5ace4ca7b73ba235494c71af56e677b");
    BOOST_TEST(to_hex(payload_hash(filled(0x55), {})) ==
               "8f853f1cd9218018845906de7cf97837621c69838d3395e5cee4b01a22664b48");
    BOOST_TEST(to_hex(content_id(view_of("a good item"))) ==
               "f76cad130f4eeb93c5ccbeba85250836023e6b38138b5475974550091757fc76");
}

BOOST_AUTO_TEST_CASE(a_leaf_is_index_content_and_payload_hash) {
    const Bytes data = leaf_data(leaf());
    BOOST_TEST(data.size() == kLeafBytes);
    BOOST_TEST(to_hex(data) ==
               "0000000000000102"
               "f76cad130f4eeb93c5ccbeba85250836023e6b38138b5475974550091757fc76"
               "fdcd3abff4b65b3b0158cdb8e566992ed5ace4ca7b73ba235494c71af56e677b");
    BOOST_TEST(to_hex(rfc6962::leaf_hash(data)) ==
               "01b4b2f54155ecadd558546a51ca6b5cccdf9de47013fc092934136fdfe9cfe9");
}
