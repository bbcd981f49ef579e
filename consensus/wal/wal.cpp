// Segments of the consensus log: opening, appending, rotating and pruning.
#include "consensus/wal/wal.hpp"

#include <algorithm>
#include <charconv>

namespace assay::consensus {

namespace {

constexpr std::uint64_t kMagic = 0x31474f4c59415341;  // "ASAYLOG1"
constexpr std::size_t kFileHeadBytes = 16;            // magic, first height
constexpr std::string_view kPrefix = "wal-";
constexpr std::string_view kSuffix = ".log";

Bytes file_head(std::uint64_t first_height) {
    Bytes out;
    for (const std::uint64_t value : {kMagic, first_height})
        for (int shift = 0; shift < 64; shift += 8)
            out.push_back(static_cast<std::uint8_t>(value >> shift));
    return out;
}

Error damaged(const std::string& path, std::uint64_t offset, const std::string& what) {
    return failure("consensus log " + path + " is damaged at offset " + std::to_string(offset) +
                   ": " + what +
                   ". Do not delete it while this validator's signatures may be open: restore the "
                   "file from the same disk's backup, or let the chain pass the heights it covers "
                   "and then move the directory away");
}

}  // namespace

std::string Wal::path_of(std::uint64_t first_height) const {
    std::string digits = std::to_string(first_height);
    digits.insert(0, 20 - digits.size(), '0');
    return options_.directory + "/" + std::string(kPrefix) + digits + std::string(kSuffix);
}

Result<std::unique_ptr<Wal>> Wal::open(Disk& disk, WalOptions options) {
    auto wal = std::unique_ptr<Wal>(new Wal(disk, std::move(options)));
    auto done = disk.make_directory(wal->options_.directory);
    if (done) done = wal->find_segments();
    if (!done) return done.error();
    for (std::size_t i = 0; i < wal->first_heights_.size(); ++i) {
        done = wal->check_segment(wal->first_heights_[i], i + 1 == wal->first_heights_.size());
        if (!done) return done.error();
    }
    return wal;
}

Result<void> Wal::find_segments() {
    const auto names = disk_.list(options_.directory);
    if (!names) return names.error();
    for (const std::string& name : *names) {
        if (!name.starts_with(kPrefix)) continue;
        std::uint64_t first_height = 0;
        const char* begin = name.data() + kPrefix.size();
        const auto parsed = std::from_chars(begin, name.data() + name.size(), first_height);
        if (parsed.ec != std::errc() || options_.directory + "/" + name != path_of(first_height)) {
            // A segment that was being made when the node stopped holds nothing yet.
            if (!name.ends_with(".new"))
                return failure("consensus log " + options_.directory + "/" + name +
                               " has a name that this program does not give; move it away");
            const auto removed = disk_.remove(options_.directory + "/" + name);
            if (!removed) return removed;
            continue;
        }
        first_heights_.push_back(first_height);
    }
    std::sort(first_heights_.begin(), first_heights_.end());
    return {};
}

Result<void> Wal::check_segment(std::uint64_t first_height, bool newest) {
    const std::string path = path_of(first_height);
    auto file = disk_.open(path);
    if (!file) return file.error();
    const auto content = (*file)->read(0, (*file)->size());
    if (!content) return content.error();
    const Bytes head = file_head(first_height);
    if (content->size() < head.size() || !std::equal(head.begin(), head.end(), content->begin()))
        return damaged(path, 0, "it does not start as a log does");
    bool sealed = false;
    const WalScan scan = scan_wal(*content, kFileHeadBytes, [&](const WalRecord& record) {
        sealed = record.kind == WalKind::seal;
        last_height_ = std::max(last_height_, record.height);
    });
    if (scan.damaged_before)
        return damaged(path, scan.end,
                       "a record here was durable, as the one at offset " +
                           std::to_string(*scan.damaged_before) + " says");
    if (!newest) {
        if (sealed) return {};
        return damaged(path, scan.end, "records up to the segment's end are missing");
    }
    Result<void> done;
    if (scan.torn || scan.end == content->size()) {
        done = (*file)->resize(scan.end);
        if (done) done = (*file)->resize(std::max(scan.end + 1, options_.segment_bytes));
    }
    // A process that was killed may have left what only the system's memory holds: records, and
    // the segment's name.
    if (done) done = (*file)->sync();
    if (done) done = disk_.sync_directory(options_.directory);
    if (!done) return done;
    file_ = std::move(*file);
    end_ = scan.end;
    durable_ = scan.end;
    return {};
}

Result<void> Wal::start_segment(std::uint64_t first_height) {
    const std::string path = path_of(first_height);
    auto file = disk_.create(path + ".new");
    if (!file) return file.error();
    auto done = (*file)->write(0, file_head(first_height));
    if (done) done = (*file)->resize(options_.segment_bytes);
    if (done) done = (*file)->sync();
    if (done) done = disk_.rename(path + ".new", path);
    if (done) done = disk_.sync_directory(options_.directory);
    if (!done) return done;
    first_heights_.push_back(first_height);
    file_ = std::move(*file);
    end_ = durable_ = kFileHeadBytes;
    return {};
}

Result<void> Wal::seal_segment() {
    auto done = write(WalKind::seal, last_height_, {});
    if (done) done = file_->sync();
    return done;
}

Result<void> Wal::write(WalKind kind, std::uint64_t height, ByteView payload) {
    const Bytes record = encode_wal_record({kind, height, payload}, durable_);
    const auto done = file_->write(end_, record);
    if (done) end_ += record.size();
    return done;
}

Result<void> Wal::noted(Result<void> outcome) {
    if (!outcome) broken_ = true;
    return outcome;
}

Result<void> Wal::append(WalKind kind, std::uint64_t height, ByteView payload) {
    CHECK(kind != WalKind::seal && height >= last_height_);
    if (broken_) return failure("the consensus log failed earlier; restart the node");
    const bool full = file_ && end_ + kWalHeadBytes + payload.size() > options_.segment_bytes;
    if (full && height > last_height_) {
        const auto sealed = noted(seal_segment());
        if (!sealed) return sealed;
        file_.reset();
    }
    if (!file_) {
        const auto started = noted(start_segment(height));
        if (!started) return started;
    }
    last_height_ = height;
    return noted(write(kind, height, payload));
}

Result<void> Wal::sync() {
    if (broken_) return failure("the consensus log failed earlier; restart the node");
    if (!file_ || durable_ == end_) return {};
    auto done = noted(file_->sync());
    if (done) durable_ = end_;
    return done;
}

Result<void> Wal::replay(std::uint64_t from_height,
                         const std::function<void(const WalRecord&)>& visit) const {
    for (std::size_t i = 0; i < first_heights_.size(); ++i) {
        if (i + 1 < first_heights_.size() && first_heights_[i + 1] <= from_height) continue;
        const auto file = disk_.open(path_of(first_heights_[i]));
        if (!file) return file.error();
        const auto content = (*file)->read(0, (*file)->size());
        if (!content) return content.error();
        scan_wal(*content, kFileHeadBytes, [&](const WalRecord& record) {
            if (record.kind != WalKind::seal && record.height >= from_height) visit(record);
        });
    }
    return {};
}

Result<void> Wal::prune(std::uint64_t height) {
    if (broken_) return failure("the consensus log failed earlier; restart the node");
    std::size_t gone = 0;
    while (gone + 1 < first_heights_.size() && first_heights_[gone + 1] <= height) {
        const auto removed = noted(disk_.remove(path_of(first_heights_[gone])));
        if (!removed) return removed;
        ++gone;
    }
    first_heights_.erase(first_heights_.begin(),
                         first_heights_.begin() + static_cast<std::ptrdiff_t>(gone));
    if (gone == 0) return {};
    return noted(disk_.sync_directory(options_.directory));
}

}  // namespace assay::consensus
