// Key derivation against the vectors of its RFCs, NIST and BIP-39.
#include "chain/crypto/kdf.hpp"

#include <boost/test/unit_test.hpp>

namespace assay::crypto {

BOOST_AUTO_TEST_CASE(hmac_sha512_meets_rfc_4231) {
    BOOST_TEST(to_hex(hmac_sha512(view_of("Jefe"), view_of("what do ya want for nothing?"))) ==
               "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
               "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
}

BOOST_AUTO_TEST_CASE(pbkdf2_meets_rfc_7914_and_bip39) {
    BOOST_TEST(to_hex(pbkdf2_hmac_sha256(view_of("passwd"), view_of("salt"), 1, 64)) ==
               "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
               "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
    const std::string mnemonic =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
        "about";
    BOOST_TEST(to_hex(pbkdf2_hmac_sha512(view_of(mnemonic), view_of("mnemonicTREZOR"), 2048, 64)) ==
               "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
               "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04");
}

BOOST_AUTO_TEST_CASE(scrypt_meets_rfc_7914) {
    BOOST_TEST(to_hex(scrypt({}, {}, 16, 1, 1, 64)) ==
               "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
               "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    BOOST_TEST(to_hex(scrypt(view_of("password"), view_of("NaCl"), 1024, 8, 16, 64)) ==
               "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
               "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
}

BOOST_AUTO_TEST_CASE(scrypt_parameters_have_limits) {
    BOOST_TEST(scrypt_accepts(262144, 8, 1));
    BOOST_TEST(!scrypt_accepts(0, 8, 1));
    BOOST_TEST(!scrypt_accepts(1, 8, 1));
    BOOST_TEST(!scrypt_accepts(1000, 8, 1));
    BOOST_TEST(!scrypt_accepts(1024, 0, 1));
    BOOST_TEST(!scrypt_accepts(1024, 8, 0));
    BOOST_TEST(!scrypt_accepts(1ULL << 40, 8, 1));
    BOOST_TEST(!scrypt_accepts(2, 1U << 31, 1));
}

BOOST_AUTO_TEST_CASE(aes128_ctr_meets_sp_800_38a) {
    const auto key = *fixed_from_hex<16>("2b7e151628aed2a6abf7158809cf4f3c");
    const auto iv = *fixed_from_hex<16>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    const Bytes plain =
        *from_hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    const Bytes cipher = aes128_ctr(key, iv, plain);
    BOOST_TEST(to_hex(cipher) ==
               "874d6191b620e3261bef6864990db6ce"
               "9806f66b7970fdff8617187bb9fffdff");
    BOOST_TEST((aes128_ctr(key, iv, cipher) == plain));
}

BOOST_AUTO_TEST_CASE(random_bytes_differ) {
    BOOST_TEST(random_bytes(0).empty());
    BOOST_TEST(random_bytes(1000).size() == 1000U);
    BOOST_TEST((random_bytes(32) != random_bytes(32)));
}

}  // namespace assay::crypto
