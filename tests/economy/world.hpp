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
#include "tests/economy/conditions.hpp"
#include "tests/support/item_work.hpp"

namespace assay::economy {

using test::ItemWork;

enum class Quality { good, bad };

// How a juror fills its seats. Only `honest` looks at the work, which costs an effort. `leaving`
// asks for its stake back when it is drawn, and stays away.
enum class Judging { honest, always_accept, always_reject, absent, unrevealed, coin, leaving };

// What makes a world beside its seed.
struct Setting {
    Change change = {};
    bool checked = true;                    // all invariants after each block
    std::function<void(State&)> more = {};  // genesis records
};

class World {
  public:
    explicit World(std::uint64_t seed, const Setting& setting = {});

    Random& random() { return random_; }
    const Conditions& conditions() const { return conditions_; }
    test::WiredChain& chain() { return chain_; }
    const test::WiredChain& chain() const { return chain_; }

    // People. Those of the attacker share one purse.
    Address buyer() const { return person(1); }
    Address mallory() const { return person(2); }
    Address friend_of_mallory() const { return person(3); }
    Address ann() const { return person(4); }
    Address watcher() const { return person(5); }
    // Other names of the attacker.
    static constexpr std::uint8_t kAliases = 8;
    Address alias(std::uint8_t number) const {
        return person(static_cast<std::uint8_t>(10 + number));
    }
    static constexpr std::uint8_t kJurors = 24;
    Address juror(std::uint8_t number) const {
        return person(static_cast<std::uint8_t>(100 + number));
    }
    void plan(const Address& juror, Judging judging) { plans_[juror] = judging; }
    // Units of stake of a juror; 1 unless said otherwise before hire().
    void stake(const Address& juror, std::uint64_t units) { units_[juror] = units; }
    // Every juror stakes, and weighs from the next epoch on.
    void hire();
    TxCode stake_now(const Address& juror);
    // Appeals whatever says so, as long as the appeal costs less than the value at stake.
    void appeal_against(disputes::Choice ruling, const Address& who) {
        appellants_.emplace_back(ruling, who);
    }

    // Appeals every ruling for rejection and buys a majority of the last panel, for acceptance.
    // What is paid for a seat is the row's affair.
    void bribe_last_panel(const Address& who) { briber_ = who; }
    std::uint64_t bribed_seats() const { return bribed_seats_; }

    // Who proposes the blocks from the next one on, and what is added to them.
    using Proposer = std::function<void(const State&, BlockEnv&)>;
    void propose_by(Proposer proposer) { proposer_ = std::move(proposer); }

    // Acts. Each ends where the chain accepted it; a refusal is given back.
    std::uint64_t post(const Address& who, std::uint32_t items);
    std::uint64_t post(const Address& who, std::uint32_t items, Amount price);
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
    // What jurors who look will see from now on.
    void expose(std::uint64_t submission, Quality quality) { qualities_[submission] = quality; }
    TxCode challenge(const Address& who, std::uint64_t submission);
    TxCode join(const Address& who, std::uint64_t submission, disputes::Choice side);
    // Commits to the proof, waits until it counts, shows it.
    TxCode prove(const Address& who, const market::ProveFraud& proof);
    void commit_proof(const Address& who, const market::ProveFraud& proof);
    TxCode send_market(const Address& who, auto message, Amount value = {}) {
        return chain_.send(who, ModuleId::market, message, value);
    }
    const ItemWork& work_of(std::uint64_t submission) const { return works_.at(submission); }

    // Blocks with everybody's votes, until no submission and no dispute waits and all money that
    // will come has come.
    void finish();
    // What the phases ask of everybody in the present block.
    void act_as_asked() { (void)waits(); }
    void end_block(std::uint64_t later_s = 1);
    // The present block becomes one of this second, where it is not later already.
    void begin_at(std::uint64_t time_s);

    market::Submission submission(std::uint64_t id) const;
    // Base units that these people have more than at the beginning, transactions' gas left aside in
    // the attacker's favour.
    double gain(const std::set<Address>& people) const;
    double gain(const Address& who) const { return gain(std::set<Address>{who}); }
    // What their transactions cost.
    double gas(const std::set<Address>& people) const;
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
    void leave(const Address& juror);
    void appeal(const disputes::Dispute& dispute);
    disputes::Choice choice_of(const disputes::Dispute& dispute, const Address& juror,
                               std::uint8_t seat);
    bool waits();
    std::uint64_t next_due_s() const;

    Random random_;
    Conditions conditions_;
    Proposer proposer_;
    test::WiredGenesis genesis_;
    test::WiredChain chain_;
    std::map<Address, Judging> plans_;
    std::map<Address, std::uint64_t> units_;
    std::map<std::uint64_t, ItemWork> works_;
    std::map<std::uint64_t, Quality> qualities_;
    std::map<std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>, disputes::Choice> votes_;
    std::map<Address, std::uint64_t> seats_;
    std::vector<std::pair<disputes::Choice, Address>> appellants_;
    std::optional<Address> briber_;
    std::uint64_t bribed_seats_ = 0;
    std::uint32_t next_content_ = 1;
};

}  // namespace assay::economy
