// Appending, replaying and rewriting the journal of waiting transactions.
#include "consensus/mempool/journal.hpp"

#include <algorithm>

#include "consensus/wal/record.hpp"

namespace assay {

namespace {

Bytes record_of(const CheckedTx& tx) {
    return consensus::encode_wal_record({consensus::WalKind::transaction, 0, tx.raw}, 0);
}

}  // namespace

Result<std::unique_ptr<MempoolJournal>> MempoolJournal::open(
    consensus::Disk& disk, std::string path, std::uint64_t max_bytes,
    const std::function<void(Bytes raw)>& visit) {
    std::unique_ptr<MempoolJournal> journal(new MempoolJournal(disk, std::move(path), max_bytes));
    Bytes kept;
    if (disk.exists(journal->path_)) {
        const auto file = disk.open(journal->path_);
        if (!file) return file.error();
        auto content = (*file)->read(0, (*file)->size());
        if (!content) return content.error();
        const auto scan = consensus::scan_wal(*content, 0, [&](const auto& record) {
            if (record.kind == consensus::WalKind::transaction) visit(to_bytes(record.payload));
        });
        content->resize(scan.end);
        kept = std::move(*content);
    }
    const auto done = journal->replace(kept);
    if (!done) return done.error();
    return journal;
}

Result<void> MempoolJournal::replace(ByteView content) {
    auto done = consensus::replace_file(disk_, path_, content);
    if (!done) return done;
    auto file = disk_.open(path_);
    if (!file) return file.error();
    file_ = std::move(*file);
    end_ = content.size();
    limit_ = std::max(max_bytes_, 2 * end_);
    return {};
}

Result<void> MempoolJournal::add(const CheckedTx& tx) {
    const Bytes record = record_of(tx);
    const std::lock_guard lock(mutex_);
    auto done = file_->write(end_, record);
    if (done) end_ += record.size();
    return done;
}

Result<void> MempoolJournal::trim(const Mempool& mempool) {
    const std::lock_guard lock(mutex_);
    if (end_ <= limit_) return {};
    Bytes content;
    for (const auto& sender : mempool.content())
        for (const auto* part : {&sender.pending, &sender.queued})
            for (const auto& tx : *part) append(content, record_of(*tx));
    return replace(content);
}

std::uint64_t MempoolJournal::bytes() const {
    const std::lock_guard lock(mutex_);
    return end_;
}

}  // namespace assay
