// Owns what governance may change: all parameters of the chain together, read, judged and written.
#pragma once

#include "chain/exec/gas.hpp"
#include "modules/governance/objects.hpp"
#include "modules/wiring/params.hpp"

namespace assay {

struct Governed {
    ModuleParams modules;
    FeeParams fees;
};

// In force.
Governed governed(const State& state);
// Writes what differs from the records, with what follows from it.
void put_governed(State& state, const Governed& after);

// What may not change while a chain runs, because records were made by it.
Result<void> validate_change(const Governed& before, const Governed& after);

}  // namespace assay
