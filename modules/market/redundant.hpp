// Owns the policy `redundant`: several contributors do the same batch, and each is paid by how much
// more often it agrees with the others than chance would.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/market/answers.hpp"
#include "modules/market/deadline_gas.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

inline constexpr std::uint8_t kMinReplicas = 3;  // the fewest that have a majority

// An order of batches * batchItems tasks, each done `replicas` times. value =
// QuotePostOrder(batches * batchItems * replicas, pricePerItem).
struct PostRedundant {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kOrderClosesGas + kPolicyDrawsGas;
    Hash256 spec_hash;
    std::string spec_uri;
    std::uint64_t batches = 0;
    std::uint64_t batch_items = 0;
    std::uint8_t replicas = 0;  // kMinReplicas..kMaxReplicas
    Amount price_per_item;
    std::uint32_t max_payload_bytes = 0;  // at most kMaxAnswerBytes
    std::uint64_t deadline_s = 0;
    std::uint8_t samples = 0;         // items of a batch that are compared: 1..kMaxScoredItems
    std::uint32_t min_score_ppm = 0;  // less agreement beyond chance is rejected; below 10^6

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(PostRedundant, (),
                      (spec_hash, spec_uri, batches, batch_items, replicas, price_per_item,
                       max_payload_bytes, deadline_s, samples, min_score_ppm))

// Of items that most of a batch's contributors answer alike.
struct Agreement {
    std::uint64_t decided = 0;     // items with a majority
    std::uint64_t agreed = 0;      // of those, answered as the majority did
    std::uint32_t beyond_ppm = 0;  // chance: Cohen's kappa, 0 where it is none or less
};

// What a contributor says of each item that is compared; nullopt where it showed nothing.
using AnswerRow = std::vector<std::optional<GivenAnswer>>;

// The first row against the majority of all rows, its own vote included: leaving it out would let
// one who always says the same decide what his two companions are measured by. kappa =
// (n A - S) / (n^2 - S) (J. Cohen, Educational and Psychological Measurement 20(1), 1960) with n
// items decided, A agreements, S the sum over answers of own count times the majority's. Where
// n^2 = S everybody gave one answer only, which shows nothing: 0. A majority is more than half of
// all rows; what is about another task than most name is no answer. Rows are of one length.
Agreement agreement_of(const std::vector<AnswerRow>& rows);

class Redundant final : public QualityPolicy {
  public:
    bool in_batches() const override { return true; }
    std::optional<std::uint64_t> verdict_due_s(const Order& order,
                                               std::uint64_t revealed_s) const override;
    std::vector<std::uint64_t> compared_items(const State& state,
                                              const Submission& submission) const override;
    Score score(const State& state, const Order& order,
                const Submission& submission) const override;
};

}  // namespace assay::market
