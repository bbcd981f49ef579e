// Children by fork and exec.
#include "bench/load/process.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::bench {

namespace {

constexpr int kStopMs = 10'000;

// In the child: never returns.
[[noreturn]] void become(const std::vector<std::string>& command, int out, int error) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(error, STDERR_FILENO);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    ::_exit(127);
}

}  // namespace

Process::Process(Process&& other) noexcept {
    *this = std::move(other);
}

Process& Process::operator=(Process&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(out_, other.out_);
    std::swap(buffer_, other.buffer_);
    return *this;
}

Process::~Process() {
    stop();
    if (out_ >= 0) ::close(out_);
}

Result<Process> Process::start(const std::vector<std::string>& command, const std::string& log,
                               std::uint64_t memory_mb) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return failure("no pipe for " + command[0]);
    const int error = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (error < 0) return failure("cannot write " + log);
    Process out;
    out.pid_ = ::fork();
    if (out.pid_ == 0) {
        const rlimit most{memory_mb << 20U, memory_mb << 20U};
        ::setrlimit(RLIMIT_DATA, &most);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        become(command, ends[1], error);
    }
    ::close(ends[1]);
    ::close(error);
    out.out_ = ends[0];
    if (out.pid_ < 0) return failure("cannot start " + command[0]);
    return out;
}

Result<std::string> Process::read_line() {
    while (buffer_.find('\n') == std::string::npos) {
        char piece[4096];
        const auto got = ::read(out_, piece, sizeof piece);
        if (got <= 0) return failure("the node ended before it was ready");
        buffer_.append(piece, static_cast<std::size_t>(got));
    }
    const std::size_t end = buffer_.find('\n');
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

void reset_peak(int pid) {
    std::ofstream("/proc/" + std::to_string(pid) + "/clear_refs") << "5";
}

double peak_mb(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    std::string word;
    double kilobytes = 0;
    while (file >> word)
        if (word == "VmHWM:") file >> kilobytes;
    return kilobytes / 1024;
}

double cpu_seconds(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // Fields 14 and 15, counted after the name in parentheses, are user and system ticks.
    std::size_t at = text.rfind(')');
    for (int field = 2; field < 14 && at != std::string::npos; ++field) at = text.find(' ', at + 1);
    if (at == std::string::npos) return 0;
    std::size_t used = 0;
    const std::string rest = text.substr(at);
    const double user = std::stod(rest, &used);
    return (user + std::stod(rest.substr(used))) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void Process::stop() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    // One that does not end within its time is ended.
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
    if (handle < 0 || ::poll(&ended, 1, kStopMs) != 1) ::kill(pid_, SIGKILL);
    if (handle >= 0) ::close(handle);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

Result<void> run_to_end(const std::vector<std::string>& command) {
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        become(command, nowhere, STDERR_FILENO);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
        return failure(command[0] + " failed");
    return {};
}

Result<unsigned short> free_port() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    const bool bound = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&at), size) == 0 &&
                       ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size) == 0;
    if (fd >= 0) ::close(fd);
    if (!bound) return failure("no free port");
    return ntohs(at.sin_port);
}

}  // namespace assay::bench
