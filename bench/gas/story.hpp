// Owns how a price list is collected: the same story in many lanes at once, so that every message
// is executed often, for other people and other objects each time.
#pragma once

#include <set>

#include "bench/world/chain.hpp"
#include "chain/crypto/secp256k1.hpp"

namespace assay::bench {

// One message in one situation.
struct Row {
    std::string message;  // "market.postOrder"
    std::string what;     // the situation, where there are several
    Cost cost;
    std::vector<std::string> later;  // deadlines that it causes and pays for
    double later_ns = 0;             // theirs, each with its share of a commit
    std::uint64_t later_writes = 0;  // theirs at most, as a block's bound counts them (ADR 26)
    std::uint64_t own_gas() const { return cost.gas - kTxGas; }
    double own_ns() const { return cost.total() + later_ns; }
};

class Story {
  public:
    Story(Chain& chain, std::size_t lanes) : chain_(chain), lanes_(lanes) {}

    Chain& chain() { return chain_; }
    std::size_t lanes() const { return lanes_; }
    std::uint64_t now_s() const { return chain_.now_s(); }
    template <View V>
    typename V::Returns ask(const V& view) const {
        return chain_.ask(view);
    }

    // `make(lane)` gives each lane's call. The calls of all lanes are made before the first runs.
    template <class Make>
    void each(const Make& make) {
        for (const Call& call : calls(lanes_, make)) chain_.send(call);
    }
    template <class Make>
    void measure(const std::string& message, const std::string& what, const Make& make,
                 std::vector<std::string> later = {}) {
        measure_some(lanes_, message, what, make, std::move(later));
    }
    template <class Make>
    void measure_some(std::size_t lanes, const std::string& message, const std::string& what,
                      const Make& make, std::vector<std::string> later = {}) {
        const auto all = calls(lanes, make);
        rows_.push_back({.message = message,
                         .what = what,
                         .cost = chain_.measure(all),
                         .later = std::move(later)});
    }
    // Declared so that wallets get a name for the refusal: it can be in no block.
    void never(const std::string& message) { never_.insert(message); }

    // What the deadlines cost that each row causes; after the whole story.
    void add_later();
    std::vector<Row>& rows() { return rows_; }
    const std::set<std::string>& never() const { return never_; }

  private:
    template <class Make>
    std::vector<Call> calls(std::size_t lanes, const Make& make) {
        std::vector<Call> out;
        for (std::size_t lane = 0; lane < lanes; ++lane) out.push_back(make(lane));
        return out;
    }

    Chain& chain_;
    std::size_t lanes_;
    std::vector<Row> rows_;
    std::set<std::string> never_;
};

// Everybody of a lane, by role. All of them are rich from the beginning.
enum class Role : std::uint8_t {
    buyer,
    writer,     // contributes, and is accepted
    repeater,   // two equal items in one tree
    misplacer,  // a leaf that names another place
    copier,     // what the writer committed before
    overlong,   // payloads longer than the order allows
    forfeiter,  // never reveals
    waiter,     // is settled by a message
    newcomer,   // in a place without a bond
    stranger,   // asks, proves, relays
    challenger,
    licensee,
    heir,    // gets a licence
    deputy,  // operates a validator
    delegator,
    voter,
    climber,        // has the best reputation there is, and a juror's stake
    poor,           // has a key and no money
    first_of_many,  // and those after it: joiners, replicas, jurors
};
inline constexpr std::size_t kPeople = static_cast<std::size_t>(Role::first_of_many) + 24;

crypto::SecretKey key_of(std::size_t lane, std::size_t who);
Address person(std::size_t lane, std::size_t who);
inline Address person(std::size_t lane, Role role) {
    return person(lane, static_cast<std::size_t>(role));
}
inline Address one_of_many(std::size_t lane, std::size_t number) {
    return person(lane, static_cast<std::size_t>(Role::first_of_many) + number);
}
// Of each lane, apart from those who join disputes.
inline constexpr std::size_t kJurorsOfLane = 8;
inline Address juror(std::size_t lane, std::size_t number) {
    return one_of_many(lane, 16 + number);
}
void fund_everybody(State& state, std::size_t lanes);

// In the order in which they are told. Each leaves the chain at a later second.
void tell_of_bank(Story& story);
void tell_of_stake(Story& story);
void tell_of_governance(Story& story);
void tell_of_batches(Story& story);
void tell_of_market(Story& story);
void tell_of_audits(Story& story);
void tell_of_tiers(Story& story);
void tell_of_disputes(Story& story);

// Submissions that were accepted, by lane: the writer's, and all in ascending order.
struct Accepted {
    std::vector<std::uint64_t> by_writer;
    std::vector<std::vector<std::uint64_t>> all;
};
// A part of the market's story, while the holdback is held. Leaves the writer's in 8 datasets.
void tell_of_datasets(Story& story, const Accepted& accepted);

}  // namespace assay::bench
