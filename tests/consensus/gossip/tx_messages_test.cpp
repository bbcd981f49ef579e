// The transactions channel's messages: exact bytes, limits, and what is refused.
#include "consensus/gossip/tx_messages.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::consensus;

namespace {

std::string refusal(const Bytes& message) {
    const auto decoded = decode_tx_message(message);
    return decoded ? "" : decoded.error().message;
}

std::string refusal(const std::string& hex) {
    return refusal(from_hex(hex).value());
}

const std::string kHash(64, '1');

}  // namespace

BOOST_AUTO_TEST_CASE(messages_have_one_encoding) {
    const Hash256 hash = Hash256::from(from_hex(kHash).value());
    const std::vector<std::pair<TxMessage, std::string>> vectors{
        {TxAnnounce{.hashes = {hash}}, "0a220a20" + kHash},
        {TxRequest{.hashes = {hash, hash}}, "12440a20" + kHash + "0a20" + kHash},
        {TxAnswer{.raw = {{0xAA}}, .gone = {hash}}, "1a250a01aa1220" + kHash},
        {TxAnswer{.raw = {}, .gone = {hash}}, "1a221220" + kHash},
        {TxPush{.raw = {{1}, {2, 3}}}, "22070a01010a020203"},
        {TxNeighbours{.digest = {{1, 2, 3, 4, 5, 6, 7, 8}}}, "2a0a0a080102030405060708"},
    };
    for (const auto& [message, hex] : vectors) {
        BOOST_TEST(to_hex(encode_tx_message(message)) == hex);
        const auto decoded = decode_tx_message(from_hex(hex).value());
        BOOST_REQUIRE(decoded.has_value());
        BOOST_TEST((*decoded == message));
    }
}

BOOST_AUTO_TEST_CASE(what_no_honest_node_sends_is_refused) {
    BOOST_TEST(refusal("") != "");
    BOOST_TEST(refusal("3200") != "");                             // a kind that does not exist
    BOOST_TEST(refusal("0a00") != "");                             // announces nothing
    BOOST_TEST(refusal("1200") != "");                             // asks for nothing
    BOOST_TEST(refusal("1a00") != "");                             // answers nothing
    BOOST_TEST(refusal("2200") != "");                             // pushes nothing
    BOOST_TEST(refusal("22020a00") != "");                         // an empty transaction
    BOOST_TEST(refusal("0a210a1f" + kHash.substr(2)) != "");       // a hash of 31 bytes
    BOOST_TEST(refusal("2a090a0701020304050607") != "");           // a digest of 7 bytes
    BOOST_TEST(refusal("0a220a20" + kHash + "00") != "");          // trailing bytes
    BOOST_TEST(refusal("0a230a20" + kHash) != "");                 // cut short
    BOOST_TEST(refusal("0aa2000a20" + kHash) != "");               // a length that is too long
    BOOST_TEST(refusal("1a251220" + kHash + "0a01aa") != "");      // fields out of order
    BOOST_TEST(refusal("0a220a20" + kHash + "22030a0101") != "");  // two kinds
}

BOOST_AUTO_TEST_CASE(limits_hold_on_both_sides) {
    TxAnnounce announce;
    announce.hashes.resize(kMaxTxsInMessage);
    BOOST_TEST(refusal(encode_tx_message(announce)) == "");
    announce.hashes.emplace_back();
    BOOST_TEST(refusal(encode_tx_message(announce)) != "");

    BOOST_TEST(refusal(encode_tx_message(TxPush{.raw = {Bytes(kMaxTxBytes, 1)}})) == "");
    BOOST_TEST(refusal(encode_tx_message(TxPush{.raw = {Bytes(kMaxTxBytes + 1, 1)}})) != "");

    TxPush push{.raw = {kMaxTxMessageBytes / kMaxTxBytes, Bytes(kMaxTxBytes, 1)}};
    BOOST_TEST(refusal(encode_tx_message(push)) == "");
    push.raw.push_back({1});
    BOOST_TEST(refusal(encode_tx_message(push)) != "");

    push.raw.assign(kMaxTxsInMessage, {1});
    BOOST_TEST(refusal(encode_tx_message(push)) == "");
    push.raw.push_back({1});
    BOOST_TEST(refusal(encode_tx_message(push)) != "");
}
