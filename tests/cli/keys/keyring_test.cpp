// Phrases that are refused, own keystores, and the folder that holds them.
#include "cli/keys/keyring.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <sys/stat.h>

#include "chain/crypto/kdf.hpp"
#include "cli/keys/hd_key.hpp"
#include "cli/keys/mnemonic.hpp"
#include "cli/terminal/files.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

const std::string kPhrase = "test test test test test test test test test test test junk";

// A folder that goes away with the test.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("assay-keys-" + to_hex(crypto::random_bytes(8)));
    ~Folder() { std::filesystem::remove_all(path); }
};

crypto::SecretKey account(std::uint32_t index) {
    return *key_at_path(*seed_of(kPhrase, ""), account_path(index));
}

const ScryptCost kCheap{.n = 1024, .r = 8, .p = 1};

}  // namespace

BOOST_AUTO_TEST_CASE(the_well_known_phrase_gives_the_well_known_accounts) {
    const auto address = crypto::address_of(*crypto::public_key_of(account(0)));
    BOOST_TEST(checksummed(address) == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    BOOST_TEST(*mnemonic_of(Bytes(16)) ==
               "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
               "abandon about");
    BOOST_TEST((*entropy_of("  Test test test test test test\ntest test test test test JUNK ") ==
                *entropy_of(kPhrase)));
}

BOOST_AUTO_TEST_CASE(wrong_phrases_and_paths_say_what_is_wrong) {
    BOOST_TEST(entropy_of("test test").error().message ==
               "mnemonic: expected 12, 15, 18, 21 or 24 words, got 2");
    BOOST_TEST(
        entropy_of("test test test tset test test test test test test test junk").error().message ==
        "mnemonic: word 4 (\"tset\") is not in the BIP-39 English list");
    BOOST_TEST(entropy_of("junk test test test test test test test test test test test")
                   .error()
                   .message.ends_with("mistyped or out of order"));
    BOOST_TEST(!mnemonic_of(Bytes(17)));
    const auto seed = seed_of(kPhrase, "");
    for (const char* path : {"", "44'/60'", "m44", "m/", "m/x", "m/2147483648", "m/1//2", "m/1''"})
        BOOST_TEST(!key_at_path(*seed, path), path);
}

BOOST_AUTO_TEST_CASE(our_keystores_open_again_and_only_with_their_password) {
    const auto key = account(1);
    const std::string json = seal_keystore(key, "p\xc3\xa4ss", "alice", kCheap);
    BOOST_TEST((open_keystore(json, "p\xc3\xa4ss")->bytes == key.bytes));
    BOOST_TEST(open_keystore(json, "pass").error().message == "wrong password");
    BOOST_TEST(keystore_head(json)->name == "alice");
}

BOOST_AUTO_TEST_CASE(broken_keystores_are_refused) {
    const std::string json = seal_keystore(account(2), "x", "", kCheap);
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string out = json;
        out.replace(out.find(from), from.size(), to);
        return open_keystore(out, "x");
    };
    BOOST_TEST(!changed("\"version\":3", "\"version\":1"));
    BOOST_TEST(!changed("aes-128-ctr", "aes-256-ctr"));
    BOOST_TEST(!changed("\"n\":1024", "\"n\":1073741824"));
    BOOST_TEST(!changed("\"n\":1024", "\"n\":1000"));
    BOOST_TEST(!changed("\"dklen\":32", "\"dklen\":16"));
    BOOST_TEST(!changed("scrypt", "argon2"));
    BOOST_TEST(changed("\"address\":\"", "\"address\":\"00").has_value());
    const std::string address = to_hex(crypto::address_of(*crypto::public_key_of(account(2))));
    BOOST_TEST(changed(address, std::string(40, '1')).error().message.find("is not that of") !=
               std::string::npos);
    for (std::size_t cut = 0; cut < json.size(); cut += 7)
        BOOST_TEST(!open_keystore(json.substr(0, cut), "x"));
}

BOOST_AUTO_TEST_CASE(the_folder_finds_keys_by_address_and_name) {
    const Folder folder;
    const Keyring ring(folder.path / "deep" / "keys");
    BOOST_TEST(ring.list()->empty());
    BOOST_TEST(ring.find("").error().message.find("assay keys new") != std::string::npos);
    const auto alice = ring.add(account(0), "a", "alice", kCheap);
    BOOST_REQUIRE(alice);
    struct stat info{};
    BOOST_REQUIRE(stat(alice->file.c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777) == 0600);
    BOOST_TEST(ring.find("")->name == "alice");
    BOOST_TEST(!ring.add(account(0), "a", "again", kCheap));
    BOOST_TEST(!ring.add(account(1), "a", "alice", kCheap));
    BOOST_TEST(ring.add(account(1), "b", "", kCheap).has_value());
    BOOST_TEST(ring.find("").error().message.starts_with("which key?"));
    BOOST_TEST(ring.find("alice")->name == "alice");
    BOOST_TEST(ring.find("0x7099797")->name.empty());
    BOOST_TEST(ring.find("7099").has_value());
    BOOST_TEST(ring.find("bob").error().message.find("alice") != std::string::npos);
    BOOST_TEST((ring.open(*ring.find("alice"), "a")->bytes == account(0).bytes));
    BOOST_TEST(ring.open(*ring.find("alice"), "b").error().message.ends_with("wrong password"));
}

BOOST_AUTO_TEST_CASE(addresses_are_checked_as_eip_55_says) {
    // The examples of EIP-55.
    for (const std::string text : {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                                   "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                                   "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                                   "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {
        BOOST_TEST(checksummed(*parse_address(text)) == text);
    }
    BOOST_TEST(!parse_address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed"));
    BOOST_TEST(parse_address("5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").has_value());
    BOOST_TEST(!parse_address("0x5aaeb6"));
}
