// Owns a contributor: commits to labels unseen, reveals, delivers.
#pragma once

#include "cli/demo/chain.hpp"
#include "cli/demo/delivery.hpp"

namespace assay::cli {

class Contributor {
  public:
    Contributor(Actor actor, const Assignment& assignment)
        : actor_(std::move(actor)), assignment_(&assignment) {}

    const Actor& actor() const { return actor_; }
    std::uint64_t submission() const { return submission_; }
    const Labels& answers() const { return answers_; }
    const Delivery& delivery() const { return *delivery_; }

    // Salts and hashes the answers and locks the bond; `how` says where they come from.
    Outcome<void> commit(std::uint64_t order, Labels answers, const std::string& how);
    // Waits for the block after the commitment's.
    Outcome<void> reveal();

  private:
    Actor actor_;
    const Assignment* assignment_;
    Labels answers_;
    std::unique_ptr<Delivery> delivery_;
    Hash256 salt_;
    std::uint64_t submission_ = 0;
    std::uint64_t committed_at_ = 0;
};

// What a plagiarist sees: every label of somebody's delivery, opened one by one.
Result<Labels> copy_of(const Delivery& delivery, const Assignment& assignment);

}  // namespace assay::cli
