// Small and secret files.
#include "cli/terminal/files.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::cli {

namespace {

namespace fs = std::filesystem;

Error system_failure(const std::string& what, const fs::path& path) {
    return failure("cannot " + what + " " + path.string() + ": " + std::strerror(errno));
}

// Closes a descriptor at the end of its scope.
struct Descriptor {
    int number;
    explicit Descriptor(int fd) : number(fd) {}
    ~Descriptor() {
        if (number > STDIN_FILENO) ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

Result<void> write_synced(const fs::path& path, std::string_view content) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.number < 0) return system_failure("create", path);
    for (std::size_t at = 0; at < content.size();) {
        const ssize_t wrote = ::write(file.number, content.data() + at, content.size() - at);
        if (wrote < 0) return system_failure("write", path);
        at += static_cast<std::size_t>(wrote);
    }
    if (::fsync(file.number) != 0) return system_failure("sync", path);
    return {};
}

Result<void> sync_directory(const fs::path& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number < 0 || ::fsync(folder.number) != 0) return system_failure("sync", path);
    return {};
}

Result<void> make_private_directories(const fs::path& path) {
    std::error_code error;
    if (path.empty() || fs::exists(path, error)) return {};
    if (const auto parents = make_private_directories(path.parent_path()); !parents)
        return parents.error();
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return system_failure("create", path);
    return {};
}

}  // namespace

Result<std::string> read_text_file(const fs::path& path, std::uint64_t limit) {
    const Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0) return system_failure("read", path);
    std::string out;
    std::array<char, 1 << 16> part{};
    for (;;) {
        const ssize_t got = ::read(file.number, part.data(), part.size());
        if (got < 0) return system_failure("read", path);
        if (got == 0) return out;
        out.append(part.data(), static_cast<std::size_t>(got));
        if (out.size() > limit)
            return failure(path.string() + " is larger than " + std::to_string(limit) + " bytes");
    }
}

Result<void> write_private_file(const fs::path& path, std::string_view content, bool replace) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (const auto made = make_private_directories(folder); !made) return made.error();
    std::error_code error;
    if (!replace && fs::exists(path, error)) return failure(path.string() + " exists already");
    const fs::path beside = path.string() + ".tmp" + std::to_string(::getpid());
    if (const auto wrote = write_synced(beside, content); !wrote) {
        ::unlink(beside.c_str());
        return wrote.error();
    }
    if (::rename(beside.c_str(), path.c_str()) != 0) return system_failure("rename to", path);
    return sync_directory(folder);
}

fs::path assay_home() {
    if (const char* set = std::getenv("ASSAY_HOME"); set != nullptr && *set != 0) return set;
    const char* home = std::getenv("HOME");
    return fs::path(home == nullptr || *home == 0 ? "." : home) / ".assay";
}

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

}  // namespace assay::cli
