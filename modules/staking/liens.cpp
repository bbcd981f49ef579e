// One fault a validator, a few liens a delegation.
#include "modules/staking/liens.hpp"

#include <algorithm>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/events.hpp"

namespace assay::staking {

namespace {

bool owes(const Fault& fault, const Lien& lien) {
    return fault.height <= lien.until_height && fault.punished_s <= lien.ends_s;
}

// Of the lien's shares.
Amount owed_shares(const State& state, const Lien& lien) {
    const auto fault = state.get(kFaults, lien.source);
    if (!fault || !owes(*fault, lien)) return {};
    return ppm_floor(lien.shares, fault->ppm);
}

void forget(State& state, const Redelegation& entry) {
    state.erase(kRedelegations, entry.id);
    const Deadline deadline{
        .time_s = entry.lien.ends_s, .kind = DeadlineKind::redelegation_ends, .id = entry.id};
    if (is_scheduled(state, deadline)) unschedule(state, deadline);
}

void burn(State& state, const DelegationKey& where, const Consensus& source, Amount burned) {
    if (burned.is_zero()) return;
    ledger::burn(state, pool::kStake, burned, BurnReason::slash);
    emit(state, ModuleId::staking,
         RedelegationSlashed{.source = source,
                             .delegator = where.delegator,
                             .validator = where.validator,
                             .burned = burned});
}

}  // namespace

void record_fault(State& state, const BlockEnv& block, const Consensus& source,
                  std::uint64_t height, std::uint32_t ppm) {
    state.put(kFaults, source, {.height = height, .punished_s = block.time_s, .ppm = ppm});
}

void settle(const State& state, Position& position) {
    auto& entries = position.delegation.redelegations;
    for (const Redelegation& entry : entries) {
        if (!state.contains(kFaults, entry.lien.source)) continue;
        const Amount shares = owed_shares(state, entry.lien);
        position.settlements.push_back(
            {.redelegation = entry, .burned = remove_shares(position, shares)});
    }
    std::erase_if(entries, [&](const Redelegation& entry) {
        return state.contains(kFaults, entry.lien.source);
    });
}

void collect(State& state, const Position& position) {
    for (const Settlement& each : position.settlements) {
        forget(state, each.redelegation);
        burn(state, position.key, each.redelegation.lien.source, each.burned);
    }
}

Redelegation begin_redelegation(State& state, const BlockEnv& block, Position& position,
                                const Consensus& source, Amount shares) {
    const Redelegation entry{
        .id = position.totals.next_redelegation++,
        .lien = {.source = source,
                 .until_height = block.height + kVotesAfter,
                 .ends_s = block.time_s + state.must_get(kParams, {}).unbonding_s,
                 .shares = shares}};
    position.delegation.redelegations.push_back(entry);
    state.put(kRedelegations, entry.id, position.key);
    schedule(
        state,
        {.time_s = entry.lien.ends_s, .kind = DeadlineKind::redelegation_ends, .id = entry.id});
    return entry;
}

std::vector<Lien> release(State& state, Position& position, Amount leaving, Amount shares) {
    auto& entries = position.delegation.redelegations;
    Amount liened;
    for (const Redelegation& entry : entries) liened = sum_of(liened, entry.lien.shares);
    const Amount free = difference_of(position.delegation.shares, liened);
    Amount rest = leaving > free ? difference_of(leaving, free) : Amount{};
    std::vector<Lien> out;
    for (Redelegation& entry : entries) {
        if (rest.is_zero()) break;
        const Amount taken = min_of(rest, entry.lien.shares);
        const auto part = mul_div_floor(taken, shares, leaving);
        CHECK(part.has_value());
        out.push_back(entry.lien);
        out.back().shares = *part;
        rest = difference_of(rest, taken);
        entry.lien.shares = difference_of(entry.lien.shares, taken);
        if (entry.lien.shares.is_zero()) forget(state, entry);
    }
    std::erase_if(entries, [](const Redelegation& entry) { return entry.lien.shares.is_zero(); });
    return out;
}

std::vector<Loss> losses_of(const State& state, const Unbonding& entry, const Bucket& bucket) {
    std::vector<Loss> out;
    for (const Lien& lien : entry.liens) {
        const auto tokens = mul_div_floor(owed_shares(state, lien), bucket.tokens, bucket.shares);
        CHECK(tokens.has_value());
        out.push_back({.source = lien.source, .tokens = *tokens});
    }
    return out;
}

void charge(State& state, const DelegationKey& where, const std::vector<Loss>& losses) {
    for (const Loss& loss : losses) burn(state, where, loss.source, loss.tokens);
}

void on_redelegation_ends(State& state, const BlockEnv&, std::uint64_t id) {
    const DelegationKey key = state.must_get(kRedelegations, id);
    Position position = open_position(state, key.delegator, key.validator);
    state.erase(kRedelegations, id);
    std::erase_if(position.delegation.redelegations,
                  [&](const Redelegation& entry) { return entry.id == id; });
    close_position(state, position);
}

}  // namespace assay::staking
