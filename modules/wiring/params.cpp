// Gathers the modules' parameters.
#include "modules/wiring/params.hpp"

namespace assay {

Result<void> validate(const ModuleParams&) { return {}; }

ModuleParams devnet_params() { return {}; }

void init_modules(State&, const ModuleParams&, std::uint64_t) {}

}  // namespace assay
