// Owns the demo's course of events: the whole main job on real texts against a running chain.
#pragma once

#include "cli/demo/audit_chapter.hpp"
#include "cli/demo/books.hpp"
#include "cli/demo/buyer.hpp"
#include "cli/demo/contributor.hpp"
#include "cli/demo/gold_chapter.hpp"
#include "cli/demo/juror.hpp"

namespace assay::cli {

struct DemoSetup {
    std::string input;      // what load_corpus reads
    std::size_t tasks = 0;  // at most
    std::string mnemonic;   // whose first ten accounts play
};

// One contributor's work, as it ended.
struct WorkOutcome {
    std::string who;
    market::Submission submission;
    std::optional<disputes::Dispute> dispute;
    double accuracy_percent = 0;  // against the true labels, which nobody but the report knows
    bool expected = false;        // accepted where honest, rejected where not
};

struct RoleMoney {
    std::string who;
    Address address;
    Holding before;
    Holding after;
};

struct DemoResult {
    std::vector<WorkOutcome> work;
    std::vector<NewcomerWork> newcomers;
    std::vector<AuditedWork> audited;
    std::vector<RoleMoney> money;
    SupplyCheck supply;
    bool as_expected() const;
};

// Plays it all. A refusal of the chain, an unreachable node or an event that does not come ends it.
Outcome<DemoResult> play_demo(const DemoSetup& setup, const Chain& chain, Narrator& narrator);

// The tables at the end, or the JSON document with steps, work, money and supply.
void print_result(const DemoResult& result, Narrator& narrator);

}  // namespace assay::cli
