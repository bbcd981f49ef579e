// Walks all batches.
#include <map>
#include <set>

#include "modules/market/batches.hpp"
#include "modules/market/invariants_walk.hpp"
#include "modules/market/policy.hpp"

namespace assay::market {

void check_batches(const State& state, const StateReader&,
                   std::vector<InvariantFailure>& failures) {
    Expect expect("market batches", failures);
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::vector<std::uint64_t>> places;
    for_each_submission(state, [&](const Submission& submission) {
        if (!state.contains(kBatchTerms, submission.order)) return;
        if (is_live(submission) || was_accepted(submission))
            places[{submission.order, submission.batch}].push_back(submission.id);
    });
    for (const auto& [key, ids] : places) {
        const auto kept =
            state.get_or_default(kBatchPlaces, {.order = key.first, .batch = key.second});
        expect.that(kept == ids, "order", key.first, "places of a batch are not its submissions");
        std::set<Address> people;
        for (const std::uint64_t id : ids)
            people.insert(state.must_get(kSubmissions, id).contributor);
        const BatchTerms terms = state.must_get(kBatchTerms, key.first);
        expect.that(people.size() == ids.size() && ids.size() <= terms.replicas, "order", key.first,
                    "a batch is done twice by one, or by more than its replicas");
    }
    for_each_order(state, [&](const Order& order) {
        const auto terms = state.get(kBatchTerms, order.id);
        expect.that(terms.has_value() == find_policy(order.policy)->in_batches(), "order", order.id,
                    "has batches although its policy compares nothing, or none although it does");
        const bool due = terms && order.state == OrderState::closed && terms->seed.is_zero();
        expect.that(waits_for_draw(state, order) == due, "order", order.id,
                    "waits for a draw that is over, or for none although one is due");
    });
}

}  // namespace assay::market
