// Owns ChainMaker: a chain of valid blocks, signed by validators whose keys the test holds.
#pragma once

#include "consensus/engine/chain_position.hpp"
#include "consensus/types/wire.hpp"
#include "tests/consensus/engine/fake_app.hpp"

namespace assay::consensus::test {

using assay::test::FakeApp;
using assay::test::FakeStore;
using assay::test::MemoryDisk;
using UpdatesAt = std::map<std::uint64_t, std::vector<ValidatorUpdate>>;

inline crypto::SecretKey key_of(std::uint8_t label) {
    FixedBytes<32> scalar;
    scalar.bytes[31] = label;
    return crypto::SecretKey(scalar);
}
inline ValidatorKey public_key_of(std::uint8_t label) {
    return crypto::public_key_of(key_of(label))->compressed();
}

struct MadeBlock {
    Block block;
    Bytes encoded;
    Commit commit;  // as stored: without the last validator's vote where that is enough
};

class ChainMaker {
  public:
    // Validators have the keys 1 to `validators`; each block holds transactions of `tx_bytes`.
    explicit ChainMaker(std::uint8_t validators = 4, UpdatesAt updates = {},
                        std::size_t tx_bytes = 200)
        : app(disk, store, known), tx_bytes_(tx_bytes) {
        app.updates_at = std::move(updates);
        std::vector<Validator> members;
        for (std::uint8_t label = 1; label <= validators; ++label)
            members.push_back(make_validator(public_key_of(label), 10));
        identity.chain_id = "assay-31337-1";
        identity.genesis_time = {1'000, 0};
        identity.validators = *ValidatorSet::create(members);
        for (std::uint8_t label = 1; label < 32; ++label)
            keys_.emplace(consensus_address(public_key_of(label)), key_of(label));
        position = genesis_position(identity, app.init_chain().value());
    }

    void make(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) make_one();
    }
    const MadeBlock& at(std::uint64_t height) const { return blocks.at(height - 1); }
    // A commit of this block by everybody.
    Commit sign(const Header& header, const BlockId& id, const ValidatorSet& set) const {
        Commit out{.height = header.height, .round = 0, .block_id = id, .signatures = {}};
        BlockTime time = header.time;
        time.nanos += 7'000'000;
        if (time.nanos >= 1'000'000'000) time = {time.seconds + 1, 0};
        for (const Validator& validator : set.validators())
            out.signatures.push_back({.flag = CommitFlag::commit,
                                      .validator = validator.address,
                                      .time = time,
                                      .signature = {}});
        for (std::size_t i = 0; i < set.size(); ++i)
            out.signatures[i].signature = sign_message(keys_.at(set.validators()[i].address),
                                                       out.vote(i).sign_bytes(identity.chain_id));
        return out;
    }

    MemoryDisk disk;
    FakeStore store;
    std::map<Bytes, CheckedTxPtr> known;
    FakeApp app;
    ChainIdentity identity;
    ChainPosition position;
    std::vector<MadeBlock> blocks;

  private:
    Bytes make_tx() {
        auto tx = std::make_shared<CheckedTx>();
        tx->raw = record::encode(++txs_);
        tx->raw.resize(tx_bytes_);
        tx->hash = keccak256(tx->raw);
        tx->sha256 = sha256(tx->raw);
        tx->sender = Address::from(ByteView(tx->hash).first(Address::kSize));
        known[tx->raw] = tx;
        return tx->raw;
    }
    void make_one() {
        Block block;
        block.txs = {make_tx()};
        block.last_commit = fullest_;
        block.header = next_header(identity, position,
                                   {.data_hash = data_hash(block.txs),
                                    .evidence_hash = evidence_hash({}),
                                    .last_commit = fullest_,
                                    .proposer = position.validators.proposer().address});
        Bytes encoded = encode(block);
        const BlockId id = block_id_of(block, encoded);
        fullest_ = sign(block.header, id, position.validators);
        Commit seen = fullest_;
        if (seen.signatures.size() > 3) seen.signatures.back() = {};
        const auto response = app.finalize_block(finalize_request(block, position.last_validators));
        position = position_after(position, block, id, seen, response).value();
        CHECK(app.commit(records_of(position, block, encoded)).has_value());
        blocks.push_back({std::move(block), std::move(encoded), std::move(seen)});
    }

    std::map<ConsensusAddress, crypto::SecretKey> keys_;
    Commit fullest_;
    std::size_t tx_bytes_;
    std::uint64_t txs_ = 0;
};

}  // namespace assay::consensus::test
