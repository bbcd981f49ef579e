// Envelopes against ethers and viem, the example of EIP-155, and each refusal.
#include "chain/codec/envelope.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <random>

#include "chain/codec/rlp.hpp"
#include "chain/crypto/hash.hpp"
#include "tests/support/vectors.hpp"

namespace assay::test {

namespace {

Envelope envelope_in(const JsonValue& row) {
    Envelope out;
    out.type = static_cast<std::uint8_t>(row["type"].GetUint());
    out.chain_id = json::read<std::optional<std::uint64_t>>(row["chainId"]).value();
    out.nonce = json::read<std::uint64_t>(row["nonce"]).value();
    out.max_priority_fee_per_gas = json::read<Amount>(row["maxPriorityFeePerGas"]).value();
    out.max_fee_per_gas = json::read<Amount>(row["maxFeePerGas"]).value();
    out.gas_limit = json::read<std::uint64_t>(row["gasLimit"]).value();
    out.to = json::read<std::optional<Address>>(row["to"]).value();
    out.value = json::read<Amount>(row["value"]).value();
    out.data = bytes_at(row, "data");
    for (const auto& entry : row["accessList"].GetArray())
        out.access_list.push_back(
            {.address = fixed_at<20>(entry, "address"),
             .storage_keys = json::read<std::vector<Hash256>>(entry["storageKeys"]).value()});
    return out;
}

// One dynamic-fee envelope on the wire whose fields a test replaces: name to RLP writer.
struct Wire {
    using Field = std::function<void(rlp::Encoder&)>;
    std::vector<Field> fields;
    std::uint8_t type = 2;

    static Field integer(std::uint64_t value) {
        return [value](rlp::Encoder& out) { out.integer(value); };
    }
    static Field bytes(Bytes value) {
        return [value](rlp::Encoder& out) { out.bytes(value); };
    }
    static Field list() {
        return [](rlp::Encoder& out) {
            out.begin_list();
            out.end_list();
        };
    }
    static Wire dynamic_fee() {
        return {.fields = {integer(7), integer(1), integer(2), integer(3), integer(21000),
                           bytes(Bytes(20, 9)), integer(5), bytes({}), list(), integer(1),
                           integer(1), integer(1)}};
    }
    static Wire legacy(std::uint64_t v) {
        return {.fields = {integer(1), integer(2), integer(21000), bytes(Bytes(20, 9)), integer(5),
                           bytes({}), integer(v), integer(1), integer(1)},
                .type = 0};
    }
    Wire with(std::size_t index, Field field) const {
        Wire out = *this;
        out.fields[index] = std::move(field);
        return out;
    }
    Bytes raw() const {
        rlp::Encoder out;
        out.begin_list();
        for (const auto& field : fields) field(out);
        out.end_list();
        Bytes list = std::move(out).take();
        if (type != 0) list.insert(list.begin(), type);
        return list;
    }
    std::string refusal() const {
        const auto out = decode_envelope(raw());
        return out ? "accepted" : out.error().message;
    }
};

enum DynamicFee : std::size_t {
    kChainId,
    kNonce,
    kTip,
    kFee,
    kGas,
    kTo,
    kValue,
    kInput,
    kAccessList,
    kParity,
    kR,
    kS
};

}  // namespace

BOOST_AUTO_TEST_CASE(envelopes_match_ethers_and_viem) {
    const auto document = load_vectors("envelope");
    BOOST_TEST(document["cases"].Size() >= 50U);
    for (const auto& row : document["cases"].GetArray()) {
        Envelope envelope = envelope_in(row);
        BOOST_TEST((signing_hash(envelope) == fixed_at<32>(row, "signingHash")));
        sign_envelope(envelope, crypto::SecretKey(fixed_at<32>(row, "privateKey")));
        BOOST_TEST((envelope.r == fixed_at<32>(row, "r")));
        BOOST_TEST((envelope.s == fixed_at<32>(row, "s")));
        BOOST_TEST(envelope.v() == json::read<Amount>(row["v"]).value());
        const Bytes raw = bytes_at(row, "raw");
        BOOST_TEST((encode_envelope(envelope) == raw));
        BOOST_TEST((keccak256(raw) == fixed_at<32>(row, "hash")));
        const auto back = decode_envelope(raw);
        BOOST_REQUIRE(back.has_value());
        BOOST_TEST((*back == envelope));
        BOOST_TEST((sender_of(*back).value() == fixed_at<20>(row, "from")));
    }
}

BOOST_AUTO_TEST_CASE(the_example_of_eip_155) {
    const Bytes raw = *from_hex(
        "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000"
        "8025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761a"
        "ecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
    auto envelope = decode_envelope(raw).value();
    BOOST_TEST(envelope.chain_id.value() == 1U);
    BOOST_TEST(envelope.nonce == 9U);
    BOOST_TEST(envelope.gas_price() == Amount(20'000'000'000));
    BOOST_TEST(envelope.v() == Amount(37));
    BOOST_TEST(to_hex(signing_hash(envelope)) ==
               "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
    BOOST_TEST(to_hex(sender_of(envelope).value()) == "9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");
    sign_envelope(envelope, crypto::SecretKey(FixedBytes<32>::from(Bytes(32, 0x46))));
    BOOST_TEST((encode_envelope(envelope) == raw));
}

BOOST_AUTO_TEST_CASE(a_legacy_envelope_names_its_chain_in_v) {
    BOOST_TEST(!decode_envelope(Wire::legacy(27).raw())->chain_id);
    BOOST_TEST(decode_envelope(Wire::legacy(28).raw())->y_parity == 1);
    BOOST_TEST(decode_envelope(Wire::legacy(35).raw())->chain_id.value() == 0U);
    BOOST_TEST(decode_envelope(Wire::legacy(38).raw())->chain_id.value() == 1U);
    for (const std::uint64_t v : {0U, 1U, 26U, 29U, 34U})
        BOOST_TEST(Wire::legacy(v).refusal() == "v: is none of 27, 28 and 35 or more");
    const auto v_of = [](u128 v) {
        return Wire::legacy(0).with(6,
                                    [v](rlp::Encoder& out) { out.integer(Amount::from_raw(v)); });
    };
    const u128 last = (static_cast<u128>(~std::uint64_t{0}) << 1) + 36;
    BOOST_TEST(decode_envelope(v_of(last).raw())->chain_id.value() == ~std::uint64_t{0});
    BOOST_TEST((decode_envelope(v_of(last).raw())->v() == Amount::from_raw(last)));
    BOOST_TEST(v_of(last + 1).refusal() == "v: stands for a chain id above 2^64 - 1");
}

BOOST_AUTO_TEST_CASE(wide_numbers_are_refused_by_name) {
    const Wire good = Wire::dynamic_fee();
    BOOST_TEST(good.refusal() == "accepted");
    const auto wide = Wire::bytes(Bytes(17, 1));
    BOOST_TEST(good.with(kValue, wide).refusal() == "value: exceeds 2^128 - 1");
    BOOST_TEST(good.with(kFee, wide).refusal() == "maxFeePerGas: exceeds 2^128 - 1");
    BOOST_TEST(good.with(kTip, wide).refusal() == "maxPriorityFeePerGas: exceeds 2^128 - 1");
    BOOST_TEST(good.with(kGas, wide).refusal() == "gas: exceeds 2^64 - 1");
    BOOST_TEST(good.with(kNonce, wide).refusal() == "nonce: exceeds 2^64 - 1");
    BOOST_TEST(good.with(kChainId, wide).refusal() == "chainId: exceeds 2^64 - 1");
    BOOST_TEST(Wire::legacy(37).with(1, wide).refusal() == "gasPrice: exceeds 2^128 - 1");
    BOOST_TEST(good.with(kNonce, Wire::integer(~std::uint64_t{0})).refusal() ==
               "nonce has max value (EIP-2681)");
    BOOST_TEST(good.with(kNonce, Wire::integer(~std::uint64_t{0} - 1)).refusal() == "accepted");
}

BOOST_AUTO_TEST_CASE(malformed_fields_are_refused_by_name) {
    const Wire good = Wire::dynamic_fee();
    BOOST_TEST(good.with(kValue, Wire::bytes({0, 1})).refusal() ==
               "value: number has a leading zero");
    BOOST_TEST(good.with(kValue, Wire::list()).refusal() == "value: expected a string");
    BOOST_TEST(good.with(kTo, Wire::bytes({})).refusal() == "accepted");
    BOOST_TEST(good.with(kTo, Wire::bytes(Bytes(19))).refusal() == "to: has 19 bytes, not 20");
    BOOST_TEST(good.with(kInput, Wire::list()).refusal() == "input: expected a string");
    BOOST_TEST(good.with(kAccessList, Wire::bytes({})).refusal() == "accessList: expected a list");
    BOOST_TEST(good.with(kParity, Wire::integer(2)).refusal() == "yParity: is neither 0 nor 1");
    Wire wrong_type = good;
    wrong_type.type = 3;
    BOOST_TEST(wrong_type.refusal() == "transaction type not supported");
    Wire longer = good;
    longer.fields.push_back(Wire::integer(1));
    BOOST_TEST(longer.refusal() == "transaction has too many fields");
    Wire shorter = good;
    shorter.fields.pop_back();
    BOOST_TEST(shorter.refusal() == "s: RLP item is missing");
    Bytes trailing = good.raw();
    trailing.push_back(0);
    BOOST_TEST(decode_envelope(trailing).error().message == "1 trailing bytes after RLP item");
    BOOST_TEST(decode_envelope({}).error().message == "transaction is empty");
    BOOST_TEST(decode_envelope(Bytes{2}).error().message == "RLP item is missing");
    BOOST_TEST(decode_envelope(Bytes{2, 0x80}).error().message == "transaction is not an RLP list");
}

BOOST_AUTO_TEST_CASE(access_lists_are_read_strictly) {
    const auto refusal = [](const std::string& entries) {
        const auto field = [&](rlp::Encoder& out) {
            out.begin_list();
            out.encoded(*from_hex(entries));
            out.end_list();
        };
        return Wire::dynamic_fee().with(kAccessList, field).refusal();
    };
    const std::string address = "94" + std::string(40, '1');
    const std::string key = "a0" + std::string(64, '2');
    BOOST_TEST(refusal("d6" + address + "c0") == "accepted");
    BOOST_TEST(refusal("f7" + address + "e1" + key) == "accepted");
    BOOST_TEST(refusal("01") == "accessList: entry is not a list");
    BOOST_TEST(refusal("c20102") == "accessList: address is not 20 bytes");
    BOOST_TEST(refusal("d5" + address) == "accessList: entry is not an address and a list of keys");
    BOOST_TEST(refusal("d7" + address + "c001") ==
               "accessList: entry is not an address and a list of keys");
    BOOST_TEST(refusal("d7" + address + "c101") == "accessList: storage key is not 32 bytes");
    BOOST_TEST(refusal("f8") == "accessList: RLP item is cut short");
}

BOOST_AUTO_TEST_CASE(signature_values_out_of_range_are_refused) {
    const Wire good = Wire::dynamic_fee();
    const auto order =
        *from_hex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    const auto above_half =
        *from_hex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1");
    const std::string text = "invalid transaction v, r, s values: ";
    BOOST_TEST(good.with(kR, Wire::integer(0)).refusal() == text + "r is out of range");
    BOOST_TEST(good.with(kR, Wire::bytes(order)).refusal() == text + "r is out of range");
    BOOST_TEST(good.with(kR, Wire::bytes(Bytes(33, 1))).refusal() == "r: exceeds 2^256 - 1");
    const std::string high = text + "s is not in the lower half (EIP-2)";
    BOOST_TEST(good.with(kS, Wire::integer(0)).refusal() == high);
    BOOST_TEST(good.with(kS, Wire::bytes(above_half)).refusal() == high);
}

BOOST_AUTO_TEST_CASE(damaged_envelopes_are_refused_or_mean_themselves) {
    const auto document = load_vectors("envelope");
    std::mt19937_64 random(2);
    for (const auto& row : document["cases"].GetArray()) {
        const Bytes raw = bytes_at(row, "raw");
        for (int i = 0; i < 200; ++i) {
            Bytes damaged = raw;
            damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
            const auto envelope = decode_envelope(damaged);
            if (!envelope) continue;
            BOOST_REQUIRE((encode_envelope(*envelope) == damaged));
        }
    }
}

}  // namespace assay::test
