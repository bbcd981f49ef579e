// bench_economy: what cheating is worth, row by row, on the real state machine.
#include <cstdio>
#include <string>

#include "modules/disputes/params.hpp"
#include "tests/economy/table.hpp"

using namespace assay::economy;

namespace {

struct Settings {
    std::uint64_t runs = 10'000;
    std::uint64_t seed = 1;
    std::string only;
    bool json = false;
};

void print(const Settings& settings, const Attack& attack, const Verdict& verdict) {
    const std::string said = verdict.loses()       ? "loses"
                             : attack.open.empty() ? "DOES NOT LOSE"
                                                   : "open: " + attack.open;
    std::printf(settings.json ? "{\"attack\":\"%s\",\"strategy\":\"%s\",\"runs\":%llu,"
                                "\"attackMean\":%.4f,\"honestMean\":%.4f,\"mean\":%.4f,"
                                "\"error99\":%.4f,\"verdict\":\"%s\"}\n"
                              : "%-34s %-46s %6llu %9.4f %9.4f %9.4f +- %.4f  %s\n",
                attack.name.c_str(), attack.strategy.c_str(),
                static_cast<unsigned long long>(verdict.runs), verdict.attack, verdict.honest,
                verdict.mean, verdict.error, said.c_str());
    std::fflush(stdout);
}

// Bribes with p + epsilon cannot be made unprofitable by penalties: what they take is told instead.
void print_bribes() {
    const assay::disputes::Params terms;
    const double seat =
        static_cast<double>(terms.jury_fee.raw()) / 1e18 * (1 + terms.incoherent_penalty_ppm / 1e6);
    std::printf(
        "\nbribing jurors: a seat is worth %.1f assay to who holds it (fee and penalty), so "
        "a majority costs\n",
        seat);
    for (const int seats : {3, 7, 15, 31, 63, 127})
        std::printf("  of %3d seats %8.1f assay\n", seats, seat * (seats / 2 + 1));
}

int usage() {
    std::fprintf(stderr, "bench_economy [--runs N] [--seed N] [--only NAME] [--json]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--json") {
            settings.json = true;
            continue;
        }
        if (i + 1 == argc) return usage();
        const std::string text = argv[++i];
        if (name == "--runs")
            settings.runs = std::stoull(text);
        else if (name == "--seed")
            settings.seed = std::stoull(text);
        else if (name == "--only")
            settings.only = text;
        else
            return usage();
    }
    if (!settings.json)
        std::printf("%-34s %-46s %6s %9s %9s %9s\n", "attack", "strategy", "runs", "attack",
                    "honest", "difference");
    bool all_lose = true;
    for (const Attack& attack : attacks()) {
        if (!settings.only.empty() && attack.name != settings.only) continue;
        const Verdict verdict = play(attack, settings.runs, settings.seed);
        print(settings, attack, verdict);
        all_lose = all_lose && (verdict.loses() || !attack.open.empty());
    }
    if (!settings.json) print_bribes();
    return all_lose ? 0 : 1;
}
