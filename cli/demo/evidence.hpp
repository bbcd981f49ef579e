// Owns what a challenger shows the jury: lines of JSON under one RFC 6962 root.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "chain/codec/describe.hpp"
#include "chain/types/ids.hpp"

namespace assay::cli {

// One item of the contested submission that speaks for the claim.
struct Exhibit {
    std::uint64_t index = 0;
    std::string task;       // the task's id, for people
    std::string submitted;  // what the submission answers
    std::string expected;   // what the challenger's own reading says
    // Of plagiarism: the earlier submission that gives the same answer; else 0.
    std::uint64_t other_submission = 0;
};
BOOST_DESCRIBE_STRUCT(Exhibit, (), (index, task, submitted, expected, other_submission))

class Evidence {
  public:
    Evidence() = default;
    explicit Evidence(const std::vector<Exhibit>& exhibits);
    // Out of the lines as received; refuses a line that is no exhibit.
    static Result<std::vector<Exhibit>> read(const std::vector<std::string>& lines);

    const std::vector<std::string>& lines() const { return lines_; }
    Hash256 root() const;

  private:
    std::vector<std::string> lines_;
};

Hash256 evidence_root(const std::vector<std::string>& lines);

// Where jurors find the evidence of a dispute, by the dispute's number.
using EvidenceRoom = std::map<std::uint64_t, Evidence>;

}  // namespace assay::cli
