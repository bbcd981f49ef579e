// Owns the policy `gold`: the buyer hides answers among the tasks, and work is scored against those
// that the beacon picks once nobody can reveal any more.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/answers.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

inline constexpr std::uint8_t kMaxGoldOpened = 16;  // of one batch

// One hidden answer. The tree over all of them has RFC 6962 shape; its leaf's data is the record
// encoding. Those of batch b are leaves b * goldPerBatch and following.
struct GoldLeaf {
    std::uint64_t index = 0;  // position in the tree
    std::uint64_t task = 0;   // in the batch that the position belongs to
    Hash256 content_id;       // of the task
    Bytes answer;             // a right item's payload, byte for byte
    Hash256 salt;
};
BOOST_DESCRIBE_STRUCT(GoldLeaf, (), (index, task, content_id, answer, salt))

// An order of batches * batchItems tasks, each done `replicas` times. value =
// QuotePostOrder(batches * batchItems * replicas, pricePerItem).
struct PostGold {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kOrderClosesGas + kPolicyDrawsGas;
    Hash256 spec_hash;
    std::string spec_uri;
    std::uint64_t batches = 0;
    std::uint64_t batch_items = 0;
    std::uint8_t replicas = 0;  // 1..kMaxReplicas
    Amount price_per_item;
    std::uint32_t max_payload_bytes = 0;  // at most kMaxAnswerBytes
    std::uint64_t deadline_s = 0;
    Hash256 gold_root;
    std::uint8_t gold_per_batch = 0;  // leaves of the gold tree for each batch
    std::uint8_t gold_opened = 0;     // of those, that the beacon picks: 1..kMaxGoldOpened
    std::uint8_t forgiven = 0;        // wrong answers that cost nothing
    std::uint8_t rejected = 0;        // wrong answers that cost everything; above `forgiven`

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(PostGold, (),
                      (spec_hash, spec_uri, batches, batch_items, replicas, price_per_item,
                       max_payload_bytes, deadline_s, gold_root, gold_per_batch, gold_opened,
                       forgiven, rejected))

struct GoldProof {
    GoldLeaf leaf;
    std::vector<Hash256> path;
};
BOOST_DESCRIBE_STRUCT(GoldProof, (), (leaf, path))

// The buyer shows all the leaves that were drawn for one batch, within the gold window. A batch
// whose gold is not shown passes, and its contributors share the buyer's bond by value.
struct OpenGold {
    static constexpr std::uint64_t kGas = 28'000;
    static constexpr std::uint64_t kGasPerHash = 100;
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    std::vector<GoldProof> gold;  // ascending by index

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(OpenGold, (), (order, batch, gold))

// An opened answer, by its item's index in each submission of the batch.
inline constexpr Table<BatchKey, std::vector<GivenAnswer>> kOpenedGold{ModuleId::market, 23};

// Leaves of the gold tree that were drawn for a batch, ascending; empty before the draw.
std::vector<std::uint64_t> drawn_gold(const BatchTerms& terms, std::uint64_t batch);
// The second before which gold can be opened.
std::uint64_t gold_ends_s(const Order& order);

// What one opened answer says of the answers that the batch's contributors gave for its item.
enum class GoldVerdict : std::uint8_t { right, wrong, void_gold };
// `own` against `gold`. Void where three or more of `all` contradict the gold and two thirds of
// those agree with each other: then the gold is taken to be wrong. Hashes of answers; zero is none.
GoldVerdict judge_gold(const Hash256& gold, const Hash256& own, const std::vector<Hash256>& all);

class Gold final : public QualityPolicy {
  public:
    bool in_batches() const override { return true; }
    std::optional<std::uint64_t> verdict_due_s(const Order& order,
                                               std::uint64_t revealed_s) const override;
    std::vector<std::uint64_t> compared_items(const State& state,
                                              const Submission& submission) const override;
    Score score(const State& state, const Order& order,
                const Submission& submission) const override;
    bool answers_for_verdict() const override { return true; }
};

}  // namespace assay::market
