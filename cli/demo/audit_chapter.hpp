// Owns the chapter in which graders drawn by lot look at work before anybody objects.
#pragma once

#include "cli/demo/buyer.hpp"
#include "cli/demo/contributor.hpp"
#include "cli/demo/examiner.hpp"
#include "cli/demo/gold_chapter.hpp"
#include "modules/market/views_audit.hpp"

namespace assay::cli {

// What became of one contributor's audited work.
struct AuditedWork {
    std::string who;
    market::Submission submission;
    market::Audit audit;
    double accuracy_percent = 0;  // against the true labels
    bool honest = false;
};

// A juror who grades by two ways of reading: an item is bad where both would label it otherwise,
// and alike. One alone errs more often than a careful contributor.
struct Grader {
    Actor actor;
    const Examiner* reader = nullptr;
    const Examiner* second = nullptr;
};

// The buyer posts an audited order for every task, twice; a careful and a lazy contributor deliver;
// drawn graders seal and open what they found, and the policy speaks.
Outcome<std::vector<AuditedWork>> play_audit(const Assignment& assignment, const AnswerKey& key,
                                             const Buyer& buyer, const std::vector<Grader>& graders,
                                             Contributor careful, Contributor lazy,
                                             const WaysOfWorking& ways, Narrator& narrator);

}  // namespace assay::cli
