// Owns an application whose durable part lives on the test's disk, for engines that crash.
#pragma once

#include <map>

#include "chain/app/application.hpp"
#include "chain/crypto/hash.hpp"
#include "tests/support/memory_disk.hpp"

namespace assay::test {

// What a store holds after its last synced batch.
struct FakeStore {
    bool initialised = false;
    std::uint64_t height = 0;
    Hash256 app_hash;
    std::map<Bytes, Bytes> records;
    std::vector<Hash256> history;  // app hash by height
    std::map<std::uint64_t, Bytes> senders;
};

// The app hash chains over heights, times and transactions. commit() is one effect of the disk: it
// happens wholly or not at all.
class FakeApp final : public Application {
  public:
    FakeApp(MemoryDisk& disk, FakeStore& store, std::map<Bytes, CheckedTxPtr>& known)
        : disk_(disk), store_(store), known_(known) {}

    AppInfo info() const override { return {store_.height, store_.app_hash, store_.initialised}; }
    Result<Hash256> init_chain() override {
        if (const auto alive = disk_.effect(); !alive) return alive.error();
        store_.initialised = true;
        store_.app_hash = sha256(view_of("genesis"));
        store_.history = {store_.app_hash};
        return store_.app_hash;
    }
    boost::system::result<CheckedTxPtr, TxRejection> check_tx(Bytes raw) override {
        return known_.at(raw);
    }
    std::vector<CheckedTxPtr> prepare_proposal(const PrepareRequest& request) override {
        return {request.candidates.begin(), request.candidates.end()};
    }
    bool process_proposal(const FinalizeRequest&) override { return true; }
    FinalizeResponse finalize_block(const FinalizeRequest& request) override {
        CHECK(request.height == store_.height + 1);
        Sha256 hasher;
        hasher.update(store_.app_hash);
        FinalizeResponse out;
        pending_.clear();
        for (const Bytes& tx : request.txs) {
            hasher.update(tx);
            pending_.push_back(known_.at(tx));
            out.results.push_back({.code = TxCode::ok, .gas_wanted = 21'000, .gas_used = 21'000});
        }
        hasher.update(Bytes{static_cast<std::uint8_t>(request.time.seconds)});
        pending_hash_ = hasher.finish();
        out.app_hash = pending_hash_;
        const auto at = updates_at.find(request.height);
        out.validator_updates = at == updates_at.end() ? updates : at->second;
        return out;
    }
    std::vector<CheckedTxPtr> pending_txs() const override { return pending_; }
    Amount next_base_fee() const override { return 1; }
    std::uint64_t block_gas_limit() const override { return 1'000'000'000; }
    Result<void> commit(std::span<const EngineRecord> records) override {
        if (auto alive = disk_.effect(); !alive) return alive;
        for (const EngineRecord& record : records) store_.records[record.key] = record.value;
        store_.app_hash = pending_hash_;
        store_.history.push_back(pending_hash_);
        ++store_.height;
        Bytes& senders = store_.senders[store_.height];
        for (const auto& tx : pending_) append(senders, tx->sender);
        return {};
    }
    Bytes senders(std::uint64_t height) const override {
        const auto at = store_.senders.find(height);
        return at == store_.senders.end() ? Bytes() : at->second;
    }
    std::optional<Bytes> engine_record(ByteView key) const override {
        const auto at = store_.records.find(to_bytes(key));
        if (at == store_.records.end()) return std::nullopt;
        return at->second;
    }

    std::vector<ValidatorUpdate> updates;                              // of every block
    std::map<std::uint64_t, std::vector<ValidatorUpdate>> updates_at;  // of the block at a height

  private:
    MemoryDisk& disk_;
    FakeStore& store_;
    std::map<Bytes, CheckedTxPtr>& known_;
    std::vector<CheckedTxPtr> pending_;
    Hash256 pending_hash_;
};

}  // namespace assay::test
