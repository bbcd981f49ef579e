// LevelDB behind the project's own types; no LevelDB name leaves this file.
#include "chain/store/database.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/env.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>
#include <unistd.h>
#include <utility>

namespace assay {

namespace {

constexpr int kBloomBitsPerKey = 10;
constexpr std::size_t kBlockBytes = 4096;
constexpr std::size_t kFileBytes = 16U << 20U;

// Reads tables through read calls instead of memory maps, so that the process holds the block cache
// and not as much of the store as it ever touched.
class ReadFile final : public leveldb::RandomAccessFile {
  public:
    explicit ReadFile(int descriptor) : descriptor_(descriptor) {}
    ~ReadFile() override { ::close(descriptor_); }
    leveldb::Status Read(std::uint64_t offset, std::size_t size, leveldb::Slice* result,
                         char* scratch) const override {
        std::size_t done = 0;
        while (done < size) {
            const auto got = ::pread(descriptor_, scratch + done, size - done,
                                     static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return leveldb::Status::IOError("pread", std::strerror(errno));
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        *result = leveldb::Slice(scratch, done);
        return leveldb::Status::OK();
    }

  private:
    int descriptor_;
};

// A table being written. LevelDB flushes it after every block; nobody reads it, and no crash may
// find it useful, before it is synced, so that larger pieces go to the kernel.
class TableFile final : public leveldb::WritableFile {
  public:
    explicit TableFile(int descriptor) : descriptor_(descriptor) { buffer_.reserve(kTableBuffer); }
    ~TableFile() override {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    TableFile(const TableFile&) = delete;
    TableFile& operator=(const TableFile&) = delete;

    leveldb::Status Append(const leveldb::Slice& data) override {
        buffer_.append(data.data(), data.size());
        return buffer_.size() < kTableBuffer ? leveldb::Status::OK() : write_out();
    }
    leveldb::Status Flush() override { return leveldb::Status::OK(); }
    leveldb::Status Sync() override {
        if (auto written = write_out(); !written.ok()) return written;
        return ::fdatasync(descriptor_) == 0 ? leveldb::Status::OK() : failed("fdatasync");
    }
    leveldb::Status Close() override {
        if (auto written = write_out(); !written.ok()) return written;
        return ::close(std::exchange(descriptor_, -1)) == 0 ? leveldb::Status::OK()
                                                            : failed("close");
    }

  private:
    static constexpr std::size_t kTableBuffer = 256U << 10U;

    static leveldb::Status failed(const char* what) {
        return leveldb::Status::IOError(what, std::strerror(errno));
    }
    leveldb::Status write_out() {
        for (std::size_t done = 0; done < buffer_.size();) {
            const auto put = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return failed("write");
            done += static_cast<std::size_t>(put);
        }
        buffer_.clear();
        return leveldb::Status::OK();
    }

    int descriptor_;
    std::string buffer_;
};

class FileEnv final : public leveldb::EnvWrapper {
  public:
    FileEnv() : EnvWrapper(leveldb::Env::Default()) {}
    leveldb::Status NewWritableFile(const std::string& path,
                                    leveldb::WritableFile** file) override {
        if (!path.ends_with(".ldb")) return EnvWrapper::NewWritableFile(path, file);
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (descriptor < 0) return leveldb::Status::IOError(path, std::strerror(errno));
        *file = new TableFile(descriptor);
        return leveldb::Status::OK();
    }
    leveldb::Status NewRandomAccessFile(const std::string& path,
                                        leveldb::RandomAccessFile** file) override {
        const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) return leveldb::Status::IOError(path, std::strerror(errno));
        *file = new ReadFile(descriptor);
        return leveldb::Status::OK();
    }
};

leveldb::Slice slice(ByteView view) {
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}

ByteView view(const leveldb::Slice& slice) {
    return {reinterpret_cast<const std::uint8_t*>(slice.data()), slice.size()};
}

[[noreturn]] void store_failed(const leveldb::Status& status) {
    std::fprintf(stderr, "the store cannot be read: %s\n", status.ToString().c_str());
    std::abort();
}

leveldb::ReadOptions read_options(const leveldb::Snapshot* snapshot = nullptr) {
    leveldb::ReadOptions out;
    out.snapshot = snapshot;
    return out;
}

// For scans: every block's checksum is compared. Costs too much for single reads.
leveldb::ReadOptions scan_options(const leveldb::Snapshot* snapshot) {
    leveldb::ReadOptions out = read_options(snapshot);
    out.verify_checksums = true;
    return out;
}

bool read(leveldb::DB& db, const leveldb::ReadOptions& options, ByteView key, std::string& out) {
    const auto status = db.Get(options, slice(key), &out);
    if (status.ok()) return true;
    if (!status.IsNotFound()) store_failed(status);
    return false;
}

std::optional<Bytes> read(leveldb::DB& db, const leveldb::ReadOptions& options, ByteView key) {
    std::string value;
    if (!read(db, options, key, value)) return std::nullopt;
    return to_bytes(view_of(value));
}

}  // namespace

struct Batch::Impl {
    leveldb::WriteBatch batch;
};

Batch::Batch() : impl_(std::make_unique<Impl>()) {}
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;
Batch::~Batch() = default;
void Batch::put(ByteView key, ByteView value) {
    impl_->batch.Put(slice(key), slice(value));
}
void Batch::erase(ByteView key) {
    impl_->batch.Delete(slice(key));
}
void Batch::append(const Batch& other) {
    impl_->batch.Append(other.impl_->batch);
}
void Batch::clear() {
    impl_->batch.Clear();
}
std::size_t Batch::bytes() const {
    return impl_->batch.ApproximateSize();
}

struct Iterator::Impl {
    std::unique_ptr<leveldb::Iterator> it;
};

Iterator::Iterator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Iterator::Iterator(Iterator&&) noexcept = default;
Iterator& Iterator::operator=(Iterator&&) noexcept = default;
Iterator::~Iterator() = default;
void Iterator::seek(ByteView key) {
    impl_->it->Seek(slice(key));
}
void Iterator::seek_last() {
    impl_->it->SeekToLast();
}
void Iterator::next() {
    impl_->it->Next();
}
void Iterator::prev() {
    impl_->it->Prev();
}
bool Iterator::valid() const {
    return impl_->it->Valid();
}
ByteView Iterator::key() const {
    return view(impl_->it->key());
}
ByteView Iterator::value() const {
    return view(impl_->it->value());
}
Result<void> Iterator::status() const {
    const auto status = impl_->it->status();
    if (!status.ok()) return failure("the store cannot be read: " + status.ToString());
    return {};
}

struct Snapshot::Impl {
    leveldb::DB* db;
    const leveldb::Snapshot* snapshot;
};

Snapshot::Snapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Snapshot::~Snapshot() {
    impl_->db->ReleaseSnapshot(impl_->snapshot);
}
std::optional<Bytes> Snapshot::get(ByteView key) const {
    return read(*impl_->db, read_options(impl_->snapshot), key);
}
Iterator Snapshot::iterator() const {
    auto impl = std::make_unique<Iterator::Impl>();
    impl->it.reset(impl_->db->NewIterator(scan_options(impl_->snapshot)));
    return Iterator(std::move(impl));
}

struct Database::Impl {
    FileEnv env;
    std::unique_ptr<leveldb::Cache> cache;
    std::unique_ptr<const leveldb::FilterPolicy> filter;
    std::unique_ptr<leveldb::DB> db;  // destroyed before what it uses
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& path,
                                                 const DatabaseOptions& options) {
    auto impl = std::make_unique<Impl>();
    impl->cache.reset(leveldb::NewLRUCache(options.cache_bytes));
    impl->filter.reset(leveldb::NewBloomFilterPolicy(kBloomBitsPerKey));
    leveldb::Options settings;
    settings.env = &impl->env;
    settings.create_if_missing = options.create;
    settings.paranoid_checks = true;
    settings.write_buffer_size = options.write_buffer_bytes;
    settings.max_open_files = options.open_files;
    settings.max_file_size = kFileBytes;
    settings.block_size = kBlockBytes;
    settings.block_cache = impl->cache.get();
    settings.filter_policy = impl->filter.get();
    settings.compression = options.compress ? leveldb::kSnappyCompression : leveldb::kNoCompression;
    leveldb::DB* db = nullptr;
    const auto status = leveldb::DB::Open(settings, path, &db);
    if (!status.ok()) return failure("cannot open the store at " + path + ": " + status.ToString());
    impl->db.reset(db);
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

std::optional<Bytes> Database::get(ByteView key) const {
    return read(*impl_->db, read_options(), key);
}

bool Database::get_into(ByteView key, std::string& out) const {
    return read(*impl_->db, read_options(), key, out);
}

Result<void> Database::write(const Batch& batch, bool sync) {
    leveldb::WriteOptions options;
    options.sync = sync;
    const auto status = impl_->db->Write(options, &batch.impl_->batch);
    if (!status.ok()) return failure("cannot write to the store: " + status.ToString());
    return {};
}

Iterator Database::iterator() const {
    auto impl = std::make_unique<Iterator::Impl>();
    impl->it.reset(impl_->db->NewIterator(read_options()));
    return Iterator(std::move(impl));
}

std::shared_ptr<const Snapshot> Database::snapshot() const {
    auto impl = std::make_unique<Snapshot::Impl>();
    impl->db = impl_->db.get();
    impl->snapshot = impl_->db->GetSnapshot();
    return std::shared_ptr<const Snapshot>(new Snapshot(std::move(impl)));
}

void Database::compact() {
    impl_->db->CompactRange(nullptr, nullptr);
}

}  // namespace assay
