// The rules of registering a dataset and of changing what it costs.
#include <algorithm>

#include "chain/crypto/rfc6962.hpp"
#include "chain/exec/event.hpp"
#include "modules/datasets/consent.hpp"
#include "modules/datasets/events.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/money.hpp"
#include "modules/datasets/needs.hpp"

namespace assay::datasets {

namespace {

template <class T, class Key>
bool rises(const std::vector<T>& list, const Key& key) {
    return std::adjacent_find(list.begin(), list.end(), [&](const T& a, const T& b) {
               return key(a) >= key(b);
           }) == list.end();
}

TxCode check_terms(const Terms& terms) {
    if (terms.text_hash.is_zero()) return TxCode::hash_zero;
    if (terms.text_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    if (terms.duration_s > kMaxTerm_s) return TxCode::deadline_out_of_range;
    if (terms.royalty_ppm > kPpm) return TxCode::rate_out_of_range;
    return TxCode::ok;
}

TxCode check_shares(const RegisterDataset& message) {
    std::uint64_t given = message.terms.contributors_ppm;
    for (const Parent& parent : message.parents) given += parent.royalty_ppm;
    if (given > kPpm) return TxCode::rate_out_of_range;
    const bool shared = message.terms.contributors_ppm != 0;
    if (shared && message.submissions.empty()) return TxCode::rate_out_of_range;
    return TxCode::ok;
}

// The sender's right to build on the parent, and the parent's to its royalty.
TxCode may_derive(const State& state, const TxEnv& env, const Terms& terms, const Parent& parent) {
    const auto from = state.get(kDatasets, parent.dataset);
    if (!from) return TxCode::dataset_not_found;
    if (parent.royalty_ppm < from->terms.royalty_ppm) return TxCode::royalty_too_small;
    if (parent.licence == 0) {
        if (from->owner != env.sender) return TxCode::derivation_not_licensed;
        if (from->terms.contributors_ppm == 0) return TxCode::ok;
        // Contributors consented to its uses; an owner goes no further by a copy.
    } else {
        const auto licence = state.get(kLicences, parent.licence);
        if (!licence || licence->dataset != parent.dataset || licence->holder != env.sender)
            return TxCode::derivation_not_licensed;
        if (env.block.time_s >= licence->ends_s) return TxCode::licence_ended;
    }
    if ((from->terms.uses & kDerive) == 0) return TxCode::derivation_not_licensed;
    if ((terms.uses & ~from->terms.uses) != 0) return TxCode::derivation_not_licensed;
    return TxCode::ok;
}

TxCode may_include(const State& state, const TxEnv& env, std::uint64_t submission) {
    const auto work = needs::work_of(state, submission);
    if (!work) return TxCode::submission_not_found;
    if (work->buyer != env.sender) return TxCode::not_owner;
    if (!work->stands) return TxCode::submission_wrong_state;
    if (state.get_or_default(kPlaces, submission).size() >= kMaxDatasetsOfSubmission)
        return TxCode::dataset_limit_reached;
    return TxCode::ok;
}

// Numbers, counts and roots of the sources.
void describe_sources(const State& state, const std::vector<std::uint64_t>& submissions,
                      Dataset& dataset) {
    rfc6962::RootBuilder tree;
    for (const std::uint64_t submission : submissions) {
        const auto work = needs::work_of(state, submission);
        tree.add(record::encode(
            SourceLeaf{.submission = submission, .items = work->items, .root = work->root}));
        dataset.items += work->items;
    }
    dataset.submissions = static_cast<std::uint32_t>(submissions.size());
    if (!submissions.empty()) dataset.sources_root = tree.root();
}

// Writes the sources. One whose standing consent covers the terms has consent from the beginning.
void add_sources(State& state, const BlockEnv& block, const Dataset& dataset, Books& books,
                 const std::vector<std::uint64_t>& submissions) {
    for (const std::uint64_t submission : submissions) {
        const auto work = needs::work_of(state, submission);
        Source source{
            .submission = submission, .contributor = work->contributor, .items = work->items};
        auto places = state.get_or_default(kPlaces, submission);
        places.push_back(dataset.id);
        state.put(kPlaces, submission, places);
        const auto standing = state.get(kStanding, submission);
        if (standing && covers(*standing, dataset.terms, source.items, dataset.items))
            change_consent(state, block, dataset.id, books, source, Consent::granted);
        else
            state.put(kSources, {.dataset = dataset.id, .submission = submission}, source);
    }
    if (!submissions.empty()) state.put(kContents, dataset.id, submissions);
}

}  // namespace

std::uint64_t RegisterDataset::gas() const {
    return kGas + kGasPerSubmission * submissions.size() + kGasPerParent * parents.size();
}

TxCode RegisterDataset::check(const TxEnv&) const {
    if (outside_root.is_zero() && submissions.empty()) return TxCode::hash_zero;
    if (data_uri.size() > kMaxUriBytes) return TxCode::text_too_long;
    if (price > kMaxPrice) return TxCode::amount_too_large;
    if (submissions.size() > kMaxSources) return TxCode::count_too_large;
    if (parents.size() > kMaxParents) return TxCode::count_too_large;
    if (const TxCode code = check_terms(terms); code != TxCode::ok) return code;
    return check_shares(*this);
}

TxCode RegisterDataset::execute(State& state, const TxEnv& env) const {
    if (terms.uses == 0 || (terms.uses & ~kAllUses) != 0) return TxCode::unknown_use;
    if (!rises(submissions, [](std::uint64_t each) { return each; }))
        return TxCode::list_not_rising;
    if (!rises(parents, [](const Parent& each) { return each.dataset; }))
        return TxCode::list_not_rising;
    for (const std::uint64_t submission : submissions)
        if (const TxCode code = may_include(state, env, submission); code != TxCode::ok)
            return code;
    for (const Parent& parent : parents)
        if (const TxCode code = may_derive(state, env, terms, parent); code != TxCode::ok)
            return code;
    auto receivers = receivers_of(state, parents);
    if (!receivers) return TxCode::lineage_too_wide;

    Counters counters = state.get_or_default(kCounters, {});
    counters.datasets += 1;
    state.put(kCounters, {}, counters);
    Dataset dataset{.id = counters.datasets,
                    .owner = env.sender,
                    .outside_root = outside_root,
                    .data_uri = data_uri,
                    .terms = terms,
                    .price = price,
                    .registered_height = env.block.height,
                    .registered_s = env.block.time_s,
                    .parents = parents,
                    .receivers = std::move(*receivers)};
    describe_sources(state, submissions, dataset);
    state.put(kDatasets, dataset.id, dataset);
    emit(state, ModuleId::datasets,
         DatasetRegistered{.dataset = dataset.id,
                           .owner = dataset.owner,
                           .outside_root = dataset.outside_root,
                           .sources_root = dataset.sources_root,
                           .text_hash = terms.text_hash,
                           .uses = terms.uses,
                           .price = price,
                           .items = dataset.items});
    Books books;
    add_sources(state, env.block, dataset, books, submissions);
    state.put(kBooks, dataset.id, books);
    return TxCode::ok;
}

TxCode EditDataset::check(const TxEnv&) const {
    if (price > kMaxPrice) return TxCode::amount_too_large;
    return TxCode::ok;
}

TxCode EditDataset::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kDatasets, dataset);
    if (!record) return TxCode::dataset_not_found;
    if (record->owner != env.sender) return TxCode::not_owner;

    record->price = price;
    record->on_sale = on_sale;
    state.put(kDatasets, dataset, *record);
    emit(state, ModuleId::datasets,
         DatasetEdited{.dataset = dataset, .price = price, .on_sale = on_sale});
    return TxCode::ok;
}

}  // namespace assay::datasets
