// Fuzzes the whole state machine: bytes become what several actors do, block after block; every
// invariant holds after each block and the same blocks executed again give the same app hashes.
#include <cstdio>

#include "tests/support/player/player.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    using namespace assay::test;
    constexpr std::uint32_t kMaxActions = 400;
    Choices choices(ByteView(data, size));
    WiredChain chain(played_genesis(choices));
    Player player(chain, choices);
    player.hire();
    for (std::uint32_t i = 0; i < kMaxActions && !choices.empty(); ++i) {
        player.act();
        for (const auto& each : player.failures())
            std::fprintf(stderr, "%s: %s\n", each.rule.c_str(), each.what.c_str());
        CHECK(player.failures().empty());
    }
    CHECK(!chain.first_difference_on_replay());
    return 0;
}
