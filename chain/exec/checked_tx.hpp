// Owns CheckedTx: a transaction that passed every test without state, decoded once.
#pragma once

#include <memory>
#include <string>

#include "chain/codec/envelope.hpp"
#include "chain/exec/registry.hpp"

namespace assay {

// Largest raw transaction, in bytes.
inline constexpr std::size_t kMaxTxBytes = 128 * 1024;

struct CheckedTx {
    Bytes raw;
    Envelope envelope;
    Address sender;
    Hash256 hash;                               // keccak of raw, as Ethereum clients name it
    Hash256 sha256;                             // SHA-256 of raw, as the data hash names it
    std::shared_ptr<const AnyMessage> message;  // null for a plain transfer of value
    std::uint64_t gas = 0;                      // exactly what it will use

    // What the sender pays per gas at this base fee; nullopt when the fee cap is below it.
    std::optional<Amount> effective_gas_price(Amount base_fee) const;
    // The most that the sender's balance can fall by: gas limit at the cap, value, and what the
    // message itself declares that it spends. Saturates at Amount::max().
    Amount max_cost() const;
};
using CheckedTxPtr = std::shared_ptr<const CheckedTx>;

// Why a transaction cannot be taken. `message` is the text that Ethereum clients match on; `code`
// is the 1xx code when a rule of a message refused it, ok when the envelope itself is at fault.
struct TxRejection {
    TxCode code = TxCode::ok;
    std::string message;
};

// Decodes, recovers and runs check(). Pure: the same bytes always give the same answer.
struct TxChecker {
    const Registry& registry;
    std::uint64_t chain_id = 0;
    std::uint64_t block_gas_limit = 0;

    // Either the checked transaction or the reason.
    boost::system::result<CheckedTxPtr, TxRejection> check(Bytes raw) const;
    // check() in two parts, for whoever proves the sender otherwise than by recovering it: what is
    // judged before the sender is known, which fills `raw` and `envelope`,
    boost::system::result<std::shared_ptr<CheckedTx>, TxRejection> before_sender(Bytes raw) const;
    // and the rest, with the sender that sender_of() would give.
    boost::system::result<CheckedTxPtr, TxRejection> with_sender(std::shared_ptr<CheckedTx> tx,
                                                                 const Address& sender) const;
    // The part after the sender is known: routing, decoding and check(). Also serves eth_call and
    // gas estimates, which have no signature. Fills `message` and `gas`.
    TxRejection route(CheckedTx& tx) const;
};

}  // namespace assay
