// Runs blocks on the store and takes the time.
#include "bench/world/chain.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <time.h>
#include <tuple>

#include "chain/crypto/hash.hpp"
#include "chain/index/chain_index.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/market/audit.hpp"

namespace assay::bench {

namespace {

std::unique_ptr<Database> open_database(const std::filesystem::path& dir,
                                        const DatabaseOptions& options) {
    std::filesystem::create_directories(dir);
    return std::move(Database::open(dir.string(), options).value());
}

std::string kind_name(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::order_closes: return "order_closes";
        case DeadlineKind::submission_reveal_ends: return "submission_reveal_ends";
        case DeadlineKind::submission_window_ends: return "submission_window_ends";
        case DeadlineKind::dispute_phase_ends: return "dispute_phase_ends";
        case DeadlineKind::holdback_ends: return "holdback_ends";
        case DeadlineKind::juror_unbonds: return "juror_unbonds";
        case DeadlineKind::epoch_ends: return "epoch_ends";
        case DeadlineKind::stake_unbonds: return "stake_unbonds";
        case DeadlineKind::redelegation_ends: return "redelegation_ends";
        case DeadlineKind::proposal_voting_ends: return "proposal_voting_ends";
        case DeadlineKind::proposal_executes: return "proposal_executes";
        case DeadlineKind::opening_ends: return "opening_ends";
        case DeadlineKind::verdict_due: return "verdict_due";
        case DeadlineKind::policy_draws: return "policy_draws";
        case DeadlineKind::audit_phase_ends: return "audit_phase_ends";
        default: return "kind " + std::to_string(static_cast<int>(kind));
    }
}

std::string phase_name(disputes::Phase phase) {
    switch (phase) {
        case disputes::Phase::evidence: return "evidence";
        case disputes::Phase::commit: return "commit";
        case disputes::Phase::reveal: return "reveal";
        case disputes::Phase::appealable: return "appealable";
        case disputes::Phase::settling: return "settling";
        case disputes::Phase::ruled: break;
    }
    return "ruled";
}

void add_entry(ExecutedBlock& block, ByteView raw, std::vector<Log> logs) {
    block.txs.push_back({.raw = to_bytes(raw), .hash = keccak256(raw)});
    block.types.push_back(2);
    block.receipts.push_back({.logs = std::move(logs)});
}

// What a block's receipts, logs, tries, filters and stored contents take.
double index_costs(ExecutedBlock block) {
    const double start = cpu_ns();
    (void)seal(block);
    Batch contents;
    ChainIndex::stage_contents(block, contents);
    return cpu_ns() - start;
}

}  // namespace

double cpu_ns() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double median_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Chain::Chain(const std::filesystem::path& dir, const Genesis& genesis)
    : registry_(all_modules()),
      executor_(registry_),
      checker_{.registry = registry_,
               .chain_id = kChainId,
               .block_gas_limit = FeeParams{}.block_gas_limit},
      database_(open_database(dir, genesis.database)),
      store_(std::move(StateStore::open(*database_, genesis.store).value())),
      state_(*store_) {
    if (const auto good = validate(genesis.params); !good) fail("parameters", good.error().message);
    state_.put(kFeeParams, {}, FeeParams{});
    state_.put(kBaseFee, {}, FeeParams{}.initial_base_fee);
    init_modules(state_, genesis.params, kBegin_s);
    if (genesis.more) genesis.more(state_);
    commit_costs();
    block_.time_s = kBegin_s;
    begin_block(1);
    std::vector<double> times;
    double records = 0;
    for (int i = 0; i < 9; ++i) {
        const auto [ns, changed] = commit_costs();
        times.push_back(ns);
        records = changed;
        begin_block(0);
    }
    empty_block_ = {median_of(times), records};
}

void Chain::fail(const std::string& what, const std::string& why) {
    std::fprintf(stderr, "%s was refused: %s\n", what.c_str(), why.c_str());
    std::exit(1);
}

TxCode Chain::run(const Call& call, Cost* cost) {
    CheckedTx tx;
    tx.sender = call.sender;
    tx.envelope.chain_id = kChainId;
    tx.envelope.to = call.to;
    tx.envelope.value = call.value;
    tx.envelope.data = call.data;
    tx.hash = sha256(call.data);
    const double start = cpu_ns();
    const TxRejection rejection = checker_.route(tx);
    TxCode code = rejection.code;
    if (rejection.message.empty()) code = executor_.call(state_, block_, tx);
    const double end = cpu_ns();
    logs_ = state_.take_logs();
    gas_used_ += tx.gas;
    if (cost == nullptr) return code;
    cost->execute_ns.push_back(end - start);
    cost->gas = std::max(cost->gas, tx.gas);
    ++cost->count;
    return code;
}

TxCode Chain::attempt(const Call& call) {
    return run(call, nullptr);
}

void Chain::send(const Call& call) {
    const TxCode code = attempt(call);
    if (code == TxCode::ok) return;
    const MessageEntry* entry = registry_.message(call.to, call.data);
    fail(entry == nullptr ? "a message" : entry->function.name, std::string(name_of(code)));
}

Cost Chain::measure(std::span<const Call> calls) {
    commit();
    Cost out;
    ExecutedBlock sealed;
    for (const Call& call : calls) {
        const TxCode code = run(call, &out);
        if (code != TxCode::ok)
            fail(registry_.message(call.to, call.data)->function.name, std::string(name_of(code)));
        add_entry(sealed, call.data, std::exchange(logs_, {}));
    }
    out.index_ns = index_costs(std::move(sealed));
    const auto [ns, records] = commit_costs();
    out.commit_ns = ns;
    out.records = records;
    begin_block(0);
    return out;
}

Cost Chain::measure_fees(std::span<const Address> senders) {
    commit();
    Cost out;
    for (const Address& sender : senders) {
        CheckedTx tx;
        tx.sender = sender;
        tx.gas = kTxGas;
        tx.envelope.nonce = ledger::nonce(state_, sender);
        tx.envelope.to = sender;
        tx.envelope.gas_limit = kTxGas;
        tx.envelope.max_fee_per_gas = sum_of(block_.base_fee, Amount(1));
        tx.envelope.max_priority_fee_per_gas = Amount(1);
        const double start = cpu_ns();
        const Receipt receipt = executor_.run(state_, block_, tx);
        out.execute_ns.push_back(cpu_ns() - start);
        CHECK(receipt.code == TxCode::ok);
        ++out.count;
    }
    out.gas = kTxGas;
    std::tie(out.commit_ns, out.records) = commit_costs();
    begin_block(0);
    return out;
}

BlockCost Chain::run_block(std::span<const Call> calls, std::uint64_t later_s) {
    advance(later_s);
    BlockCost out;
    ExecutedBlock sealed;
    const auto begin = std::chrono::steady_clock::now();
    double mark = cpu_ns();
    const auto lap = [&mark] {
        const double now = cpu_ns();
        return (now - std::exchange(mark, now)) / 1e6;
    };
    for (const Call& call : calls) {
        CHECK(run(call, nullptr) == TxCode::ok);
        add_entry(sealed, call.data, std::exchange(logs_, {}));
    }
    out.messages_ms = lap();
    out.gas = gas_used_;
    const auto messages = state_.checkpoint();
    executor_.end_block(state_, block_, gas_used_);
    out.deadline_writes = state_.writes_since(messages);
    out.deadlines_ms = lap();
    add_entry(sealed, view_of("boundary"), state_.take_logs());
    (void)seal(sealed);
    Batch contents;
    ChainIndex::stage_contents(sealed, contents);
    out.index_ms = lap();
    out.records = commit_with(std::move(contents));
    out.commit_ms = lap();
    out.wall_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    begin_block(0);
    return out;
}

std::size_t Chain::commit_with(Batch batch) {
    auto changes = state_.take_changes();
    const std::size_t records = changes.size();
    const std::uint64_t height = store_->empty() ? 0 : store_->height() + 1;
    auto prepared = store_->prepare(height, std::move(changes), batch);
    CHECK(database_->write(batch, false).has_value());
    store_->commit(std::move(prepared));
    return records;
}

std::pair<double, double> Chain::commit_costs() {
    const double start = cpu_ns();
    const auto records = static_cast<double>(commit_with({}));
    const double ns = cpu_ns() - start;
    return {std::max(0.0, ns - empty_block_.first), std::max(0.0, records - empty_block_.second)};
}

void Chain::commit() {
    commit_costs();
    begin_block(0);
}

void Chain::advance(std::uint64_t later_s) {
    commit_costs();
    begin_block(later_s);
}

void Chain::begin_block(std::uint64_t later_s) {
    ++block_.height;
    block_.time_s += later_s;
    block_.chain_id = kChainId;
    block_.proposer = Address{{0x99, 0x99}};
    block_.hash = sha256(record::encode(block_.height));
    block_.base_fee = executor_.base_fee(state_);
    executor_.begin_block(state_, block_);
    (void)state_.take_logs();
    gas_used_ = 0;
}

std::string Chain::label_of(const Deadline& deadline) const {
    const std::string kind = kind_name(deadline.kind);
    if (deadline.kind == DeadlineKind::dispute_phase_ends) {
        const auto dispute = state_.must_get(disputes::kDisputes, deadline.id);
        const bool settles = dispute.phase == disputes::Phase::settling;
        const std::uint8_t round = settles ? dispute.rounds_settled : dispute.round;
        const bool silent = dispute.phase == disputes::Phase::commit && dispute.commits == 0;
        return kind + (silent ? " silent " : " ") + phase_name(dispute.phase) + " " +
               std::to_string((4U << std::min<std::uint8_t>(round, 5)) - 1);
    }
    if (deadline.kind == DeadlineKind::verdict_due) {
        const auto submission = state_.must_get(market::kSubmissions, deadline.id);
        const auto order = state_.must_get(market::kOrders, submission.order);
        if (order.policy == market::Policy::audited) return kind + " audited";
        return kind + (order.policy == market::Policy::gold ? " gold" : " compared");
    }
    if (deadline.kind == DeadlineKind::audit_phase_ends) {
        const auto audit = state_.must_get(market::kAudits, deadline.id);
        return kind + (audit.phase == market::AuditPhase::drawing ? " drawing" : " commit");
    }
    if (deadline.kind == DeadlineKind::submission_window_ends ||
        deadline.kind == DeadlineKind::submission_reveal_ends) {
        const auto submission = state_.must_get(market::kSubmissions, deadline.id);
        if (!submission.pledged.is_zero()) return kind + " pledged";
        if (state_.contains(market::kAudits, deadline.id)) return kind + " audited";
    }
    return kind;
}

// The same order as Executor's own sweep, with a clock around each handler and no cap.
void Chain::sweep() {
    commit();
    std::vector<std::pair<Cost*, double>> handled;  // and the writes of each
    double writes = 0;
    for (auto due = state_.first(kDeadlines); due && due->first.time_s <= block_.time_s;
         due = state_.next_after(kDeadlines, due->first)) {
        Cost& cost = deadlines_[label_of(due->first)];
        const auto before = state_.checkpoint();
        const double start = cpu_ns();
        state_.erase(kDeadlines, due->first);
        const DeadlineHandler handler = registry_.deadline_handler(due->first.kind);
        CHECK(handler != nullptr);
        handler(state_, block_, due->first.id);
        cost.execute_ns.push_back(cpu_ns() - start);
        ++cost.count;
        const std::size_t count = state_.writes_since(before);
        cost.most_writes = std::max(cost.most_writes, count);
        const auto written = static_cast<double>(count);
        handled.emplace_back(&cost, written);
        writes += written;
    }
    ExecutedBlock sealed;
    add_entry(sealed, view_of("boundary"), state_.take_logs());
    const double index_ns = index_costs(std::move(sealed));
    const auto [ns, records] = commit_costs();
    for (const auto& [cost, written] : handled) {
        cost->commit_ns += ns * written / writes;
        cost->index_ns += index_ns * written / writes;
        cost->records += records * written / writes;
    }
    begin_block(0);
    executor_.end_block(state_, block_, 0);
    (void)state_.take_logs();
}

bool Chain::keeps_invariants() const {
    const auto broken = check_invariants(registry_, state_);
    for (const auto& each : broken)
        std::fprintf(stderr, "%s: %s\n", each.rule.c_str(), each.what.c_str());
    return broken.empty();
}

void Chain::pass(std::uint64_t time_s) {
    while (true) {
        const auto due = state_.first(kDeadlines);
        if (!due || due->first.time_s > time_s) break;
        if (due->first.time_s > now_s()) advance(due->first.time_s - now_s());
        sweep();
    }
    if (now_s() < time_s) advance(time_s - now_s());
}

}  // namespace assay::bench
