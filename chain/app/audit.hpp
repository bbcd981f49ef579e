// Owns the two ways to distrust a data directory: run it all again, and check what it says.
#pragma once

#include <functional>

#include "chain/app/chain_app.hpp"
#include "chain/exec/invariants.hpp"

namespace assay {

// Told the height just done.
using AuditProgress = std::function<void(std::uint64_t height)>;

struct ReplaySummary {
    std::uint64_t blocks = 0;
    std::uint64_t txs = 0;
    Hash256 app_hash;  // at the last height
};

// Executes every block of `stored` in `fresh`, an empty application of the same genesis, and
// compares each block's hash, which covers the app hash and all receipts. The error names the first
// height that differs. Refuses a store that began with a snapshot: it lacks the first blocks.
Result<ReplaySummary> replay(const ChainApp& stored, ChainApp& fresh,
                             const AuditProgress& progress = {});

// Checks the records, copies and root of the state; every stored block's links, roots, hash and
// look-up entries, from the first whole one on; and each module's invariants. All findings are
// returned, none is repaired.
std::vector<InvariantFailure> audit(const ChainApp& app, const AuditProgress& progress = {});

}  // namespace assay
