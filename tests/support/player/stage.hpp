// Owns what every act of a play shares: the chain, the choices, who did what, and what came of it.
#pragma once

#include <map>
#include <string>

#include "chain/codec/abi.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/market/tables.hpp"
#include "tests/support/batch_work.hpp"
#include "tests/support/choices.hpp"
#include "tests/support/item_work.hpp"
#include "tests/support/player/actors.hpp"

namespace assay::test {

// What became of the messages of one kind.
struct SentCount {
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;
    std::map<TxCode, std::uint64_t> refused;
};

struct Vote {
    disputes::Choice choice{};
    Hash256 salt;
};
// What a grader found in one seat, sealed until it is told.
struct Grading {
    Bytes defects;
    Hash256 salt;
};
using VoteKey = std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>;  // dispute, draw, seat

// Tallies, secrets and means of choosing; the acts (acts.hpp) work on it.
class Stage {
  public:
    Stage(WiredChain& played, Choices& made) : chain(played), choices(made) {}

    WiredChain& chain;
    Choices& choices;
    std::map<Hash256, ItemWork> works;         // by commitment
    std::map<Hash256, BatchWork> batch_works;  // by commitment
    std::map<Hash256, HiddenGold> golds;       // by root
    std::map<VoteKey, Vote> votes;
    std::map<std::pair<std::uint64_t, std::uint8_t>, Grading> gradings;  // by submission and seat
    std::map<Address, market::ProveFraud> proofs;                        // committed to, by prover
    std::map<std::string, SentCount> counts;                             // by "module.message"
    std::map<std::string, std::uint64_t> reached;  // what is worth counting beside messages
    std::vector<InvariantFailure> failures;
    std::uint64_t sent = 0;
    std::uint64_t accepted = 0;

    const State& state() const { return chain.state(); }
    std::uint64_t now_s() const { return chain.block().time_s; }

    Address anybody() { return actor(static_cast<std::uint8_t>(choices.below(kActors))); }
    // The one who should, nearly always.
    Address mostly(const Address& who) { return choices.one_in(20) ? anybody() : who; }
    // The right value, nearly always.
    Amount nearly(const Result<Amount>& value);
    Amount nearly(Amount value) { return nearly(Result<Amount>(value)); }
    // Anything from nothing to more than there is, mostly of the size of purses.
    Amount amount();
    // Of thousandths of a token, so many and a few units.
    Amount thousandths(std::uint32_t most);
    Hash256 hash();

    // Ids count from 1: one that exists, mostly, of the newest.
    template <class V>
    std::uint64_t id_in(const Table<std::uint64_t, V>& table) {
        const std::uint64_t last = last_in(table);
        const std::uint64_t back = choices.below(6);
        return back < last ? last - back : choices.below(4);
    }
    // The newest of the last ones that fits, mostly: what somebody who looks would choose. Looks
    // back as far as `reach`.
    template <class V, class Fits>
    std::uint64_t fitting(const Table<std::uint64_t, V>& table, const Fits& fits,
                          std::uint64_t reach = 12) {
        const std::uint64_t any = id_in(table);
        std::uint32_t skip = choices.below(16);
        if (skip == 15) return any;
        skip %= 3;
        std::uint64_t found = 0;
        const std::uint64_t last = last_in(table);
        for (std::uint64_t id = last; id > 0 && id + reach > last; --id) {
            if (!fits(state().must_get(table, id))) continue;
            found = id;
            if (skip-- == 0) break;
        }
        pointless_ = found == 0;
        return found == 0 ? any : found;
    }
    std::uint64_t submission_id() { return id_in(market::kSubmissions); }
    std::uint64_t order_id() { return id_in(market::kOrders); }
    std::uint64_t dispute_id() { return id_in(disputes::kDisputes); }
    // With places left.
    std::uint64_t open_order_id();
    // The same, of orders whose work does not come in batches.
    std::uint64_t open_single_order_id();
    // nullptr where nobody here made the submission.
    const ItemWork* work_of(std::uint64_t submission) const;
    Address buyer_of(std::uint64_t order);

    template <Message M>
    TxCode send(const Address& sender, ModuleId module, const M& message, Amount value = {}) {
        static const std::string name = abi::function_of<M>(is_payable<M>()).name;
        return deliver(
            std::string(chain.registry().module_at(module_address(module))->name) + "." + name,
            {.sender = sender,
             .to = module_address(module),
             .value = value,
             .data = abi::encode_call(message)},
            spends_of(message));
    }
    // Where the last look found nothing that fits, mostly sends nothing (not_found). Else sends,
    // counts and holds what the sender paid against what the chain may take: the value, what
    // the message says that it spends, and the fee; of a refusal the fee alone.
    TxCode deliver(const std::string& name, WiredTx tx, Amount spends = {});
    // Keeps rules that need the block before: supply counters never fall, states follow their
    // diagrams.
    void compare_with_last_block();

    // Of blocks: the sets that signed them, newest last (consensus counts a change two later).
    std::vector<std::vector<staking::Consensus>> sets;

    void expect(bool holds, const char* rule, const std::string& what) {
        if (!holds) failures.push_back({.rule = rule, .what = what});
    }
    // What the last message's sender has more than before it, the fee aside, which may be negative.
    bool gained(const Address& who, Amount held_before, Amount gain) const {
        const Receipt& receipt = chain.receipts().back();
        const auto fee = checked_mul(receipt.effective_gas_price, Amount(receipt.gas_used));
        return sum_of(chain.balance(who), fee.value()) == sum_of(held_before, gain);
    }

  private:
    void hold_against(const WiredTx& tx, Amount spends, TxCode code, const Receipt& receipt,
                      Amount held_before, Amount proposer_before, const Supply& supply_before);
    // Ids already seen are not looked up again.
    template <class V>
    std::uint64_t last_in(const Table<std::uint64_t, V>& table) {
        std::uint64_t& last = last_ids_[{table.module, table.number}];
        while (state().contains(table, last + 1)) ++last;
        return last;
    }

    bool pointless_ = false;  // nothing fits what the next message is about
    std::map<std::pair<ModuleId, std::uint8_t>, std::uint64_t> last_ids_;
    Supply last_supply_;
    std::map<std::uint64_t, market::SubmissionState> last_submissions_;
    std::map<std::uint64_t, market::OrderState> last_orders_;
};

}  // namespace assay::test
