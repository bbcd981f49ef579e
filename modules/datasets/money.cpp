// Who earns what of a licence.
#include "modules/datasets/money.hpp"

#include <map>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/datasets/events.hpp"

namespace assay::datasets {

namespace {

Amount product_of(Amount a, std::uint64_t b) {
    const auto out = checked_mul(a, Amount(b));
    CHECK(out.has_value());
    return *out;
}

std::uint32_t kept_ppm(const Dataset& dataset) {
    std::uint32_t out = kPpm;
    for (const Receiver& each : dataset.receivers) out -= each.ppm;
    return out;
}

void credit(State& state, const Dataset& dataset, Books& books, std::uint64_t licence,
            Amount amount) {
    const Split split = split_of(dataset, books, amount);
    books.income = sum_of(books.income, amount);
    books.owner_due = sum_of(books.owner_due, split.to_owner);
    books.contributors_due = sum_of(books.contributors_due, split.to_contributors);
    books.per_item = sum_of(books.per_item, split.per_item);
    ledger::burn(state, pool::kRoyalties, split.burned, BurnReason::other);
    emit(state, ModuleId::datasets,
         RoyaltyEarned{.dataset = dataset.id,
                       .licence = licence,
                       .to_owner = split.to_owner,
                       .to_contributors = split.to_contributors,
                       .burned = split.burned});
}

}  // namespace

std::optional<std::vector<Receiver>> receivers_of(const State& state,
                                                  const std::vector<Parent>& parents) {
    std::map<std::uint64_t, std::uint32_t> parts;
    for (const Parent& parent : parents) {
        std::uint32_t left = parent.royalty_ppm;
        for (const Receiver& each : state.must_get(kDatasets, parent.dataset).receivers) {
            const auto part =
                static_cast<std::uint32_t>(std::uint64_t{parent.royalty_ppm} * each.ppm / kPpm);
            parts[each.dataset] += part;
            left -= part;
        }
        parts[parent.dataset] += left;
    }
    std::erase_if(parts, [](const auto& each) { return each.second == 0; });
    if (parts.size() > kMaxReceivers) return std::nullopt;
    std::vector<Receiver> out;
    for (const auto& [dataset, ppm] : parts) out.push_back({.dataset = dataset, .ppm = ppm});
    return out;
}

Split split_of(const Dataset& dataset, const Books& books, Amount amount) {
    Split out{.to_owner = amount, .to_contributors = {}, .per_item = {}, .burned = {}};
    const std::uint32_t contributors = dataset.terms.contributors_ppm;
    if (contributors == 0) return out;
    const auto shared = mul_div_floor(amount, Amount(contributors), Amount(kept_ppm(dataset)));
    CHECK(shared.has_value());  // contributors_ppm is part of what is kept
    if (books.consented_items == 0) {
        out.burned = *shared;
    } else {
        const auto each = mul_div_floor(*shared, Amount(1), Amount(books.consented_items));
        out.per_item = each.value();
        out.to_contributors = product_of(out.per_item, books.consented_items);
    }
    out.to_owner = difference_of(amount, sum_of(out.to_contributors, out.burned));
    return out;
}

void distribute(State& state, const Dataset& dataset, Books& books, std::uint64_t licence,
                Amount price) {
    Amount left = price;
    for (const Receiver& each : dataset.receivers) {
        const Amount part = ppm_floor(price, each.ppm);
        if (part.is_zero()) continue;
        left = difference_of(left, part);
        Books theirs = state.must_get(kBooks, each.dataset);
        credit(state, state.must_get(kDatasets, each.dataset), theirs, licence, part);
        state.put(kBooks, each.dataset, theirs);
    }
    if (!left.is_zero()) credit(state, dataset, books, licence, left);
}

}  // namespace assay::datasets
