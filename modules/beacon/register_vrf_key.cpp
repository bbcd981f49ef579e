// The rules of registering a key.
#include "modules/beacon/register_vrf_key.hpp"

#include "chain/exec/event.hpp"
#include "modules/beacon/needs.hpp"
#include "modules/beacon/params.hpp"

namespace assay::beacon {

Bytes possession_alpha(std::uint64_t chain_id, const Validator& validator) {
    Bytes out = to_bytes(view_of("assay/vrf-key/1"));
    record::encode_into(out, chain_id);
    append(out, validator);
    return out;
}

TxCode RegisterVrfKey::check(const TxEnv& env) const {
    const Bytes alpha = possession_alpha(env.block.chain_id, validator);
    if (!ecvrf::verify(public_key, alpha, proof)) return TxCode::proof_malformed;
    return TxCode::ok;
}

TxCode RegisterVrfKey::execute(State& state, const TxEnv& env) const {
    const auto speaker = needs::operator_of(state, validator);
    if (!speaker) return TxCode::not_found;
    if (*speaker != env.sender) return TxCode::not_owner;
    const auto key = ecvrf::PublicKey::from(public_key);
    const VrfKeys before = state.get_or_default(kVrfKeys, validator);
    const bool waits = before.next_from != 0 && before.next == key;
    if (waits || key_at(before, env.block.height) == key) return TxCode::already_exists;
    const std::uint64_t from =
        counts_from(env.block.height, state.must_get(kParams, {}).epoch_blocks);
    state.put(kVrfKeys, validator, with_next(before, key, env.block.height, from));
    emit(state, ModuleId::beacon,
         VrfKeyRegistered{.validator = validator, .public_key = public_key, .counts_from = from});
    return TxCode::ok;
}

}  // namespace assay::beacon
