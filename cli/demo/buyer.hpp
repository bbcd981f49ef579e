// Owns the buyer: writes down what good work is, and locks the money for it.
#pragma once

#include "cli/demo/assignment.hpp"
#include "cli/demo/chain.hpp"

namespace assay::cli {

// The document whose hash stands in the order. Contributors, challenger and jurors go by it.
struct Specification {
    std::string title;
    std::vector<std::string> labels;
    std::uint64_t tasks = 0;
    std::uint64_t examples = 0;
    Hash256 tasks_root;              // RFC 6962 over the tasks' content ids
    std::uint32_t demanded_ppm = 0;  // least share of right labels
};
BOOST_DESCRIBE_STRUCT(Specification, (), (title, labels, tasks, examples, tasks_root, demanded_ppm))

class Buyer {
  public:
    Buyer(Actor actor, const Assignment& assignment)
        : actor_(std::move(actor)), assignment_(&assignment) {}

    const Actor& actor() const { return actor_; }
    // Learns from the examples what can be demanded: half way between always giving the commonest
    // label and what a classifier reaches on examples that it did not learn from. Refuses examples
    // that teach next to nothing.
    Outcome<void> write_specification();
    const std::string& specification() const { return text_; }
    double demanded_percent() const { return demanded_percent_; }
    // Asks `contributors` people to label every task. Returns the order's number.
    Outcome<std::uint64_t> post(std::uint64_t contributors, Amount price_per_label,
                                std::uint64_t open_s);

  private:
    Actor actor_;
    const Assignment* assignment_;
    std::string text_;
    double demanded_percent_ = 0;
};

// Refuses a document that is not the one the order names.
Outcome<Specification> read_specification(const std::string& text, const Hash256& expected);

}  // namespace assay::cli
