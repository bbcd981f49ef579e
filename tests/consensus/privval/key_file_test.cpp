// The validator's key file: CometBFT's shape, strict reading, owner-only on a real disk.
#include "consensus/privval/key_file.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "consensus/disk/posix_disk.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay::consensus::test {

namespace {

// Printed by CometBFT's FilePVKey for GenPrivKeySecp256k1("seed of a key file").
constexpr const char* kCometFile = R"({
  "address": "F3B31783A52C5235142088692D1FA4476743409A",
  "pub_key": {
    "type": "tendermint/PubKeySecp256k1",
    "value": "A8Au8ysIYStm86iikdQrVxs1AnZ0l+2kIFWTF/FuEd3t"
  },
  "priv_key": {
    "type": "tendermint/PrivKeySecp256k1",
    "value": "k05EQ6jCE5FY4zgYu6kGyBn0c5rDtAsxo0HXQBIBeCw="
  }
})";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_CASE(comets_key_file_is_read_and_reproduced) {
    const auto key = parse_key_file(kCometFile);
    BOOST_REQUIRE_MESSAGE(key, (key ? "" : key.error().message));
    BOOST_TEST(key_file_text(*key) == std::string(kCometFile) + "\n");
}

BOOST_AUTO_TEST_CASE(key_files_that_contradict_themselves_are_refused) {
    const auto refused = [](const std::string& text, const char* why) {
        const auto key = parse_key_file(text);
        BOOST_REQUIRE(!key.has_value());
        BOOST_TEST(key.error().message == why);
    };
    const std::string good = kCometFile;
    refused("[]", "is not a JSON object");
    refused("{}", "priv_key is missing");
    refused(with(good, "PrivKeySecp256k1", "PrivKeyEd25519"),
            "priv_key has type tendermint/PrivKeyEd25519; this chain's validators use "
            "tendermint/PrivKeySecp256k1");
    refused(with(good, "address\": \"", "address\": \"0"), "address does not belong to priv_key");
    const auto value = good.find("value");
    std::string other = good;
    other[value + 20] = other[value + 20] == 'A' ? 'B' : 'A';
    refused(other, "pub_key does not belong to priv_key");
}

BOOST_AUTO_TEST_CASE(the_saved_file_is_the_owners_alone_and_never_replaced) {
    const TempDir dir;
    PosixDisk disk;
    const std::string path = dir.path() + "/priv_validator_key.json";
    const auto key = *parse_key_file(kCometFile);
    BOOST_TEST(save_key_file(disk, path, key).has_value());
    struct stat info{};
    BOOST_REQUIRE(::stat(path.c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777) == 0600u);
    BOOST_TEST((load_key_file(disk, path)->bytes == key.bytes));
    BOOST_TEST(!save_key_file(disk, path, key).has_value());
    BOOST_TEST(!load_key_file(disk, dir.path() + "/none").has_value());
}

}  // namespace assay::consensus::test
