// Owns the way of one transaction: price, show what it locks, ask, sign, send, wait.
#pragma once

#include <functional>

#include "chain/codec/envelope.hpp"
#include "cli/client/rpc_client.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

// What is to be done, before fees and a signature.
struct Intent {
    std::string title;  // "market.postOrder"
    Address to;
    Amount value;
    Bytes data;
    // Names and values that the question shows under the title.
    std::vector<std::pair<std::string, std::string>> details = {};
};

// What came of it. Empty receipt after --dry-run or --no-wait.
struct Sent {
    Envelope envelope;
    Hash256 hash;
    bool dry_run = false;
    std::optional<TxReceipt> receipt;
};

// --rpc --from --keys-dir --password-file --gas --nonce --max-fee --tip --timeout --yes --dry-run
// --no-wait
std::vector<Flag> sending_flags();

class Sender {
  public:
    // Finds the key and the chain; asks for no password yet.
    static Outcome<Sender> open(const Session& session);

    const Address& address() const { return key_.address; }
    std::uint64_t chain_id() const { return chain_id_; }
    const RpcClient& rpc() const { return rpc_; }
    bool is_dry_run() const { return arguments_->has("dry-run"); }

    // `before_send` runs after the person agreed and before anything leaves this machine: where
    // secrets are made durable. A refused transaction is Exit::refused and names the refusal.
    Outcome<Sent> send(const Intent& intent,
                       const std::function<Result<void>()>& before_send = {}) const;

    // Opens the key, asking for its password where it needs one, and signs EIP-712 data.
    Outcome<crypto::RecoverableSignature> sign(const Hash256& digest) const;

  private:
    Outcome<crypto::SecretKey> open_key() const;
    Sender(const Session& session, RpcClient rpc, StoredKey key, std::uint64_t chain_id)
        : arguments_(&session.arguments),
          output_(&session.output),
          rpc_(std::move(rpc)),
          key_(std::move(key)),
          chain_id_(chain_id) {}
    Outcome<Envelope> prepare(const Intent& intent) const;
    void show(const Intent& intent, const Envelope& envelope) const;
    Outcome<void> check_funds(const Envelope& envelope) const;

    const Arguments* arguments_;
    Output* output_;
    RpcClient rpc_;
    StoredKey key_;
    std::uint64_t chain_id_;
};

}  // namespace assay::cli
