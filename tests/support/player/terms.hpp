// Owns what rates and prices come to, computed once more by arithmetic of its own: books that
// balance do not show a split that is a unit wrong.
#pragma once

#include <string>

#include "chain/exec/module.hpp"
#include "modules/disputes/objects.hpp"
#include "modules/market/objects.hpp"

namespace assay::test {

// Compares amounts and notes where they differ.
class ExpectTerms {
  public:
    ExpectTerms(const char* rule, std::vector<InvariantFailure>& failures)
        : rule_(rule), failures_(failures) {}
    void equal(const std::string& what, Amount found, Amount expected) {
        that(found == expected,
             what + " is " + to_string(found) + ", by the terms " + to_string(expected));
    }
    void that(bool holds, const std::string& what) {
        if (!holds) failures_.push_back({.rule = rule_, .what = what});
    }

  private:
    const char* rule_;
    std::vector<InvariantFailure>& failures_;
};

// floor and ceil of a * ppm / 10^6; a is an amount of the supply.
Amount rate_of(Amount a, std::uint64_t ppm);
Amount rate_up(Amount a, std::uint64_t ppm);
Amount times(Amount a, std::uint64_t b);
// Paid once, whatever came after.
bool was_paid(const market::Submission& each);
market::TierTerms tier_of(const market::Submission& each, const market::Params& terms);
// lambda at the tier: grows as fewer are looked at.
std::uint64_t weight_of(const market::Submission& each, const market::Params& terms);
// The order fee's part that is burned: all that nobody gets.
Amount burned_fee(Amount payout, const market::Params& terms);
// What posting or funding so many items costs.
Amount cost_of_items(std::uint64_t items, Amount price, const market::Params& terms);

// What a claim for the loss by this submission would bring.
Amount insured_claim(const State& state, std::uint64_t submission);

// Bonds, payouts, holdbacks and burned fees of submissions under their orders' terms; bonds of
// requests.
void check_market_terms(const State& state, std::vector<InvariantFailure>& failures);
// Locks, penalties and earnings of graders, what an audit's verdict pays, what is left of budgets.
void check_audit_terms(const State& state, std::vector<InvariantFailure>& failures);
// What a verdict by gold pays where one contributor does each batch.
void check_gold_terms(const State& state, std::vector<InvariantFailure>& failures);
// What was lost by fraud, what each buyer may recover, what the pool collected.
void check_insurance_terms(const State& state, std::vector<InvariantFailure>& failures);
// Locks, penalties and earnings of seats, rewards of backers.
void check_dispute_terms(const State& state, std::vector<InvariantFailure>& failures);
// What each epoch minted and each grant got of it.
void check_mint_terms(const State& state, std::vector<InvariantFailure>& failures);

}  // namespace assay::test
