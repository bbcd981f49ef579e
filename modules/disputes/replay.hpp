// Owns the proof of a ruling: computes it again from the dispute's record alone.
#pragma once

#include "chain/base/result.hpp"
#include "modules/disputes/views.hpp"

namespace assay::disputes {

struct Replayed {
    Choice ruling{};
    bool by_default = false;
    std::uint8_t rounds = 0;
    Choice standard{};  // by which the rounds' seats are judged: the ruling or its review's
};

// Checks every seed against its beacon, every vote against its commitment, which panels ruled what
// and so which rounds there had to be, every seat's outcome, penalty and earning against the final
// ruling, or its review's, and the terms, every round's fees, and every backer's bond and reward;
// returns what the record must have ruled. Fails naming the first thing that does not follow, or
// where the dispute is not ruled yet or was judged by rules of another version. That a seed drew
// these jurors is what draw() shows over the state at the draw's height.
Result<Replayed> replay(const DisputeRecord& record);

}  // namespace assay::disputes
