// Owns a small chain with every RPC method on it and no sockets: for tests and the fuzzer.
#pragma once

#include "chain/app/chain_app.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "consensus/mempool/mempool.hpp"
#include "modules/bank/module.hpp"
#include "modules/bank/transfer.hpp"
#include "rpc/assay/assay_api.hpp"
#include "tests/support/deposit_module.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay::test {

inline const FixedBytes<20> kChainProposer{{0x77}};
inline const Address kBob{{0xb0, 0xb0}};

class MempoolPort final : public rpc::TxPool {
  public:
    explicit MempoolPort(ChainApp& app) : app_(app) {}
    boost::system::result<Hash256, TxRejection> submit(Bytes raw) override {
        const auto admitted = app_.admit(std::move(raw));
        if (!admitted) return admitted.error();
        const auto added = mempool_.add(admitted->tx, admitted->account_nonce);
        if (!added) return TxRejection{TxCode::ok, added.error().message};
        return admitted->tx->hash;
    }
    std::uint64_t next_nonce(const Address& sender, std::uint64_t nonce) const override {
        return mempool_.next_nonce(sender, nonce);
    }
    CheckedTxPtr find(const Hash256& hash) const override { return mempool_.find(hash); }
    std::vector<rpc::WaitingTxs> content() const override {
        std::vector<rpc::WaitingTxs> out;
        for (auto& sender : mempool_.content())
            out.push_back({sender.sender, std::move(sender.pending), std::move(sender.queued)});
        return out;
    }
    std::pair<std::size_t, std::size_t> counts() const override { return mempool_.counts(); }

  private:
    ChainApp& app_;
    Mempool mempool_;
};

class SilentSession final : public rpc::Session {
  public:
    SilentSession() : Session(nullptr) {}
    bool can_push() const override { return true; }
    void push(std::string, std::shared_ptr<const std::string>) override {}
    void shut_down() override {}
    void abort() override {}
};

// The bank, and the deposit module under the name "market". Alice has 100 tokens.
struct RpcChain {
    TempDir folder;
    Registry registry{{bank::make_module(), deposit_module()}};
    crypto::SecretKey key = *crypto::secret_key_from(sha256(view_of("alice")));
    Address alice = crypto::address_of(*crypto::public_key_of(key));
    std::unique_ptr<Database> database = *Database::open(folder.path());
    std::unique_ptr<ChainApp> app = *ChainApp::open(config(), registry, *database);
    MempoolPort pool{*app};
    rpc::WorkerPool workers{1};
    std::unique_ptr<rpc::EthApi> api;
    rpc::Dispatcher dispatcher;
    std::shared_ptr<SilentSession> session = std::make_shared<SilentSession>();
    std::uint64_t nonce = 0;

    RpcChain() {
        CHECK(app->init_chain().has_value());
        api = std::make_unique<rpc::EthApi>(
            rpc::Backend{.index = app->index(),
                         .store = app->store(),
                         .registry = app->registry(),
                         .checker = app->checker(),
                         .executor = app->executor(),
                         .pool = pool,
                         .workers = workers,
                         .client_version = "test/v1",
                         .syncing = [] { return std::optional<rpc::SyncProgress>(); },
                         .peer_count = [] { return std::size_t{0}; }},
            rpc::EthLimits{.wait_default_ms = 1, .wait_max_ms = 1});
        api->add_methods(dispatcher);
        rpc::add_assay_methods(dispatcher, *api);
        dispatcher.add_discovery("test", "1");
    }
    ~RpcChain() { workers.stop(); }

    AppConfig config() const {
        return {.chain_id = kChain,
                .genesis_time = {1'000, 0},
                .build_genesis = [address = alice](State& state) {
                    ledger::grant_at_genesis(
                        state, address, Amount::from_raw(static_cast<u128>(kTokenUnits) * 100));
                    state.put(kFeeRecipients, kChainProposer, Address{{0x78}});
                    state.put(kFeeParams, {}, {});
                }};
    }
    // Alice's next transaction, signed.
    Bytes sign(const Address& to, Amount value, Bytes data = {}) {
        Envelope tx;
        tx.chain_id = kChain;
        tx.nonce = nonce++;
        tx.max_fee_per_gas = 2'000'000'000;
        tx.max_priority_fee_per_gas = 1'000;
        tx.gas_limit = 60'000;
        tx.to = to;
        tx.value = value;
        tx.data = std::move(data);
        sign_envelope(tx, key);
        return encode_envelope(tx);
    }
    void block(std::vector<Bytes> txs) {
        const std::uint64_t height = app->store().height() + 1;
        app->finalize_block({.height = height,
                             .time = {static_cast<std::int64_t>(1'000 + height), 5},
                             .hash = sha256(Bytes{static_cast<std::uint8_t>(height)}),
                             .proposer_address = kChainProposer,
                             .txs = std::move(txs)});
        CHECK(app->commit({}).has_value());
    }
    // The reply to one message, "" for notifications and for what is answered later.
    std::string handle(std::string message) {
        std::string out;
        dispatcher.handle(message.data(), session,
                          [&](rpc::JsonBuffer reply) { out = std::string(rpc::text_of(reply)); });
        return out;
    }
    // The result or error member of a call's reply, as text.
    std::string ask(const std::string& method, const std::string& params) {
        const std::string head = R"({"jsonrpc":"2.0","id":1,)";
        const std::string reply =
            handle(head + R"("method":")" + method + R"(","params":)" + params + "}");
        CHECK(reply.starts_with(head) && reply.ends_with("}"));
        return reply.substr(head.size(), reply.size() - head.size() - 1);
    }
};

}  // namespace assay::test
