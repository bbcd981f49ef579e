// Statistics of many runs, and the processes that play them.
#include "tests/economy/table.hpp"

#include <cmath>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::economy {

namespace {

// A number a run, written by other processes.
class SharedGains {
  public:
    explicit SharedGains(std::size_t count) : bytes_(count * sizeof(double)) {
        void* memory =
            mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        CHECK(memory != MAP_FAILED);
        gains_ = static_cast<double*>(memory);
    }
    SharedGains(const SharedGains&) = delete;
    SharedGains& operator=(const SharedGains&) = delete;
    ~SharedGains() { munmap(gains_, bytes_); }
    double& operator[](std::size_t run) { return gains_[run]; }

  private:
    std::size_t bytes_;
    double* gains_ = nullptr;
};

double gain_of(Play play, const Setting& setting, std::uint64_t seed, std::uint64_t check_every) {
    Setting mine = setting;
    mine.checked = seed % check_every == 0;
    World world(seed, mine);
    return play(world);
}

// Every `jobs`-th run from `job` on.
void play_some(const Table::Size& size, Play play, const Setting& setting, std::uint64_t job,
               SharedGains& gains) {
    for (std::uint64_t run = job; run < size.runs; run += size.jobs)
        gains[run] = gain_of(play, setting, size.first_seed + run, size.check_every);
}

std::vector<double> play_all(const Table::Size& size, Play play, const Setting& setting) {
    SharedGains gains(size.runs);
    std::vector<pid_t> others;
    for (unsigned job = 1; job < size.jobs; ++job) {
        const pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            play_some(size, play, setting, job, gains);
            _exit(0);
        }
        others.push_back(child);
    }
    play_some(size, play, setting, 0, gains);
    for (const pid_t child : others) {
        int status = 0;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);  // a broken invariant ends it
    }
    std::vector<double> out(size.runs);
    for (std::uint64_t run = 0; run < size.runs; ++run) out[run] = gains[run];
    return out;
}

}  // namespace

Verdict Table::play(const Attack& row) {
    const bool own = row.setting.change || row.setting.more;
    const auto known = own ? honest_.end() : honest_.find(row.honest);
    std::vector<double> honest =
        known == honest_.end() ? play_all(size_, row.honest, row.setting) : known->second;
    if (!own) honest_.insert_or_assign(row.honest, honest);
    const std::vector<double> gains = play_all(size_, row.attack, row.setting);

    constexpr double kQuantile = 2.5758;  // of the normal distribution, two-sided 99%
    Verdict out{.runs = size_.runs};
    double squares = 0;
    for (std::uint64_t run = 0; run < size_.runs; ++run) {
        out.attack += gains[run];
        out.honest += honest[run];
        squares += (gains[run] - honest[run]) * (gains[run] - honest[run]);
    }
    const auto n = static_cast<double>(size_.runs);
    out.attack /= n;
    out.honest /= n;
    out.mean = out.attack - out.honest;
    const double variance = size_.runs > 1 ? (squares - n * out.mean * out.mean) / (n - 1) : 0;
    out.error = kQuantile * std::sqrt(std::max(0.0, variance) / n);
    return out;
}

}  // namespace assay::economy
