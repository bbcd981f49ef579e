// Owns people who have a reputation from the beginning, and commitments at tiers.
#pragma once

#include "modules/jurors/stake.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/tiers.hpp"
#include "modules/reputation/objects.hpp"
#include "tests/support/market_fixture.hpp"

namespace assay::test {

// So many buyers gave the same each; the stake is there too.
inline void begin_with_reputation(State& state, const WiredGenesis& genesis, const Address& who,
                                  std::uint32_t buyers, std::uint32_t given_ppm,
                                  std::uint64_t stake_tokens) {
    const std::uint64_t step = genesis.time_s / genesis.params.reputation.step_s;
    const std::uint32_t score = std::min(reputation::kFullScore_ppm, buyers * given_ppm);
    state.put(reputation::kStandings, who, {.score_ppm = score, .step = step, .buyers = buyers});
    for (std::uint8_t i = 0; i < buyers; ++i)
        state.put(reputation::kCounterparties, {.contributor = who, .buyer = Address{{0xbb, i}}},
                  {.given_ppm = given_ppm, .step = step, .counts = true});
    const Amount stake = reputation::tokens(stake_tokens);
    ledger::grant_at_genesis(state, pool::kJurorStake, stake);
    jurors::add_stake(state, who, stake);
}

// kAnn may work at T4, kBob at T2, kCarol at T0.
inline WiredGenesis tier_genesis(const ModuleParams& params) {
    WiredGenesis out = story_genesis(params);
    out.more = [copy = out](State& state) {
        begin_with_reputation(state, copy, kAnn, 6, 250'000, 80);
        begin_with_reputation(state, copy, kBob, 3, 100'000, 20);
    };
    return out;
}

struct TierFixture : MarketFixture {
    explicit TierFixture(const ModuleParams& params = story_params())
        : MarketFixture(tier_genesis(params)) {}

    Amount quote(std::uint64_t items, std::uint8_t tier, std::uint64_t order_id = 1) const {
        return chain
            .ask(market::QuoteCommitAtTier{.order = order_id, .item_count = items, .tier = tier})
            .value();
    }
    ItemWork work_of(const Address& who, std::vector<std::uint32_t> contents,
                     std::uint64_t order_id = 1) const {
        return {.order = order_id,
                .contributor = who,
                .contents = std::move(contents),
                .salt = sha256(view_of("salt"))};
    }
    static market::CommitAtTier at_tier(const ItemWork& work, std::uint8_t tier) {
        const market::CommitSubmission plain = work.commit();
        return {.order = plain.order,
                .item_count = plain.item_count,
                .commitment = plain.commitment,
                .tier = tier};
    }
    std::uint64_t last_submission() const {
        return state().get_or_default(market::kCounters, {}).submissions;
    }
    std::uint64_t commit_at(const ItemWork& work, std::uint8_t tier) {
        BOOST_TEST(send(work.contributor, at_tier(work, tier),
                        quote(work.contents.size(), tier, work.order)) == TxCode::ok);
        works.insert_or_assign(last_submission(), work);
        return last_submission();
    }
    std::uint64_t submit_at(const ItemWork& work, std::uint8_t tier) {
        const std::uint64_t id = commit_at(work, tier);
        end_block();
        BOOST_TEST(reveal(id) == TxCode::ok);
        end_block();
        return id;
    }
    market::ProveFraud duplicate(std::uint64_t id) const {
        return {.submission = id,
                .kind = market::FraudKind::duplicate_content,
                .first = works.at(id).proof(0),
                .second = works.at(id).proof(1)};
    }
};

}  // namespace assay::test
