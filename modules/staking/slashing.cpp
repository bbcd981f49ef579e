// Penalties. Every loop is over the set, the block's evidence or one validator's buckets.
#include "modules/staking/slashing.hpp"

#include <algorithm>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/api.hpp"
#include "modules/staking/liens.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

namespace {

Amount slash_buckets(State& state, const BlockEnv& block, const Consensus& validator,
                     std::uint32_t ppm, std::uint64_t height) {
    const Params params = state.must_get(kParams, {});
    const std::uint64_t oldest_s =
        block.time_s > params.unbonding_s ? block.time_s - params.unbonding_s : 0;
    Amount burned;
    for (std::uint64_t number = oldest_s / params.bucket_s;
         number <= block.time_s / params.bucket_s; ++number) {
        const BucketKey at{.validator = validator, .number = number};
        auto bucket = state.get(kBuckets, at);
        if (!bucket || bucket->until_height < height) continue;
        const Amount part = ppm_floor(bucket->tokens, ppm);
        bucket->tokens = difference_of(bucket->tokens, part);
        burned = sum_of(burned, part);
        state.put(kBuckets, at, *bucket);
    }
    return burned;
}

void punish(State& state, const BlockEnv& block, const Misbehaviour& infraction) {
    auto validator = state.get(kValidators, infraction.validator);
    if (!validator || validator->tombstoned) return;
    const std::uint32_t ppm = state.must_get(kParams, {}).double_sign_ppm;
    slash(state, block, *validator, Offence::double_signing, ppm, infraction.height);
    record_fault(state, block, validator->address, infraction.height, ppm);
    jail(state, *validator, block.time_s, true);
    put_validator(state, *validator);
}

bool mark(Absences& absences, std::uint32_t index, bool missed) {
    const auto bit = static_cast<std::uint8_t>(1U << (index % 8));
    std::uint8_t& byte = absences.bits[index / 8];
    if (((byte & bit) != 0) == missed) return false;
    byte = static_cast<std::uint8_t>(byte ^ bit);
    missed ? ++absences.missed : --absences.missed;
    return true;
}

void punish_absence(State& state, const BlockEnv& block, const Consensus& address,
                    const Params& params) {
    Validator validator = state.must_get(kValidators, address);
    slash(state, block, validator, Offence::absence, params.absence_ppm, std::nullopt);
    jail(state, validator, block.time_s + params.jail_s, false);
    put_validator(state, validator);
    state.erase(kAbsences, address);
}

void attend(State& state, const BlockEnv& block, const LastVote& vote, const Params& params) {
    auto absences = state.get(kAbsences, vote.validator);
    if (!absences && vote.signed_block) return;
    if (!vote.signed_block) {  // one on its way out of the set has nothing more to lose by absence
        const auto validator = state.get(kValidators, vote.validator);
        if (!validator || validator->jailed || validator->power == 0) return;
    }
    if (!absences)
        absences = Absences{.missed = 0, .bits = Bytes((params.window_blocks + 7) / 8, 0)};
    const auto index = static_cast<std::uint32_t>(block.height % params.window_blocks);
    if (!mark(*absences, index, !vote.signed_block)) return;
    const Amount allowed = ppm_floor(Amount(params.window_blocks), kPpm - params.min_signed_ppm);
    if (Amount(absences->missed) > allowed)
        punish_absence(state, block, vote.validator, params);
    else if (absences->missed == 0)
        state.erase(kAbsences, vote.validator);
    else
        state.put(kAbsences, vote.validator, *absences);
}

}  // namespace

void slash(State& state, const BlockEnv& block, Validator& validator, Offence offence,
           std::uint32_t ppm, std::optional<std::uint64_t> height) {
    const Amount from_stake = ppm_floor(validator.tokens, ppm);
    const Amount from_leaving =
        height ? slash_buckets(state, block, validator.address, ppm, *height) : Amount{};
    const Amount burned = sum_of(from_stake, from_leaving);
    if (burned.is_zero()) return;
    validator.tokens = difference_of(validator.tokens, from_stake);
    Totals totals = state.must_get(kTotals, {});
    totals.tokens = difference_of(totals.tokens, from_stake);
    totals.unbonding = difference_of(totals.unbonding, from_leaving);
    state.put(kTotals, {}, totals);
    ledger::burn(state, pool::kStake, burned, BurnReason::slash);
    emit(state, ModuleId::staking,
         ValidatorSlashed{.validator = validator.address, .offence = offence, .burned = burned});
}

void jail(State& state, Validator& validator, std::uint64_t until_s, bool tombstone) {
    validator.jailed = true;
    validator.tombstoned = tombstone;
    validator.jailed_until_s = until_s;
    emit(state, ModuleId::staking,
         ValidatorJailed{
             .validator = validator.address, .until_s = until_s, .tombstoned = tombstone});
}

void begin_block(State& state, const BlockEnv& block) {
    if (!block.last_commit.empty()) {
        const Params params = state.must_get(kParams, {});
        for (const LastVote& vote : block.last_commit) attend(state, block, vote, params);
    }
    for (const Misbehaviour& infraction : block.misbehaviour) punish(state, block, infraction);
}

void punish_missing_proofs(State& state, const BlockEnv& block, const Consensus& address,
                           std::uint64_t missed) {
    if (missed % kMissesCharged != 0) return;
    auto validator = state.get(kValidators, address);
    if (!validator || validator->tombstoned) return;
    slash(state, block, *validator, Offence::missing_proof,
          kMissesCharged * state.must_get(kParams, {}).beacon_miss_ppm, std::nullopt);
    put_validator(state, *validator);
}

}  // namespace assay::staking
