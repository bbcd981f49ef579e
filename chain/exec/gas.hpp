// Owns the gas schedule of envelopes and the EIP-1559 base fee rule.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>

#include "chain/base/bytes.hpp"
#include "chain/types/amount.hpp"

namespace assay {

inline constexpr std::uint64_t kTxGas = 21'000;  // any transaction (Yellow Paper G_transaction)
inline constexpr std::uint64_t kCalldataZeroGas = 4;           // EIP-2028
inline constexpr std::uint64_t kCalldataNonZeroGas = 16;       // EIP-2028
inline constexpr std::uint64_t kAccessListAddressGas = 2'400;  // EIP-2930
inline constexpr std::uint64_t kAccessListKeyGas = 1'900;      // EIP-2930

// 2^80 base units a gas: with at most 2^40 gas a fee stays under 2^120 and cannot wrap.
inline constexpr Amount kMaxBaseFee = Amount::from_raw(static_cast<u128>(1) << 80);

// What a block may spend and how its price moves; part of genesis, changed by governance only.
struct FeeParams {
    std::uint64_t block_gas_limit = 2'000'000'000;
    std::uint64_t elasticity = 2;  // target = limit / elasticity
    std::uint64_t base_fee_change_denominator = 8;
    Amount initial_base_fee = 1'000'000'000;  // 1 gwei
    Amount min_base_fee = 1'000'000;          // the price of an idle chain
};
BOOST_DESCRIBE_STRUCT(FeeParams, (),
                      (block_gas_limit, elasticity, base_fee_change_denominator, initial_base_fee,
                       min_base_fee))

// Gas of the envelope alone: base cost, calldata bytes, access list entries.
std::uint64_t envelope_gas(ByteView calldata, std::uint64_t access_addresses,
                           std::uint64_t access_keys);

// EIP-1559: the next block's base fee, moved by at most 1/8 towards the target, never below the
// floor and never above kMaxBaseFee.
Amount next_base_fee(const FeeParams& params, Amount base_fee, std::uint64_t gas_used);

}  // namespace assay
