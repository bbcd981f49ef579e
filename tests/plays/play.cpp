// A process a job: a play that dies names its seed and takes no other along.
#include "tests/plays/play.hpp"

#include <atomic>
#include <cstring>
#include <sstream>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/plays/reached.hpp"
#include "tests/support/player/player.hpp"

namespace assay::test {

namespace {

std::string name_of_code(TxCode code) {
    std::ostringstream out;
    out << code;
    return out.str();
}

// Seen by every job: where each is, and whether all shall stop.
struct Shared {
    std::atomic<bool> stop;
    std::atomic<std::uint64_t> seeds[64];
};

Shared& share_memory() {
    void* at =
        mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(at != MAP_FAILED);
    return *new (at) Shared{};
}

PlayReport run_job(const PlayOptions& options, unsigned job, Shared& shared) {
    PlayReport out;
    for (std::uint64_t i = job; i < options.seeds && !shared.stop; i += options.jobs) {
        const std::uint64_t seed = options.first + i;
        shared.seeds[job] = seed;
        const bool again = options.again_every != 0 && seed % options.again_every == 0;
        out.add(play_seed(seed, options.messages, again));
        if (!out.broken.empty()) shared.stop = true;
    }
    return out;
}

std::string read_all(int from) {
    std::string out;
    char buffer[4'096];
    for (;;) {
        const ssize_t got = read(from, buffer, sizeof buffer);
        if (got <= 0) break;
        out.append(buffer, static_cast<std::size_t>(got));
    }
    close(from);
    return out;
}

void write_all(int to, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t put = write(to, text.data() + done, text.size() - done);
        if (put <= 0) break;
        done += static_cast<std::size_t>(put);
    }
    close(to);
}

struct Job {
    pid_t process = 0;
    int output = -1;
};

Job start_job(const PlayOptions& options, unsigned number, Shared& shared) {
    int ends[2] = {};
    CHECK(pipe(ends) == 0);
    const pid_t process = fork();
    CHECK(process >= 0);
    if (process == 0) {
        close(ends[0]);
        write_all(ends[1], run_job(options, number, shared).write());
        _exit(0);
    }
    close(ends[1]);
    return {.process = process, .output = ends[0]};
}

}  // namespace

PlayReport play_seed(std::uint64_t seed, std::uint64_t messages, bool again) {
    PlayReport out;
    Choices choices(seed);
    WiredChain chain(played_genesis(choices));
    Player player(chain, choices);
    player.hire();
    while (player.sent() < messages && player.holds()) player.act();
    out.seeds = 1;
    out.blocks = chain.block().height;
    out.ends = ends_of(chain.state());
    for (const auto& [what, times] : player.reached()) out.ends[what] += times;
    for (const auto& [name, count] : player.counts()) {
        PlayCount& mine = out.counts[name];
        mine.sent = count.sent;
        mine.accepted = count.accepted;
        for (const auto& [code, times] : count.refused) mine.refused[name_of_code(code)] = times;
    }
    const std::string who = "seed " + std::to_string(seed) + ": ";
    for (const auto& each : player.failures())
        out.broken.push_back(who + each.rule + ": " + each.what);
    if (!again || !out.broken.empty()) return out;
    out.repeated = 1;
    if (const auto height = chain.first_difference_on_replay())
        out.broken.push_back(who + "10 state roots: differs at height " + std::to_string(*height));
    return out;
}

PlayReport play_all(const PlayOptions& options) {
    CHECK(options.jobs >= 1 && options.jobs <= 64);
    Shared& shared = share_memory();
    std::vector<Job> jobs;
    for (unsigned i = 0; i < options.jobs; ++i) jobs.push_back(start_job(options, i, shared));
    PlayReport out;
    for (unsigned i = 0; i < options.jobs; ++i) {
        out.add(PlayReport::read(read_all(jobs[i].output)));
        int status = 0;
        CHECK(waitpid(jobs[i].process, &status, 0) == jobs[i].process);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
        shared.stop = true;
        out.broken.push_back("seed " + std::to_string(shared.seeds[i]) + ": a CHECK failed: " +
                             (WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exit"));
    }
    munmap(&shared, sizeof shared);
    return out;
}

}  // namespace assay::test
