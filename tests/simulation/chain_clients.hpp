// Owns ChainClients: people who pay, order, work, dispute and stake with signed transactions.
#pragma once

#include <map>

#include "chain/app/chain_app.hpp"
#include "tests/simulation/plan.hpp"
#include "tests/support/item_work.hpp"

namespace assay::simulation {

// The same key for the same number in every run.
const crypto::SecretKey& account_key(std::size_t number);
Address account_address(std::size_t number);

// Numbers of accounts.
inline constexpr std::size_t kClients = 7;
inline constexpr std::size_t kFirstOperator = 50;  // of the validator with key 0, and on
inline constexpr std::size_t kFirstProbe = 100;
inline constexpr std::size_t kForger = 255;

// A plain transfer, signed.
struct Payment {
    std::size_t from = 0;
    std::uint64_t nonce = 0;
    Address to;
    Amount value;
    Amount tip;
};
Bytes signed_payment(const Payment& payment);

// They look at the newest state of one node, which may be behind. Stake only joins the honest, so
// that the Byzantine never hold more of the power than at the start.
class ChainClients {
  public:
    explicit ChainClients(const Plan& plan) : plan_(plan), next_nonces_(kClients) {}
    Bytes next(Random& random, const ChainApp& seen);

  private:
    struct Wish {
        Address to;
        Amount value;
        Bytes data;
    };
    struct Sight {
        const State& state;
        const BlockEnv& block;
        Random& random;
        std::size_t who;
    };

    Wish wish(const Sight& sight);
    Wish transfer(const Sight& sight) const;
    Wish post_order(const Sight& sight) const;
    Wish commit_work(const Sight& sight);
    Wish reveal_work(const Sight& sight) const;
    Wish challenge(const Sight& sight) const;
    Wish change_stake(const Sight& sight) const;
    Bytes join(const Sight& sight) const;
    std::uint64_t nonce(const Sight& sight);

    const Plan& plan_;
    std::vector<std::uint64_t> next_nonces_;
    std::map<Hash256, test::ItemWork> works_;  // by commitment
};

}  // namespace assay::simulation
