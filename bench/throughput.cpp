// bench_throughput: committed transactions a second over JSON-RPC, beside the signature floor.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "bench/flags.hpp"
#include "bench/load/drive.hpp"
#include "bench/load/market.hpp"
#include "bench/load/targets.hpp"

using namespace assay;
using namespace assay::bench;

namespace {

constexpr std::size_t kLone = 100;  // transactions on an idle chain, for their latency

struct Settings {
    std::string assayd;
    std::string anvil;  // empty: its rows are left out
    std::size_t anvil_txs = 20'000;
    std::string workload = "market";  // or "transfer"
    WorkloadSize size{
        .seed = 1, .chain_id = 31'337, .txs = 60'000, .senders = 2'000, .accounts = 1'000'000};
    DriveSettings drive;
    std::vector<std::size_t> validators;
    std::vector<std::uint64_t> states;  // accounts beside the senders
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-throughput").string();
    bool json = false;
};

struct Row {
    std::string name;
    Recoveries recoveries;  // measured just before
    DriveResult run;
    std::uint64_t succeeded = 0;  // receipts with status 1
    double peak_mb = 0;
    LoneResult lone;    // of transactions on an idle chain, after the run
    double cpu_us = 0;  // of the node, a transaction
    double ratio() const { return run.tx_per_s / recoveries.per_s; }
};

void print_head(const Settings& settings) {
    if (settings.json) return;
    std::printf(
        "%zu transactions (%s) of %zu senders, %zu in flight, %zu calls a request, %zu "
        "connections\n",
        settings.size.txs, settings.workload.c_str(), settings.size.senders,
        settings.drive.in_flight, settings.drive.batch, settings.drive.connections);
    std::printf("%-28s %9s %9s %6s %8s %8s %7s %9s %9s %6s %8s %8s %8s\n", "node and state", "tx/s",
                "recover/s", "ratio", "p50 ms", "p99 ms", "blocks", "cpu us/tx", "us/recov",
                "quiet", "peak MB", "lone p50", "lone p99");
}

void print(const Settings& settings, const Row& row) {
    if (settings.json)
        std::printf(
            "{\"row\":\"%s\",\"workload\":\"%s\",\"txs\":%zu,\"txPerS\":%.0f,"
            "\"recoveriesPerS\":%.0f,\"ratio\":%.3f,\"p50Ms\":%.1f,\"p99Ms\":%.1f,"
            "\"blocks\":%llu,\"succeeded\":%llu,\"cpuUsPerTx\":%.1f,\"cpuUsPerRecovery\":%.1f,"
            "\"quiet\":%.2f,\"peakMb\":%.0f,\"loneP50Ms\":%.2f,\"loneP99Ms\":%.2f}\n",
            row.name.c_str(), settings.workload.c_str(), settings.size.txs, row.run.tx_per_s,
            row.recoveries.per_s, row.ratio(), row.run.p50_ms, row.run.p99_ms,
            static_cast<unsigned long long>(row.run.blocks),
            static_cast<unsigned long long>(row.succeeded), row.cpu_us, row.recoveries.cpu_us,
            row.recoveries.share, row.peak_mb, row.lone.p50_ms, row.lone.p99_ms);
    else
        std::printf(
            "%-28s %9.0f %9.0f %6.3f %8.1f %8.1f %7llu %9.1f %9.1f %6.2f %8.0f %8.2f %8.2f\n",
            row.name.c_str(), row.run.tx_per_s, row.recoveries.per_s, row.ratio(), row.run.p50_ms,
            row.run.p99_ms, static_cast<unsigned long long>(row.run.blocks), row.cpu_us,
            row.recoveries.cpu_us, row.recoveries.share, row.peak_mb, row.lone.p50_ms,
            row.lone.p99_ms);
    std::fflush(stdout);
}

int fail(const std::string& why) {
    std::fprintf(stderr, "bench_throughput: %s\n", why.c_str());
    return 1;
}

// The last `lone` of the transactions are sent one by one, after the others.
Result<void> measure(const Settings& settings, const std::string& name, Target target,
                     std::vector<SignedTx> txs, std::size_t lone) {
    const std::vector<SignedTx> alone(txs.end() - static_cast<std::ptrdiff_t>(lone), txs.end());
    txs.resize(txs.size() - lone);
    Row row;
    row.name = name;
    row.recoveries = measure_recoveries(txs, 1.0);
    const double cpu_before = target.cpu_seconds();
    const auto run = drive(target.port, txs, settings.drive);
    if (!run) return failure(name + ": " + run.error().message);
    row.run = *run;
    row.peak_mb = target.peak_mb();
    row.cpu_us = (target.cpu_seconds() - cpu_before) * 1e6 / static_cast<double>(txs.size());
    const auto good = count_succeeded(target.port, *run, txs);
    if (!good) return good.error();
    row.succeeded = *good;
    if (lone > 0) {
        const auto times = drive_lone(target.port, alone, settings.drive);
        if (!times) return failure(name + ": " + times.error().message);
        row.lone = *times;
    }
    print(settings, row);
    if (row.succeeded != txs.size())
        return failure(name + ": only " + std::to_string(row.succeeded) + " of " +
                       std::to_string(txs.size()) + " transactions succeeded");
    return {};
}

// What is measured, signed; for the market after it was prepared on this node.
Result<std::vector<SignedTx>> load_for(const Settings& settings, const std::vector<Sender>& senders,
                                       std::uint16_t port) {
    WorkloadSize size = settings.size;
    size.txs += kLone;
    if (settings.workload == "transfer")
        return sign_all(transfers(size), size.txs, 0, size, senders);
    const auto load = prepare_market(port, size, senders, settings.drive);
    if (!load) return load.error();
    return sign_all(load->calls, size.txs, load->first_nonce, size, senders);
}

std::string row_name(std::size_t validators, std::uint64_t accounts) {
    if (validators > 1) return "assayd, " + std::to_string(validators) + " validators";
    return accounts == 0 ? "assayd, empty" : "assayd, " + std::to_string(accounts) + " accounts";
}

Result<void> run_assayd(const Settings& settings, const std::vector<Sender>& senders,
                        std::size_t validators, std::uint64_t accounts) {
    const std::string name = row_name(validators, accounts);
    const auto home = std::filesystem::path(settings.dir) /
                      (std::to_string(validators) + "-" + std::to_string(accounts));
    auto target = validators > 1
                      ? start_validators(settings.assayd, home, validators, settings.size, senders)
                      : start_assayd(settings.assayd, home, settings.size, senders, accounts);
    if (!target) return target.error();
    const auto txs = load_for(settings, senders, target->port);
    if (!txs) return failure(name + ": " + txs.error().message);
    target->reset_peak();
    return measure(settings, name, std::move(*target), *txs, kLone);
}

// Always transfers, and fewer: anvil has no market and copies its state at every block.
Result<void> run_anvil(const Settings& settings, const std::vector<Sender>& senders) {
    const auto txs =
        sign_all(transfers(settings.size), std::min(settings.size.txs, settings.anvil_txs), 0,
                 settings.size, senders);
    const std::string log = settings.dir + "/anvil.log";
    auto target = start_anvil(settings.anvil, log, settings.size, senders, 1);
    if (!target) return target.error();
    // A peer that gives up is a finding, not a failure of the measurement.
    auto done = measure(settings, "anvil, a block a second", std::move(*target), txs, 0);
    if (!done) std::fprintf(stderr, "bench_throughput: %s\n", done.error().message.c_str());
    return {};
}

Result<void> run(const Settings& settings) {
    const auto senders = make_senders(settings.size);
    print_head(settings);
    for (const auto validators : settings.validators)
        for (const auto accounts : settings.states) {
            if (validators > 1 && accounts != settings.states.front()) continue;
            if (auto done = run_assayd(settings, senders, validators, accounts); !done) return done;
        }
    if (settings.anvil.empty()) return {};
    return run_anvil(settings, senders);
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    std::string validators = "1";
    std::string states = "0,1000000";
    Flags flags("bench_throughput: transactions a second by RPC");
    flags.add("assayd", settings.assayd, "the program to measure")
        .add("anvil", settings.anvil, "one to compare with; empty: none")
        .add("anvil-txs", settings.anvil_txs, "transactions for it")
        .add("workload", settings.workload, "market or transfer")
        .add("txs", settings.size.txs, "transactions of a run")
        .add("senders", settings.size.senders, "who sign them")
        .add("validators", validators, "numbers of validators, N,N...")
        .add("state", states, "accounts beside the senders, N,N...")
        .add("in-flight", settings.drive.in_flight, "transactions sent and not yet in a block")
        .add("batch", settings.drive.batch, "calls of a request")
        .add("connections", settings.drive.connections, "kept alive")
        .add("seed", settings.size.seed, "of senders and their choices")
        .add("dir", settings.dir, "where nodes live, emptied before and after")
        .add("json", settings.json, "a line of JSON a row");
    if (const auto done = flags.read(argc, argv)) return *done;
    const auto nodes = numbers_of(validators);
    const auto accounts = numbers_of(states);
    if (!nodes || !accounts) return flags.refuse("validators and state are numbers: N,N...");
    settings.validators = *nodes;
    settings.states.assign(accounts->begin(), accounts->end());
    if (settings.workload != "market" && settings.workload != "transfer")
        return flags.refuse("workload is market or transfer");
    if (settings.assayd.empty()) return flags.refuse("assayd is needed");
    if (settings.size.senders == 0 || settings.drive.batch == 0)
        return flags.refuse("senders and batch are at least 1");
    std::filesystem::remove_all(settings.dir);
    std::filesystem::create_directories(settings.dir);
    const auto done = run(settings);
    std::filesystem::remove_all(settings.dir);
    return done ? 0 : fail(done.error().message);
}
