// System calls with short writes completed and interruptions retried.
#include "consensus/disk/posix_disk.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::consensus {

namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr std::size_t kZeroChunk = 1U << 20U;

Error broken(const char* call, const std::string& path) {
    return failure(std::string(call) + " " + path + ": " + std::generic_category().message(errno));
}

template <class Call>
auto retried(Call call) {
    decltype(call()) out;
    do out = call();
    while (out < 0 && errno == EINTR);
    return out;
}

class PosixFile final : public DiskFile {
  public:
    PosixFile(int fd, std::uint64_t size, std::string path)
        : fd_(fd), size_(size), path_(std::move(path)) {}
    ~PosixFile() override { ::close(fd_); }

    std::uint64_t size() const override { return size_; }

    Result<Bytes> read(std::uint64_t offset, std::size_t size) const override {
        Bytes out(size);
        for (std::size_t done = 0; done < size;) {
            const ssize_t got = retried([&] {
                return ::pread(fd_, out.data() + done, size - done,
                               static_cast<off_t>(offset + done));
            });
            if (got < 0) return broken("read", path_);
            if (got == 0)
                return failure("read " + path_ + ": ends at " + std::to_string(offset + done) +
                               ", wanted " + std::to_string(offset + size));
            done += static_cast<std::size_t>(got);
        }
        return out;
    }

    Result<void> write(std::uint64_t offset, ByteView data) override {
        CHECK(offset <= size_);
        for (std::size_t done = 0; done < data.size();) {
            const ssize_t put = retried([&] {
                return ::pwrite(fd_, data.data() + done, data.size() - done,
                                static_cast<off_t>(offset + done));
            });
            if (put < 0) return broken("write", path_);
            done += static_cast<std::size_t>(put);
        }
        size_ = std::max(size_, offset + data.size());
        return {};
    }

    Result<void> resize(std::uint64_t size) override {
        if (size < size_) {
            if (retried([&] { return ::ftruncate(fd_, static_cast<off_t>(size)); }) != 0)
                return broken("truncate", path_);
            size_ = size;
            return {};
        }
        const Bytes zeros(std::min<std::uint64_t>(kZeroChunk, size - size_));
        while (size_ < size) {
            const std::size_t part = std::min<std::uint64_t>(zeros.size(), size - size_);
            const auto done = write(size_, ByteView(zeros).first(part));
            if (!done) return done;
        }
        return {};
    }

    Result<void> sync() override {
        if (retried([&] { return ::fdatasync(fd_); }) != 0) return broken("sync", path_);
        return {};
    }

  private:
    int fd_;
    std::uint64_t size_;
    std::string path_;
};

}  // namespace

Result<void> PosixDisk::make_directory(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return failure("make directory " + path + ": " + error.message());
    return sync_directory(directory_of(path));
}

Result<std::vector<std::string>> PosixDisk::list(const std::string& path) const {
    std::error_code error;
    std::vector<std::string> out;
    std::filesystem::directory_iterator at(path, error);
    for (; !error && at != std::filesystem::directory_iterator(); at.increment(error))
        out.push_back(at->path().filename().string());
    if (error) return failure("list " + path + ": " + error.message());
    std::sort(out.begin(), out.end());
    return out;
}

bool PosixDisk::exists(const std::string& path) const {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

Result<std::unique_ptr<DiskFile>> PosixDisk::open(const std::string& path) {
    const int fd = retried([&] { return ::open(path.c_str(), O_RDWR | O_CLOEXEC); });
    if (fd < 0) return broken("open", path);
    struct stat info{};
    if (::fstat(fd, &info) != 0) {
        const Error error = broken("stat", path);
        ::close(fd);
        return error;
    }
    return std::make_unique<PosixFile>(fd, static_cast<std::uint64_t>(info.st_size), path);
}

Result<std::unique_ptr<DiskFile>> PosixDisk::create(const std::string& path) {
    const int fd = retried(
        [&] { return ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly); });
    if (fd < 0) return broken("create", path);
    return std::make_unique<PosixFile>(fd, 0, path);
}

Result<void> PosixDisk::rename(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return broken("rename", from);
    return {};
}

Result<void> PosixDisk::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0) return broken("remove", path);
    return {};
}

Result<void> PosixDisk::sync_directory(const std::string& path) {
    const int fd =
        retried([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
    if (fd < 0) return broken("open", path);
    const bool synced = retried([&] { return ::fsync(fd); }) == 0;
    const Error error = broken("sync", path);
    ::close(fd);
    if (!synced) return error;
    return {};
}

}  // namespace assay::consensus
