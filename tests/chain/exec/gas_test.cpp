// The EIP-1559 base fee step and envelope gas.
#include "chain/exec/gas.hpp"

#include <boost/test/unit_test.hpp>

using namespace assay;

namespace {

// The parameters of Ethereum's main network, for its published example.
const FeeParams kMainnet{.block_gas_limit = 30'000'000,
                         .elasticity = 2,
                         .base_fee_change_denominator = 8,
                         .initial_base_fee = 1'000'000'000,
                         .min_base_fee = 7};

}  // namespace

BOOST_AUTO_TEST_CASE(base_fee_moves_by_an_eighth_as_eip_1559_says) {
    const Amount fee = 1'000'000'000;
    BOOST_TEST(next_base_fee(kMainnet, fee, 15'000'000) == fee);
    BOOST_TEST(next_base_fee(kMainnet, fee, 30'000'000) == Amount(1'125'000'000));
    BOOST_TEST(next_base_fee(kMainnet, fee, 0) == Amount(875'000'000));
    // geth's CalcBaseFee cases: 20M target scaled to ours.
    BOOST_TEST(next_base_fee(kMainnet, fee, 13'500'000) == Amount(987'500'000));
    BOOST_TEST(next_base_fee(kMainnet, fee, 16'500'000) == Amount(1'012'500'000));
}

BOOST_AUTO_TEST_CASE(base_fee_rises_by_at_least_one_and_keeps_its_bounds) {
    BOOST_TEST(next_base_fee(kMainnet, Amount(7), 15'000'001) == Amount(8));
    BOOST_TEST(next_base_fee(kMainnet, Amount(7), 0) == Amount(7));
    BOOST_TEST(next_base_fee(kMainnet, kMaxBaseFee, 30'000'000) == kMaxBaseFee);
}

BOOST_AUTO_TEST_CASE(envelope_gas_counts_zero_and_non_zero_bytes_and_access_lists) {
    BOOST_TEST(envelope_gas({}, 0, 0) == 21'000u);
    const Bytes data{0, 1, 0, 2};
    BOOST_TEST(envelope_gas(data, 0, 0) == 21'000u + 2 * 4 + 2 * 16);
    BOOST_TEST(envelope_gas({}, 2, 3) == 21'000u + 2 * 2'400 + 3 * 1'900);
}
