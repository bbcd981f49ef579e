// Owns SimApp: a small deterministic application whose durable part outlives its process.
#pragma once

#include <functional>
#include <map>

#include "chain/app/application.hpp"
#include "tests/support/memory_disk.hpp"

namespace assay::simulation {

// What a store holds after its last synced batch.
struct SimStore {
    bool initialised = false;
    std::uint64_t height = 0;
    Hash256 app_hash;
    std::map<Bytes, Bytes> records;
    std::map<std::uint64_t, std::uint64_t> nonces;  // by sender
    std::vector<std::int64_t> powers;               // by key, as the next update will have them
};

// Senders from here on pay more, and so come first.
inline constexpr std::uint64_t kFirstUrgentSender = 200;

// A transaction of the simulated application. Signatures of accounts are not its concern.
struct SimTx {
    std::uint64_t sender = 0;
    std::uint64_t nonce = 0;
    std::uint64_t salt = 0;
    std::uint64_t power_of = 0;  // 1 + a key whose power changes; 0 for none
    std::uint64_t power = 0;
    Bytes padding;
};
BOOST_DESCRIBE_STRUCT(SimTx, (), (sender, nonce, salt, power_of, power, padding))

Address address_of_sender(std::uint64_t sender);
Bytes encode_tx(const SimTx& tx);
// nullptr where these bytes are no transaction.
CheckedTxPtr decode_tx(ByteView raw);

// The app hash chains over headers and transactions. commit() is one effect of the disk: it happens
// wholly or not at all, and when the disk stops there, either.
class SimApp final : public Application {
  public:
    struct Rules {
        std::vector<std::int64_t> genesis_powers;
        std::uint64_t block_gas = 0;
        std::function<bool(const std::vector<std::int64_t>&)> allows;  // these powers
    };

    SimApp(test::MemoryDisk& disk, SimStore& store, const Rules& rules)
        : disk_(disk), store_(store), rules_(rules) {}

    AppInfo info() const override { return {store_.height, store_.app_hash, store_.initialised}; }
    Result<Hash256> init_chain() override;
    boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) override;
    std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) override;
    bool process_proposal(const FinalizeRequest& request) override;
    FinalizeResponse finalize_block(const FinalizeRequest& request) override;
    std::vector<CheckedTxPtr> pending_txs() const override { return pending_; }
    Amount next_base_fee() const override { return 1; }
    std::uint64_t block_gas_limit() const override { return rules_.block_gas; }
    Result<void> commit(std::span<const EngineRecord> records) override;
    std::optional<Bytes> engine_record(ByteView key) const override;

    std::uint64_t nonce_of(std::uint64_t sender) const;

  private:
    std::uint64_t next_nonce(std::map<std::uint64_t, std::uint64_t>& seen,
                             std::uint64_t sender) const;

    test::MemoryDisk& disk_;
    SimStore& store_;
    const Rules& rules_;
    std::vector<CheckedTxPtr> pending_;
    Hash256 pending_hash_;
    std::map<std::uint64_t, std::uint64_t> pending_nonces_;
    std::vector<std::int64_t> pending_powers_;
};

}  // namespace assay::simulation
