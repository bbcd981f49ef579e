// Owns the shape every module has: what it registers with the executor.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chain/exec/block_entry.hpp"
#include "chain/exec/deadlines.hpp"
#include "chain/exec/entries.hpp"

namespace assay {

// A broken rule that must always hold; `what` says which records disagree and by how much.
struct InvariantFailure {
    std::string rule;
    std::string what;
};

// Walks a whole committed state: used by `assayd verify` and by tests, never while executing.
using InvariantCheck = void (*)(const State& state, const StateReader& whole,
                                std::vector<InvariantFailure>& failures);

// One module. Built by `Module make_module()` in the module's folder, listed in modules/wiring.
struct Module {
    ModuleId id{};
    std::string_view name;
    std::vector<MessageEntry> messages;
    std::vector<ViewEntry> views;
    std::vector<EventEntry> events;
    std::vector<std::pair<DeadlineKind, DeadlineHandler>> deadlines;
    // What the block's proposer may prove in its first entry; nullopt where it has no key that
    // counts. One module has this rule.
    std::optional<ProofRequest> (*proof_request)(const State&, const BlockEnv&) = nullptr;
    void (*begin_block)(State&, const BlockEnv&) = nullptr;
    void (*end_block)(State&, const BlockEnv&) = nullptr;
    std::vector<InvariantCheck> invariants;
};

}  // namespace assay
