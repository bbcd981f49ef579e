// Owns a chain on a real state store whose senders need no keys, so that each message, each
// deadline and each commit can be timed by itself.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "chain/exec/executor.hpp"
#include "chain/exec/invariants.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/state/state_store.hpp"
#include "modules/wiring/modules.hpp"
#include "modules/wiring/params.hpp"

namespace assay::bench {

inline constexpr std::uint64_t kChainId = 31'337;
inline constexpr std::uint64_t kBegin_s = 1'700'000'000;

// Processor time of the calling thread, in nanoseconds: what is left of a cost where others use the
// machine.
double cpu_ns();
double median_of(std::vector<double> values);
inline Amount tokens(std::uint64_t count) {
    return Amount::from_raw(static_cast<u128>(kTokenUnits) * count);
}

// A message without fee, nonce or signature.
struct Call {
    Address sender;
    Address to;
    Amount value;
    Bytes data;
};
template <Message M>
Call call(const Address& sender, ModuleId module, const M& message, Amount value = {}) {
    return {.sender = sender,
            .to = module_address(module),
            .value = value,
            .data = abi::encode_call(message)};
}

// What equal work cost when much of it was done in one block. Nanoseconds each.
struct Cost {
    std::uint64_t count = 0;
    std::vector<double> execute_ns;  // of messages: decoding and check() too
    double commit_ns = 0;            // the journal, the tree and the write of the batch, for all
    double index_ns = 0;             // receipts, logs, tries, filters, for all
    double records = 0;              // left different, for all
    std::uint64_t gas = 0;           // of the dearest transaction, its envelope included
    std::size_t most_writes = 0;     // of one deadline, as the block's bound counts them
    double execute() const { return median_of(execute_ns); }
    double commit() const { return count == 0 ? 0 : commit_ns / static_cast<double>(count); }
    double index() const { return count == 0 ? 0 : index_ns / static_cast<double>(count); }
    double total() const { return execute() + commit() + index(); }
};

// A whole block as a node makes it, signatures aside.
struct BlockCost {
    double messages_ms = 0;
    double deadlines_ms = 0;  // and the modules' other rules of a block's end
    double index_ms = 0;      // receipts, logs, tries, filters
    double commit_ms = 0;
    double wall_ms = 0;  // of all, by the clock; the others are processor time
    std::size_t records = 0;
    std::uint64_t gas = 0;            // of its messages
    std::size_t deadline_writes = 0;  // and the modules' other rules of a block's end
    double cpu_ms() const { return messages_ms + deadlines_ms + index_ms + commit_ms; }
};

struct Genesis {
    ModuleParams params = devnet_params();
    std::function<void(State&)> more = {};  // after the modules' records
    StateStoreOptions store = {};
    DatabaseOptions database = {};
};

class Chain {
  public:
    Chain(const std::filesystem::path& dir, const Genesis& genesis);

    const State& state() const { return state_; }
    State& state() { return state_; }
    const BlockEnv& block() const { return block_; }
    std::uint64_t now_s() const { return block_.time_s; }
    const Registry& registry() const { return registry_; }
    const StateStore& store() const { return *store_; }
    template <View V>
    typename V::Returns ask(const V& view) const {
        auto out = view.view(state_, block_);
        if (!out) fail("a view", out.error().message);
        return std::move(*out);
    }

    // In the present block. Whatever is refused ends the program, with the refusal's name.
    void send(const Call& call);
    // What check() or the execution answers; nothing is kept of a refusal.
    TxCode attempt(const Call& call);
    // All in a block of their own, and what each cost.
    Cost measure(std::span<const Call> calls);
    // What any transaction costs beside its signature and its message: fee, nonce, tip.
    Cost measure_fees(std::span<const Address> senders);
    // Ends the present block without its deadlines; the next begins at the same second.
    void commit();
    // The same, and the next begins later.
    void advance(std::uint64_t later_s);
    // Until `time_s`, handling what is due on the way at the second it is due.
    void pass(std::uint64_t time_s);
    // Handles all that is due now, in a block of its own, and whatever else an end of a block does.
    void sweep();
    // The next block, `later_s` after the present one: these calls, and the end of a block as the
    // chain has it, with its cap on deadlines.
    BlockCost run_block(std::span<const Call> calls, std::uint64_t later_s);
    // False and the broken rules on stderr; walks all records.
    bool keeps_invariants() const;
    // Of deadlines handled by sweep(), by what they did: "holdback_ends", "verdict_due gold".
    const std::map<std::string, Cost>& deadlines() const { return deadlines_; }

  private:
    [[noreturn]] static void fail(const std::string& what, const std::string& why);
    TxCode run(const Call& call, Cost* cost);
    // Commits and returns nanoseconds and records, those of an empty block taken off.
    std::pair<double, double> commit_costs();
    // The state's changes beside what `batch` holds already. Returns how many records changed.
    std::size_t commit_with(Batch batch);
    void begin_block(std::uint64_t later_s);
    std::string label_of(const Deadline& deadline) const;

    Registry registry_;
    Executor executor_;
    TxChecker checker_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<StateStore> store_;
    State state_;
    BlockEnv block_;
    std::vector<Log> logs_;       // of the last call
    std::uint64_t gas_used_ = 0;  // in the present block
    std::pair<double, double> empty_block_{0, 0};
    std::map<std::string, Cost> deadlines_;
};

}  // namespace assay::bench
