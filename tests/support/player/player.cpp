// Which act how often.
#include "tests/support/player/player.hpp"

#include <iterator>

#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

// What goes together. A play may have a favourite, so that long stories come to their ends.
enum class Theme : std::uint8_t { other, batches, audits, tiers, relays, disputes, datasets };
constexpr Theme kFavourites[] = {Theme::other,  Theme::batches,  Theme::audits,   Theme::tiers,
                                 Theme::relays, Theme::disputes, Theme::datasets, Theme::batches};
constexpr std::uint32_t kFavoured = 5;  // times as often

struct Act {
    std::uint32_t weight;
    Theme theme;
    void (*run)(Stage&);
};

// Weights make most of what is begun go on to its end.
constexpr Act kActs[] = {
    {14, Theme::other, end_block},
    {9, Theme::other, post_order},
    {4, Theme::other, fund_order},
    {2, Theme::other, cancel_order},
    {8, Theme::relays, sponsor_order},
    {24, Theme::other, commit_work},
    {7, Theme::other, commit_unbonded},
    {18, Theme::other, reveal_work},
    {1, Theme::other, settle},
    {4, Theme::batches, post_gold},
    {3, Theme::batches, post_redundant},
    {16, Theme::batches, commit_batch},
    {14, Theme::batches, reveal_batch},
    {12, Theme::batches, open_gold},
    {16, Theme::batches, answer_items},
    {10, Theme::disputes, contest},
    {6, Theme::audits, post_audited},
    {14, Theme::audits, audit_commit},
    {14, Theme::audits, audit_reveal},
    {8, Theme::tiers, commit_at_tier},
    {10, Theme::tiers, commit_pledged},
    {6, Theme::tiers, claim_insurance},
    {9, Theme::other, ask_for_items},
    {9, Theme::other, show_items},
    {9, Theme::tiers, find_fraud},
    {10, Theme::tiers, prove_fraud},
    {11, Theme::disputes, challenge},
    {4, Theme::disputes, appeal},
    {5, Theme::disputes, join},
    {26, Theme::disputes, vote_all},
    {2, Theme::other, vote_once},
    {4, Theme::other, transfer},
    {1, Theme::other, ask_allowance},
    {3, Theme::other, noise},
    {3, Theme::other, stake_juror},
    {3, Theme::other, unstake_juror},
    {5, Theme::tiers, claim_vested},
    {3, Theme::other, bond},
    {5, Theme::other, delegate},
    {4, Theme::other, unbond},
    {4, Theme::other, redelegate},
    {4, Theme::other, withdraw_rewards},
    {3, Theme::other, unjail},
    {3, Theme::other, edit_validator},
    {2, Theme::other, register_vrf_key},
    {7, Theme::datasets, register_dataset},
    {4, Theme::datasets, derive_dataset},
    {3, Theme::datasets, edit_dataset},
    {7, Theme::datasets, buy_licence},
    {3, Theme::datasets, transfer_licence},
    {6, Theme::datasets, change_consent},
    {3, Theme::datasets, set_standing_consent},
    {5, Theme::datasets, claim_royalties},
    {3, Theme::other, propose_params},
    {2, Theme::other, propose_grant},
    {1, Theme::other, propose_upgrade},
    {4, Theme::other, vote_on_proposal},
    {1, Theme::other, execute_proposal},
    {12, Theme::relays, relay_intent},
};

std::uint32_t weight_of(const Act& act, Theme favourite) {
    return act.theme != Theme::other && act.theme == favourite ? act.weight * kFavoured
                                                               : act.weight;
}

std::uint32_t total_weight(Theme favourite) {
    std::uint32_t out = 0;
    for (const Act& each : kActs) out += weight_of(each, favourite);
    CHECK(out < 65'536);
    return out;
}

}  // namespace

void Player::hire() {
    favourite_ = static_cast<std::uint8_t>(stage_.choices.below(std::size(kFavourites)));
    hire_jurors(stage_);
}

void Player::act() {
    // Two bytes, so that every act is reached whatever the weights sum to.
    const Theme favourite = kFavourites[favourite_];
    std::uint32_t at =
        (stage_.choices.byte() * 256U + stage_.choices.byte()) % total_weight(favourite);
    for (const Act& each : kActs) {
        const std::uint32_t weight = weight_of(each, favourite);
        if (at < weight) return each.run(stage_);
        at -= weight;
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
