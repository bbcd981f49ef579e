// EIP-712 against its own Mail example, ethers and viem.
#include "chain/codec/eip712.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/secp256k1.hpp"
#include "tests/chain/codec/vector_types.hpp"
#include "tests/support/vectors.hpp"

namespace assay::test {

namespace {

struct Person {
    std::string name;
    Address wallet;
};
BOOST_DESCRIBE_STRUCT(Person, (), (name, wallet))

struct Mail {
    Person from;
    Person to;
    std::string contents;
};
BOOST_DESCRIBE_STRUCT(Mail, (), (from, to, contents))

struct Zebra {
    std::uint8_t z = 0;
};
BOOST_DESCRIBE_STRUCT(Zebra, (), (z))
struct Apple {
    std::array<Zebra, 2> zebras;
};
BOOST_DESCRIBE_STRUCT(Apple, (), (zebras))
struct Middle {
    std::vector<Zebra> many;
    Apple apple;
};
BOOST_DESCRIBE_STRUCT(Middle, (), (many, apple))

eip712::Domain domain_in(const JsonValue& in) {
    return {.name = text_at(in, "name"),
            .version = text_at(in, "version"),
            .chain_id = in["chainId"].GetUint64(),
            .verifying_contract = fixed_at<20>(in, "verifyingContract")};
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_mail_example) {
    const eip712::Domain domain{
        .name = "Ether Mail",
        .version = "1",
        .chain_id = 1,
        .verifying_contract = *fixed_from_hex<20>("cccccccccccccccccccccccccccccccccccccccc")};
    const Mail mail{
        .from = {"Cow", *fixed_from_hex<20>("cd2a3d9f938e13cd947ec05abc7fe734df8dd826")},
        .to = {"Bob", *fixed_from_hex<20>("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")},
        .contents = "Hello, Bob!"};
    BOOST_TEST(eip712::encode_type<Mail>() ==
               "Mail(Person from,Person to,string contents)Person(string name,address wallet)");
    BOOST_TEST(to_hex(eip712::type_hash<Mail>()) ==
               "a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2");
    BOOST_TEST(to_hex(eip712::domain_separator(domain)) ==
               "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
    BOOST_TEST(to_hex(eip712::hash_struct(mail)) ==
               "c52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e");
    const Hash256 digest = eip712::digest(domain, mail);
    BOOST_TEST(to_hex(digest) ==
               "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    const auto signature =
        crypto::sign_recoverable(crypto::SecretKey(keccak256(view_of("cow"))), digest);
    BOOST_TEST(to_hex(signature.r) ==
               "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d");
    BOOST_TEST(to_hex(signature.s) ==
               "07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562");
    BOOST_TEST(signature.recovery_id == 1);
}

BOOST_AUTO_TEST_CASE(nested_types_follow_in_alphabetical_order) {
    BOOST_TEST(eip712::encode_type<Middle>() ==
               "Middle(Zebra[] many,Apple apple)Apple(Zebra[2] zebras)Zebra(uint8 z)");
}

BOOST_AUTO_TEST_CASE(typed_data_matches_ethers_and_viem) {
    const auto document = load_vectors("eip712");
    BOOST_TEST(eip712::encode_type<Everything>() == text_at(document, "encodeType"));
    BOOST_TEST(document["cases"].Size() >= 50U);
    for (const auto& row : document["cases"].GetArray()) {
        const auto domain = domain_in(row["domain"]);
        const auto message = json::read<Everything>(row["message"]).value();
        BOOST_TEST((eip712::domain_separator(domain) == fixed_at<32>(row, "domainSeparator")));
        BOOST_TEST((eip712::hash_struct(message) == fixed_at<32>(row, "structHash")));
        const Hash256 digest = eip712::digest(domain, message);
        BOOST_TEST((digest == fixed_at<32>(row, "digest")));
        const auto signature =
            crypto::sign_recoverable(crypto::SecretKey(fixed_at<32>(row, "privateKey")), digest);
        BOOST_TEST(to_hex0x(signature.r) + to_hex(signature.s) +
                       to_hex(Bytes{static_cast<std::uint8_t>(27 + signature.recovery_id)}) ==
                   text_at(row, "signature"));
    }
}

BOOST_AUTO_TEST_CASE(the_document_is_what_wallets_take) {
    const auto document = load_vectors("eip712");
    for (const auto& row : document["cases"].GetArray()) {
        rapidjson::StringBuffer buffer;
        JsonWriter out(buffer);
        eip712::write_typed_data(out, domain_in(row["domain"]),
                                 json::read<Everything>(row["message"]).value());
        const auto written = json::parse(buffer.GetString()).value();
        BOOST_TEST((written["types"] == document["types"]));
        BOOST_TEST(text_at(written, "primaryType") == "Everything");
        BOOST_TEST((written["domain"] == row["domain"]));
        BOOST_TEST((written["message"] == row["message"]));
    }
}

}  // namespace assay::test
