// The rules of consents.
#include "modules/datasets/consent.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/datasets/api.hpp"
#include "modules/datasets/events.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/needs.hpp"

namespace assay::datasets {

namespace {

// The number of the last change for which `holds`, which is true of the first ones only.
template <class F>
std::uint64_t last_change(const State& state, std::uint64_t dataset, const Source& source,
                          const F& holds) {
    std::uint64_t before = 0;
    std::uint64_t after = source.changes + 1;
    while (after - before > 1) {
        const std::uint64_t middle = before + (after - before) / 2;
        const ChangeKey key{.dataset = dataset, .submission = source.submission, .number = middle};
        if (holds(state.must_get(kChanges, key)))
            before = middle;
        else
            after = middle;
    }
    return before;
}

}  // namespace

Hash256 next_digest(const Hash256& previous, const ChangeKey& key, const ConsentChange& change) {
    Sha256 hash;
    hash.update(view_of("assay/consent/1"));
    hash.update(previous);
    hash.update(record::encode(key));
    hash.update(record::encode(change));
    return hash.finish();
}

Amount claimable(const Books& books, const Source& source) {
    if (source.consent != Consent::granted) return source.due;
    const Amount each = difference_of(books.per_item, source.from);
    const auto earned = checked_mul(each, Amount(source.items));
    CHECK(earned.has_value());  // part of the dataset's income
    return sum_of(source.due, *earned);
}

void change_consent(State& state, const BlockEnv& block, std::uint64_t dataset, Books& books,
                    Source& source, Consent to) {
    CHECK(source.consent != to);
    source.due = claimable(books, source);
    source.from = books.per_item;
    if (source.consent == Consent::granted) {
        books.consented_submissions -= 1;
        books.consented_items -= source.items;
    }
    if (to == Consent::granted) {
        books.consented_submissions += 1;
        books.consented_items += source.items;
    }
    source.consent = to;
    source.changes += 1;
    books.consent_version += 1;
    const ChangeKey key{
        .dataset = dataset, .submission = source.submission, .number = source.changes};
    const ConsentChange change{.version = books.consent_version,
                               .height = block.height,
                               .time_s = block.time_s,
                               .consent = to};
    books.consent_digest = next_digest(books.consent_digest, key, change);
    state.put(kChanges, key, change);
    state.put(kSources, {.dataset = dataset, .submission = source.submission}, source);
    emit(state, ModuleId::datasets,
         ConsentChanged{.dataset = dataset,
                        .submission = source.submission,
                        .contributor = source.contributor,
                        .consent = to,
                        .number = key.number,
                        .version = change.version,
                        .digest = books.consent_digest});
}

bool covers(const StandingConsent& standing, const Terms& terms, std::uint64_t items,
            std::uint64_t all_items) {
    if ((terms.uses & ~standing.uses) != 0) return false;
    return terms.contributors_ppm * items / all_items >= standing.least_ppm;
}

std::uint64_t change_at_version(const State& state, std::uint64_t dataset, const Source& source,
                                std::uint64_t version) {
    return last_change(state, dataset, source,
                       [&](const ConsentChange& change) { return change.version <= version; });
}

std::uint64_t change_at_height(const State& state, std::uint64_t dataset, const Source& source,
                               std::uint64_t height) {
    return last_change(state, dataset, source,
                       [&](const ConsentChange& change) { return change.height <= height; });
}

TxCode GrantConsent::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode GrantConsent::execute(State& state, const TxEnv& env) const {
    auto books = state.get(kBooks, dataset);
    if (!books) return TxCode::dataset_not_found;
    auto source = state.get(kSources, {.dataset = dataset, .submission = submission});
    if (!source) return TxCode::submission_not_in_dataset;
    if (source->contributor != env.sender) return TxCode::not_owner;
    if (source->consent == Consent::withdrawn) return TxCode::submission_wrong_state;
    if (source->consent == Consent::granted) return TxCode::consent_unchanged;

    change_consent(state, env.block, dataset, *books, *source, Consent::granted);
    state.put(kBooks, dataset, *books);
    return TxCode::ok;
}

TxCode RevokeConsent::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode RevokeConsent::execute(State& state, const TxEnv& env) const {
    auto books = state.get(kBooks, dataset);
    if (!books) return TxCode::dataset_not_found;
    auto source = state.get(kSources, {.dataset = dataset, .submission = submission});
    if (!source) return TxCode::submission_not_in_dataset;
    if (source->contributor != env.sender) return TxCode::not_owner;
    if (source->consent != Consent::granted) return TxCode::consent_unchanged;

    change_consent(state, env.block, dataset, *books, *source, Consent::revoked);
    state.put(kBooks, dataset, *books);
    return TxCode::ok;
}

TxCode SetStandingConsent::check(const TxEnv&) const {
    if (least_ppm > kPpm) return TxCode::rate_out_of_range;
    return TxCode::ok;
}

TxCode SetStandingConsent::execute(State& state, const TxEnv& env) const {
    if ((uses & ~kAllUses) != 0) return TxCode::unknown_use;
    const auto work = needs::work_of(state, submission);
    if (!work) return TxCode::submission_not_found;
    if (work->contributor != env.sender) return TxCode::not_owner;

    if (uses == 0)
        state.erase(kStanding, submission);
    else
        state.put(kStanding, submission, {.uses = uses, .least_ppm = least_ppm});
    emit(state, ModuleId::datasets,
         StandingConsentSet{.submission = submission,
                            .contributor = env.sender,
                            .uses = uses,
                            .least_ppm = least_ppm});
    return TxCode::ok;
}

void withdraw_submission(State& state, const BlockEnv& block, std::uint64_t submission) {
    for (const std::uint64_t dataset : state.get_or_default(kPlaces, submission)) {
        Books books = state.must_get(kBooks, dataset);
        Source source = state.must_get(kSources, {.dataset = dataset, .submission = submission});
        const Amount burned = claimable(books, source);
        change_consent(state, block, dataset, books, source, Consent::withdrawn);
        source.due = {};
        state.put(kSources, {.dataset = dataset, .submission = submission}, source);
        books.contributors_due = difference_of(books.contributors_due, burned);
        state.put(kBooks, dataset, books);
        if (burned.is_zero()) continue;
        ledger::burn(state, pool::kRoyalties, burned, BurnReason::other);
        emit(state, ModuleId::datasets,
             RoyaltiesBurned{.dataset = dataset, .submission = submission, .amount = burned});
    }
}

}  // namespace assay::datasets
