// The ABI, its JSON and its events against ethers and viem, and under random damage.
#include <boost/test/unit_test.hpp>
#include <random>

#include "chain/codec/abi.hpp"
#include "chain/codec/abi_event.hpp"
#include "chain/codec/abi_json.hpp"
#include "tests/chain/codec/vector_types.hpp"
#include "tests/support/vectors.hpp"

namespace assay::test {

namespace {

const JsonDocument& vectors() {
    static const JsonDocument document = load_vectors("abi");
    return document;
}

template <class T>
bool same_json(const T& value, const JsonValue& expected) {
    return json::parse(json::to_string(value)).value() == expected;
}

}  // namespace

BOOST_AUTO_TEST_CASE(calls_match_ethers_and_viem) {
    BOOST_TEST(abi::function_of<Everything>(true).signature == text_at(vectors(), "signature"));
    BOOST_TEST(vectors()["cases"].Size() >= 50U);
    for (const auto& row : vectors()["cases"].GetArray()) {
        const auto value = json::read<Everything>(row["value"]);
        BOOST_REQUIRE(value.has_value());
        const Bytes call = bytes_at(row, "call");
        BOOST_TEST((abi::encode_call(*value) == call));
        const auto back = abi::decode<Everything>(ByteView(call).subspan(4));
        BOOST_REQUIRE(back.has_value());
        BOOST_TEST(same_json(*back, row["value"]));
        BOOST_TEST((abi::encode_call(*back) == call));
    }
}

BOOST_AUTO_TEST_CASE(results_match_ethers_and_viem) {
    const auto function = abi::view_of<LeavesOf, LeavesOf::Returns>();
    BOOST_TEST(to_hex0x(function.selector) == text_at(vectors(), "viewSelector"));
    for (const auto& row : vectors()["cases"].GetArray()) {
        const auto leaves = json::read<std::vector<Leaf>>(row["leaves"]).value();
        const Bytes returned = bytes_at(row, "returned");
        BOOST_TEST((abi::encode_return(leaves) == returned));
        const auto back = abi::decode_return<std::vector<Leaf>>(returned);
        BOOST_REQUIRE(back.has_value());
        BOOST_TEST(same_json(*back, row["leaves"]));
    }
}

BOOST_AUTO_TEST_CASE(events_match_ethers_and_viem) {
    const Address emitter = module_address(ModuleId::market);
    for (const auto& row : vectors()["cases"].GetArray()) {
        const auto& seen = row["seen"];
        const Log log = abi::encode_event(emitter, json::read<Seen>(seen["value"]).value());
        BOOST_TEST((log.address == emitter));
        BOOST_TEST((log.topics == json::read<std::vector<Hash256>>(seen["topics"]).value()));
        BOOST_TEST((log.data == bytes_at(seen, "data")));
    }
}

BOOST_AUTO_TEST_CASE(the_published_abi_is_what_ethers_loads) {
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    abi::write_abi_json(
        out, {abi::function_of<Everything>(true), abi::view_of<LeavesOf, LeavesOf::Returns>()},
        {abi::event_of<Seen>()});
    const auto written = json::parse(buffer.GetString()).value();
    BOOST_TEST((written == vectors()["abi"]));
    const auto& refused = vectors()["refused"];
    BOOST_TEST((abi::encode_refused(static_cast<std::uint16_t>(refused["code"].GetUint()),
                                    text_at(refused, "name")) == bytes_at(refused, "data")));
}

BOOST_AUTO_TEST_CASE(damaged_calldata_is_refused_or_means_itself) {
    std::mt19937_64 random(1);
    int accepted = 0;
    for (const auto& row : vectors()["cases"].GetArray()) {
        const Bytes call = bytes_at(row, "call");
        for (int i = 0; i < 200; ++i) {
            Bytes data(call.begin() + 4, call.end());
            data[random() % data.size()] ^= static_cast<std::uint8_t>(1U << random() % 8);
            if (i % 10 == 0) data.resize(random() % data.size());
            const auto value = abi::decode<Everything>(data);
            if (!value) continue;
            ++accepted;
            BOOST_REQUIRE((abi::encode(*value) == data));
        }
    }
    BOOST_TEST(accepted > 0);
}

}  // namespace assay::test
