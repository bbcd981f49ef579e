// BIP-39, BIP-32 and keystore files against vectors that ethers made.
#include <boost/test/unit_test.hpp>

#include "chain/codec/json.hpp"
#include "cli/keys/hd_key.hpp"
#include "cli/keys/keystore.hpp"
#include "cli/keys/mnemonic.hpp"
#include "cli/terminal/files.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

JsonDocument load(const char* path) {
    const auto text = read_text_file(path);
    BOOST_REQUIRE_MESSAGE(text, path);
    auto document = json::parse(*text);
    BOOST_REQUIRE(document);
    return std::move(*document);
}

std::string text_of(const JsonValue& in, const char* name) {
    BOOST_REQUIRE(in.HasMember(name));
    return {in[name].GetString(), in[name].GetStringLength()};
}

std::string text_of(const JsonValue& in) {
    rapidjson::StringBuffer buffer;
    JsonWriter out(buffer);
    in.Accept(out);
    return {buffer.GetString(), buffer.GetSize()};
}

Address address_of_key(const crypto::SecretKey& key) {
    return crypto::address_of(*crypto::public_key_of(key));
}

}  // namespace

BOOST_AUTO_TEST_CASE(phrases_seeds_and_accounts_are_those_of_ethers) {
    const auto file = load("tests/vectors/bip44.json");
    const auto cases = file["cases"].GetArray();
    BOOST_TEST(cases.Size() >= 50U);
    std::size_t ascii = 0;
    for (const auto& one : cases) {
        const auto entropy = from_hex(text_of(one, "entropy"));
        const auto phrase = text_of(one, "mnemonic");
        BOOST_TEST(*mnemonic_of(*entropy) == phrase);
        BOOST_TEST((*entropy_of(phrase) == *entropy));
        const auto seed = seed_of(phrase, text_of(one, "passphrase"));
        if (!seed) {
            BOOST_TEST(seed.error().message == "passphrase: only ASCII characters are supported");
            continue;
        }
        ++ascii;
        BOOST_TEST(to_hex0x(*seed) == text_of(one, "seed"));
        for (const auto& account : one["accounts"].GetArray()) {
            const auto key = key_at_path(*seed, text_of(account, "path"));
            BOOST_REQUIRE(key);
            BOOST_TEST(to_hex0x(key->bytes) == text_of(account, "privateKey"));
            BOOST_TEST(to_hex0x(address_of_key(*key)) == text_of(account, "address"));
        }
    }
    BOOST_TEST(ascii * 4 >= cases.Size() * 3);
}

BOOST_AUTO_TEST_CASE(keystores_of_ethers_open) {
    const auto file = load("tests/vectors/keystore.json");
    const auto cases = file["cases"].GetArray();
    BOOST_TEST(cases.Size() >= 50U);
    for (const auto& one : cases) {
        const std::string json = text_of(one["file"]);
        const auto key = open_keystore(json, text_of(one, "password"));
        BOOST_REQUIRE_MESSAGE(key, key.error().message);
        BOOST_TEST(to_hex0x(key->bytes) == text_of(one, "privateKey"));
        BOOST_TEST(to_hex0x(address_of_key(*key)) == text_of(one, "address"));
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_named) {
    const auto file = load("tests/vectors/keystore.json");
    for (rapidjson::SizeType i = 0; i < 10; ++i) {
        const auto& one = file["cases"][i];
        const auto key = open_keystore(text_of(one["file"]), text_of(one, "password") + "x");
        BOOST_REQUIRE(!key);
        BOOST_TEST(key.error().message == "wrong password");
    }
}
