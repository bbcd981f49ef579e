// The blocks channel's messages: exact bytes, and what is refused.
#include "consensus/sync/block_messages.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::consensus;

namespace {

std::string refusal(const char* hex) {
    const auto decoded = decode_block_message(from_hex(hex).value());
    return decoded ? "" : decoded.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(messages_have_one_encoding) {
    const std::vector<std::pair<BlockMessage, std::string>> vectors{
        {BlockRequest{.height = 300, .count = 16}, "0a0508ac021010"},
        {BlockResponse{.height = 1, .block = {0xAA}, .commit = {}}, "120908011201aa1a021a00"},
        {NoBlock{.height = 7}, "1a020807"},
        {BlockHeights{.base = 1, .height = 9}, "220408011009"},
        {BlockHeights{}, "2200"},
    };
    for (const auto& [message, hex] : vectors) {
        const Bytes encoded = encode_block_message(message);
        const auto decoded = decode_block_message(encoded);
        BOOST_REQUIRE(decoded.has_value());
        BOOST_TEST((*decoded == message));
        if (!std::holds_alternative<BlockResponse>(message)) BOOST_TEST(to_hex(encoded) == hex);
    }
}

BOOST_AUTO_TEST_CASE(senders_are_whole_addresses_and_no_longer_than_the_block) {
    const std::string twenty = "00112233445566778899aabbccddeeff01234567";
    const std::string header = "0801";
    const std::string block = "1214" + std::string(40, 'a');
    const std::string commit = "1a041a021200";
    const std::string hex = "1234" + header + block + commit + "2214" + twenty;
    const BlockResponse response{
        .height = 1, .block = Bytes(20, 0xaa), .commit = {}, .senders = from_hex(twenty).value()};
    BOOST_TEST(to_hex(encode_block_message(response)) == hex);
    const auto decoded = decode_block_message(from_hex(hex).value());
    BOOST_REQUIRE(decoded.has_value());
    BOOST_TEST((*decoded == BlockMessage(response)));

    const auto refused = [&](const std::string& rest) {
        const std::string body = header + block + commit + rest;
        const Bytes size{0x12, static_cast<std::uint8_t>(body.size() / 2)};
        return refusal((to_hex(size) + body).c_str());
    };
    BOOST_TEST(refused("").empty());
    BOOST_TEST(refused("2213" + twenty.substr(2)).find("is no list of addresses") !=
               std::string::npos);
    BOOST_TEST(refused("2228" + twenty + twenty).find("is too long") != std::string::npos);
    BOOST_TEST(refused("2200") != "");           // an empty field is left out
    BOOST_TEST(refused("2215" + twenty) != "");  // cut
    BOOST_TEST(refused("2214" + twenty + "2214" + twenty) != "");
}

BOOST_AUTO_TEST_CASE(what_no_honest_node_sends_is_refused) {
    BOOST_TEST(refusal("") != "");
    BOOST_TEST(refusal("2a00") != "");                        // a kind that does not exist
    BOOST_TEST(refusal("0a021010") != "");                    // no height
    BOOST_TEST(refusal("0a0408011041") != "");                // 65 blocks
    BOOST_TEST(refusal("0a020801") != "");                    // none
    BOOST_TEST(refusal("0a0508ac02101000") != "");            // trailing bytes
    BOOST_TEST(refusal("0a05088c801010") != "");              // a varint that is too long
    BOOST_TEST(refusal("220408091001") != "");                // base above height
    BOOST_TEST(refusal("22021001") != "");                    // height without base
    BOOST_TEST(refusal("1a0b08ffffffffffffffffff01") != "");  // a height beyond int64
    BOOST_TEST(refusal("120608011a021a00") != "");
}
