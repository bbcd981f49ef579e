// The answers about datasets.
#include "modules/datasets/views.hpp"

#include <algorithm>

#include "chain/exec/paging.hpp"
#include "modules/datasets/consent.hpp"
#include "modules/datasets/licence.hpp"

namespace assay::datasets {

namespace {

Result<Source> source_of(const State& state, const SourceKey& key) {
    if (!state.contains(kDatasets, key.dataset)) return missing_record("dataset", key.dataset);
    const auto source = state.get(kSources, key);
    if (!source)
        return failure("submission " + std::to_string(key.submission) + " is not in dataset " +
                       std::to_string(key.dataset));
    return *source;
}

ConsentHeld held(const State& state, const SourceKey& key, std::uint64_t number) {
    if (number == 0) return {};
    const ConsentChange change = state.must_get(
        kChanges, {.dataset = key.dataset, .submission = key.submission, .number = number});
    return {.consent = change.consent, .number = number, .change = change};
}

}  // namespace

Result<DatasetStatus> GetDataset::view(const State& state, const BlockEnv& block) const {
    const auto record = state.get(kDatasets, dataset);
    if (!record) return missing_record("dataset", dataset);
    const Books books = state.must_get(kBooks, dataset);
    return DatasetStatus{.dataset = *record,
                         .books = books,
                         .on_offer = datasets::on_offer(block, *record, books) == TxCode::ok};
}

Result<std::vector<Dataset>> ListDatasets::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    const std::uint64_t last = state.get_or_default(kCounters, {}).datasets;
    return page_of(state, kDatasets, after, last, limit);
}

Result<SourceStatus> GetSource::view(const State& state, const BlockEnv&) const {
    const auto source = source_of(state, {.dataset = dataset, .submission = submission});
    if (!source) return source.error();
    return SourceStatus{.source = *source,
                        .claimable = claimable(state.must_get(kBooks, dataset), *source)};
}

Result<std::vector<SourceStatus>> ListSources::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    const auto books = state.get(kBooks, dataset);
    if (!books) return missing_record("dataset", dataset);
    std::vector<SourceStatus> out;
    const auto contents = state.get_or_default(kContents, dataset);
    auto next = std::upper_bound(contents.begin(), contents.end(), after);
    for (; next != contents.end() && out.size() < limit; ++next) {
        const Source source = state.must_get(kSources, {.dataset = dataset, .submission = *next});
        out.push_back({.source = source, .claimable = claimable(*books, source)});
    }
    return out;
}

Result<std::vector<std::uint64_t>> ListDatasetsOfSubmission::view(const State& state,
                                                                  const BlockEnv&) const {
    return state.get_or_default(kPlaces, submission);
}

Result<StandingConsent> GetStandingConsent::view(const State& state, const BlockEnv&) const {
    return state.get_or_default(kStanding, submission);
}

Result<Licence> GetLicence::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kLicences, licence);
    if (!record) return missing_record("licence", licence);
    return *record;
}

Result<std::vector<Licence>> ListLicences::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    return page_under(state, kSold, DatasetLicence{.dataset = dataset, .licence = after},
                      &DatasetLicence::dataset, &DatasetLicence::licence, kLicences, limit);
}

Result<std::vector<Licence>> ListHeldLicences::view(const State& state, const BlockEnv&) const {
    if (auto good = page_holds(limit, kMaxPage); !good) return good.error();
    return page_under(state, kHeld, HolderLicence{.holder = holder, .licence = after},
                      &HolderLicence::holder, &HolderLicence::licence, kLicences, limit);
}

Result<Amount> QuoteBuyLicence::view(const State& state, const BlockEnv& block) const {
    const auto record = state.get(kDatasets, dataset);
    if (!record) return missing_record("dataset", dataset);
    const TxCode code = on_offer(block, *record, state.must_get(kBooks, dataset));
    if (code != TxCode::ok) return failure(std::string(name_of(code)));
    return record->price;
}

Result<ConsentHeld> GetConsentInLicence::view(const State& state, const BlockEnv&) const {
    const auto record = state.get(kLicences, licence);
    if (!record) return missing_record("licence", licence);
    const SourceKey key{.dataset = record->dataset, .submission = submission};
    const auto source = source_of(state, key);
    if (!source) return source.error();
    return held(state, key,
                change_at_version(state, key.dataset, *source, record->consent_version));
}

Result<ConsentHeld> GetConsentAt::view(const State& state, const BlockEnv&) const {
    const SourceKey key{.dataset = dataset, .submission = submission};
    const auto source = source_of(state, key);
    if (!source) return source.error();
    return held(state, key, change_at_height(state, dataset, *source, height));
}

}  // namespace assay::datasets
