// Receipts as they come, timeouts by timer; whichever is first takes the call out of the table.
#include "rpc/eth/receipt_waits.hpp"

#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

std::string receipt_text(const FullBlock& block, std::size_t index) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    put_receipt(out, block, index);
    return std::string(text_of(buffer));
}

}  // namespace

Complete ReceiptWaits::take(const Hash256& hash, std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = waits_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
        if (it->second.first != ticket) continue;
        Complete out = std::move(it->second.second);
        waits_.erase(it);
        return out;
    }
    return {};
}

bool ReceiptWaits::answer_from_chain(const Hash256& hash, std::uint64_t ticket) {
    const auto at = backend_.index.locate(hash);
    const auto block = at ? blocks_.full(at->height) : nullptr;
    if (!block) return false;
    if (const Complete complete = take(hash, ticket)) complete(receipt_text(*block, at->index));
    return true;
}

void ReceiptWaits::wait(const Hash256& hash, std::uint32_t timeout_ms, Complete complete) {
    std::uint64_t ticket = 0;
    {
        const std::lock_guard lock(mutex_);
        if (waits_.size() < limits_.waits) {
            ticket = ++tickets_;
            waits_.emplace(hash, std::pair(ticket, complete));
        }
    }
    if (ticket == 0)
        return complete(error_of(ErrorCode::limit_exceeded,
                                 "too many calls wait for receipts; the transaction was sent",
                                 '"' + to_hex0x(hash) + '"'));
    // It may have been included before it was entered above.
    if (answer_from_chain(hash, ticket)) return;
    backend_.workers.after(std::chrono::milliseconds(timeout_ms), [this, hash, ticket] {
        if (const Complete late = take(hash, ticket))
            late(error_of(ErrorCode::transaction_timeout,
                          "the transaction was added to the mempool but wasn't processed in time",
                          '"' + to_hex0x(hash) + '"'));
    });
}

void ReceiptWaits::publish_block(const FullBlock& block) {
    std::vector<std::pair<Complete, std::size_t>> ready;
    {
        const std::lock_guard lock(mutex_);
        if (waits_.empty()) return;
        for (std::size_t i = 0; i < block.txs.size(); ++i) {
            const auto [first, last] = waits_.equal_range(block.txs[i].hash);
            for (auto it = first; it != last; ++it)
                ready.emplace_back(std::move(it->second.second), i);
            waits_.erase(first, last);
        }
    }
    for (const auto& [complete, index] : ready) complete(receipt_text(block, index));
}

}  // namespace assay::rpc
