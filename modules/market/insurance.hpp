// Owns the insurance pool: what fees put in, and what buyers recover of losses by fraud.
#pragma once

#include "chain/exec/message.hpp"
#include "chain/exec/module.hpp"
#include "modules/market/money.hpp"

namespace assay::market {

// A buyer's loss by one submission that was clawed back: what was paid for it less what the
// holdback returned.
struct Loss {
    Address buyer;
    Amount loss;
    std::uint64_t claim_by_s = 0;  // a claim must come before this second
    bool claimed = false;
    Amount paid;
};
BOOST_DESCRIBE_STRUCT(Loss, (), (buyer, loss, claim_by_s, claimed, paid))

// What a buyer may recover in all, from all fees of all its orders.
struct InsuredBuyer {
    Amount allowance;  // grows with each fee
    Amount paid;       // of it
};
BOOST_DESCRIBE_STRUCT(InsuredBuyer, (), (allowance, paid))

struct InsurancePool {
    Amount collected;         // from fees, ever
    Amount paid;              // to buyers, ever
    std::uint64_t epoch = 0;  // of the latest claim
    Amount epoch_began_with;  // what the pool held at that epoch's first claim
    Amount epoch_paid;
};
BOOST_DESCRIBE_STRUCT(InsurancePool, (), (collected, paid, epoch, epoch_began_with, epoch_paid))

inline constexpr Table<std::uint64_t, Loss> kLosses{ModuleId::market, 15};
inline constexpr Table<Address, InsuredBuyer> kInsuredBuyers{ModuleId::market, 16};
inline constexpr Table<Only, InsurancePool> kInsurancePool{ModuleId::market, 17};

// A fee was paid: its insurance share is in the pool, and its buyer's allowance grows by
// Insurance::buyer_share_ppm of what is gone for good whoever owns the other roles: the insurance
// share and, of what burned, the part that is never minted again.
void insure(State& state, const Order& order, const Payment& payment);
// Fraud was proven after acceptance; `submission` still has what was paid for it.
void record_loss(State& state, const BlockEnv& block, const Order& order,
                 const Submission& submission);

// What a claim would be paid now, and what bounds it. All rounded down.
struct Claim {
    Amount loss;
    Amount covered;     // of it, by the order's terms
    Amount buyer_left;  // of the buyer's allowance
    Amount epoch_left;  // of what the pool pays in this epoch
    Amount claimable;   // the least of these
    std::uint64_t claim_by_s = 0;
    bool claimed = false;
};
BOOST_DESCRIBE_STRUCT(Claim, (),
                      (loss, covered, buyer_left, epoch_left, claimable, claim_by_s, claimed))

// A buyer recovers a part of what it lost by a submission whose fraud was proven after it was paid.
// Once a submission. `least`: refused below it, for a claim that the epoch's limit cuts down is
// spent all the same.
struct ClaimInsurance {
    static constexpr std::uint64_t kGas = 40'000;
    std::uint64_t submission = 0;
    Amount least;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ClaimInsurance, (), (submission, least))

// Not found where no fraud was proven after acceptance.
struct QuoteInsurance {
    using Returns = Claim;
    std::uint64_t submission = 0;
    Result<Claim> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteInsurance, (), (submission))

struct InsuranceOf {
    using Returns = InsuredBuyer;
    Address buyer;
    Result<InsuredBuyer> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(InsuranceOf, (), (buyer))

struct GetInsurancePool {
    using Returns = InsurancePool;
    Result<InsurancePool> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetInsurancePool, (), ())

struct InsurancePaid {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address buyer;
    Amount loss;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(InsurancePaid, (), (submission, buyer, loss, amount))

// The pool holds what was collected and not paid; payments of losses, of buyers and of the pool
// agree, and none is above its bound.
void check_insurance(const State& state, const StateReader& whole,
                     std::vector<InvariantFailure>& failures);

}  // namespace assay::market
