// CRC-32C against published values.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/crc32c.hpp"

namespace assay {

// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
BOOST_AUTO_TEST_CASE(crc32c_has_its_published_values) {
    BOOST_TEST(crc32c({}) == 0u);
    BOOST_TEST(crc32c(view_of("123456789")) == 0xe3069283u);
    BOOST_TEST(crc32c(Bytes(32, 0)) == 0x8a9136aau);
    BOOST_TEST(crc32c(Bytes(32, 0xff)) == 0x62a8ab43u);
}

}  // namespace assay
