// Owns work in batches: an order whose tasks are numbered is done batch by batch, each by one
// contributor or by several who do not see each other's answers.
#pragma once

#include "chain/exec/message.hpp"
#include "chain/state/table.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

inline constexpr std::uint8_t kMaxReplicas = 7;          // contributors of one batch
inline constexpr std::uint32_t kMaxAnswerBytes = 1'024;  // an answer is a label, not a document

// Of an order under `gold` or `redundant`, frozen when it is posted.
struct BatchTerms {
    std::uint64_t batches = 0;      // numbered from 0
    std::uint64_t batch_items = 0;  // tasks of each, which the specification lists in order
    std::uint8_t replicas = 0;
    std::uint8_t scored = 0;          // items of a batch that are compared
    Hash256 gold_root;                // of the tree of hidden answers (gold.hpp)
    std::uint8_t gold_per_batch = 0;  // leaves of that tree for each batch, in order
    std::uint8_t forgiven = 0;        // gold: wrong answers that cost nothing
    std::uint8_t rejected = 0;        // gold: wrong answers that cost everything
    std::uint32_t min_score_ppm = 0;  // redundant: less agreement beyond chance is rejected
    Hash256 seed;                     // drawn once nobody can reveal any more; zero before
};
BOOST_DESCRIBE_STRUCT(BatchTerms, (),
                      (batches, batch_items, replicas, scored, gold_root, gold_per_batch, forgiven,
                       rejected, min_score_ppm, seed))

struct BatchKey {
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
};
BOOST_DESCRIBE_STRUCT(BatchKey, (), (order, batch))

inline constexpr Table<std::uint64_t, BatchTerms> kBatchTerms{ModuleId::market, 20};
// Submissions that hold a place in the batch: live or accepted, at most `replicas`, ascending.
inline constexpr Table<BatchKey, std::vector<std::uint64_t>> kBatchPlaces{ModuleId::market, 21};

// Where the numbers of a new order's batches lie outside their bounds.
TxCode refuse_batches(const BatchTerms& terms);
// Second at which the items to be compared are drawn: from then on nobody can reveal.
std::uint64_t draws_at_s(const Order& order);

// Reserves a batch for a piece of work that answers its tasks in order: item i is about task
// batch * batchItems + i. value = QuoteCommitBatch(order, unbonded).
struct CommitBatch {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 55'000 + kRevealEndsGas + kVerdictDueGas;
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    bool unbonded = false;
    Hash256 commitment;  // commitment_of(), with the batch's items as item count

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(CommitBatch, (), (order, batch, unbonded, commitment))

// A rejected or forfeited submission gives its place back.
void free_place(State& state, const Submission& submission);

// Deadline policy_draws of an order: the beacon of this block draws what is compared.
void draw_scored(State& state, const BlockEnv& block, std::uint64_t order);
// When an order with batches closes, its draw is next; when it settles before, there is none. Does
// nothing for others.
void schedule_draw(State& state, const Order& order);
void unschedule_draw(State& state, const Order& order);
bool waits_for_draw(const State& state, const Order& order);

}  // namespace assay::market
