// The rules of licences and of what they earn.
#include "modules/datasets/licence.hpp"

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/datasets/consent.hpp"
#include "modules/datasets/events.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/money.hpp"

namespace assay::datasets {

namespace {

Licence new_licence(std::uint64_t id, const TxEnv& env, const Dataset& dataset,
                    const Books& books) {
    return {.id = id,
            .dataset = dataset.id,
            .buyer = env.sender,
            .holder = env.sender,
            .price = dataset.price,
            .text_hash = dataset.terms.text_hash,
            .bought_height = env.block.height,
            .bought_s = env.block.time_s,
            .ends_s = end_of(env.block, dataset.terms),
            .consent_version = books.consent_version,
            .consent_digest = books.consent_digest,
            .consented_submissions = books.consented_submissions,
            .consented_items = books.consented_items};
}

void announce(State& state, const Licence& licence) {
    emit(state, ModuleId::datasets,
         LicenceBought{.licence = licence.id,
                       .dataset = licence.dataset,
                       .buyer = licence.buyer,
                       .price = licence.price,
                       .ends_s = licence.ends_s,
                       .consent_version = licence.consent_version,
                       .consent_digest = licence.consent_digest,
                       .consented_items = licence.consented_items});
}

void pay(State& state, const ClaimRoyalties& claim, const Address& to, Amount amount) {
    ledger::move(state, pool::kRoyalties, to, amount);
    emit(state, ModuleId::datasets,
         RoyaltiesClaimed{
             .dataset = claim.dataset, .submission = claim.submission, .to = to, .amount = amount});
}

}  // namespace

std::uint64_t end_of(const BlockEnv& block, const Terms& terms) {
    return terms.duration_s == 0 ? kForever : block.time_s + terms.duration_s;
}

TxCode on_offer(const BlockEnv& block, const Dataset& dataset, const Books& books) {
    if (!dataset.on_sale) return TxCode::dataset_not_on_sale;
    if (block.time_s < books.taken_until_s) return TxCode::licence_exclusive;
    if (dataset.submissions != 0 && books.consented_items == 0) return TxCode::no_consent;
    return TxCode::ok;
}

TxCode BuyLicence::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode BuyLicence::execute(State& state, const TxEnv& env) const {
    const auto record = state.get(kDatasets, dataset);
    if (!record) return TxCode::dataset_not_found;
    Books books = state.must_get(kBooks, dataset);
    if (const TxCode code = on_offer(env.block, *record, books); code != TxCode::ok) return code;
    if (books.consented_items < least_items) return TxCode::too_few_consents;
    if (env.value != record->price) return TxCode::wrong_value;

    Counters counters = state.must_get(kCounters, {});
    counters.licences += 1;
    state.put(kCounters, {}, counters);
    const Licence licence = new_licence(counters.licences, env, *record, books);
    state.put(kLicences, licence.id, licence);
    state.put(kSold, {.dataset = dataset, .licence = licence.id}, {});
    state.put(kHeld, {.holder = licence.holder, .licence = licence.id}, {});
    announce(state, licence);
    books.licences += 1;
    if (record->terms.exclusive) books.taken_until_s = licence.ends_s;
    ledger::move(state, module_address(ModuleId::datasets), pool::kRoyalties, env.value);
    distribute(state, *record, books, licence.id, env.value);
    state.put(kBooks, dataset, books);
    return TxCode::ok;
}

TxCode TransferLicence::check(const TxEnv& env) const {
    if (to.is_zero()) return TxCode::address_zero;
    if (to == env.sender) return TxCode::self_transfer;
    if (is_reserved(to)) return TxCode::reserved_recipient;
    return TxCode::ok;
}

TxCode TransferLicence::execute(State& state, const TxEnv& env) const {
    auto record = state.get(kLicences, licence);
    if (!record) return TxCode::licence_not_found;
    if (record->holder != env.sender) return TxCode::not_owner;
    if (!state.must_get(kDatasets, record->dataset).terms.transferable)
        return TxCode::licence_not_transferable;
    if (env.block.time_s >= record->ends_s) return TxCode::licence_ended;

    state.erase(kHeld, {.holder = env.sender, .licence = licence});
    state.put(kHeld, {.holder = to, .licence = licence}, {});
    record->holder = to;
    state.put(kLicences, licence, *record);
    emit(state, ModuleId::datasets,
         LicenceTransferred{.licence = licence, .from = env.sender, .to = to});
    return TxCode::ok;
}

TxCode ClaimRoyalties::check(const TxEnv&) const {
    return TxCode::ok;
}

TxCode ClaimRoyalties::execute(State& state, const TxEnv&) const {
    auto books = state.get(kBooks, dataset);
    if (!books) return TxCode::dataset_not_found;
    if (submission == 0) {
        const Amount due = books->owner_due;
        if (due.is_zero()) return TxCode::nothing_to_claim;

        books->owner_due = {};
        state.put(kBooks, dataset, *books);
        pay(state, *this, state.must_get(kDatasets, dataset).owner, due);
        return TxCode::ok;
    }
    const SourceKey key{.dataset = dataset, .submission = submission};
    auto source = state.get(kSources, key);
    if (!source) return TxCode::submission_not_in_dataset;
    const Amount due = claimable(*books, *source);
    if (due.is_zero()) return TxCode::nothing_to_claim;

    source->due = {};
    source->from = books->per_item;
    source->claimed = sum_of(source->claimed, due);
    state.put(kSources, key, *source);
    books->contributors_due = difference_of(books->contributors_due, due);
    state.put(kBooks, dataset, *books);
    pay(state, *this, source->contributor, due);
    return TxCode::ok;
}

}  // namespace assay::datasets
