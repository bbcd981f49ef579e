// bench_gas: what each message costs and what it is charged, at a small and at a large state.
#include "chain/exec/gas.hpp"

#include <cstdio>

#include "bench/flags.hpp"
#include "bench/gas/prices.hpp"
#include "bench/world/crowd.hpp"
#include "chain/crypto/hash.hpp"
#include "modules/governance/params.hpp"

using namespace assay;
using namespace assay::bench;

namespace {

constexpr std::size_t kColdCacheBytes = 64U << 10U;
constexpr std::uint64_t kUntilAllIsOver_s = 6'000;

struct Settings {
    std::size_t lanes = 64;
    std::size_t times = 3;  // each story is told; of each cost the least counts
    CrowdSize large{.accounts = 200'000, .orders = 5'000, .submissions = 50'000};
    std::string dir = (std::filesystem::temp_directory_path() / "assay-bench-gas").string();
    bool quick = false;  // few lanes, the small state only: every message is accepted
    bool json = false;
};

// Windows long enough that a story's stages stay apart.
ModuleParams params_of_story() {
    ModuleParams out = devnet_params();
    out.market.reveal_window_s = 60;
    out.market.challenge_window_s = 60;
    out.market.open_window_s = 20;
    out.market.holdback_s = 600;
    out.market.gold_window_s = 50;
    out.market.answer_s = 50;
    out.market.insurance.epoch_share_ppm = kPpm;
    out.market.insurance.claim_window_s = 600;
    out.market.grader_commit_s = 30;
    out.market.grader_reveal_s = 30;
    out.reputation.step_s = 86'400;  // nobody forgets during a story
    out.disputes.evidence_s = 30;
    out.disputes.commit_s = 30;
    out.disputes.reveal_s = 30;
    out.disputes.appeal_s = 30;
    out.disputes.review_ppm = 0;  // else chance decides which disputes have one round more
    out.jurors.max_seats = 3;
    out.jurors.unbonding_s = 5'000;
    out.governance.max_open = governance::kMostOpen;
    return out;
}

std::set<std::string> all_messages(const Registry& registry) {
    std::set<std::string> out;
    for (const Module& module : registry.modules())
        for (const MessageEntry& entry : module.messages)
            out.insert(std::string(module.name) + "." + entry.function.name);
    return out;
}

// Every message of the registry has a row, or can be in no block.
void check_complete(const Registry& registry, const std::vector<Row>& rows,
                    const std::set<std::string>& never) {
    std::set<std::string> missing = all_messages(registry);
    for (const Row& row : rows) missing.erase(row.message);
    for (const std::string& name : never) missing.erase(name);
    for (const std::string& name : missing) std::fprintf(stderr, "%s has no case\n", name.c_str());
    if (!missing.empty()) std::exit(1);
}

// Else blocks of this message would set more work than a block's bound lets be done (ADR 26).
void check_writes_paid(const std::vector<Row>& rows) {
    bool paid = true;
    for (const Row& row : rows) {
        if (row.cost.gas >= row.later_writes * kGasPerDeadlineWrite) continue;
        std::fprintf(stderr, "%s %s: %llu gas for deadlines that write %llu times\n",
                     row.message.c_str(), row.what.c_str(),
                     static_cast<unsigned long long>(row.cost.gas),
                     static_cast<unsigned long long>(row.later_writes));
        paid = false;
    }
    if (!paid) std::exit(1);
}

std::vector<Address> payers(std::size_t lanes) {
    std::vector<Address> out;
    for (std::size_t lane = 0; lane < lanes; ++lane) out.push_back(person(lane, Role::challenger));
    return out;
}

Prices tell(const Settings& settings, const CrowdSize& crowd) {
    std::filesystem::remove_all(settings.dir);
    Genesis genesis{.params = params_of_story(), .more = [&](State& state) {
                        add_accounts(state, crowd.accounts);
                        fund_everybody(state, settings.lanes);
                    }};
    // Strangers' records are on the disk, not in memory.
    if (crowd.accounts != 0) genesis.store.record_cache_bytes = kColdCacheBytes;
    Chain chain(settings.dir, genesis);
    gather(chain, crowd);
    Story story(chain, settings.lanes);
    Prices out;
    out.fees = chain.measure_fees(payers(settings.lanes));
    tell_of_bank(story);
    tell_of_stake(story);
    tell_of_governance(story);
    tell_of_batches(story);
    tell_of_market(story);
    tell_of_audits(story);
    tell_of_tiers(story);
    tell_of_disputes(story);
    chain.pass(story.now_s() + kUntilAllIsOver_s);
    story.add_later();
    check_complete(chain.registry(), story.rows(), story.never());
    check_writes_paid(story.rows());
    if (settings.quick && !chain.keeps_invariants()) std::exit(1);
    out.rows = std::move(story.rows());
    out.deadlines = chain.deadlines();
    return out;
}

// The same story again: what the machine did beside (a log that was full, a page that was not
// there) is no message's cost.
void keep_the_least(Prices& least, const Prices& other) {
    CHECK(least.rows.size() == other.rows.size());
    for (std::size_t i = 0; i < least.rows.size(); ++i)
        if (other.rows[i].own_ns() < least.rows[i].own_ns()) least.rows[i] = other.rows[i];
    for (auto& [label, cost] : least.deadlines)
        if (other.deadlines.at(label).total() < cost.total()) cost = other.deadlines.at(label);
    if (other.fees.total() < least.fees.total()) least.fees = other.fees;
}

Prices tell_often(const Settings& settings, const CrowdSize& crowd) {
    Prices out = tell(settings, crowd);
    for (std::size_t i = 1; i < settings.times; ++i) keep_the_least(out, tell(settings, crowd));
    return out;
}

// Nanoseconds that a recovery of a sender takes.
double recovery_ns() {
    const auto key = key_of(0, 0);
    std::vector<double> times;
    for (std::uint64_t i = 0; i < 500; ++i) {
        const Hash256 digest = sha256(record::encode(i));
        const auto signature = crypto::sign_recoverable(key, digest);
        const double start = cpu_ns();
        CHECK(crypto::recover(digest, signature).has_value());
        times.push_back(cpu_ns() - start);
    }
    return median_of(times);
}

}  // namespace

int main(int argc, char** argv) {
    Settings settings;
    Flags flags("bench_gas: what each message costs and what it is charged");
    flags.add("lanes", settings.lanes, "people of each kind, at work side by side")
        .add("times", settings.times, "each story is told; of each cost the least counts")
        .add("accounts", settings.large.accounts, "of the large state")
        .add("orders", settings.large.orders, "of the large state")
        .add("submissions", settings.large.submissions, "of the large state")
        .add("dir", settings.dir, "where the state is kept, emptied before and after")
        .add("quick", settings.quick, "two lanes, the small state: is every message accepted?")
        .add("json", settings.json, "a line of JSON a message");
    if (const auto done = flags.read(argc, argv)) return *done;
    if (settings.quick) {
        settings.lanes = 2;
        settings.times = 1;
    }
    const Prices small = tell_often(settings, {});
    const Prices large = settings.quick ? Prices{} : tell_often(settings, settings.large);
    std::filesystem::remove_all(settings.dir);
    const std::size_t cheap = print(small, large, recovery_ns(), settings.json);
    return settings.quick || cheap == 0 ? 0 : 1;  // times of few lanes say nothing
}
