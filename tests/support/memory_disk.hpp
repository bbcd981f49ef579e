// Owns a disk in memory that loses what was not synced, tears writes, and fails on demand.
#pragma once

#include <map>
#include <optional>
#include <random>

#include "consensus/disk/disk.hpp"

namespace assay::test {

using consensus::Disk;
using consensus::DiskFile;

// Unsynced writes are kept in order; crash() keeps a subset of them, and cuts one of them short.
class MemoryDisk final : public Disk {
  public:
    struct Write {
        std::uint64_t offset;
        Bytes data;
    };
    struct Content {
        Bytes now;
        Bytes durable;
        std::vector<Write> unsynced;
    };
    using ContentPtr = std::shared_ptr<Content>;

    // The disk stops working at its n-th effect from now: that effect and all later ones fail. A
    // write that fails first is torn.
    void fail_after(std::uint64_t effects) {
        left_ = effects;
        refused_ = 0;
    }
    bool failed() const { return left_ && *left_ == 0; }
    // True once more than one effect has failed.
    bool stopped_before() const { return refused_ > 1; }
    // It works again, and has lost nothing.
    void repair() { left_.reset(); }
    std::uint64_t effects() const { return effects_; }
    // All unsynced writes and names are lost, except those that `keep` decides to keep.
    void crash(std::mt19937_64& keep);
    // As crash(), and nothing unsynced survives.
    void crash();
    // The bytes of a file, to damage or to look at.
    Bytes& raw(const std::string& path) { return files_.at(path)->now; }
    void set(const std::string& path, Bytes content);

    Result<void> make_directory(const std::string&) override { return {}; }
    Result<std::vector<std::string>> list(const std::string& path) const override;
    bool exists(const std::string& path) const override { return files_.contains(path); }
    Result<std::unique_ptr<DiskFile>> open(const std::string& path) override;
    Result<std::unique_ptr<DiskFile>> create(const std::string& path) override;
    Result<void> rename(const std::string& from, const std::string& to) override;
    Result<void> remove(const std::string& path) override;
    Result<void> sync_directory(const std::string& path) override;

    // One effect; a failure once the disk has stopped.
    Result<void> effect();

  private:
    std::map<std::string, ContentPtr> files_;
    std::map<std::string, ContentPtr> durable_names_;
    std::optional<std::uint64_t> left_;
    std::uint64_t refused_ = 0;
    std::uint64_t effects_ = 0;
};

class MemoryFile final : public DiskFile {
  public:
    MemoryFile(MemoryDisk& disk, MemoryDisk::ContentPtr content)
        : disk_(disk), content_(std::move(content)) {}
    std::uint64_t size() const override { return content_->now.size(); }
    Result<Bytes> read(std::uint64_t offset, std::size_t size) const override {
        if (offset + size > content_->now.size()) return failure("read past the end");
        return to_bytes(ByteView(content_->now).subspan(offset, size));
    }
    Result<void> write(std::uint64_t offset, ByteView data) override {
        CHECK(offset <= content_->now.size());
        const auto alive = disk_.effect();
        if (!alive && disk_.stopped_before()) return alive;
        const ByteView kept = alive ? data : data.first(data.size() / 2);
        put(content_->now, offset, kept);
        content_->unsynced.push_back({offset, to_bytes(kept)});
        return alive;
    }
    Result<void> resize(std::uint64_t size) override {
        if (size > content_->now.size())
            return write(content_->now.size(), Bytes(size - content_->now.size()));
        const auto alive = disk_.effect();
        if (!alive) return alive;
        content_->now.resize(size);
        content_->durable = content_->now;
        content_->unsynced.clear();
        return {};
    }
    Result<void> sync() override {
        const auto alive = disk_.effect();
        if (!alive) return alive;
        for (const auto& write : content_->unsynced)
            put(content_->durable, write.offset, write.data);
        content_->unsynced.clear();
        return {};
    }

    static void put(Bytes& into, std::uint64_t offset, ByteView data) {
        into.resize(std::max<std::size_t>(into.size(), offset + data.size()));
        std::copy(data.begin(), data.end(), into.begin() + static_cast<std::ptrdiff_t>(offset));
    }

  private:
    MemoryDisk& disk_;
    MemoryDisk::ContentPtr content_;
};

inline Result<void> MemoryDisk::effect() {
    if (left_ && *left_ == 0) {
        ++refused_;
        return failure("the disk has stopped");
    }
    if (left_) --*left_;
    ++effects_;
    return {};
}

inline void MemoryDisk::crash(std::mt19937_64& keep) {
    left_.reset();
    // A file system may write names at any time, all of them together.
    if (keep() % 3 == 0) durable_names_ = files_;
    files_ = durable_names_;
    for (auto& [name, content] : files_) {
        for (const Write& write : content->unsynced) {
            const std::uint64_t choice = keep() % 4;
            if (choice == 0) continue;
            const std::size_t kept =
                choice == 1 ? keep() % (write.data.size() + 1) : write.data.size();
            // What was lost in front of it leaves a hole of zeros.
            MemoryFile::put(content->durable, write.offset, ByteView(write.data).first(kept));
        }
        content->now = content->durable;
        content->unsynced.clear();
    }
}

inline void MemoryDisk::crash() {
    left_.reset();
    files_ = durable_names_;
    for (auto& [name, content] : files_) {
        content->now = content->durable;
        content->unsynced.clear();
    }
}

inline void MemoryDisk::set(const std::string& path, Bytes content) {
    files_[path] = std::make_shared<Content>(Content{content, content, {}});
    durable_names_[path] = files_[path];
}

inline Result<std::vector<std::string>> MemoryDisk::list(const std::string& path) const {
    std::vector<std::string> out;
    for (const auto& [name, content] : files_)
        if (consensus::directory_of(name) == path) out.push_back(name.substr(path.size() + 1));
    return out;
}

inline Result<std::unique_ptr<DiskFile>> MemoryDisk::open(const std::string& path) {
    const auto at = files_.find(path);
    if (at == files_.end()) return failure("open " + path + ": no such file");
    return std::make_unique<MemoryFile>(*this, at->second);
}

inline Result<std::unique_ptr<DiskFile>> MemoryDisk::create(const std::string& path) {
    if (const auto alive = effect(); !alive) return alive.error();
    if (files_.contains(path)) return failure("create " + path + ": exists");
    files_[path] = std::make_shared<Content>();
    return std::make_unique<MemoryFile>(*this, files_[path]);
}

inline Result<void> MemoryDisk::rename(const std::string& from, const std::string& to) {
    if (const auto alive = effect(); !alive) return alive;
    files_[to] = files_.at(from);
    files_.erase(from);
    return {};
}

inline Result<void> MemoryDisk::remove(const std::string& path) {
    if (const auto alive = effect(); !alive) return alive;
    files_.erase(path);
    return {};
}

inline Result<void> MemoryDisk::sync_directory(const std::string&) {
    if (const auto alive = effect(); !alive) return alive;
    durable_names_ = files_;
    return {};
}

}  // namespace assay::test
