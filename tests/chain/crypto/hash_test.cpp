// Hash functions against their published vectors.
#include "chain/crypto/hash.hpp"

#include <boost/test/unit_test.hpp>

namespace assay {

BOOST_AUTO_TEST_CASE(sha256_meets_fips_180_4) {
    BOOST_TEST(to_hex(sha256({})) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(to_hex(sha256(view_of("abc"))) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(
        to_hex(sha256(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

BOOST_AUTO_TEST_CASE(sha256_in_parts_equals_the_whole) {
    const Bytes part(1000, 'a');
    Sha256 hash;
    for (int i = 0; i < 1000; ++i) hash.update(part);
    const Sha256 copy = hash;
    BOOST_TEST(to_hex(hash.finish()) ==
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    BOOST_TEST((Sha256(copy).finish() == sha256(Bytes(1'000'000, 'a'))));
    BOOST_TEST((hash.finish() == sha256({})));
}

BOOST_AUTO_TEST_CASE(keccak256_is_ethereums) {
    BOOST_TEST(to_hex(keccak256({})) ==
               "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    BOOST_TEST(to_hex(keccak256(view_of("abc"))) ==
               "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

BOOST_AUTO_TEST_CASE(keccak256_in_parts_equals_the_whole) {
    const Bytes data(777, 0x5a);
    Keccak256 hash;
    for (std::size_t at = 0; at < data.size(); at += 100)
        hash.update(ByteView(data).subspan(at, std::min<std::size_t>(100, data.size() - at)));
    BOOST_TEST((Keccak256(hash).finish() == keccak256(data)));
    hash = Keccak256();
    BOOST_TEST((hash.finish() == keccak256({})));
}

BOOST_AUTO_TEST_CASE(ripemd160_meets_its_paper) {
    BOOST_TEST(to_hex(ripemd160({})) == "9c1185a5c5e9fc54612808977ee8f548b2258d31");
    BOOST_TEST(to_hex(ripemd160(view_of("abc"))) == "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc");
}

}  // namespace assay
