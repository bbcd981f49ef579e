// The rules against signing twice, as CometBFT's file signer has them.
#include "consensus/privval/file_signer.hpp"

#include <tuple>

namespace assay::consensus {

namespace {

constexpr const char* kBroken =
    "the record of signatures could not be written; restart the node once its disk works";

std::string place(std::int64_t height, std::int32_t round, SignStep step) {
    static constexpr const char* kNames[] = {"none", "propose", "prevote", "precommit"};
    return std::to_string(height) + "/" + std::to_string(round) + "/" +
           kNames[static_cast<std::size_t>(step)];
}

}  // namespace

FileSigner::FileSigner(const crypto::SecretKey& key, SignState state)
    : key_(key),
      public_key_(crypto::public_key_of(key).value().compressed()),
      state_(std::move(state)) {}

Result<void> FileSigner::sign(std::string_view chain_id, Vote& vote) {
    const bool prevote = vote.type == VoteType::prevote;
    return sign_at(chain_id, vote, prevote ? SignStep::prevote : SignStep::precommit);
}

Result<void> FileSigner::sign(std::string_view chain_id, Proposal& proposal) {
    return sign_at(chain_id, proposal, SignStep::propose);
}

template <class Message>
Result<void> FileSigner::sign_at(std::string_view chain_id, Message& message, SignStep step) {
    if (broken_) return failure(kBroken);
    const SignRecord& last = this->last();
    const auto wanted = std::tie(message.height, message.round, step);
    const auto signed_last = std::tie(last.height, last.round, last.step);
    const Bytes sign_bytes = message.sign_bytes(chain_id);
    if (wanted < signed_last)
        return failure("refusing to sign " + place(message.height, message.round, step) +
                       ": already signed " + place(last.height, last.round, last.step));
    if (wanted == signed_last) {
        Message again = message;
        const auto time = time_in_sign_bytes(last.sign_bytes);
        if (time) again.time = *time;
        if (again.sign_bytes(chain_id) != last.sign_bytes)
            return failure("refusing to sign " + place(message.height, message.round, step) +
                           " a second time with other content");
        message.time = again.time;
        message.signature = last.signature;
        return {};
    }
    SignRecord record;
    record.height = message.height;
    record.round = message.round;
    record.step = step;
    record.sign_bytes = sign_bytes;
    record.signature = sign_message(key_, sign_bytes);
    message.signature = record.signature;
    staged_ = std::move(record);
    return {};
}

Result<void> FileSigner::flush() {
    if (broken_) return failure(kBroken);
    if (!staged_) return {};
    const auto stored = state_.store(std::move(*staged_));
    staged_.reset();
    broken_ = !stored;
    return stored;
}

}  // namespace assay::consensus
