// Measures state sync: making a snapshot, taking it in and checking its root, against the same
// bytes merely hashed and merely written.
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "chain/app/chain_snapshots.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/exec/ledger.hpp"

using namespace assay;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kChain = 31'337;

struct Settings {
    std::uint64_t accounts = 1'000'000;
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-state-sync").string();
    bool json = false;
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Address account(std::uint64_t number) {
    const Hash256 hash = sha256(ByteView(reinterpret_cast<const std::uint8_t*>(&number), 8));
    return Address::from(ByteView(hash).first(20));
}

struct Place {
    Registry registry{{}};
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
    std::unique_ptr<SnapshotStore> store;
    std::unique_ptr<ChainSnapshots> snapshots;

    Place(const std::string& dir, std::uint64_t accounts) {
        std::filesystem::create_directories(dir);
        database = Database::open(dir + "/data").value();
        AppConfig config{.chain_id = kChain,
                         .genesis_time = {1'000, 0},
                         .build_genesis = [accounts](State& state) {
                             for (std::uint64_t i = 0; i < accounts; ++i)
                                 ledger::grant_at_genesis(state, account(i), 1'000'000 + i);
                             state.put(kFeeParams, {}, {});
                         }};
        app = ChainApp::open(std::move(config), registry, *database).value();
        store = SnapshotStore::open(dir + "/snapshots", 1).value();
        snapshots = std::make_unique<ChainSnapshots>(*app, *store);
    }
    void block() {
        const std::uint64_t height = app->store().height() + 1;
        app->finalize_block({.height = height,
                             .time = {static_cast<std::int64_t>(1'000 + height), 0},
                             .hash = {},
                             .proposer_address = {},
                             .txs = {}});
        CHECK(app->commit({}).has_value());
    }
};

struct Figures {
    double make_s = 0;
    double read_s = 0;    // chunks out of the giver's store, with their proofs
    double take_s = 0;    // verify, hash leaves, write, sync each chunk
    double finish_s = 0;  // the tree and its root
    double hash_s = 0;    // nothing but three SHA-256 passes over as many bytes
    double write_s = 0;   // nothing but the bytes into one file, synced as often
    double bytes = 0;
    std::uint32_t chunks = 0;
};

// The same bytes through write() and fdatasync(), a chunk at a time.
double write_alone(const std::string& path, const std::vector<SnapshotChunk>& chunks) {
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    CHECK(file >= 0);
    const auto start = Clock::now();
    for (const auto& chunk : chunks) {
        const auto done = ::write(file, chunk.bytes.data(), chunk.bytes.size());
        CHECK(done == static_cast<ssize_t>(chunk.bytes.size()) && ::fdatasync(file) == 0);
    }
    const double out = seconds_since(start);
    ::close(file);
    return out;
}

Figures measure(const Settings& settings) {
    Figures out;
    Place from(settings.dir + "/from", settings.accounts);
    CHECK(from.app->init_chain().has_value());
    from.block();
    auto start = Clock::now();
    CHECK(from.snapshots->take_snapshot(Bytes(1'000, 1)));
    from.snapshots->wait();
    out.make_s = seconds_since(start);
    const SnapshotManifest manifest = from.snapshots->list_snapshots().at(0);
    out.chunks = manifest.chunks;

    std::vector<SnapshotChunk> chunks;
    start = Clock::now();
    for (std::uint32_t i = 0; i < manifest.chunks; ++i) {
        chunks.push_back(from.snapshots->load_snapshot_chunk(manifest.height, i).value());
        out.bytes += static_cast<double>(chunks.back().bytes.size());
    }
    out.read_s = seconds_since(start);

    Place to(settings.dir + "/to", 1);
    CHECK(to.snapshots->offer_snapshot(manifest, from.app->store().root()).has_value());
    start = Clock::now();
    for (std::uint32_t i = 0; i < manifest.chunks; ++i)
        CHECK(to.snapshots->apply_snapshot_chunk(i, chunks[i]) ==
              SnapshotCalls::ChunkOutcome::taken);
    out.take_s = seconds_since(start);
    start = Clock::now();
    CHECK(to.snapshots->finish_snapshot({}).has_value());
    out.finish_s = seconds_since(start);
    CHECK(to.app->store().root() == from.app->store().root());

    start = Clock::now();
    for (int pass = 0; pass < 3; ++pass)
        for (const auto& chunk : chunks) CHECK(!sha256(chunk.bytes).is_zero());
    out.hash_s = seconds_since(start);
    out.write_s = write_alone(settings.dir + "/alone", chunks);
    return out;
}

void print(const Settings& settings, const Figures& f) {
    const double mb = f.bytes / 1e6;
    const double total = f.take_s + f.finish_s;
    if (settings.json) {
        std::printf(
            "{\"accounts\":%llu,\"chunks\":%u,\"mb\":%.1f,\"makeS\":%.3f,\"readS\":%.3f,"
            "\"takeS\":%.3f,\"finishS\":%.3f,\"restoreMbPerS\":%.1f,\"hashS\":%.3f,"
            "\"writeS\":%.3f}\n",
            static_cast<unsigned long long>(settings.accounts), f.chunks, mb, f.make_s, f.read_s,
            f.take_s, f.finish_s, mb / total, f.hash_s, f.write_s);
        return;
    }
    std::printf("%llu accounts, %u chunks, %.1f MB\n",
                static_cast<unsigned long long>(settings.accounts), f.chunks, mb);
    const auto line = [mb](const char* what, double seconds) {
        std::printf("%-52s %8.3f s %9.1f MB/s\n", what, seconds, mb / seconds);
    };
    line("make the snapshot, beside the chain", f.make_s);
    line("read its chunks with proofs, to give them", f.read_s);
    line("take the chunks in: verify, hash, write, sync", f.take_s);
    line("build the tree and compare its root", f.finish_s);
    line("restore, both together", total);
    line("limit: SHA-256 of as many bytes, three times", f.hash_s);
    line("limit: as many bytes into a file, synced as often", f.write_s);
}

int usage() {
    std::fprintf(stderr, "bench_state_sync [--accounts N] [--dir PATH] [--json]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--json") {
            settings.json = true;
        } else if (i + 1 == argc) {
            return usage();
        } else if (name == "--accounts") {
            settings.accounts = std::stoull(argv[++i]);
        } else if (name == "--dir") {
            settings.dir = argv[++i];
        } else {
            return usage();
        }
    }
    std::filesystem::remove_all(settings.dir);
    const Figures figures = measure(settings);
    std::filesystem::remove_all(settings.dir);
    print(settings, figures);
    return 0;
}
