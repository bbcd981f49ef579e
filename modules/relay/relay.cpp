// The rules of relaying.
#include "modules/relay/relay.hpp"

#include "chain/exec/event.hpp"
#include "modules/relay/intent.hpp"
#include "modules/relay/needs.hpp"

namespace assay::relay {

namespace {

// Of the message itself: nobody takes money from the signer, and the call carries no value.
TxEnv env_of(const TxEnv& env, const Address& signer) {
    TxEnv out = env;
    out.sender = signer;
    out.value = {};
    return out;
}

bool is_signed(const Relay& relay, std::uint64_t chain_id) {
    const Hash256 digest = eip712::digest(
        intent_domain(chain_id), needs::struct_hash(relay.call, relay.nonce, relay.deadline_s));
    const auto signer = signer_of(digest, relay.signature);
    return signer && *signer == relay.signer;
}

}  // namespace

std::uint64_t Relay::gas() const {
    return kGas + (needs::is_sponsored(call) ? needs::gas_of(call) : 0);
}

TxCode Relay::check(const TxEnv& env) const {
    if (signer.is_zero()) return TxCode::address_zero;
    if (signature.size() != kSignatureBytes) return TxCode::proof_malformed;
    if (!needs::is_sponsored(call)) return TxCode::call_not_sponsored;
    return needs::check(call, env_of(env, signer));
}

TxCode Relay::execute(State& state, const TxEnv& env) const {
    if (env.block.time_s >= deadline_s) return TxCode::intent_expired;
    if (state.get_or_default(kNonces, signer) != nonce) return TxCode::intent_nonce_mismatch;
    const auto order = needs::order_of(state, call);
    if (!order) return TxCode::not_found;
    const auto cost = checked_mul(env.block.base_fee, Amount(env.gas));
    CHECK(cost.has_value());  // the sender could pay it
    const auto fee = needs::sponsored_fee(state, *order, signer, *cost);
    if (!fee) return fee.error();
    if (!is_signed(*this, env.block.chain_id)) return TxCode::intent_not_signed;
    const TxCode code = needs::execute(state, call, env_of(env, signer));
    if (code != TxCode::ok) return code;

    state.put(kNonces, signer, nonce + 1);
    const Amount paid = needs::pay_sponsored_fee(state, *order, call, signer, env.sender, *cost);
    emit(
        state, ModuleId::relay,
        Relayed{
            .signer = signer, .order = *order, .relayer = env.sender, .nonce = nonce, .fee = paid});
    return TxCode::ok;
}

Result<std::uint64_t> NextIntentNonce::view(const State& state, const BlockEnv&) const {
    return state.get_or_default(kNonces, signer);
}

}  // namespace assay::relay
