// Owns FileSigner: signs with a key in this process and never contradicts itself.
#pragma once

#include "consensus/privval/sign_state.hpp"
#include "consensus/privval/signer.hpp"

namespace assay::consensus {

// One thread at a time. After a failed write it signs nothing more, because what the disk holds is
// then unknown until the file is opened anew.
class FileSigner final : public Signer {
  public:
    FileSigner(const crypto::SecretKey& key, SignState state);

    const ValidatorKey& key() const override { return public_key_; }
    Result<void> sign(std::string_view chain_id, Vote& vote) override;
    Result<void> sign(std::string_view chain_id, Proposal& proposal) override;
    Result<void> flush() override;
    const SignRecord& last() const { return staged_ ? *staged_ : state_.last(); }

  private:
    template <class Message>
    Result<void> sign_at(std::string_view chain_id, Message& message, SignStep step);

    crypto::SecretKey key_;
    ValidatorKey public_key_;
    SignState state_;
    std::optional<SignRecord> staged_;  // the newest signature, not yet durable
    bool broken_ = false;
};

}  // namespace assay::consensus
