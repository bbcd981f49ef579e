// What the bank offers.
#include "modules/bank/module.hpp"

#include "chain/exec/ledger.hpp"
#include "modules/bank/allowance.hpp"
#include "modules/bank/transfer.hpp"
#include "modules/bank/views.hpp"

namespace assay::bank {

Module make_module() {
    Module module{.id = ModuleId::bank, .name = "bank"};
    module.messages = messages<Transfer, Approve, TransferFrom>();
    module.views = views<Name, Symbol, Decimals, BalanceOf, Allowance, TotalSupply, GetSupply>();
    module.events = events<ledger::Transfer>();
    return module;
}

}  // namespace assay::bank
