// The rules of being a validator.
#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/executor.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/staking/earnings.hpp"
#include "modules/staking/events.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/stake.hpp"

namespace assay::staking {

namespace {

TxCode check_terms(const Address& fee_recipient, std::uint32_t commission_ppm) {
    if (fee_recipient.is_zero()) return TxCode::address_zero;
    if (is_reserved(fee_recipient)) return TxCode::reserved_recipient;
    if (commission_ppm > kPpm) return TxCode::rate_out_of_range;
    return TxCode::ok;
}

}  // namespace

Hash256 possession_digest(std::uint64_t chain_id, const Address& operator_account) {
    Bytes text = to_bytes(view_of("assay/consensus-key/1"));
    record::encode_into(text, chain_id);
    append(text, operator_account);
    return sha256(text);
}

TxCode Bond::check(const TxEnv& env) const {
    if (env.value.is_zero()) return TxCode::amount_zero;
    if (const TxCode code = check_terms(fee_recipient, commission_ppm); code != TxCode::ok)
        return code;
    if (public_key.size() != 33 || proof.size() != 64) return TxCode::proof_malformed;
    const auto key = crypto::PublicKey::parse(public_key);
    if (!key || !crypto::verify_compact(*key, possession_digest(env.block.chain_id, env.sender),
                                        FixedBytes<64>::from(proof)))
        return TxCode::proof_malformed;
    return TxCode::ok;
}

TxCode Bond::execute(State& state, const TxEnv& env) const {
    const Consensus address = consensus_of(public_key);
    if (state.contains(kValidators, address)) return TxCode::already_exists;
    if (env.value < state.must_get(kParams, {}).min_self_bond) return TxCode::stake_too_small;
    ledger::move(state, module_address(ModuleId::staking), pool::kStake, env.value);
    state.put(kFeeRecipients, address, fee_recipient);
    put_validator(state, {.address = address,
                          .public_key = public_key,
                          .operator_account = env.sender,
                          .fee_recipient = fee_recipient,
                          .commission_ppm = commission_ppm,
                          .commission_since_s = env.block.time_s});
    Position position = open_position(state, env.sender, address);
    add_shares(position, env.value, env.value);
    close_position(state, position);
    emit(state, ModuleId::staking,
         ValidatorBonded{
             .validator = address, .operator_account = env.sender, .public_key = public_key});
    emit(state, ModuleId::staking,
         Delegated{.validator = address,
                   .delegator = env.sender,
                   .amount = env.value,
                   .shares = env.value});
    return TxCode::ok;
}

TxCode Unjail::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode Unjail::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kValidators, validator);
    if (!record) return TxCode::validator_not_found;
    if (record->operator_account != env.sender) return TxCode::not_owner;
    if (record->tombstoned) return TxCode::validator_tombstoned;
    if (!record->jailed) return TxCode::validator_not_jailed;
    if (env.block.time_s < record->jailed_until_s) return TxCode::too_early;
    const Amount own = stake_of(state, {.delegator = env.sender, .validator = validator});
    if (own < state.must_get(kParams, {}).min_self_bond) return TxCode::stake_too_small;
    record->jailed = false;
    record->jailed_until_s = 0;
    put_validator(state, *record);
    emit(state, ModuleId::staking, ValidatorUnjailed{.validator = validator});
    return TxCode::ok;
}

TxCode EditValidator::check(const TxEnv&) const {
    return check_terms(fee_recipient, commission_ppm);
}

TxCode EditValidator::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kValidators, validator);
    if (!record) return TxCode::validator_not_found;
    if (record->operator_account != env.sender) return TxCode::not_owner;
    if (commission_ppm != record->commission_ppm) {
        const Params params = state.must_get(kParams, {});
        if (commission_ppm > record->commission_ppm &&
            commission_ppm - record->commission_ppm > params.commission_step_ppm)
            return TxCode::commission_step_too_large;
        if (env.block.time_s < record->commission_since_s + params.commission_wait_s)
            return TxCode::too_early;
        credit(*record, state.must_get(kTotals, {}));
        record->commission_ppm = commission_ppm;
        record->commission_since_s = env.block.time_s;
    }
    record->fee_recipient = fee_recipient;
    state.put(kFeeRecipients, validator, fee_recipient);
    put_validator(state, *record);
    emit(state, ModuleId::staking,
         ValidatorEdited{.validator = validator,
                         .fee_recipient = fee_recipient,
                         .commission_ppm = commission_ppm});
    return TxCode::ok;
}

}  // namespace assay::staking
