// bench_deadlines: many deadlines at one second, with honest traffic beside them.
#include <algorithm>
#include <cstdio>

#include "bench/flags.hpp"
#include "bench/world/crowd.hpp"
#include "chain/crypto/hash.hpp"
#include "modules/bank/transfer.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"

using namespace assay;
using namespace assay::bench;

namespace {

struct Settings {
    std::uint64_t orders = 100'000;
    std::uint64_t submissions = 1'000'000;
    std::uint64_t transfers = 100;  // a block, of honest people
    std::uint64_t commits = 100;    // the same; each is due while the flood is not over
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-deadlines").string();
    bool quick = false;  // small, and every invariant is checked in the end
    bool json = false;
};

constexpr std::uint64_t kReveal_s = 1;       // of the honest commitments
constexpr std::uint64_t kGather_s = 1'000;   // from the gathering to the flood
constexpr std::uint64_t kMostGas = 300'000;  // of an honest message
constexpr std::uint64_t kMostWrites = 100;   // of a deadline, and of a block's other rules
constexpr std::uint64_t kMostBlocks = 2'000;
constexpr std::uint64_t kHonestQuota = 10'000'000;

ModuleParams params() {
    ModuleParams out = devnet_params();
    out.market.challenge_window_s = kGather_s;
    out.market.reveal_window_s = kGather_s;  // of the crowd; the honest ones' is short
    out.market.unbonded_reveal_s = kReveal_s;
    out.market.holdback_s = 2'592'000;
    out.rewards.epoch_s = 86'400;
    out.jurors.unbonding_s = 1'000'000;
    out.market.max_live_submissions = 1'000'000;
    return out;
}

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

// What is due, in the order of the queue, as far as one block may go.
std::vector<Deadline> due_now(const Chain& chain, std::size_t most, std::uint64_t time_s) {
    std::vector<Deadline> out;
    for (auto at = chain.state().first(kDeadlines);
         at && at->first.time_s <= time_s && out.size() < most;
         at = chain.state().next_after(kDeadlines, at->first))
        out.push_back(at->first);
    return out;
}

struct Flood {
    std::uint64_t blocks = 0;
    std::uint64_t flood_blocks = 0;   // until the last deadline of the flood was handled
    std::uint64_t last_waited_s = 0;  // which came so much late, a block a second
    std::uint64_t handled = 0;
    std::uint64_t most_of_a_block = 0;
    std::uint64_t honest_waited_s = 0;  // the longest that a deadline made meanwhile waited
    std::uint64_t honest_handled = 0;
    std::uint64_t honest_messages = 0;
    std::vector<BlockCost> costs;
    std::size_t deepest = 0;      // records that one block changed
    std::size_t most_writes = 0;  // of the deadlines of a block
};

class Run {
  public:
    Run(const Settings& settings, Chain& chain, const Crowd& crowd)
        : settings_(settings), chain_(chain), crowd_(crowd), next_(crowd.size.submissions) {
        open_honest_order();
    }

    Flood play() {
        chain_.pass(crowd_.deadline_s - 1);
        do block();
        while (!due_now(chain_, 1, crowd_.deadline_s).empty());
        out_.flood_blocks = out_.blocks;
        out_.last_waited_s = flood_over_s_ - crowd_.deadline_s;
        const std::uint64_t over_s = chain_.now_s();
        while (!due_now(chain_, 1, over_s).empty()) block();
        return out_;
    }

  private:
    void open_honest_order() {
        const Amount price = Amount(1'000'000);
        const Amount locked =
            chain_.ask(market::QuotePostOrder{.item_quota = kHonestQuota, .price_per_item = price});
        chain_.send(call(account_of(next_), ModuleId::market,
                         market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                           .spec_uri = "ipfs://spec",
                                           .item_quota = kHonestQuota,
                                           .price_per_item = price,
                                           .max_payload_bytes = 100,
                                           .deadline_s = chain_.now_s() + 1'000'000},
                         locked));
        order_ = chain_.state().must_get(market::kCounters, {}).orders;
        chain_.send(call(account_of(next_), ModuleId::market,
                         market::SponsorOrder{.order = order_,
                                              .unbonded_items = kHonestQuota,
                                              .unbonded_cap = 1,
                                              .sponsor_cap = {}}));
        ++next_;
    }
    std::vector<Call> honest() {
        std::vector<Call> out;
        for (std::uint64_t i = 0; i < settings_.transfers; ++i)
            out.push_back(call(account_of(next_ + i), ModuleId::bank,
                               bank::Transfer{.to = account_of(i), .amount = Amount(1)}));
        for (std::uint64_t i = 0; i < settings_.commits; ++i) {
            const Call bonded = commitment_by(next_ + i, order_, {});
            const auto message =
                *abi::decode<market::CommitSubmission>(ByteView(bonded.data).subspan(4));
            out.push_back(call(bonded.sender, ModuleId::market,
                               market::CommitUnbonded{.order = message.order,
                                                      .item_count = message.item_count,
                                                      .commitment = message.commitment}));
        }
        next_ += std::max(settings_.transfers, settings_.commits);
        return out;
    }
    // A second later. What is first in the queue is handled, and nothing else.
    void block() {
        const auto calls = honest();
        const std::uint64_t time_s = chain_.now_s() + 1;
        const auto due = due_now(chain_, deadline_writes(calls.size() * kMostGas), time_s);
        const BlockCost cost = chain_.run_block(calls, 1);
        const auto left = chain_.state().first(kDeadlines);
        std::uint64_t handled = 0;
        for (const Deadline& each : due) {
            if (left && left->first <= each) break;
            CHECK(!is_scheduled(chain_.state(), each));
            note(each, time_s);
            ++handled;
        }
        CHECK(handled == due.size() || left->first == due[handled]);
        const std::uint64_t most = deadline_writes(cost.gas);
        CHECK(handled == due.size() || cost.deadline_writes >= most);
        CHECK(cost.deadline_writes < most + kMostWrites);
        CHECK(handled > 0 || due.empty());
        ++out_.blocks;
        out_.most_of_a_block = std::max(out_.most_of_a_block, handled);
        out_.honest_messages += calls.size();
        out_.deepest = std::max(out_.deepest, cost.records);
        out_.most_writes = std::max(out_.most_writes, cost.deadline_writes);
        out_.costs.push_back(cost);
    }
    void note(const Deadline& each, std::uint64_t time_s) {
        CHECK(last_ <= each);  // in the order of the queue, over all blocks
        last_ = each;
        if (each.time_s <= crowd_.deadline_s) {
            ++out_.handled;
            flood_over_s_ = time_s;
            return;
        }
        ++out_.honest_handled;
        out_.honest_waited_s = std::max(out_.honest_waited_s, time_s - each.time_s);
    }

    const Settings& settings_;
    Chain& chain_;
    const Crowd& crowd_;
    std::uint64_t next_;  // the next account without a part in this
    std::uint64_t order_ = 0;
    std::uint64_t flood_over_s_ = 0;
    Deadline last_;
    Flood out_;
};

void print(const Settings& settings, double filled_s, const Flood& flood) {
    std::vector<double> cpu;
    std::vector<double> wall;
    BlockCost sum;
    for (const BlockCost& each : flood.costs) {
        cpu.push_back(each.cpu_ms());
        wall.push_back(each.wall_ms);
        sum.messages_ms += each.messages_ms;
        sum.deadlines_ms += each.deadlines_ms;
        sum.index_ms += each.index_ms;
        sum.commit_ms += each.commit_ms;
    }
    const auto blocks = static_cast<double>(flood.blocks);
    const char* table =
        "orders %llu, submissions %llu, filled in %.0f s\n"
        "deadlines of the flood      %10llu in %llu blocks, at most %llu a block\n"
        "the last of them waited     %10llu s, a block a second\n"
        "honest messages             %10llu, each in the block after it was sent\n"
        "their own deadlines         %10llu, the longest waited %llu s for the flood\n"
        "writes of deadlines         %10zu at most a block; %zu records changed\n"
        "block, processor ms         %10.1f p50 %8.1f p99 %8.1f max\n"
        "block, by the clock, ms     %10.1f p50 %8.1f p99 %8.1f max\n"
        "mean of a block, ms         %10.1f messages, %.1f deadlines, %.1f index, %.1f commit\n";
    const char* json =
        "{\"orders\":%llu,\"submissions\":%llu,\"fillS\":%.0f,\"flood\":%llu,\"blocks\":%llu,"
        "\"mostOfABlock\":%llu,\"lastWaitedS\":%llu,\"honestMessages\":%llu,"
        "\"honestDeadlines\":%llu,\"honestWaitedS\":%llu,\"writesOfABlock\":%zu,"
        "\"recordsOfABlock\":%zu,"
        "\"cpuP50Ms\":%.1f,\"cpuP99Ms\":%.1f,\"cpuMaxMs\":%.1f,\"wallP50Ms\":%.1f,"
        "\"wallP99Ms\":%.1f,\"wallMaxMs\":%.1f,\"messagesMs\":%.1f,\"deadlinesMs\":%.1f,"
        "\"indexMs\":%.1f,\"commitMs\":%.1f}\n";
    const auto n = [](std::uint64_t number) { return static_cast<unsigned long long>(number); };
    std::printf(settings.json ? json : table, n(settings.orders), n(settings.submissions), filled_s,
                n(flood.handled), n(flood.flood_blocks), n(flood.most_of_a_block),
                n(flood.last_waited_s), n(flood.honest_messages), n(flood.honest_handled),
                n(flood.honest_waited_s), flood.most_writes, flood.deepest, quantile(cpu, 0.5),
                quantile(cpu, 0.99), quantile(cpu, 1), quantile(wall, 0.5), quantile(wall, 0.99),
                quantile(wall, 1), sum.messages_ms / blocks, sum.deadlines_ms / blocks,
                sum.index_ms / blocks, sum.commit_ms / blocks);
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    Flags flags("bench_deadlines: many deadlines at one second, with honest traffic beside them");
    flags.add("orders", settings.orders, "that close")
        .add("submissions", settings.submissions, "whose windows end")
        .add("transfers", settings.transfers, "of honest people, a block")
        .add("commits", settings.commits, "of honest people, a block")
        .add("dir", settings.dir, "where the state is kept, emptied before and after")
        .add("quick", settings.quick, "a small flood, and every invariant in the end")
        .add("json", settings.json, "one line of JSON");
    if (const auto done = flags.read(argc, argv)) return *done;
    if (settings.quick) {
        settings.orders = 500;
        settings.submissions = 5'000;
        settings.transfers = settings.commits = 10;
    }
    std::filesystem::remove_all(settings.dir);
    Flood flood;
    double filled_s = 0;
    {
        const double start = cpu_ns();
        const std::uint64_t honest = (settings.transfers + settings.commits) * kMostBlocks + 1;
        const CrowdSize size{.accounts = settings.submissions + honest,
                             .orders = settings.orders,
                             .submissions = settings.submissions};
        Chain chain(settings.dir, {.params = params(), .more = [&](State& state) {
                                       add_accounts(state, size.accounts);
                                   }});
        const Crowd crowd = gather(chain, size);
        filled_s = (cpu_ns() - start) / 1e9;
        flood = Run(settings, chain, crowd).play();
        CHECK(flood.handled == settings.orders + settings.submissions);
        if (settings.quick && !chain.keeps_invariants()) return 1;
    }
    std::filesystem::remove_all(settings.dir);
    print(settings, filled_s, flood);
    return 0;
}
