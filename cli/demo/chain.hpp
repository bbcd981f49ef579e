// Owns the demo's view of a running chain: questions, waiting block by block, and accounts that
// sign.
#pragma once

#include <chrono>
#include <functional>

#include "chain/crypto/secp256k1.hpp"
#include "cli/client/ask.hpp"
#include "cli/demo/narrator.hpp"

namespace assay::cli {

class Chain {
  public:
    // Asks the node for its chain.
    static Outcome<Chain> open(RpcClient rpc);

    const RpcClient& rpc() const { return rpc_; }
    std::uint64_t chain_id() const { return chain_id_; }
    Outcome<std::uint64_t> height() const;
    Outcome<std::uint64_t> time_s() const { return rpc_.latest_time_s(); }

    // Asks `done` at once and after every new block until it says yes; `what` names what did not
    // come within `limit`.
    Outcome<void> until(const std::string& what, std::chrono::seconds limit,
                        const std::function<Outcome<bool>()>& done) const;

  private:
    Chain(RpcClient rpc, std::uint64_t chain_id) : rpc_(std::move(rpc)), chain_id_(chain_id) {}

    RpcClient rpc_;
    std::uint64_t chain_id_;
};

// A person of the story with a key of its own.
class Actor {
  public:
    Actor(std::string name, crypto::SecretKey key, const Chain& chain, Narrator& narrator);

    const std::string& name() const { return name_; }
    const Address& address() const { return address_; }
    const Chain& chain() const { return *chain_; }

    // Signs, sends, waits for the block, and tells the story `what`. A refusal names the message.
    template <Message M>
    Outcome<TxReceipt> send(ModuleId module, const M& message, Amount value,
                            const std::string& what) const {
        return send_call(module, abi::function_of<M>(false).name, abi::encode_call(message), value,
                         what);
    }
    // Tells something that needs no transaction.
    void say(const std::string& what) const { narrator_->say(name_, what); }

  private:
    Outcome<TxReceipt> send_call(ModuleId module, const std::string& message, Bytes data,
                                 Amount value, const std::string& what) const;

    std::string name_;
    crypto::SecretKey key_;
    Address address_;
    const Chain* chain_;
    Narrator* narrator_;
};

// The id that the first event E of `module` in a receipt names first.
template <class E>
Outcome<std::uint64_t> id_in(const TxReceipt& receipt, ModuleId module) {
    static_assert(E::kIndexed >= 1);
    static const abi::Event kEvent = abi::event_of<E>();
    for (const auto& log : receipt.logs) {
        if (log.address != module_address(module) || log.topics.size() < 2) continue;
        if (log.topics[0] != kEvent.topic) continue;
        std::uint64_t out = 0;
        for (std::size_t i = 24; i < 32; ++i) out = out << 8U | log.topics[1].bytes[i];
        return out;
    }
    return Problem{Exit::failed,
                   "the receipt of " + to_hex0x(receipt.hash) + " has no event " + kEvent.name};
}

}  // namespace assay::cli
