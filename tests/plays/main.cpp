// Plays seeds of random messages over all modules and prints what became of them.
#include <boost/program_options.hpp>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <optional>

#include "tests/plays/play.hpp"
#include "tests/support/player/player.hpp"

namespace {

using namespace assay::test;

struct Arguments {
    PlayOptions play;
    bool details = false;
    bool complete = false;
};

// nullopt: help was asked for.
std::optional<Arguments> read_arguments(int argc, char** argv) {
    namespace po = boost::program_options;
    Arguments out;
    po::options_description all(
        "assay_plays: random messages over all modules, every invariant after every block");
    all.add_options()("help", "this text")(
        "seeds", po::value(&out.play.seeds)->default_value(out.play.seeds), "how many plays")(
        "first", po::value(&out.play.first)->default_value(out.play.first), "the first seed")(
        "jobs", po::value(&out.play.jobs)->default_value(out.play.jobs), "processes, 1 to 64")(
        "acts", po::value(&out.play.messages)->default_value(out.play.messages),
        "messages of one play")(
        "again", po::value(&out.play.again_every)->default_value(out.play.again_every),
        "every so manieth seed is executed again, 0: none")(
        "details", po::bool_switch(&out.details), "print refusals by code")(
        "complete", po::bool_switch(&out.complete),
        "fail where a message was never accepted, those aside that every chain refuses");
    po::variables_map values;
    po::store(po::parse_command_line(argc, argv, all), values);
    po::notify(values);
    if (values.contains("help")) {
        std::cout << all;
        return std::nullopt;
    }
    if (out.play.jobs < 1 || out.play.jobs > 64) throw po::error("jobs must be 1 to 64");
    return out;
}

// The bank declares these two for their named refusal (ADR 5).
bool is_always_refused(const std::string& name) {
    return name == "bank.approve" || name == "bank.transferFrom";
}

bool is_complete(const PlayReport& report) {
    bool out = true;
    for (const std::string& name : all_messages()) {
        const auto found = report.counts.find(name);
        const bool accepted = found != report.counts.end() && found->second.accepted != 0;
        if (accepted || is_always_refused(name)) continue;
        std::printf("never accepted: %s\n", name.c_str());
        out = false;
    }
    return out;
}

int run(const Arguments& arguments) {
    const auto begin = std::chrono::steady_clock::now();
    const PlayReport report = play_all(arguments.play);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    print(report, arguments.details);
    std::printf("%.1f s, %.0f messages a second\n", taken.count(),
                static_cast<double>(report.sent()) / taken.count());
    for (const std::string& each : report.broken) std::printf("BROKEN %s\n", each.c_str());
    if (!report.broken.empty()) return 1;
    return arguments.complete && !is_complete(report) ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto arguments = read_arguments(argc, argv);
        return arguments ? run(*arguments) : 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "assay_plays: %s\n", error.what());
        return 2;
    }
}
