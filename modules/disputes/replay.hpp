// Owns the proof of a ruling: computes it again from the dispute's record alone.
#pragma once

#include "chain/base/result.hpp"
#include "modules/disputes/views.hpp"

namespace assay::disputes {

struct Replayed {
    Choice ruling{};
    bool by_default = false;
};

// Checks every seed against its beacon, every vote against its commitment, every seat's outcome,
// penalty and earning against the terms, and that each panel but the last gave no ruling; returns
// what the record must have ruled. Fails naming the first thing that does not follow, or where the
// dispute is not ruled yet or was judged by rules of another version. That a seed drew these jurors
// is what draw() shows over the state at the draw's height.
Result<Replayed> replay(const DisputeRecord& record);

}  // namespace assay::disputes
