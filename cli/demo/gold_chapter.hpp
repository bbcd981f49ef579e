// Owns the chapter in which people without money work on an order whose buyer hid some answers.
#pragma once

#include "cli/demo/buyer.hpp"
#include "cli/demo/newcomer.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

// What became of one newcomer's work.
struct NewcomerWork {
    std::string who;
    Address address;
    market::Submission submission;
    Amount paid;                  // what the once empty wallet holds
    double accuracy_percent = 0;  // against the true labels
    bool honest = false;
};

// The answers of two ways of working, for every task.
struct WaysOfWorking {
    const Labels& careful;
    const Labels& lazy;
};

// The buyer posts a gold order on the first tasks and sponsors it; a careful and a lazy newcomer
// each answer a batch; the beacon draws gold, the buyer opens it, the policy speaks. `key` is the
// buyer's for the tasks it hides as gold, and the report's.
Outcome<std::vector<NewcomerWork>> play_gold(const Assignment& assignment, const AnswerKey& key,
                                             const Buyer& buyer, const Actor& relayer,
                                             const WaysOfWorking& ways, Narrator& narrator);

}  // namespace assay::cli
