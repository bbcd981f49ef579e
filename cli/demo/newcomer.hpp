// Owns a newcomer: somebody whose wallet is empty contributes by signing; another one sends, and
// the order's sponsor pays.
#pragma once

#include "cli/demo/chain.hpp"
#include "cli/demo/delivery.hpp"

namespace assay::cli {

class Newcomer {
  public:
    // A fresh key that nobody funded. `work` are the tasks of one batch.
    Newcomer(std::string name, Assignment work, const Actor& relayer, Narrator& narrator);

    const std::string& name() const { return name_; }
    const Address& address() const { return address_; }
    std::uint64_t submission() const { return submission_; }
    const Labels& answers() const { return answers_; }
    const Delivery& delivery() const { return *delivery_; }

    // Signs a commitment in a place without a bond; `how` says where the answers come from.
    Outcome<void> commit(std::uint64_t order, std::uint64_t batch, Labels answers,
                         const std::string& how);
    // Waits for the block after the commitment's.
    Outcome<void> reveal();
    // Shows the items that the policy compares, where there are any and they were not shown before.
    // True once they were.
    Outcome<bool> answer();

  private:
    // Signs the message for the relayer and has it sent.
    template <class S, class M>
    Outcome<TxReceipt> relay(S signed_form, const M& message, const std::string& what);

    std::string name_;
    crypto::SecretKey key_;
    Address address_;
    Assignment work_;
    Actor relayer_;
    Narrator* narrator_;
    Labels answers_;
    std::unique_ptr<Delivery> delivery_;
    Hash256 salt_;
    std::uint64_t submission_ = 0;
    std::uint64_t committed_at_ = 0;
    bool answered_ = false;
};

}  // namespace assay::cli
