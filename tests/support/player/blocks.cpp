// How time passes and what consensus says with each block.
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

std::uint64_t next_step_s(Stage& stage) {
    const auto due = stage.state().first(kDeadlines);
    const std::uint64_t wait_s =
        due && due->first.time_s > stage.now_s() ? due->first.time_s - stage.now_s() : 0;
    switch (stage.choices.below(12)) {
        case 0:
        case 1:
        case 8:
        case 9: return 1;
        case 2: return 0;
        case 3: return 1 + stage.choices.below(30);
        case 4: return wait_s > 1 ? wait_s - 1 : 1;
        case 5: return wait_s + 1;
        case 6: return stage.choices.one_in(4) ? stage.choices.byte() : 2U;
        case 7: return stage.choices.one_in(16) ? 600U : 3U;
        default: return wait_s;
    }
}

std::vector<LastVote> votes_of(Stage& stage) {
    std::vector<LastVote> out;
    if (stage.sets.size() < 3) return out;
    // One after the other sleeps for long enough to be punished; others miss a block now and then.
    const auto& sleeper = consensus_address(
        static_cast<std::uint8_t>(stage.chain.block().height / 9 % kConsensusKeys));
    const bool quiet = !stage.choices.one_in(4);
    for (const auto& each : stage.sets[stage.sets.size() - 3])
        out.push_back({.validator = each,
                       .power = stage.state().get_or_default(staking::kValidators, each).power,
                       .signed_block = each == sleeper ? stage.choices.one_in(12)
                                                       : quiet || stage.choices.below(3) != 0});
    return out;
}

std::vector<Misbehaviour> lies_of(Stage& stage) {
    if (!stage.choices.one_in(48) || stage.choices.below(2) != 0) return {};
    const std::uint64_t height = stage.chain.block().height;
    const std::uint64_t back = 1 + stage.choices.below(24);
    const auto& liar =
        consensus_address(static_cast<std::uint8_t>(stage.choices.below(kConsensusKeys)));
    return {{.validator = liar,
             .power = 1,
             .height = back < height ? height - back : 1,
             .time = {},
             .total_power = 1}};
}

Bytes prove_for(const ProofRequest& asked) {
    for (std::uint8_t i = 0; i < kVrfKeys; ++i)
        if (vrf_keys(i).compressed == asked.public_key)
            return to_bytes(ecvrf::prove(vrf_keys(i).secret, asked.alpha));
    return {};
}

// Proofs cost more than all else in a block: most blocks miss theirs, which is a rule too.
WiredChain::Prover prover_of(Stage& stage) {
    switch (stage.choices.below(16)) {
        case 0: return prove_for;
        case 1: return [](const ProofRequest&) { return Bytes(ecvrf::Proof::kSize, 7); };
        default: return {};
    }
}

}  // namespace

void end_block_after(Stage& stage, std::uint64_t later_s) {
    auto set = stage.state().get_or_default(staking::kSet, {});
    WiredConsensus next;
    if (!set.empty()) next.validator = stage.choices.of(set);
    stage.sets.push_back(std::move(set));
    next.attested = {.last_commit = votes_of(stage), .misbehaviour = lies_of(stage)};
    for (auto& each : stage.chain.end_block(later_s, std::move(next), prover_of(stage)))
        stage.failures.push_back(std::move(each));
    stage.compare_with_last_block();
}

void end_block(Stage& stage) {
    end_block_after(stage, next_step_s(stage));
    // What the end of this block would do, somebody does before.
    if (stage.choices.below(4) == 0) settle(stage);
    if (stage.choices.below(4) == 0) execute_proposal(stage);
}

}  // namespace assay::test
