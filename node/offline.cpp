// Verifying and replaying a data directory while the node is stopped.
#include <cstdio>
#include <unistd.h>

#include "chain/app/audit.hpp"
#include "modules/wiring/modules.hpp"
#include "node/node.hpp"

namespace assay::node {

namespace {

// Progress on a terminal only: a log file needs no rewritten lines.
AuditProgress progress_to(const char* what) {
    if (::isatty(STDERR_FILENO) == 0) return {};
    return [what](std::uint64_t height) {
        if (height % 100 == 0)
            std::fprintf(stderr, "\r%s block %llu", what, static_cast<unsigned long long>(height));
    };
}

struct Stored {
    std::unique_ptr<Registry> registry;
    std::unique_ptr<Database> database;
    std::unique_ptr<ChainApp> app;
};

Result<Stored> open_stored(const GenesisDoc& genesis, const std::string& path, bool create) {
    Stored out;
    out.registry = std::make_unique<Registry>(all_modules());
    auto database = Database::open(path, {.create = create});
    if (!database) return database.error();
    out.database = std::move(*database);
    auto app = ChainApp::open(app_config(genesis), *out.registry, *out.database);
    if (!app) return app.error();
    out.app = std::move(*app);
    return out;
}

// A folder that goes when the replay is over, whatever its end.
struct Scratch {
    std::filesystem::path path;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace

Result<std::string> verify_home(const Home& home) {
    const auto genesis = load_genesis(home.genesis().string());
    if (!genesis) return genesis.error();
    auto stored = open_stored(*genesis, home.data().string(), false);
    if (!stored) return stored.error();
    const auto failures = audit(*stored->app, progress_to("verifying"));
    std::string report;
    for (const auto& failure : failures) report += failure.rule + ": " + failure.what + "\n";
    if (!failures.empty())
        return failure(report + "the data directory is damaged: " +
                       std::to_string(failures.size()) + " findings");
    const AppInfo info = stored->app->info();
    return "verified: " + std::to_string(info.last_height) + " blocks, app hash " +
           to_hex(info.last_app_hash);
}

Result<std::string> replay_home(const Home& home) {
    const auto genesis = load_genesis(home.genesis().string());
    if (!genesis) return genesis.error();
    auto stored = open_stored(*genesis, home.data().string(), false);
    if (!stored) return stored.error();
    const Scratch scratch{home.root / ("replay-" + std::to_string(::getpid()))};
    auto fresh = open_stored(*genesis, scratch.path.string(), true);
    if (!fresh) return fresh.error();
    const auto summary = replay(*stored->app, *fresh->app, progress_to("replaying"));
    if (!summary) return summary.error();
    return "replayed: " + std::to_string(summary->blocks) + " blocks, " +
           std::to_string(summary->txs) + " transactions, every app hash equal, last " +
           to_hex(summary->app_hash);
}

}  // namespace assay::node
