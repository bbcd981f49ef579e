// Walks every account and compares their sum with the supply counters.
#include "chain/exec/invariants.hpp"

#include <algorithm>

#include "chain/exec/ledger.hpp"
#include "chain/state/pending_reader.hpp"
#include "chain/types/pools.hpp"

namespace assay {

namespace {

const pool::Named* pool_at(const Address& address) {
    const auto* found = std::ranges::find(pool::kAll, address, &pool::Named::address);
    return found == std::end(pool::kAll) ? nullptr : found;
}

}  // namespace

void check_supply(const State& state, const StateReader&, std::vector<InvariantFailure>& failures) {
    constexpr const char* kRule = "1 supply identity";
    const auto report = [&](std::string what) { failures.push_back({kRule, std::move(what)}); };
    Amount free;
    Amount pooled;
    state.scan(kAccounts, [&](const Address& who, const Account& account) {
        const bool reserved = is_reserved(who);
        Amount& into = reserved ? pooled : free;
        const auto after = checked_add(into, account.balance);
        if (!after) return report("balances wrap at " + to_hex0x(who));
        into = *after;
        if (reserved && pool_at(who) == nullptr && !account.balance.is_zero())
            report(to_string(account.balance) + " rest at " + to_hex0x(who) + ", which is no pool");
    });
    const Supply supply = ledger::supply(state);
    const auto issued = checked_add(supply.genesis, supply.minted);
    const auto expected =
        issued ? checked_sub(*issued, ledger::total_burned(supply)) : std::optional<Amount>{};
    const auto found = checked_add(free, pooled);
    if (expected && expected == found) return;
    std::string what = "genesis " + to_string(supply.genesis) + " + minted " +
                       to_string(supply.minted) + " - burned " +
                       to_string(ledger::total_burned(supply)) + " is not free " + to_string(free);
    for (const auto& [address, name] : pool::kAll)
        what += " + " + std::string(name) + " " + to_string(ledger::balance(state, address));
    report(std::move(what));
}

std::vector<InvariantFailure> check_invariants(const Registry& registry, const State& state) {
    const PendingReader whole(state);
    std::vector<InvariantFailure> failures;
    check_supply(state, whole, failures);
    for (const auto& module : registry.modules())
        for (const InvariantCheck check : module.invariants) check(state, whole, failures);
    return failures;
}

}  // namespace assay
