// Submitting threads, and one that follows the chain's heads.
#include "bench/load/drive.hpp"

#include <algorithm>
#include <atomic>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "bench/load/connection.hpp"

namespace assay::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::string_view kHeads =
    R"({"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]})";

std::string batch_text(const std::vector<SignedTx>& txs, std::size_t first, std::size_t count) {
    std::string body = "[";
    for (std::size_t i = first; i < first + count; ++i) {
        if (i > first) body += ',';
        body += call_text("eth_sendRawTransaction", '"' + to_hex0x(txs[i].raw) + '"', i);
    }
    return body + "]";
}

std::uint64_t key_of(const Hash256& hash) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < 8; ++i) out = out << 8U | hash.bytes[i];
    return out;
}

class Run {
  public:
    Run(std::uint16_t port, const std::vector<SignedTx>& txs, const DriveSettings& settings)
        : port_(port), txs_(txs), settings_(settings), sent_(txs.size()), seen_(txs.size()) {
        for (std::size_t i = 0; i < txs.size(); ++i)
            index_.emplace(key_of(txs[i].hash), static_cast<std::uint32_t>(i));
        for (std::size_t at = 0; at < txs.size(); at += settings.batch)
            requests_.push_back(HttpClient::request_of(
                batch_text(txs, at, std::min(settings.batch, txs.size() - at))));
    }

    Result<DriveResult> go() {
        auto heads = WsListener::connect(port_, kHeads);
        if (!heads) return heads.error();
        if (auto subscribed = heads->next(); !subscribed) return subscribed.error();
        auto client = HttpClient::connect(port_);
        if (!client) return client.error();
        auto answer = client->call(call_text("eth_blockNumber", "", 1));
        if (!answer) return answer.error();
        next_height_ = number_in(*answer, R"("result":"0x)") + 1;
        first_height_ = next_height_;
        const auto start = Clock::now();
        {
            std::jthread follower([&] { follow(*heads, *client); });
            std::vector<std::jthread> senders;
            for (std::size_t i = 0; i < settings_.connections; ++i)
                senders.emplace_back([&] { submit(); });
            wait_to_end();
            heads->shut_down();
        }
        if (!failed_.message.empty()) return failed_;
        return result(start);
    }

  private:
    static std::uint64_t number_in(std::string_view text, std::string_view after) {
        const std::size_t at = text.find(after);
        CHECK(at != std::string_view::npos);
        return std::stoull(std::string(text.substr(at + after.size(), 16)), nullptr, 16);
    }

    void fail(Error error) {
        const std::lock_guard lock(mutex_);
        if (failed_.message.empty()) failed_ = std::move(error);
        moved_.notify_all();
    }
    bool over() const { return !failed_.message.empty() || committed_ == txs_.size(); }

    void wait_to_end() {
        std::unique_lock lock(mutex_);
        const std::chrono::duration<double> patience(settings_.patience_s);
        for (std::size_t before = committed_; !over(); before = committed_)
            if (!moved_.wait_for(lock, patience, [&] { return over() || committed_ != before; }))
                failed_ = failure("no transaction was committed for " +
                                  std::to_string(settings_.patience_s) + " s; " +
                                  std::to_string(committed_) + " were before");
        moved_.notify_all();
    }

    void submit() {
        auto client = HttpClient::connect(port_);
        if (!client) return fail(client.error());
        while (true) {
            std::size_t mine = 0;
            {
                std::unique_lock lock(mutex_);
                moved_.wait(lock, [&] {
                    return over() || next_request_ == requests_.size() ||
                           next_request_ * settings_.batch < committed_ + settings_.in_flight;
                });
                if (over() || next_request_ == requests_.size()) return;
                mine = next_request_++;
            }
            const std::size_t first = mine * settings_.batch;
            const auto now = Clock::now();
            for (std::size_t i = first; i < std::min(first + settings_.batch, txs_.size()); ++i)
                sent_[i] = now;
            const auto answer = client->exchange(requests_[mine]);
            if (!answer) return fail(answer.error());
            if (const auto error = answer->find(R"("error")"); error != std::string_view::npos)
                return fail(failure("refused: " + std::string(answer->substr(error, 200))));
        }
    }

    void follow(WsListener& heads, HttpClient& client) {
        while (true) {
            const auto head = heads.next();
            if (!head) {
                const std::lock_guard lock(mutex_);
                if (!over()) failed_ = head.error();
                return moved_.notify_all();
            }
            const std::uint64_t newest = number_in(*head, R"("number":"0x)");
            for (; next_height_ <= newest; ++next_height_) {
                const auto block = client.call(call_text(
                    "eth_getBlockByNumber", '"' + hex_number(next_height_) + "\",false", 1));
                if (!block) return fail(block.error());
                take(*block);
            }
            const std::lock_guard lock(mutex_);
            if (over()) return;
        }
    }

    // Notes every transaction hash of a block.
    void take(std::string_view block) {
        const auto now = Clock::now();
        std::size_t found = 0;
        std::size_t at = block.find(R"("transactions":[)");
        const std::size_t end = block.find(']', at);
        while ((at = block.find("\"0x", at)) < end) {
            const auto key = std::stoull(std::string(block.substr(at + 3, 16)), nullptr, 16);
            at += 67;
            const auto it = index_.find(key);
            if (it == index_.end()) continue;
            seen_[it->second] = now;
            ++found;
        }
        if (found == 0) return;
        ++blocks_;
        last_ = now;
        const std::lock_guard lock(mutex_);
        committed_ += found;
        moved_.notify_all();
    }

    DriveResult result(Clock::time_point start) const {
        DriveResult out;
        out.blocks = blocks_;
        out.tx_per_s =
            static_cast<double>(txs_.size()) / std::chrono::duration<double>(last_ - start).count();
        std::vector<double> times;
        for (std::size_t i = 0; i < txs_.size(); ++i)
            times.push_back(std::chrono::duration<double, std::milli>(seen_[i] - sent_[i]).count());
        std::sort(times.begin(), times.end());
        out.p50_ms = times[times.size() / 2];
        out.p99_ms = times[times.size() * 99 / 100];
        out.first_height = first_height_;
        out.last_height = next_height_ - 1;
        return out;
    }

    std::uint16_t port_;
    const std::vector<SignedTx>& txs_;
    DriveSettings settings_;
    std::vector<std::string> requests_;
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> index_;  // by the hash's first bytes
    std::vector<Clock::time_point> sent_;
    std::vector<Clock::time_point> seen_;
    std::uint64_t first_height_ = 0;
    std::uint64_t next_height_ = 0;
    std::uint64_t blocks_ = 0;
    Clock::time_point last_;

    std::mutex mutex_;
    std::condition_variable moved_;
    std::size_t next_request_ = 0;
    std::size_t committed_ = 0;
    Error failed_;
};

}  // namespace

Result<DriveResult> drive(std::uint16_t port, const std::vector<SignedTx>& txs,
                          const DriveSettings& settings) {
    return Run(port, txs, settings).go();
}

Result<LoneResult> drive_lone(std::uint16_t port, const std::vector<SignedTx>& txs,
                              const DriveSettings& settings) {
    std::vector<double> times;
    for (const SignedTx& tx : txs) {
        const auto run = drive(
            port, {tx},
            {.batch = 1, .connections = 1, .in_flight = 1, .patience_s = settings.patience_s});
        if (!run) return run.error();
        times.push_back(run->p50_ms);
    }
    std::sort(times.begin(), times.end());
    return LoneResult{.p50_ms = times[times.size() / 2], .p99_ms = times[times.size() * 99 / 100]};
}

Result<std::uint64_t> count_succeeded(std::uint16_t port, const DriveResult& run,
                                      const std::vector<SignedTx>& txs) {
    boost::unordered_flat_set<std::string> wanted;
    for (const SignedTx& tx : txs) wanted.insert(to_hex0x(tx.hash));
    auto client = HttpClient::connect(port);
    if (!client) return client.error();
    std::uint64_t out = 0;
    for (std::uint64_t height = run.first_height; height <= run.last_height; ++height) {
        const auto receipts = read_receipts(*client, height);
        if (!receipts) return receipts.error();
        for (const auto& receipt : (*receipts)["result"].GetArray())
            if (std::string_view(receipt["status"].GetString()) == "0x1")
                out += wanted.erase(receipt["transactionHash"].GetString());
    }
    return out;
}

}  // namespace assay::bench
