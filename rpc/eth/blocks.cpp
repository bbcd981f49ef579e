// Block references and a small memory of whole blocks.
#include "rpc/eth/blocks.hpp"

namespace assay::rpc {

namespace {

Result<BlockRef> read_object(const JsonValue& value) {
    if (const JsonValue* hash = find_member(value, "blockHash")) {
        const auto read = read_hash(*hash);
        if (!read) return read.error();
        return BlockRef{.kind = BlockRef::Kind::hash, .hash = *read};
    }
    if (const JsonValue* number = find_member(value, "blockNumber")) {
        if (number->IsObject()) return failure("blockNumber is neither a number nor a tag");
        return read_block_ref(*number);
    }
    return failure("expected blockHash or blockNumber");
}

}  // namespace

Result<BlockRef> read_block_ref(const JsonValue& value) {
    if (value.IsObject()) return read_object(value);
    if (value.IsString()) {
        const std::string_view text = text_of(value);
        if (text == "latest" || text == "safe" || text == "finalized") return BlockRef{};
        if (text == "pending") return BlockRef{.kind = BlockRef::Kind::pending};
        if (text == "earliest") return BlockRef{.kind = BlockRef::Kind::earliest};
        if (text.size() == 66) {
            const auto hash = read_hash(value);
            if (!hash) return hash.error();
            return BlockRef{.kind = BlockRef::Kind::hash, .hash = *hash};
        }
    }
    const auto number = read_uint(value);
    if (!number) return number.error();
    return BlockRef{.kind = BlockRef::Kind::number, .number = *number};
}

std::optional<std::uint64_t> Blocks::height_of(const BlockRef& ref) const {
    switch (ref.kind) {
        case BlockRef::Kind::latest:
        case BlockRef::Kind::pending: return backend_.index.latest_height();
        case BlockRef::Kind::earliest: return backend_.index.earliest_height();
        case BlockRef::Kind::hash: return backend_.index.height_of(ref.hash);
        case BlockRef::Kind::number: break;
    }
    if (ref.number > latest()) return std::nullopt;
    if (ref.number < backend_.index.earliest_height() && ref.number != latest())
        return std::nullopt;
    return ref.number;
}

FullBlockPtr Blocks::full(std::uint64_t height) const {
    {
        const std::lock_guard lock(mutex_);
        if (const auto it = blocks_.find(height); it != blocks_.end()) return it->second;
    }
    if (height < backend_.index.earliest_height()) return nullptr;
    auto info = backend_.index.block(height);
    if (!info) return nullptr;
    auto block = std::make_shared<FullBlock>();
    block->info = std::move(*info);
    block->txs = backend_.index.txs(height);
    block->receipts = backend_.index.receipts(height);
    std::uint32_t logs = 0;
    for (const auto& receipt : block->receipts) {
        block->first_log.push_back(logs);
        logs += static_cast<std::uint32_t>(receipt.logs.size());
    }
    const std::lock_guard lock(mutex_);
    if (blocks_.emplace(height, block).second) order_.push_back(height);
    while (order_.size() > cached_) {
        blocks_.erase(order_.front());
        order_.pop_front();
    }
    return block;
}

Rpc<StateAt> Blocks::state(const BlockRef& ref) const {
    const auto height = height_of(ref);
    auto block = height ? backend_.index.block(*height) : std::nullopt;
    if (!block) return server_error("header not found");
    auto reader = backend_.store.at(*height);
    // The state may be one block ahead of the index for a moment, never behind.
    if (!reader && *height == latest()) reader = backend_.store.latest();
    if (!reader)
        return server_error("state at block " + std::to_string(*height) +
                            " is not available: only the last " + std::to_string(kHistoryHeights) +
                            " are kept");
    return StateAt{.reader = std::move(reader), .block = std::move(*block)};
}

}  // namespace assay::rpc
