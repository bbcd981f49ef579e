// The rules of a transfer.
#include "modules/bank/transfer.hpp"

#include "chain/exec/ledger.hpp"

namespace assay::bank {

TxCode Transfer::check(const TxEnv& env) const {
    if (amount.is_zero()) return TxCode::amount_zero;
    if (to.is_zero()) return TxCode::address_zero;
    if (is_reserved(to)) return TxCode::reserved_recipient;  // a pool's money must have an owner
    if (to == env.sender) return TxCode::self_transfer;
    return TxCode::ok;
}

TxCode Transfer::execute(State& state, const TxEnv& env) const {
    return ledger::transfer(state, env.sender, to, amount);
}

}  // namespace assay::bank
