// Owns what can be asked of orders whose policy compares work: batches, draws, answers.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/answers.hpp"
#include "modules/market/batches.hpp"

namespace assay::market {

// The numbers of an order with batches, and when what happens.
struct Batches {
    BatchTerms terms;
    std::uint64_t draws_at_s = 0;     // what is compared is drawn at the end of this second
    std::uint64_t gold_ends_s = 0;    // gold: the buyer opens what was drawn before it
    std::uint64_t verdict_due_s = 0;  // contributors answer before it
};
BOOST_DESCRIBE_STRUCT(Batches, (), (terms, draws_at_s, gold_ends_s, verdict_due_s))

struct GetBatches {
    using Returns = Batches;
    std::uint64_t order = 0;
    Result<Batches> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetBatches, (), (order))

struct Batch {
    std::vector<std::uint64_t> submissions;  // that hold its places
    std::vector<std::uint64_t> drawn_gold;   // leaves of the gold tree that the buyer must open
    std::vector<GivenAnswer> opened_gold;    // by index in the batch
};
BOOST_DESCRIBE_STRUCT(Batch, (), (submissions, drawn_gold, opened_gold))

struct GetBatch {
    using Returns = Batch;
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    Result<Batch> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetBatch, (), (order, batch))

// The value that postGold must carry.
struct QuotePostGold {
    using Returns = Amount;
    std::uint64_t batches = 0;
    std::uint64_t batch_items = 0;
    std::uint8_t replicas = 0;
    Amount price_per_item;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuotePostGold, (), (batches, batch_items, replicas, price_per_item))

// The value that postRedundant must carry.
struct QuotePostRedundant {
    using Returns = Amount;
    std::uint64_t batches = 0;
    std::uint64_t batch_items = 0;
    std::uint8_t replicas = 0;
    Amount price_per_item;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuotePostRedundant, (), (batches, batch_items, replicas, price_per_item))

// The value that commitBatch must carry: nothing in a place without a bond.
struct QuoteCommitBatch {
    using Returns = Amount;
    std::uint64_t order = 0;
    bool unbonded = false;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteCommitBatch, (), (order, unbonded))

// Indices of a submission that its contributor must show before the verdict; none while they are
// not drawn.
struct GetComparedItems {
    using Returns = std::vector<std::uint64_t>;
    std::uint64_t submission = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetComparedItems, (), (submission))

struct GetAnswers {
    using Returns = std::vector<GivenAnswer>;
    std::uint64_t submission = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetAnswers, (), (submission))

}  // namespace assay::market
