// assay_sim: runs seeds, and says with which command a failing one is seen again.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include "tests/simulation/cluster.hpp"

namespace assay::simulation {

namespace {

struct Options {
    std::uint64_t first = 1;
    std::uint64_t seeds = 0;
    double seconds = 0;
    std::vector<std::size_t> validators{4, 7};
    bool trace = false;
    bool twice = false;
    AppKind app = AppKind::small;
    std::string list;
};

struct Totals {
    std::uint64_t runs = 0;
    std::uint64_t blocks = 0;
    double simulated_hours = 0;
    std::uint64_t events = 0;
    std::uint64_t messages = 0;
    std::uint64_t crashes = 0;
    std::uint64_t at_effect = 0;
    std::uint64_t partitions = 0;
    std::uint64_t forged = 0;
    std::uint64_t evidence = 0;
    std::uint64_t seen = 0;
    std::uint64_t punished = 0;
    std::int32_t highest_round = 0;
    std::uint64_t largest_mempool = 0;
    Facts facts;
};

char replay_text[128];  // for the handler of a CHECK that fails

void on_abort(int) {
    constexpr char kWhat[] = "VIOLATION: the program stopped itself\n";
    (void)!::write(1, kWhat, sizeof kWhat - 1);
    (void)!::write(1, replay_text, std::strlen(replay_text));
    ::_exit(1);
}

void add(Totals& totals, const Outcome& outcome) {
    ++totals.runs;
    totals.blocks += outcome.height;
    totals.simulated_hours += static_cast<double>(outcome.simulated) / 3.6e9;
    totals.events += outcome.events;
    totals.messages += outcome.network.sent;
    totals.crashes += outcome.stats.crashes;
    totals.at_effect += outcome.stats.crashes_at_effect;
    totals.partitions += outcome.stats.partitions;
    totals.forged += outcome.stats.forged;
    totals.evidence += outcome.evidence;
    totals.seen += outcome.double_votes_seen;
    totals.punished += outcome.double_votes_punished;
    totals.highest_round = std::max(totals.highest_round, outcome.stats.highest_round);
    for (const auto& [name, count] : outcome.facts) totals.facts[name] += count;
    totals.largest_mempool = std::max(totals.largest_mempool, outcome.stats.largest_mempool);
}

bool run_one(const Options& options, std::uint64_t seed, std::size_t validators, Totals& totals) {
    std::snprintf(replay_text, sizeof replay_text,
                  "replay: assay_sim --seed %llu --validators %zu%s --trace\n",
                  static_cast<unsigned long long>(seed), validators,
                  options.app == AppKind::chain ? " --app chain" : "");
    const Plan plan = plan_of(seed, validators);
    if (options.trace) std::printf("%s\n", describe(plan).c_str());
    Outcome outcome = Cluster(plan, options.app, options.trace).run();
    if (options.twice && Cluster(plan, options.app, false).run().digest != outcome.digest)
        outcome.violation = "two runs of this seed differ";
    add(totals, outcome);
    if (options.trace)
        std::printf("height %llu, %.1f s simulated, %llu events\n",
                    static_cast<unsigned long long>(outcome.height),
                    static_cast<double>(outcome.simulated) / 1e6,
                    static_cast<unsigned long long>(outcome.events));
    if (outcome.violation.empty()) return true;
    std::printf("%s\nVIOLATION at %.3f s: %s\n%s", describe(plan).c_str(),
                static_cast<double>(outcome.simulated) / 1e6, outcome.violation.c_str(),
                replay_text);
    std::fflush(stdout);
    return false;
}

void print(const Totals& totals, std::uint64_t failed, double seconds) {
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf(
        "%llu runs, %llu failed, %.0f a minute; %.1f simulated hours, %llu blocks, "
        "%llu events, %llu messages\n",
        number(totals.runs), number(failed), static_cast<double>(totals.runs) * 60 / seconds,
        totals.simulated_hours, number(totals.blocks), number(totals.events),
        number(totals.messages));
    std::printf(
        "%llu crashes, of them %llu at an effect of the disk; %llu partitions; %llu forged "
        "blocks; highest round %d; largest mempool %llu\n",
        number(totals.crashes), number(totals.at_effect), number(totals.partitions),
        number(totals.forged), totals.highest_round, number(totals.largest_mempool));
    std::printf("%llu double votes in blocks; of %llu that reached one node, %llu\n",
                number(totals.evidence), number(totals.seen), number(totals.punished));
    for (const auto& [name, count] : totals.facts)
        std::printf("%llu %s; ", number(count), name.c_str());
    if (!totals.facts.empty()) std::printf("\n");
}

// Lines of "validators seed", and whatever else as a remark.
std::vector<std::pair<std::size_t, std::uint64_t>> read_list(const std::string& path) {
    std::vector<std::pair<std::size_t, std::uint64_t>> out;
    std::ifstream in(path);
    if (!in) {
        std::printf("cannot read %s\n", path.c_str());
        std::exit(2);
    }
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::size_t validators = 0;
        std::uint64_t seed = 0;
        if (line.empty() || line[0] == '#' || !(words >> validators >> seed)) continue;
        out.emplace_back(validators, seed);
    }
    return out;
}

constexpr const char* kUsage =
    "assay_sim [--first S] [--seeds N] [--minutes M] [--validators N] [--seed S] [--trace]\n"
    "          [--twice] [--list FILE] [--app chain]\n"
    "Without --validators, seeds go over 4 and 7. Stops at the first violation.\n";

bool parse(int argc, char** argv, Options& options) {
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        const auto value = [&]() -> std::string { return i + 1 < argc ? argv[++i] : ""; };
        if (flag == "--first")
            options.first = std::stoull(value());
        else if (flag == "--seeds")
            options.seeds = std::stoull(value());
        else if (flag == "--minutes")
            options.seconds = std::stod(value()) * 60;
        else if (flag == "--validators")
            options.validators = {std::stoul(value())};
        else if (flag == "--list")
            options.list = value();
        else if (flag == "--app" && i + 1 < argc && std::string(argv[i + 1]) == "chain") {
            options.app = AppKind::chain;
            ++i;
        } else if (flag == "--trace")
            options.trace = true;
        else if (flag == "--twice")
            options.twice = true;
        else if (flag == "--seed") {
            options.first = std::stoull(value());
            options.seeds = 1;
        } else
            return false;
    }
    return true;
}

int run(const Options& options) {
    const auto began = std::chrono::steady_clock::now();
    const auto elapsed = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    Totals totals;
    bool good = true;
    if (!options.list.empty()) {
        for (const auto& [validators, seed] : read_list(options.list))
            good = run_one(options, seed, validators, totals) && good;
    } else {
        for (std::uint64_t seed = options.first; good; ++seed) {
            if (options.seeds > 0 && seed >= options.first + options.seeds) break;
            if (options.seconds > 0 && elapsed() > options.seconds) break;
            for (const std::size_t validators : options.validators)
                good = good && run_one(options, seed, validators, totals);
        }
    }
    print(totals, good ? 0 : 1, elapsed());
    return good ? 0 : 1;
}

}  // namespace

}  // namespace assay::simulation

int main(int argc, char** argv) {
    assay::simulation::Options options;
    if (!assay::simulation::parse(argc, argv, options)) {
        std::fputs(assay::simulation::kUsage, stdout);
        return 2;
    }
    if (options.seeds == 0 && options.seconds == 0 && options.list.empty()) options.seeds = 100;
    std::signal(SIGABRT, assay::simulation::on_abort);
    return assay::simulation::run(options);
}
