// The rules of the simulated application: each sender's nonces follow each other.
#include "tests/simulation/sim_app.hpp"

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "tests/simulation/keys.hpp"

namespace assay::simulation {

namespace {

constexpr std::uint64_t kGas = 21'000;

std::uint64_t sender_of(const CheckedTx& tx) {
    return tx.sender.bytes[0];
}

}  // namespace

Address address_of_sender(std::uint64_t sender) {
    Address out;
    out.bytes[0] = static_cast<std::uint8_t>(sender);
    out.bytes[19] = static_cast<std::uint8_t>(sender);
    return out;
}

Bytes encode_tx(const SimTx& tx) {
    return record::encode(tx);
}

CheckedTxPtr decode_tx(ByteView raw) {
    const auto tx = record::decode<SimTx>(raw);
    if (!tx || tx->sender > 255) return nullptr;
    auto out = std::make_shared<CheckedTx>();
    out->sender = address_of_sender(tx->sender);
    out->envelope.nonce = tx->nonce;
    out->envelope.max_fee_per_gas = 10;
    out->envelope.max_priority_fee_per_gas = tx->sender >= kFirstUrgentSender ? 5 : 1;
    out->gas = kGas;
    out->raw = to_bytes(raw);
    out->sha256 = sha256(raw);
    out->hash = out->sha256;
    return out;
}

Result<Hash256> SimApp::init_chain() {
    if (const auto alive = disk_.effect(); !alive) return alive.error();
    store_.initialised = true;
    store_.app_hash = sha256(view_of("genesis"));
    store_.powers = rules_.genesis_powers;
    return store_.app_hash;
}

boost::system::result<CheckedTxPtr, TxRejection> SimApp::check_tx(Bytes raw) {
    auto tx = decode_tx(raw);
    if (!tx) return TxRejection{.code = TxCode::ok, .message = "no transaction"};
    return tx;
}

std::uint64_t SimApp::nonce_of(std::uint64_t sender) const {
    const auto at = store_.nonces.find(sender);
    return at == store_.nonces.end() ? 0 : at->second;
}

std::uint64_t SimApp::next_nonce(std::map<std::uint64_t, std::uint64_t>& seen,
                                 std::uint64_t sender) const {
    return seen.emplace(sender, nonce_of(sender)).first->second;
}

std::vector<CheckedTxPtr> SimApp::prepare_proposal(const PrepareRequest& request) {
    std::vector<CheckedTxPtr> out;
    std::map<std::uint64_t, std::uint64_t> seen;
    for (const auto& tx : request.candidates) {
        const std::uint64_t sender = sender_of(*tx);
        if (tx->envelope.nonce != next_nonce(seen, sender)) continue;
        ++seen[sender];
        out.push_back(tx);
    }
    return out;
}

bool SimApp::process_proposal(const FinalizeRequest& request) {
    std::map<std::uint64_t, std::uint64_t> seen;
    if (request.txs.size() * kGas > rules_.block_gas) return false;
    for (const Bytes& raw : request.txs) {
        const auto tx = decode_tx(raw);
        if (!tx || tx->envelope.nonce != next_nonce(seen, sender_of(*tx))) return false;
        ++seen[sender_of(*tx)];
    }
    return true;
}

FinalizeResponse SimApp::finalize_block(const FinalizeRequest& request) {
    CHECK(request.height == store_.height + 1);
    FinalizeResponse out;
    pending_.clear();
    pending_nonces_ = store_.nonces;
    pending_powers_ = store_.powers;
    Sha256 hasher;
    hasher.update(store_.app_hash);
    hasher.update(request.hash);
    hasher.update(request.proposer_address);
    hasher.update(record::encode(request.time));
    for (const Bytes& raw : request.txs) {
        const auto tx = decode_tx(raw);
        CHECK(tx && tx->envelope.nonce == pending_nonces_[sender_of(*tx)]);
        ++pending_nonces_[sender_of(*tx)];
        hasher.update(tx->sha256);
        pending_.push_back(tx);
        out.results.push_back({.code = TxCode::ok, .gas_wanted = kGas, .gas_used = kGas});
        const SimTx content = *record::decode<SimTx>(raw);
        auto powers = pending_powers_;
        if (content.power_of == 0 || content.power_of > powers.size()) continue;
        powers[content.power_of - 1] = static_cast<std::int64_t>(content.power % 64);
        if (rules_.allows(powers)) pending_powers_ = powers;
    }
    for (std::size_t key = 0; key < pending_powers_.size(); ++key)
        if (pending_powers_[key] != store_.powers[key])
            out.validator_updates.push_back(
                {key_of(key).public_key, static_cast<std::uint64_t>(pending_powers_[key])});
    out.app_hash = pending_hash_ = hasher.finish();
    return out;
}

Result<void> SimApp::commit(std::span<const EngineRecord> records) {
    const auto alive = disk_.effect();
    if (!alive && pending_hash_.bytes[0] % 2 == 0) return alive;
    if (!alive && disk_.stopped_before()) return alive;
    for (const EngineRecord& record : records) store_.records[record.key] = record.value;
    store_.app_hash = pending_hash_;
    store_.nonces = pending_nonces_;
    store_.powers = pending_powers_;
    ++store_.height;
    return alive;
}

std::optional<Bytes> SimApp::engine_record(ByteView key) const {
    const auto at = store_.records.find(to_bytes(key));
    if (at == store_.records.end()) return std::nullopt;
    return at->second;
}

}  // namespace assay::simulation
