// Names every module.
#include "modules/wiring/modules.hpp"

#include "modules/bank/module.hpp"

namespace assay {

std::vector<Module> all_modules() { return {bank::make_module()}; }

}  // namespace assay
