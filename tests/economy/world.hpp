// Owns the world in which strategies are played: a real state machine, its people, their choices by
// a seed, and what each of them has at the end.
#pragma once

#include <functional>
#include <set>

#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/views.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"
#include "modules/rewards/messages.hpp"
#include "modules/rewards/views.hpp"
#include "tests/support/item_work.hpp"

namespace assay::economy {

using test::ItemWork;

// Repeats for a seed (splitmix64).
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    // 0 <= x < 1
    double unit() { return static_cast<double>(next() >> 11U) / 9007199254740992.0; }
    bool happens(double probability) { return unit() < probability; }
    double between(double low, double high) { return low + (high - low) * unit(); }

  private:
    std::uint64_t state_;
};

// What differs from run to run, drawn so that validate() passes.
struct Conditions {
    ModuleParams params;
    Amount price;
    std::uint32_t items = 0;    // of one submission
    double juror_accuracy = 0;  // 0.75..0.98
    double effort = 0;          // of honest work, as a share of its price
    double juror_effort = 0;    // of judging, in base units
};
Conditions random_conditions(Random& random, const std::function<void(ModuleParams&)>& loosen = {});

enum class Quality { good, bad };

// How a juror fills its seats. Only `honest` looks at the work, which costs an effort.
enum class Judging { honest, always_accept, always_reject, absent, unrevealed, coin };

class World {
  public:
    explicit World(std::uint64_t seed, const std::function<void(ModuleParams&)>& loosen = {});

    Random& random() { return random_; }
    const Conditions& conditions() const { return conditions_; }
    test::WiredChain& chain() { return chain_; }

    // People. Those of the attacker share one purse.
    Address buyer() const { return person(1); }
    Address mallory() const { return person(2); }
    Address friend_of_mallory() const { return person(3); }
    Address ann() const { return person(4); }
    Address watcher() const { return person(5); }
    static constexpr std::uint8_t kJurors = 24;
    Address juror(std::uint8_t number) const {
        return person(static_cast<std::uint8_t>(100 + number));
    }
    void plan(const Address& juror, Judging judging) { plans_[juror] = judging; }
    // Every juror stakes, and weighs from the next epoch on.
    void hire(std::uint64_t units_each = 1);

    // Acts. Each ends where the chain accepted it; a refusal is given back.
    std::uint64_t post(const Address& who, std::uint32_t items);
    struct Try {
        TxCode code = TxCode::ok;
        std::uint64_t id = 0;
    };
    Try commit(const ItemWork& work);
    // Commit, a block, reveal. 0 where the chain refused either.
    std::uint64_t submit(const Address& who, std::uint64_t order, std::uint32_t items,
                         Quality quality);
    std::uint64_t submit(const ItemWork& work, Quality quality);
    // The same at a tier. The author has reached it (CHECK).
    std::uint64_t submit_at_tier(const ItemWork& work, Quality quality, std::uint8_t tier);
    ItemWork work(const Address& who, std::uint64_t order, std::uint32_t items);
    TxCode challenge(const Address& who, std::uint64_t submission);
    TxCode send_market(const Address& who, auto message, Amount value = {}) {
        return chain_.send(who, ModuleId::market, message, value);
    }
    const ItemWork& work_of(std::uint64_t submission) const { return works_.at(submission); }

    // Blocks with everybody's votes, until no submission and no dispute waits and all money that
    // will come has come.
    void finish();
    void end_block(std::uint64_t later_s = 1);

    market::Submission submission(std::uint64_t id) const;
    // Base units that these people have more than at the beginning, transactions' gas left aside in
    // the attacker's favour.
    double gain(const std::set<Address>& people) const;
    double gain(const Address& who) const { return gain(std::set<Address>{who}); }
    // Of pools, for who owns what they pay.
    double growth(const Address& pool) const;
    double value(std::uint64_t items) const;
    // What honest work on so many items costs its author.
    double effort(std::uint64_t items) const { return value(items) * conditions_.effort; }
    // Seats that this juror was drawn for.
    std::uint64_t seats_of(const Address& who) const;

  private:
    static Address person(std::uint8_t number) { return Address{{0xec, number}}; }
    Amount wealth(const Address& who) const;
    void vote_in(const disputes::Dispute& dispute);
    disputes::Choice choice_of(const disputes::Dispute& dispute, const Address& juror,
                               std::uint8_t seat);

    Random random_;
    Conditions conditions_;
    test::WiredGenesis genesis_;
    test::WiredChain chain_;
    std::map<Address, Judging> plans_;
    std::map<std::uint64_t, ItemWork> works_;
    std::map<std::uint64_t, Quality> qualities_;
    std::map<std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>, disputes::Choice> votes_;
    std::map<Address, std::uint64_t> seats_;
    std::uint32_t next_content_ = 1;
};

}  // namespace assay::economy
