// Measures the state store: cost of a changed key split by step, memory, and start-up, by size.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "chain/state/state_store.hpp"

using namespace assay;

namespace {

using Clock = std::chrono::steady_clock;

struct Settings {
    std::vector<std::uint64_t> keys{10'000, 1'000'000};
    std::uint32_t block_changes = 3000;
    std::uint32_t blocks = 200;
    std::uint64_t seed = 1;
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-state").string();
    bool compress = false;
    bool json = false;
};

// Microseconds per changed key down to `cpu`.
struct Figures {
    std::uint64_t keys = 0;
    std::string pattern;
    double read = 0;
    double root = 0;
    double write = 0;
    double commit = 0;
    double cpu = 0;  // of root, write and commit together, on the calling thread
    double total() const { return root + write + commit; }
    double rebuild_s = 0;
    double prove_us = 0;
    double tree_mb = 0;
    double anonymous_mb = 0;
    double resident_mb = 0;
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// CPU time of this thread: what is left of the cost where the machine is shared.
double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double status_mb(const std::string& name) {
    std::ifstream file("/proc/self/status");
    std::string word;
    while (file >> word)
        if (word == name + ":") {
            double kilobytes = 0;
            file >> kilobytes;
            return kilobytes / 1024;
        }
    return 0;
}

Bytes key_of(std::uint64_t number) {
    Bytes out{1, 1};
    const Hash256 spread = sha256(ByteView(reinterpret_cast<const std::uint8_t*>(&number), 8));
    append(out, ByteView(spread).first(20));
    return out;
}

class Bench {
  public:
    Bench(const Settings& settings, std::uint64_t keys, std::uint64_t seed)
        : settings_(settings), keys_(keys), random_(seed) {
        made_ = (random_() | 1ULL << 40U) & ~0xFFFFFFFFULL;
    }

    void fill() {
        open();
        constexpr std::uint64_t kStep = 100'000;
        for (std::uint64_t first = 0; first < keys_; first += kStep) {
            std::vector<Change> changes;
            for (std::uint64_t i = first; i < std::min(keys_, first + kStep); ++i)
                changes.push_back({key_of(i), value()});
            std::sort(changes.begin(), changes.end(),
                      [](const Change& a, const Change& b) { return a.key < b.key; });
            apply(std::move(changes), nullptr);
        }
    }

    Figures run(const std::string& pattern, bool hot) {
        Figures out;
        out.keys = keys_;
        out.pattern = pattern;
        const auto start = Clock::now();
        open();
        out.rebuild_s = seconds_since(start);
        for (std::uint32_t i = 0; i < settings_.blocks / 4; ++i) block(hot, nullptr);
        for (std::uint32_t i = 0; i < settings_.blocks; ++i) block(hot, &out);
        const double changes = static_cast<double>(settings_.blocks) * settings_.block_changes;
        for (double* cost : {&out.read, &out.root, &out.write, &out.commit, &out.cpu})
            *cost = *cost * 1e6 / changes;
        out.prove_us = prove();
        out.tree_mb = static_cast<double>(store_->tree_memory_bytes()) / 1048576;
        out.anonymous_mb = status_mb("RssAnon");
        out.resident_mb = status_mb("VmRSS");
        return out;
    }

  private:
    void open() {
        store_.reset();
        database_.reset();
        database_ =
            std::move(Database::open(settings_.dir, {.compress = settings_.compress}).value());
        store_ = std::move(StateStore::open(*database_).value());
    }
    Bytes value() {
        Bytes out(60);
        for (auto& byte : out) byte = static_cast<std::uint8_t>(random_());
        return out;
    }
    // Nine in ten changes update a key, the tenth makes one. Hot: four in five updates are of the
    // same hundredth of the keys.
    std::vector<Change> changes(bool hot) {
        std::vector<Change> out;
        while (out.size() < settings_.block_changes) {
            std::uint64_t number = random_() % keys_;
            if (hot && random_() % 5 != 0) number %= std::max<std::uint64_t>(keys_ / 100, 1);
            if (random_() % 10 == 0) number = made_++;
            out.push_back({key_of(number), value()});
        }
        std::sort(out.begin(), out.end(),
                  [](const Change& a, const Change& b) { return a.key < b.key; });
        out.erase(std::unique(out.begin(), out.end(),
                              [](const Change& a, const Change& b) { return a.key == b.key; }),
                  out.end());
        return out;
    }
    void block(bool hot, Figures* figures) {
        auto next = changes(hot);
        const auto start = Clock::now();
        for (const auto& change : next) (void)store_->get(change.key);
        if (figures != nullptr) figures->read += seconds_since(start);
        apply(std::move(next), figures);
    }
    void apply(std::vector<Change> changes, Figures* figures) {
        const std::uint64_t height = store_->empty() ? 0 : store_->height() + 1;
        Batch batch;
        const double cpu = cpu_seconds();
        const auto start = Clock::now();
        auto prepared = store_->prepare(height, std::move(changes), batch);
        const double root = seconds_since(start);
        CHECK(database_->write(batch, figures != nullptr).has_value());
        const double write = seconds_since(start) - root;
        store_->commit(std::move(prepared));
        if (figures == nullptr) return;
        figures->cpu += cpu_seconds() - cpu;
        figures->root += root;
        figures->write += write;
        figures->commit += seconds_since(start) - root - write;
    }
    // Microseconds a proof, half of them at the oldest height of the window.
    double prove() {
        constexpr int kProofs = 500;
        const std::uint64_t newest = store_->height();
        // Heights before this process opened the store cannot be proven.
        const std::uint64_t oldest =
            newest - std::min<std::uint64_t>(settings_.blocks, kHistoryHeights - 1);
        const auto start = Clock::now();
        for (int i = 0; i < kProofs; ++i) {
            const std::uint64_t height = i % 2 == 0 ? newest : oldest;
            CHECK(store_->prove(height, key_of(random_() % keys_)).has_value());
        }
        return seconds_since(start) * 1e6 / kProofs;
    }

    const Settings& settings_;
    std::uint64_t keys_;
    std::mt19937_64 random_;
    std::uint64_t made_ = 0;  // the next new key, far from those of fill() and of other seeds
    std::unique_ptr<Database> database_;
    std::unique_ptr<StateStore> store_;
};

void print(const Settings& settings, const Figures& f) {
    if (settings.json) {
        std::printf(
            "{\"keys\":%llu,\"pattern\":\"%s\",\"changesPerBlock\":%u,\"readUs\":%.2f,"
            "\"rootUs\":%.2f,\"writeSyncUs\":%.2f,\"commitUs\":%.2f,\"totalUs\":%.2f,\"cpuUs\":%."
            "2f,"
            "\"proveUs\":%.0f,\"rebuildS\":%.2f,\"treeMb\":%.0f,\"anonymousMb\":%.0f,"
            "\"residentMb\":%.0f}\n",
            static_cast<unsigned long long>(f.keys), f.pattern.c_str(), settings.block_changes,
            f.read, f.root, f.write, f.commit, f.total(), f.cpu, f.prove_us, f.rebuild_s, f.tree_mb,
            f.anonymous_mb, f.resident_mb);
    } else {
        std::printf(
            "%9llu %-8s %7.2f %7.2f %7.2f %7.2f %7.2f %7.2f %8.0f %9.2f %8.0f %8.0f %8.0f\n",
            static_cast<unsigned long long>(f.keys), f.pattern.c_str(), f.read, f.root, f.write,
            f.commit, f.total(), f.cpu, f.prove_us, f.rebuild_s, f.tree_mb, f.anonymous_mb,
            f.resident_mb);
    }
    std::fflush(stdout);
}

// Each step in a process of its own, so that memory is that of the step alone.
void in_child(const std::function<void()>& step) {
    std::fflush(stdout);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        step();
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

std::vector<std::uint64_t> parse_list(const std::string& text) {
    std::vector<std::uint64_t> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        out.push_back(std::stoull(text.substr(at, comma - at)));
        at = comma + 1;
    }
    return out;
}

int usage() {
    std::fprintf(stderr,
                 "bench_state [--keys N,N,...] [--changes N] [--blocks N] [--seed N] "
                 "[--dir PATH] [--compress] [--json]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--json") {
            settings.json = true;
        } else if (name == "--compress") {
            settings.compress = true;
        } else if (i + 1 == argc) {
            return usage();
        } else if (const std::string text = argv[++i]; name == "--keys") {
            settings.keys = parse_list(text);
        } else if (name == "--changes") {
            settings.block_changes = static_cast<std::uint32_t>(std::stoul(text));
        } else if (name == "--blocks") {
            settings.blocks = static_cast<std::uint32_t>(std::stoul(text));
        } else if (name == "--seed") {
            settings.seed = std::stoull(text);
        } else if (name == "--dir") {
            settings.dir = text;
        } else {
            return usage();
        }
    }
    if (!settings.json)
        std::printf("%9s %-8s %7s %7s %7s %7s %7s %7s %8s %9s %8s %8s %8s\n", "keys", "pattern",
                    "read", "root", "write", "commit", "total", "cpu", "prove us", "rebuild s",
                    "tree MB", "anon MB", "RSS MB");
    for (const auto keys : settings.keys) {
        std::filesystem::remove_all(settings.dir);
        in_child([&] { Bench(settings, keys, settings.seed).fill(); });
        in_child([&] {
            print(settings, Bench(settings, keys, settings.seed + 1).run("uniform", false));
        });
        in_child(
            [&] { print(settings, Bench(settings, keys, settings.seed + 2).run("hot", true)); });
        std::filesystem::remove_all(settings.dir);
    }
    return 0;
}
