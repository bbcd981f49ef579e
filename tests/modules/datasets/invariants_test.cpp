// Invariants find what is wrong: each record is damaged in turn.
#include "modules/datasets/invariants.hpp"

#include <set>

#include "chain/state/memory_reader.hpp"
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;
using namespace assay::datasets;

namespace {

struct Damage : DatasetFixture {
    std::uint64_t ann = 0;
    std::uint64_t bob = 0;
    MemoryReader copy;

    // Dataset 1 of two submissions with consent, sold once; dataset 2 made of it, sold once.
    Damage() {
        ann = accepted(kAnn, {1, 2});
        bob = accepted(kBob, {3});
        auto base = of_work({ann, bob});
        base.terms.exclusive = true;
        base.terms.duration_s = 1;
        base.terms.uses |= datasets::kDerive;
        registered(kBuyer, base);
        grant(kAnn, ann);
        bought(kCarol);
        end_block(2);
        grant(kBob, bob);
        bought(kCarol);
        auto child = outside();
        child.parents = {{.dataset = 1, .licence = 0, .royalty_ppm = 100'000}};
        registered(kBuyer, child);
        bought(kCarol, 2);
        end_block();
        std::vector<Change> all;
        state().scan_raw({}, [&](ByteView key, ByteView value) {
            all.push_back({.key = to_bytes(key), .value = to_bytes(value)});
        });
        copy.apply(all);
    }
    // The rules that a copy of the state breaks after `harm`.
    template <class F>
    std::set<std::string> broken(const F& harm) {
        State damaged(copy);
        harm(damaged);
        std::vector<InvariantFailure> failures;
        for (const auto check : {check_money, check_consents, check_lineage, check_licences})
            check(damaged, copy, failures);
        std::set<std::string> out;
        for (const auto& each : failures) out.insert(each.rule);
        return out;
    }
    template <class K, class V, class F>
    std::set<std::string> with(const Table<K, V>& table, const K& key, const F& change) {
        return broken([&](State& damaged) {
            V record = damaged.must_get(table, key);
            change(record);
            damaged.put(table, key, record);
        });
    }
};

const std::set<std::string> kMoney = {"datasets: money"};
const std::set<std::string> kConsents = {"datasets: consents"};
const std::set<std::string> kLineage = {"datasets: lineage"};
const std::set<std::string> kLicencesOnly = {"datasets: licences"};
const std::set<std::string> kConsentsAndLicences = {"datasets: consents", "datasets: licences"};

}  // namespace

BOOST_FIXTURE_TEST_CASE(damaged_money_is_found, Damage) {
    BOOST_TEST(broken([](State&) {}).empty());
    BOOST_TEST(
        (broken([](State& s) { ledger::move(s, pool::kRoyalties, kAnn, Amount(1)); }) == kMoney));
    BOOST_TEST((with(kBooks, std::uint64_t{1}, [](Books& books) {
                    books.owner_due = sum_of(books.owner_due, Amount(1));
                }) == kMoney));
    BOOST_TEST((with(kBooks, std::uint64_t{1}, [](Books& books) {
                    books.per_item = sum_of(books.per_item, Amount(1));
                }) == kMoney));
    BOOST_TEST((with(kSources, SourceKey{1, ann}, [](Source& source) {
                    source.due = sum_of(source.due, Amount(1));
                }) == kMoney));
    BOOST_TEST((with(kBooks, std::uint64_t{2}, [](Books& books) { books.income = {}; }) == kMoney));
}

BOOST_FIXTURE_TEST_CASE(damaged_consents_are_found, Damage) {
    BOOST_TEST((with(kBooks, std::uint64_t{1}, [](Books& books) { books.consented_items += 1; }) ==
                kConsents));
    BOOST_TEST((with(kBooks, std::uint64_t{1}, [](Books& books) { books.consent_digest = {}; }) ==
                kConsents));
    BOOST_TEST((with(kBooks, std::uint64_t{1}, [](Books& books) { books.consent_version += 1; }) ==
                kConsents));
    BOOST_TEST((with(kChanges, ChangeKey{1, ann, 1},
                     [](ConsentChange& change) { change.height += 1; }) == kConsentsAndLicences));
    BOOST_TEST((with(kSources, SourceKey{1, bob},
                     [](Source& source) { source.contributor = kAnn; }) == kConsents));
    BOOST_TEST((with(market::kSubmissions, ann, [](market::Submission& each) {
                    each.state = market::SubmissionState::clawed_back;
                }) == kConsents));
    BOOST_TEST((broken([&](State& s) { s.erase(kPlaces, bob); }) == kConsents));
}

BOOST_FIXTURE_TEST_CASE(damaged_lineage_is_found, Damage) {
    BOOST_TEST((with(kDatasets, std::uint64_t{2},
                     [](Dataset& record) { record.receivers[0].ppm += 1; }) == kLineage));
    BOOST_TEST((with(kDatasets, std::uint64_t{2},
                     [](Dataset& record) { record.receivers.clear(); }) == kLineage));
    BOOST_TEST((with(kDatasets, std::uint64_t{2}, [](Dataset& record) {
                    record.terms.contributors_ppm = 900'001;
                }) == kLineage));
    BOOST_TEST((with(kDatasets, std::uint64_t{1},
                     [](Dataset& record) { record.terms.royalty_ppm = 100'001; }) == kLineage));
}

BOOST_FIXTURE_TEST_CASE(damaged_licences_are_found, Damage) {
    BOOST_TEST((with(kLicences, std::uint64_t{1},
                     [](Licence& each) { each.consented_items = 3; }) == kLicencesOnly));
    BOOST_TEST((with(kLicences, std::uint64_t{1},
                     [](Licence& each) { each.consent_version = 2; }) == kLicencesOnly));
    BOOST_TEST((with(kLicences, std::uint64_t{1}, [](Licence& each) { each.ends_s += 10; }) ==
                kLicencesOnly));
    BOOST_TEST((with(kLicences, std::uint64_t{3}, [](Licence& each) { each.holder = kAnn; }) ==
                kLicencesOnly));
    BOOST_TEST((with(kLicences, std::uint64_t{3}, [](Licence& each) { each.text_hash = {}; }) ==
                kLicencesOnly));
    BOOST_TEST(
        (broken([](State& s) { s.erase(kSold, {.dataset = 2, .licence = 3}); }) == kLicencesOnly));
}
