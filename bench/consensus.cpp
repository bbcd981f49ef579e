// bench_consensus: what a chain of 1, 4 and 7 validators on one machine costs, and how fast a node
// that comes later catches up with it.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <rapidjson/document.h>
#include <sstream>
#include <thread>

#include "bench/flags.hpp"
#include "bench/load/connection.hpp"
#include "bench/load/drive.hpp"
#include "bench/load/market.hpp"
#include "bench/load/targets.hpp"

using namespace assay;
using namespace assay::bench;

namespace {

constexpr std::size_t kLone = 200;  // transactions on an idle chain, for their latency
constexpr double kSyncPatienceS = 300;

struct Settings {
    std::string assayd;
    WorkloadSize size{
        .seed = 1, .chain_id = 31'337, .txs = 40'000, .senders = 2'000, .accounts = 1'000'000};
    DriveSettings drive;
    std::vector<std::size_t> validators;
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-consensus").string();
    bool json = false;
    bool keep = false;  // the homes stay where they are
};

struct Row {
    std::size_t validators = 0;
    Recoveries recoveries;  // measured just before
    DriveResult run;
    LoneResult lone;
    double messages = 0;  // sent by all nodes, a block
    double kilobytes = 0;
    double cpu_s = 0;  // of one validator, a thousand transactions
    double peak_mb = 0;
    double sync_tx_per_s = 0;  // of a new node; 0 where there is no network
    double sync_cpu_us = 0;    // of its processor time, a transaction
    double ratio() const {
        return run.tx_per_s * static_cast<double>(validators) / recoveries.per_s;
    }
};

Result<std::uint64_t> quantity(HttpClient& client, const std::string& method,
                               const std::string& params) {
    const auto answer = client.call(call_text(method, params, 1));
    if (!answer) return answer.error();
    rapidjson::Document parsed;
    parsed.Parse(answer->data(), answer->size());
    if (parsed.HasParseError() || !parsed.HasMember("result") || !parsed["result"].IsString())
        return failure(method + ": " + std::string(*answer));
    return std::stoull(parsed["result"].GetString(), nullptr, 16);
}

Result<std::uint64_t> transactions_up_to(HttpClient& client, std::uint64_t height) {
    std::uint64_t out = 0;
    for (std::uint64_t at = 1; at <= height; ++at) {
        const auto count =
            quantity(client, "eth_getBlockTransactionCountByNumber", '"' + hex_number(at) + '"');
        if (!count) return count.error();
        out += *count;
    }
    return out;
}

struct Synced {
    double tx_per_s = 0;
    double cpu_us = 0;  // a transaction
};

// What a node with an empty chain takes over from the running ones, from its start to its having
// the newest block there was.
Result<Synced> measure_sync(const Settings& settings, const std::filesystem::path& home,
                            std::uint16_t port) {
    auto known = HttpClient::connect(port);
    if (!known) return known.error();
    const auto height = quantity(*known, "eth_blockNumber", "");
    if (!height) return height.error();
    const auto txs = transactions_up_to(*known, *height);
    if (!txs) return txs.error();
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    };
    const auto observer = start_observer(settings.assayd, home);
    if (!observer) return observer.error();
    auto client = HttpClient::connect(observer->port);
    if (!client) return client.error();
    for (;;) {
        const auto now = quantity(*client, "eth_blockNumber", "");
        if (!now) return now.error();
        if (*now >= *height) {
            const auto count = static_cast<double>(*txs);
            return Synced{count / seconds(), observer->cpu_seconds() * 1e6 / count};
        }
        if (seconds() > kSyncPatienceS)
            return failure("the new node is at height " + std::to_string(*now) + " of " +
                           std::to_string(*height));
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

struct Traffic {
    double messages = 0;
    double bytes = 0;
};

Result<Traffic> traffic_of(const std::filesystem::path& home, std::size_t validators) {
    if (validators == 1) return Traffic{};
    const auto messages = sum_of_metric(home, validators, "assay_p2p_messages_sent_total");
    if (!messages) return messages.error();
    const auto bytes = sum_of_metric(home, validators, "assay_p2p_bytes_sent_total");
    if (!bytes) return bytes.error();
    return Traffic{*messages, *bytes};
}

Result<Row> measure(const Settings& settings, const std::vector<Sender>& senders,
                    std::size_t validators) {
    const auto home = std::filesystem::path(settings.dir) / std::to_string(validators);
    auto target = validators > 1
                      ? start_validators(settings.assayd, home, validators, settings.size, senders)
                      : start_assayd(settings.assayd, home, settings.size, senders, 0);
    if (!target) return target.error();
    WorkloadSize size = settings.size;
    size.txs += kLone;
    const auto load = prepare_market(target->port, size, senders, settings.drive);
    if (!load) return load.error();
    auto txs = sign_all(load->calls, size.txs, load->first_nonce, size, senders);
    const std::vector<SignedTx> alone(txs.end() - kLone, txs.end());
    txs.resize(settings.size.txs);

    Row row{.validators = validators, .recoveries = measure_recoveries(txs, 1.0)};
    target->reset_peak();
    const auto before = traffic_of(home, validators);
    if (!before) return before.error();
    const double cpu_before = target->cpu_seconds();
    const auto run = drive(target->port, txs, settings.drive);
    if (!run) return run.error();
    row.run = *run;
    row.cpu_s =
        (target->cpu_seconds() - cpu_before) * 1e3 / static_cast<double>(txs.size() * validators);
    row.peak_mb = target->peak_mb();
    const auto after = traffic_of(home, validators);
    if (!after) return after.error();
    const auto blocks = static_cast<double>(run->last_height - run->first_height + 1);
    row.messages = (after->messages - before->messages) / blocks;
    row.kilobytes = (after->bytes - before->bytes) / blocks / 1e3;
    const auto good = count_succeeded(target->port, *run, txs);
    if (!good) return good.error();
    if (*good != txs.size())
        return failure("only " + std::to_string(*good) + " of " + std::to_string(txs.size()) +
                       " transactions succeeded");
    const auto lone = drive_lone(target->port, alone, settings.drive);
    if (!lone) return lone.error();
    row.lone = *lone;
    if (validators > 1) {
        const auto sync = measure_sync(settings, home, target->port);
        if (!sync) return sync.error();
        row.sync_tx_per_s = sync->tx_per_s;
        row.sync_cpu_us = sync->cpu_us;
    }
    return row;
}

void print_head(const Settings& settings) {
    if (settings.json) return;
    std::printf("%zu market transactions of %zu senders, %zu in flight\n", settings.size.txs,
                settings.size.senders, settings.drive.in_flight);
    std::printf("%10s %8s %9s %7s %8s %8s %8s %8s %7s %9s %8s %8s %7s %8s %7s %7s %6s\n",
                "validators", "tx/s", "recover/s", "ratio*N", "p50 ms", "p99 ms", "lone p50",
                "lone p99", "blocks", "msg/block", "kB/block", "cpu s/kt", "peak MB", "sync tx",
                "sync x", "sync us", "quiet");
}

void print(const Settings& settings, const Row& row) {
    const char* const format =
        settings.json
            ? "{\"validators\":%zu,\"txPerS\":%.0f,\"recoveriesPerS\":%.0f,"
              "\"ratioTimesValidators\":%.3f,\"p50Ms\":%.1f,\"p99Ms\":%.1f,\"loneP50Ms\":%.2f,"
              "\"loneP99Ms\":%.2f,\"blocks\":%llu,\"messagesPerBlock\":%.0f,"
              "\"kilobytesPerBlock\":%.0f,\"cpuSPerThousand\":%.3f,\"peakMb\":%.0f,"
              "\"syncTxPerS\":%.0f,\"syncTimesMade\":%.1f,\"syncCpuUs\":%.1f,\"quiet\":%.2f}\n"
            : "%10zu %8.0f %9.0f %7.3f %8.1f %8.1f %8.2f %8.2f %7llu %9.0f %8.0f %8.3f %7.0f "
              "%8.0f %7.1f %7.1f %6.2f\n";
    std::printf(format, row.validators, row.run.tx_per_s, row.recoveries.per_s, row.ratio(),
                row.run.p50_ms, row.run.p99_ms, row.lone.p50_ms, row.lone.p99_ms,
                static_cast<unsigned long long>(row.run.blocks), row.messages, row.kilobytes,
                row.cpu_s, row.peak_mb, row.sync_tx_per_s, row.sync_tx_per_s / row.run.tx_per_s,
                row.sync_cpu_us, row.recoveries.share);
    std::fflush(stdout);
}

Result<void> run(const Settings& settings) {
    const auto senders = make_senders(settings.size);
    print_head(settings);
    for (const auto validators : settings.validators) {
        const auto row = measure(settings, senders, validators);
        if (!row)
            return failure(std::to_string(validators) + " validators: " + row.error().message);
        print(settings, *row);
    }
    return {};
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    std::string validators = "1,4,7";
    Flags flags(
        "bench_consensus: chains of several validators, and how fast a node that comes later "
        "catches up");
    flags.add("assayd", settings.assayd, "the program to measure")
        .add("validators", validators, "numbers of validators, N,N...")
        .add("txs", settings.size.txs, "transactions of a run")
        .add("senders", settings.size.senders, "who sign them")
        .add("in-flight", settings.drive.in_flight, "transactions sent and not yet in a block")
        .add("seed", settings.size.seed, "of senders and their choices")
        .add("dir", settings.dir, "where nodes live, emptied before and after")
        .add("keep", settings.keep, "leave the homes where they are")
        .add("json", settings.json, "a line of JSON a row");
    if (const auto done = flags.read(argc, argv)) return *done;
    const auto nodes = numbers_of(validators);
    if (!nodes) return flags.refuse("validators are numbers: N,N...");
    settings.validators = *nodes;
    if (settings.assayd.empty()) return flags.refuse("assayd is needed");
    if (settings.size.senders < 2) return flags.refuse("senders are at least 2");
    std::filesystem::remove_all(settings.dir);
    std::filesystem::create_directories(settings.dir);
    const auto done = run(settings);
    if (!settings.keep) std::filesystem::remove_all(settings.dir);
    if (!done) std::fprintf(stderr, "bench_consensus: %s\n", done.error().message.c_str());
    return done ? 0 : 1;
}
