// The application's part in restoring a snapshot.
#include "chain/app/chain_app.hpp"
#include "chain/app/engine_key.hpp"
#include "chain/state/state_chunks.hpp"

namespace assay {

Result<void> ChainApp::begin_restore() {
    if (index_.latest_height()) return failure("snapshot: this data directory holds a chain");
    if (auto emptied = abandon_restore(); !emptied) return emptied;
    Batch batch;
    mark_partial_state(batch);
    return database_.write(batch, true);
}

// Synced, since LevelDB may lose unsynced writes of an older log though a later one is synced.
Result<void> ChainApp::restore_chunk(ByteView state_chunk) {
    CHECK(!index_.latest_height().has_value());
    Batch batch;
    const auto staged = stage_state_chunk(state_chunk, batch);
    if (!staged) return staged.error();
    return database_.write(batch, true);
}

Result<void> ChainApp::abandon_restore() {
    CHECK(!index_.latest_height().has_value());
    return discard_partial_state(database_);
}

// What a verified state says about the block that made it.
Result<BlockInfo> ChainApp::restored_block(const State& state, std::uint64_t height,
                                           const Hash256& app_hash) const {
    const auto stored_id = state.get(kChainId, {});
    if (!stored_id || *stored_id != config_.chain_id)
        return failure("snapshot: belongs to chain id " + std::to_string(stored_id.value_or(0)) +
                       ", not " + std::to_string(config_.chain_id));
    auto info = state.get(kSealedBlock, {});
    if (!info || info->header.number != height)
        return failure("snapshot: the state is not that after block " + std::to_string(height));
    return with_state_root(std::move(*info), app_hash);
}

Result<void> ChainApp::finish_restore(std::uint64_t height, const Hash256& app_hash,
                                      std::span<const EngineRecord> records) {
    CHECK(!index_.latest_height().has_value());
    const auto adopted =
        store_->adopt(height, app_hash, [&](const StateReader& reader, Batch& batch) {
            const auto info = restored_block(State(reader), height, app_hash);
            if (!info) return Result<void>(info.error());
            index_.stage_base(*info, batch);
            for (const auto& record : records)
                batch.put(stored_engine_key(record.key), record.value);
            unmark_partial_state(batch);
            return Result<void>();
        });
    if (!adopted) {
        if (auto removed = abandon_restore(); !removed) return removed;
        return adopted;
    }
    index_.publish_base(height);
    checker_.block_gas_limit = State(*store_).must_get(kFeeParams, {}).block_gas_limit;
    let_genesis_go();
    return {};
}

}  // namespace assay
