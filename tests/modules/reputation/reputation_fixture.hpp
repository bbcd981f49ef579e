// Owns a state with reputation in it and the words to tell it what happened.
#pragma once

#include <boost/test/unit_test.hpp>

#include "chain/state/memory_reader.hpp"
#include "modules/jurors/stake.hpp"
#include "modules/reputation/api.hpp"
#include "modules/reputation/invariants.hpp"
#include "modules/reputation/standing.hpp"
#include "modules/reputation/views.hpp"
#include "modules/wiring/params.hpp"

namespace assay::test {

struct ReputationFixture {
    MemoryReader committed;
    State state{committed};
    BlockEnv block{.height = 1, .time_s = 1'700'000'000};
    reputation::Params params = devnet_params().reputation;
    const Address ann{{0x0a}};

    ReputationFixture() { init_modules(state, devnet_params(), block.time_s); }
    ~ReputationFixture() {
        for (const auto& each : failures()) BOOST_ERROR(each.rule + ": " + each.what);
    }

    static Address buyer(std::uint8_t number) { return Address{{0xb0, number}}; }
    std::vector<InvariantFailure> failures() const {
        std::vector<InvariantFailure> out;
        reputation::check_scores(state, committed, out);
        return out;
    }
    // The fee that would earn so many points.
    Amount fee(std::uint32_t points) const {
        return mul_div_ceil(params.full_burn, Amount(points), Amount(kPpm)).value();
    }
    void earn(std::uint8_t from, std::uint32_t points) {
        reputation::fee_burned(state, block,
                               {.contributor = ann, .buyer = buyer(from), .burned = fee(points)});
    }
    void wait_steps(std::uint64_t steps) { block.time_s += steps * params.step_s; }
    reputation::Reputation now() const {
        return reputation::ReputationOf{.account = ann}.view(state, block).value();
    }
    std::uint32_t score() const { return now().score_ppm; }
    std::uint8_t tier() const { return reputation::tier_of(state, block, ann); }
    reputation::Giver from(std::uint8_t number) const {
        return reputation::ReputationFrom{.account = ann, .buyer = buyer(number)}
            .view(state, block)
            .value();
    }
    void stake(std::uint64_t count) { jurors::add_stake(state, ann, reputation::tokens(count)); }
};

}  // namespace assay::test
