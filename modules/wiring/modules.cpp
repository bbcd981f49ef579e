// Names every module.
#include "modules/wiring/modules.hpp"

#include "modules/bank/module.hpp"
#include "modules/beacon/module.hpp"
#include "modules/datasets/module.hpp"
#include "modules/disputes/module.hpp"
#include "modules/governance/module.hpp"
#include "modules/jurors/module.hpp"
#include "modules/market/module.hpp"
#include "modules/relay/module.hpp"
#include "modules/reputation/module.hpp"
#include "modules/rewards/module.hpp"
#include "modules/staking/module.hpp"

namespace assay {

std::vector<Module> all_modules() {
    // governance: begins an upgrade before any rule asks for it
    return {bank::make_module(),    governance::make_module(), beacon::make_module(),
            market::make_module(),  disputes::make_module(),   jurors::make_module(),
            rewards::make_module(), staking::make_module(),    datasets::make_module(),
            relay::make_module(),   reputation::make_module()};
}

std::vector<std::string> known_upgrades() {
    return {};
}

}  // namespace assay
