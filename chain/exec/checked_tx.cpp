// The stateless tests of a transaction, in the order that costs a flooder most and us least.
#include "chain/exec/checked_tx.hpp"

#include "chain/exec/gas.hpp"

namespace assay {

namespace {

TxRejection refused(TxCode code) {
    return {code, "execution reverted: " + std::string(name_of(code))};
}

std::uint64_t access_keys(const Envelope& envelope) {
    std::uint64_t count = 0;
    for (const auto& entry : envelope.access_list) count += entry.storage_keys.size();
    return count;
}

}  // namespace

std::optional<Amount> CheckedTx::effective_gas_price(Amount base_fee) const {
    const auto tip = checked_sub(envelope.max_fee_per_gas, base_fee);
    if (!tip) return std::nullopt;
    return sum_of(base_fee, min_of(*tip, envelope.max_priority_fee_per_gas));
}

Amount CheckedTx::max_cost() const {
    const auto fee = checked_mul(envelope.max_fee_per_gas, Amount(envelope.gas_limit));
    const auto with_value = fee ? checked_add(*fee, envelope.value) : std::nullopt;
    const Amount spent = message ? message->spends() : Amount{};
    const auto out = with_value ? checked_add(*with_value, spent) : std::nullopt;
    return out.value_or(Amount::max());
}

TxRejection TxChecker::route(CheckedTx& tx) const {
    const Envelope& envelope = tx.envelope;
    if (!envelope.to) return refused(TxCode::contract_creation);
    const std::uint64_t base =
        envelope_gas(envelope.data, envelope.access_list.size(), access_keys(envelope));
    if (!is_reserved(*envelope.to)) {
        if (!envelope.data.empty()) return refused(TxCode::data_to_account);
        tx.gas = base;
        return {};
    }
    if (registry.module_at(*envelope.to) == nullptr) return refused(TxCode::unknown_module);
    const MessageEntry* entry = registry.message(*envelope.to, envelope.data);
    if (entry == nullptr) return refused(TxCode::unknown_selector);
    if (!entry->payable && !envelope.value.is_zero()) return refused(TxCode::value_not_payable);
    auto message = entry->decode(ByteView(envelope.data).subspan(4));
    if (!message)
        return {TxCode::malformed_calldata,
                "execution reverted: malformed_calldata: " + message.error().message};
    tx.message = std::move(*message);
    tx.gas = base + tx.message->gas();
    TxEnv env;
    env.block.chain_id = chain_id;
    env.sender = tx.sender;
    env.value = envelope.value;
    const TxCode code = tx.message->check(env);
    if (code != TxCode::ok) return refused(code);
    return {};
}

boost::system::result<CheckedTxPtr, TxRejection> TxChecker::check(Bytes raw) const {
    auto tx = before_sender(std::move(raw));
    if (!tx) return tx.error();
    const auto sender = sender_of((*tx)->envelope);
    if (!sender) return TxRejection{TxCode::ok, "invalid sender: " + sender.error().message};
    return with_sender(std::move(*tx), *sender);
}

boost::system::result<std::shared_ptr<CheckedTx>, TxRejection> TxChecker::before_sender(
    Bytes raw) const {
    if (raw.size() > kMaxTxBytes)
        return TxRejection{TxCode::ok, "oversized data: transaction size " +
                                           std::to_string(raw.size()) + ", limit " +
                                           std::to_string(kMaxTxBytes)};
    auto envelope = decode_envelope(raw);
    if (!envelope) return TxRejection{TxCode::ok, envelope.error().message};
    auto tx = std::make_shared<CheckedTx>();
    tx->envelope = std::move(*envelope);
    if (!tx->envelope.chain_id)
        return TxRejection{TxCode::ok,
                           "only replay-protected (EIP-155) transactions allowed over RPC"};
    if (*tx->envelope.chain_id != chain_id)
        return TxRejection{TxCode::ok, "invalid chain id for signer: have " +
                                           std::to_string(*tx->envelope.chain_id) + " want " +
                                           std::to_string(chain_id)};
    if (tx->envelope.max_priority_fee_per_gas > tx->envelope.max_fee_per_gas)
        return TxRejection{TxCode::ok, "max priority fee per gas higher than max fee per gas"};
    if (tx->envelope.gas_limit > block_gas_limit)
        return TxRejection{TxCode::ok, "exceeds block gas limit"};
    if (tx->envelope.gas_limit < kTxGas) return TxRejection{TxCode::ok, "intrinsic gas too low"};
    tx->raw = std::move(raw);
    return tx;
}

boost::system::result<CheckedTxPtr, TxRejection> TxChecker::with_sender(
    std::shared_ptr<CheckedTx> tx, const Address& sender) const {
    tx->sender = sender;
    if (TxRejection rejection = route(*tx); !rejection.message.empty()) return rejection;
    if (tx->envelope.gas_limit < tx->gas)
        return TxRejection{TxCode::ok, "intrinsic gas too low: gas " +
                                           std::to_string(tx->envelope.gas_limit) +
                                           ", minimum needed " + std::to_string(tx->gas)};
    tx->hash = keccak256(tx->raw);
    tx->sha256 = sha256(tx->raw);
    return CheckedTxPtr(std::move(tx));
}

}  // namespace assay
