// The rules of the beacon's numbers.
#include "modules/beacon/params.hpp"

namespace assay::beacon {

namespace {

constexpr std::uint64_t kMaxEpochBlocks = 1'000'000;

}  // namespace

Result<void> validate(const Params& params) {
    if (params.epoch_blocks == 0 || params.epoch_blocks > kMaxEpochBlocks)
        return failure("beacon.epochBlocks is outside 1.." + std::to_string(kMaxEpochBlocks));
    return {};
}

Params devnet_params() {
    return {.epoch_blocks = 10};
}

}  // namespace assay::beacon
