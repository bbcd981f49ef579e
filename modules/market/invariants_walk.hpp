// Owns walking over all of the market's records, for its invariants.
#pragma once

#include "chain/exec/ledger.hpp"
#include "modules/market/invariants.hpp"
#include "modules/market/lifecycle.hpp"

namespace assay::market {

template <class F>
void for_each_order(const State& state, F&& visit) {
    const std::uint64_t last = state.get_or_default(kCounters, {}).orders;
    for (std::uint64_t id = 1; id <= last; ++id) visit(state.must_get(kOrders, id));
}

template <class F>
void for_each_submission(const State& state, F&& visit) {
    const std::uint64_t last = state.get_or_default(kCounters, {}).submissions;
    for (std::uint64_t id = 1; id <= last; ++id) visit(state.must_get(kSubmissions, id));
}

template <class F>
void for_each_opening(const State& state, F&& visit) {
    const std::uint64_t last = state.get_or_default(kCounters, {}).openings;
    for (std::uint64_t id = 1; id <= last; ++id) visit(state.must_get(kOpenings, id));
}

inline bool is_live(const Submission& submission) {
    return submission.state == SubmissionState::committed ||
           submission.state == SubmissionState::revealed ||
           submission.state == SubmissionState::window ||
           submission.state == SubmissionState::disputed;
}

inline bool was_accepted(const Submission& submission) {
    return submission.state == SubmissionState::accepted ||
           submission.state == SubmissionState::finalized ||
           submission.state == SubmissionState::clawed_back;
}

inline bool is_over(const Order& order) {
    return order.state == OrderState::settled || order.state == OrderState::cancelled;
}

// Reports where a condition does not hold.
class Expect {
  public:
    Expect(const char* rule, std::vector<InvariantFailure>& failures)
        : rule_(rule), failures_(failures) {}
    void that(bool condition, const char* object, std::uint64_t id, const char* what) {
        if (!condition)
            failures_.push_back(
                {.rule = rule_,
                 .what = std::string(object) + " " + std::to_string(id) + ": " + what});
    }
    void holds(const State& state, const Address& pool, Amount owed, const char* name) {
        const Amount held = ledger::balance(state, pool);
        if (held != owed)
            failures_.push_back({.rule = rule_,
                                 .what = std::string(name) + " holds " + to_string(held) +
                                         ", the records say " + to_string(owed)});
    }

  private:
    const char* rule_;
    std::vector<InvariantFailure>& failures_;
};

}  // namespace assay::market
