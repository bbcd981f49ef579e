// Owns stories about work in batches: gold that a buyer hides, answers that contributors give.
#pragma once

#include "modules/market/gold.hpp"
#include "modules/market/redundant.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/views_policy.hpp"
#include "tests/support/market_fixture.hpp"

namespace assay::test {

// Answers to the tasks of one batch, a character each; task t's content is the number t.
struct BatchWork {
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    Address contributor;
    std::string labels;

    static Bytes task(std::uint64_t number) { return record::encode(number); }
    static Bytes label(char letter) { return Bytes{static_cast<std::uint8_t>(letter)}; }
    Hash256 salt(std::uint64_t index) const {
        Bytes bytes = record::encode(index);
        record::encode_into(bytes, contributor);
        return sha256(bytes);
    }
    Bytes leaf(std::uint64_t index) const {
        return market::leaf_data(
            {.index = index,
             .content_id = market::content_id(task(batch * labels.size() + index)),
             .payload_hash = market::payload_hash(salt(index), label(labels[index]))});
    }
    std::vector<Hash256> hashes() const {
        std::vector<Hash256> out;
        for (std::uint64_t i = 0; i < labels.size(); ++i)
            out.push_back(rfc6962::leaf_hash(leaf(i)));
        return out;
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes()); }
    market::CommitBatch commit(bool unbonded = false) const {
        return {.order = order,
                .batch = batch,
                .unbonded = unbonded,
                .commitment = market::commitment_of({.chain_id = kWiredChainId,
                                                     .order = order,
                                                     .contributor = contributor,
                                                     .item_count = labels.size(),
                                                     .root = root(),
                                                     .ciphertext_root = {},
                                                     .key_hash = {},
                                                     .salt = sha256(view_of("salt"))})};
    }
    market::RevealSubmission reveal(std::uint64_t submission) const {
        return {.submission = submission,
                .root = root(),
                .ciphertext_root = {},
                .key_hash = {},
                .salt = sha256(view_of("salt")),
                .data_uri = "ipfs://labels"};
    }
    market::Answer answer(std::uint64_t index) const {
        return {.item = {.index = index,
                         .leaf = leaf(index),
                         .path = rfc6962::inclusion_path(hashes(), index)},
                .salt = salt(index),
                .payload = label(labels[index])};
    }
};

// The buyer's hidden answers: `right` has one for each task of the order, every task of a batch is
// gold.
struct HiddenGold {
    std::uint64_t batch_items = 0;
    std::string right;

    market::GoldLeaf leaf(std::uint64_t index) const {
        return {.index = index,
                .task = index,
                .content_id = market::content_id(BatchWork::task(index)),
                .answer = BatchWork::label(right[index]),
                .salt = sha256(record::encode(index))};
    }
    std::vector<Hash256> hashes() const {
        std::vector<Hash256> out;
        for (std::uint64_t i = 0; i < right.size(); ++i)
            out.push_back(rfc6962::leaf_hash(record::encode(leaf(i))));
        return out;
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes()); }
    market::GoldProof proof(std::uint64_t index) const {
        return {.leaf = leaf(index), .path = rfc6962::inclusion_path(hashes(), index)};
    }
};

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
