// Envelope gas and the base fee step.
#include "chain/exec/gas.hpp"

#include <algorithm>

namespace assay {

std::uint64_t envelope_gas(ByteView calldata, std::uint64_t access_addresses,
                           std::uint64_t access_keys) {
    const auto zeros =
        static_cast<std::uint64_t>(std::count(calldata.begin(), calldata.end(), std::uint8_t{0}));
    return kTxGas + zeros * kCalldataZeroGas + (calldata.size() - zeros) * kCalldataNonZeroGas +
           access_addresses * kAccessListAddressGas + access_keys * kAccessListKeyGas;
}

Amount next_base_fee(const FeeParams& params, Amount base_fee, std::uint64_t gas_used) {
    const std::uint64_t target = params.block_gas_limit / params.elasticity;
    const Amount denominator =
        Amount::from_raw(static_cast<u128>(target) * params.base_fee_change_denominator);
    Amount out = base_fee;
    if (gas_used > target) {
        const auto step = mul_div_floor(base_fee, Amount(gas_used - target), denominator);
        CHECK(step.has_value());
        out = sum_of(base_fee, max_of(*step, Amount(1)));
    } else if (gas_used < target) {
        const auto step = mul_div_floor(base_fee, Amount(target - gas_used), denominator);
        CHECK(step.has_value());
        out = difference_of(base_fee, *step);
    }
    return max_of(min_of(out, kMaxBaseFee), params.min_base_fee);
}

}  // namespace assay
