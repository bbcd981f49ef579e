// bench_economy: what cheating is worth, row by row, on the real state machine; and what it is
// worth where a rule between the parameters is loosened.
#include <cstdio>
#include <string>

#include "bench/flags.hpp"
#include "modules/disputes/params.hpp"
#include "tests/economy/rules.hpp"
#include "tests/economy/table.hpp"

using namespace assay::economy;

namespace {

struct Settings {
    Table::Size size{.check_every = 100};
    std::string only;
    std::string loosen;
    bool json = false;
};

const char* name_of(Unit unit) {
    switch (unit) {
        case Unit::share: return "share";
        case Unit::fee: return "fees";
        case Unit::token: return "token";
        case Unit::micros: return "units";
    }
    return "";
}

std::string word_for(const Attack& attack, const Verdict& verdict) {
    if (!attack.open.empty()) return "open: " + attack.open;
    if (!verdict.keeps(attack)) return "DOES NOT LOSE";
    return attack.useless > 0 ? "useless" : "loses";
}

void print(const Settings& settings, const Attack& attack, const Verdict& verdict) {
    std::printf(settings.json ? "{\"attack\":\"%s\",\"strategy\":\"%s\",\"runs\":%llu,"
                                "\"unit\":\"%s\",\"attackMean\":%.6f,\"honestMean\":%.6f,"
                                "\"mean\":%.6f,\"error99\":%.6f,\"verdict\":\"%s\"}\n"
                              : "%-34s %-52s %6llu %-5s %10.5f %9.5f %10.5f +- %.5f  %s\n",
                attack.name.c_str(), attack.strategy.c_str(),
                static_cast<unsigned long long>(verdict.runs), name_of(attack.unit), verdict.attack,
                verdict.honest, verdict.mean, verdict.error, word_for(attack, verdict).c_str());
    std::fflush(stdout);
}

// Bribes with p + epsilon cannot be made unprofitable by penalties: what they take is told instead.
void print_bribes() {
    const assay::disputes::Params terms;
    std::printf(
        "\nbribing jurors: what a majority of each panel has to be offered, fee and penalty of "
        "each seat, at the default parameters\n%10s %8s",
        "value", "fee");
    for (const int seats : {3, 7, 15, 31, 63, 127}) std::printf(" %9d", seats);
    std::printf(" %9s %s\n", "all six", "last alone, of the value");
    const assay::market::Params market;
    for (const double value : {10.0, 100.0, 1'000.0, 2'800.0}) {
        const auto bond = assay::ppm_ceil(tokens(value), market.contributor_bond_ppm);
        const double fee =
            static_cast<double>(assay::disputes::fee_of_dispute(tokens(value), bond, terms).raw()) /
            1e18;
        const double seat = fee * (1 + terms.incoherent_penalty_ppm / 1e6);
        std::printf("%10.0f %8.2f", value, fee);
        double all = 0;
        double last = 0;
        for (const int seats : {3, 7, 15, 31, 63, 127}) {
            last = seat * (seats / 2 + 1);
            std::printf(" %9.1f", last);
            all += last;
        }
        std::printf(" %9.1f %.2f\n", all, last / value);
    }
}

int print_rule(const Rule& rule, const Table::Size& size) {
    const Loosened result = play(rule, size);
    std::printf("%s %s\n  %s\n", rule.name.c_str(), rule.promise.c_str(), rule.premise.c_str());
    if (rule.row.attack == nullptr) {
        std::printf("  no row\n\n");
        return 0;
    }
    std::printf("  at the bound    %10.5f +- %.5f  %s\n", result.at.mean, result.at.error,
                result.at.pays() ? "PAYS" : "does not pay");
    std::printf("  a third beyond  %10.5f +- %.5f  %s\n\n", result.beyond.mean, result.beyond.error,
                result.beyond.pays() ? "pays" : "does not pay");
    std::fflush(stdout);
    return result.agrees() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    assay::bench::Flags flags("bench_economy: what attacks bring, each against honest play");
    flags.add("runs", settings.size.runs, "of each row; 0: 10000, of a rule its own")
        .add("jobs", settings.size.jobs, "processes")
        .add("seed", settings.size.first_seed, "of the first run")
        .add("check", settings.size.check_every, "every so manieth run checks every invariant")
        .add("only", settings.only, "one row, by its name")
        .add("loosen", settings.loosen, "rules at their bounds and beyond: P1 to P9 or all")
        .add("json", settings.json, "a line of JSON a row");
    if (const auto done = flags.read(argc, argv)) return *done;
    if (settings.size.jobs == 0 || settings.size.check_every == 0)
        return flags.refuse("jobs and check are at least 1");
    if (!settings.loosen.empty()) {
        int failed = 0;
        for (const Rule& rule : rules())
            if (settings.loosen == "all" || settings.loosen == rule.name)
                failed |= print_rule(rule, settings.size);
        return failed;
    }
    if (!settings.json)
        std::printf("%-34s %-52s %6s %-5s %10s %9s %10s\n", "attack", "strategy", "runs", "unit",
                    "attack", "honest", "difference");
    bool all_keep = true;
    if (settings.size.runs == 0) settings.size.runs = 10'000;
    Table table(settings.size);
    for (const Attack& attack : attacks()) {
        if (!settings.only.empty() && attack.name != settings.only) continue;
        const Verdict verdict = table.play(attack);
        print(settings, attack, verdict);
        all_keep = all_keep && (verdict.keeps(attack) || !attack.open.empty());
    }
    if (!settings.json) print_bribes();
    return all_keep ? 0 : 1;
}
