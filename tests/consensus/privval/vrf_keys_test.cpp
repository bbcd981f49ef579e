// The file of VRF keys comes back as it was, is never overwritten, and proves for its keys alone.
#include "consensus/privval/vrf_keys.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "tests/support/memory_disk.hpp"

namespace assay::consensus {

namespace {

crypto::SecretKey numbered(std::uint64_t number) {
    return *crypto::secret_key_from(sha256(view_of("vrf " + std::to_string(number))));
}
ecvrf::PublicKey public_of(const crypto::SecretKey& key) {
    return crypto::public_key_of(key)->compressed();
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_CASE(keys_are_kept_and_added_and_never_replaced) {
    test::MemoryDisk disk;
    BOOST_REQUIRE(save_vrf_file(disk, "vrf_key.json", numbered(1)).has_value());
    BOOST_TEST(save_vrf_file(disk, "vrf_key.json", numbered(2)).error().message ==
               "vrf_key.json exists already; add a key to it instead");
    BOOST_TEST(add_to_vrf_file(disk, "vrf_key.json", numbered(1)).error().message ==
               "vrf_key.json: the same key stands twice");
    for (std::uint64_t i = 2; i <= kMaxVrfKeys; ++i)
        BOOST_REQUIRE(add_to_vrf_file(disk, "vrf_key.json", numbered(i)).has_value());
    BOOST_TEST(!add_to_vrf_file(disk, "vrf_key.json", numbered(9)));
    const auto keys = load_vrf_file(disk, "vrf_key.json");
    BOOST_REQUIRE(keys.has_value());
    BOOST_TEST(keys->size() == kMaxVrfKeys);
    BOOST_TEST(!load_vrf_file(disk, "another.json"));
}

BOOST_AUTO_TEST_CASE(a_prover_uses_the_key_that_is_asked_for) {
    FileVrfProver prover({numbered(1), numbered(2)});
    BOOST_TEST((prover.newest() == public_of(numbered(2))));
    const Bytes alpha{1, 2, 3};
    for (std::uint64_t i = 1; i <= 2; ++i) {
        const auto proof = prover.prove(public_of(numbered(i)), alpha);
        BOOST_REQUIRE(proof.has_value());
        BOOST_TEST(ecvrf::verify(public_of(numbered(i)), alpha, *proof).has_value());
    }
    BOOST_TEST(!prover.prove(public_of(numbered(3)), alpha));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_refused) {
    const std::string good = vrf_file_text({numbered(1)});
    BOOST_REQUIRE(parse_vrf_file(good).has_value());
    const std::string secret = to_hex(numbered(1).bytes);
    for (const std::string& bad :
         {std::string(), std::string("[]"), std::string(R"({"keys": []})"),
          replaced(good, "keys", "key"), replaced(good, "secret_key", "secret"),
          replaced(good, secret, to_hex(numbered(2).bytes)), replaced(good, secret, "00"),
          replaced(good, secret, std::string(64, '0')),
          replaced(good, secret, std::string(64, 'f')),
          replaced(good, "\"secret_key\"", "\"more\": 1, \"secret_key\"")})
        BOOST_TEST(!parse_vrf_file(bad), bad);
}

}  // namespace assay::consensus
