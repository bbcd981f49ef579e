// Which act how often.
#include "tests/support/player/player.hpp"

#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

struct Act {
    std::uint32_t weight;
    void (*run)(Stage&);
};

// Weights make most of what is begun go on to its end.
constexpr Act kActs[] = {
    {14, end_block},
    {9, post_order},
    {4, fund_order},
    {2, cancel_order},
    {8, sponsor_order},
    {24, commit_work},
    {7, commit_unbonded},
    {26, reveal_work},
    {1, settle},
    {6, post_gold},
    {4, post_redundant},
    {22, commit_batch},
    {18, reveal_batch},
    {20, open_gold},
    {30, answer_items},
    {10, contest},
    {6, post_audited},
    {24, audit_commit},
    {24, audit_reveal},
    {6, commit_at_tier},
    {6, commit_pledged},
    {3, claim_insurance},
    {9, ask_for_items},
    {9, show_items},
    {6, find_fraud},
    {24, prove_fraud},
    {11, challenge},
    {3, appeal},
    {5, join},
    {26, vote_all},
    {2, vote_once},
    {4, transfer},
    {1, ask_allowance},
    {3, noise},
    {3, stake_juror},
    {3, unstake_juror},
    {5, claim_vested},
    {3, bond},
    {5, delegate},
    {4, unbond},
    {4, redelegate},
    {4, withdraw_rewards},
    {3, unjail},
    {3, edit_validator},
    {2, register_vrf_key},
    {7, register_dataset},
    {4, derive_dataset},
    {3, edit_dataset},
    {7, buy_licence},
    {3, transfer_licence},
    {6, change_consent},
    {3, set_standing_consent},
    {5, claim_royalties},
    {3, propose_params},
    {2, propose_grant},
    {1, propose_upgrade},
    {4, vote_on_proposal},
    {1, execute_proposal},
    {9, relay_intent},
};

constexpr std::uint32_t total_weight() {
    std::uint32_t out = 0;
    for (const Act& each : kActs) out += each.weight;
    return out;
}
static_assert(total_weight() < 65'536);

}  // namespace

void Player::hire() {
    hire_jurors(stage_);
}

void Player::act() {
    // Two bytes, so that every act is reached whatever the weights sum to.
    std::uint32_t at = (stage_.choices.byte() * 256U + stage_.choices.byte()) % total_weight();
    for (const Act& each : kActs) {
        if (at < each.weight) return each.run(stage_);
        at -= each.weight;
    }
}

std::map<TxCode, std::uint64_t> Player::outcomes() const {
    std::map<TxCode, std::uint64_t> out;
    for (const auto& [name, count] : stage_.counts) {
        out[TxCode::ok] += count.accepted;
        for (const auto& [code, times] : count.refused) out[code] += times;
    }
    return out;
}

std::vector<std::string> all_messages() {
    std::vector<std::string> out;
    for (const Module& module : all_modules())
        for (const MessageEntry& entry : module.messages)
            out.push_back(std::string(module.name) + "." + entry.function.name);
    return out;
}

}  // namespace assay::test
