// Owns answers: what contributors show of their work so that a policy can compare it.
#pragma once

#include "chain/exec/message.hpp"
#include "chain/state/table.hpp"
#include "modules/market/batches.hpp"
#include "modules/market/leaf_proof.hpp"

namespace assay::market {

inline constexpr std::size_t kMaxAnswers = 16;       // of one message
inline constexpr std::uint8_t kMaxScoredItems = 64;  // of one batch

// An item with its payload: what the contributor said about the task.
struct Answer {
    LeafProof item;
    Hash256 salt;  // of the payload hash
    Bytes payload;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (item, salt, payload))

// Shows items of a revealed submission that its order's policy compares: those the buyer's opened
// gold is about, or those that were drawn. What is not shown before the verdict counts as wrong.
struct AnswerItems {
    static constexpr std::uint64_t kGas = 28'000;
    static constexpr std::uint64_t kGasPerAnswer = 2'000;
    static constexpr std::uint64_t kGasPerHash = 100;
    std::uint64_t submission = 0;
    std::vector<Answer> answers;  // 1..kMaxAnswers

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(AnswerItems, (), (submission, answers))

// As it is kept: two answers are equal where task and hash are.
struct GivenAnswer {
    std::uint64_t index = 0;  // in the submission
    Hash256 content_id;       // of the task
    Hash256 hash;             // answer_hash()
};
BOOST_DESCRIBE_STRUCT(GivenAnswer, (), (index, content_id, hash))

// By submission, ascending by index.
inline constexpr Table<std::uint64_t, std::vector<GivenAnswer>> kAnswers{ModuleId::market, 22};

// SHA-256("assay/answer/1" | answer): so that a label is kept in 32 bytes whatever its length.
Hash256 answer_hash(ByteView answer);
// What the submission said about the item's task; nullopt where it showed nothing.
std::optional<GivenAnswer> answer_at(const std::vector<GivenAnswer>& answers, std::uint64_t index);
// Indices that the submission may show now, ascending; empty while none are drawn.
std::vector<std::uint64_t> asked_of(const State& state, const Submission& submission);

}  // namespace assay::market
