// What wrong answers to opened gold cost, where nobody else's answers can make gold void.
#include <algorithm>

#include "modules/market/gold.hpp"
#include "modules/market/tables.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

using market::GivenAnswer;

std::uint64_t wrong_of(const std::vector<GivenAnswer>& gold, const std::vector<GivenAnswer>& own) {
    return static_cast<std::uint64_t>(std::ranges::count_if(gold, [&](const GivenAnswer& right) {
        return std::ranges::none_of(own, [&](const GivenAnswer& given) {
            return given.index == right.index && given.content_id == right.content_id &&
                   given.hash == right.hash;
        });
    }));
}

}  // namespace

void check_gold_terms(const State& state, std::vector<InvariantFailure>& failures) {
    ExpectTerms expect("terms of gold", failures);
    state.scan(market::kSubmissions, [&](std::uint64_t id, const market::Submission& each) {
        if (each.state != market::SubmissionState::window) return;  // nobody overturned it
        const market::Order order = state.must_get(market::kOrders, each.order);
        if (order.policy != market::Policy::gold) return;
        const auto terms = state.must_get(market::kBatchTerms, order.id);
        if (terms.replicas != 1) return;
        const auto gold = state.get(market::kOpenedGold, {.order = order.id, .batch = each.batch});
        const std::string name = "submission " + std::to_string(id) + ": ";
        std::uint64_t lost = 0;
        bool failed = false;
        if (gold) {
            const std::uint64_t wrong = wrong_of(*gold, state.get_or_default(market::kAnswers, id));
            failed = wrong >= terms.rejected;
            if (wrong > terms.forgiven)
                lost =
                    ((wrong - terms.forgiven) * order.terms.defect_weight_ppm + gold->size() - 1) /
                    gold->size();
        }
        expect.that(each.failed == failed, name + "its gold says otherwise");
        expect.equal(name + "its verdict", Amount(each.verdict_ppm),
                     Amount(failed || lost >= kPpm ? 0 : kPpm - lost));
    });
}

}  // namespace assay::test
