// Owns stories about work that is compared.
#pragma once

#include "modules/market/sponsor.hpp"
#include "modules/market/views_policy.hpp"
#include "tests/support/batch_work.hpp"
#include "tests/support/market_fixture.hpp"

namespace assay::test {

struct BatchFixture : MarketFixture {
    using MarketFixture::MarketFixture;
    HiddenGold gold{.batch_items = 8, .right = "aabbabababababab"};
    std::map<std::uint64_t, BatchWork> batches;  // by submission

    market::PostGold gold_order(std::uint8_t replicas = 1) const {
        return {.spec_hash = sha256(view_of("spec")),
                .spec_uri = "ipfs://spec",
                .batches = gold.right.size() / gold.batch_items,
                .batch_items = gold.batch_items,
                .replicas = replicas,
                .price_per_item = Amount(kTokenUnits),
                .max_payload_bytes = 1,
                .deadline_s = now_s() + 30,
                .gold_root = gold.root(),
                .gold_per_batch = static_cast<std::uint8_t>(gold.batch_items),
                .gold_opened = 4,
                .forgiven = 1,
                .rejected = 3};
    }
    market::PostRedundant redundant_order(std::uint8_t replicas = 3) const {
        return {.spec_hash = sha256(view_of("spec")),
                .spec_uri = "ipfs://spec",
                .batches = 2,
                .batch_items = 8,
                .replicas = replicas,
                .price_per_item = Amount(kTokenUnits),
                .max_payload_bytes = 1,
                .deadline_s = now_s() + 30,
                .samples = 8,
                .min_score_ppm = 200'000};
    }
    Amount price_of(const auto& message) const {
        return chain
            .ask(market::QuotePostOrder{
                .item_quota = message.batches * message.batch_items * message.replicas,
                .price_per_item = message.price_per_item})
            .value();
    }
    TxCode post_batches(const auto& message) { return send(kBuyer, message, price_of(message)); }
    TxCode commit(const BatchWork& work, bool unbonded = false) {
        const auto bond =
            unbonded ? Amount{} : chain.ask(market::QuoteCommitBatch{.order = work.order}).value();
        return send(work.contributor, work.commit(unbonded), bond);
    }
    // Commit and reveal, a block apart. Returns the submission's id.
    std::uint64_t submit(const Address& who, std::string labels, std::uint64_t batch = 0,
                         std::uint64_t order = 1) {
        const BatchWork work{
            .order = order, .batch = batch, .contributor = who, .labels = std::move(labels)};
        BOOST_REQUIRE(commit(work) == TxCode::ok);
        const std::uint64_t id = state().get_or_default(market::kCounters, {}).submissions;
        batches.insert_or_assign(id, work);
        end_block();
        BOOST_REQUIRE(send(who, work.reveal(id)) == TxCode::ok);
        return id;
    }
    market::Batches times(std::uint64_t order = 1) const {
        return chain.ask(market::GetBatches{order}).value();
    }
    void pass_draw(std::uint64_t order = 1) { pass(times(order).draws_at_s); }
    void pass_verdict(std::uint64_t order = 1) { pass(times(order).verdict_due_s); }
    market::OpenGold opening(std::uint64_t batch = 0, std::uint64_t order = 1) const {
        market::OpenGold out{.order = order, .batch = batch, .gold = {}};
        const auto asked = chain.ask(market::GetBatch{.order = order, .batch = batch}).value();
        for (const std::uint64_t index : asked.drawn_gold) out.gold.push_back(gold.proof(index));
        return out;
    }
    market::AnswerItems answers_of(std::uint64_t id) const {
        market::AnswerItems out{.submission = id, .answers = {}};
        const auto asked = chain.ask(market::GetComparedItems{id}).value();
        for (const std::uint64_t index : asked) out.answers.push_back(batches.at(id).answer(index));
        return out;
    }
    TxCode answer(std::uint64_t id) { return send(batches.at(id).contributor, answers_of(id)); }
    TxCode contest(std::uint64_t id, const Address& who) {
        const auto value = chain.ask(disputes::QuoteChallenge{.submission = id});
        return chain.send(who, ModuleId::disputes,
                          disputes::Contest{.submission = id,
                                            .evidence_root = sha256(view_of("contest")),
                                            .evidence_uri = "ipfs://contest"},
                          value ? *value : Amount{});
    }
};

}  // namespace assay::test
