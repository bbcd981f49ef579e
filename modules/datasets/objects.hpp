// Owns the records of datasets: terms, books, sources, consents, licences, and their tables.
#pragma once

#include <vector>

#include "chain/state/table.hpp"
#include "chain/types/ids.hpp"
#include "modules/datasets/params.hpp"

namespace assay::datasets {

// Bits of `uses`: what a licence lets its holder do with the data.
inline constexpr std::uint8_t kTrain = 1;        // train models
inline constexpr std::uint8_t kEvaluate = 2;     // measure models
inline constexpr std::uint8_t kDerive = 4;       // make other datasets of it, and register them
inline constexpr std::uint8_t kPublish = 8;      // pass the items on
inline constexpr std::uint8_t kCommercial = 16;  // all of the above for profit
inline constexpr std::uint8_t kAllUses = 31;

// What every licence of a dataset says. Never changes once registered.
struct Terms {
    Hash256 text_hash;  // SHA-256 of the licence text
    std::string text_uri;
    std::uint8_t uses = 0;
    std::uint64_t duration_s = 0;  // of a licence; 0: for ever
    bool exclusive = false;        // one licence at a time
    bool transferable = false;
    std::uint32_t contributors_ppm = 0;  // of the price, shared by consented items
    std::uint32_t royalty_ppm = 0;       // of the price of a derived dataset, at least
};
BOOST_DESCRIBE_STRUCT(Terms, (),
                      (text_hash, text_uri, uses, duration_s, exclusive, transferable,
                       contributors_ppm, royalty_ppm))

// Where a dataset comes from. `licence` is the one that permits it; 0 where the parent is the
// registrant's own.
struct Parent {
    std::uint64_t dataset = 0;
    std::uint64_t licence = 0;
    std::uint32_t royalty_ppm = 0;  // of the child's price
    friend bool operator==(const Parent&, const Parent&) = default;
};
BOOST_DESCRIBE_STRUCT(Parent, (), (dataset, licence, royalty_ppm))

// An ancestor and its part of the price, parents' own royalties to their parents resolved.
struct Receiver {
    std::uint64_t dataset = 0;
    std::uint32_t ppm = 0;
    friend bool operator==(const Receiver&, const Receiver&) = default;
};
BOOST_DESCRIBE_STRUCT(Receiver, (), (dataset, ppm))

struct Dataset {
    std::uint64_t id = 0;
    Address owner;
    Hash256 outside_root;  // of data that no order brought; zero where there is none
    Hash256 sources_root;  // RFC 6962 root over SourceLeaf of each submission; zero without any
    std::string data_uri;
    Terms terms;
    Amount price;
    bool on_sale = true;
    std::uint32_t submissions = 0;
    std::uint64_t items = 0;  // of all submissions
    std::uint64_t registered_height = 0;
    std::uint64_t registered_s = 0;
    std::vector<Parent> parents;      // by rising number
    std::vector<Receiver> receivers;  // by rising number, none with 0 ppm
};
BOOST_DESCRIBE_STRUCT(Dataset, (),
                      (id, owner, outside_root, sources_root, data_uri, terms, price, on_sale,
                       submissions, items, registered_height, registered_s, parents, receivers))

// Leaf number i of sources_root is the record encoding of this, for the i-th submission.
struct SourceLeaf {
    std::uint64_t submission = 0;
    std::uint64_t items = 0;
    Hash256 root;
};
BOOST_DESCRIBE_STRUCT(SourceLeaf, (), (submission, items, root))

// What moves with sales and consents.
struct Books {
    std::uint64_t licences = 0;         // ever sold
    std::uint64_t taken_until_s = 0;    // exclusive: when the present licence ends, or kForever
    std::uint64_t consent_version = 0;  // number of changes of consent so far
    Hash256 consent_digest;             // chain over all of them, see consent.hpp
    std::uint32_t consented_submissions = 0;
    std::uint64_t consented_items = 0;
    Amount income;            // ever, from own licences and from derived datasets'
    Amount owner_due;         // not claimed yet
    Amount contributors_due;  // the same of all sources together
    Amount per_item;          // all that an item ever earned that had consent all the time
};
BOOST_DESCRIBE_STRUCT(Books, (),
                      (licences, taken_until_s, consent_version, consent_digest,
                       consented_submissions, consented_items, income, owner_due, contributors_due,
                       per_item))

struct SourceKey {
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
};
BOOST_DESCRIBE_STRUCT(SourceKey, (), (dataset, submission))

enum class Consent : std::uint8_t {
    none = 0,       // never given
    granted = 1,    // counts and earns
    revoked = 2,    // by the contributor
    withdrawn = 3,  // fraud was proven: for ever
};
BOOST_DESCRIBE_ENUM(Consent, none, granted, revoked, withdrawn)

// One submission in one dataset.
struct Source {
    std::uint64_t submission = 0;
    Address contributor;
    std::uint64_t items = 0;
    Consent consent = Consent::none;
    std::uint64_t changes = 0;  // of the consent so far
    Amount from;                // Books::per_item up to which `due` has been credited
    Amount due;                 // credited and not claimed
    Amount claimed;             // ever
};
BOOST_DESCRIBE_STRUCT(Source, (),
                      (submission, contributor, items, consent, changes, from, due, claimed))

struct ChangeKey {
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
    std::uint64_t number = 0;  // 1 .. Source::changes
};
BOOST_DESCRIBE_STRUCT(ChangeKey, (), (dataset, submission, number))

// Written once, never changed. The submission's consent is `consent` for licences whose
// consent_version is `version` or more, up to the submission's next change.
struct ConsentChange {
    std::uint64_t version = 0;  // of the dataset's consents, this change included
    std::uint64_t height = 0;
    std::uint64_t time_s = 0;
    Consent consent{};
};
BOOST_DESCRIBE_STRUCT(ConsentChange, (), (version, height, time_s, consent))

// Consent given ahead, to every dataset registered later whose terms it covers.
struct StandingConsent {
    std::uint8_t uses = 0;        // that it covers
    std::uint32_t least_ppm = 0;  // of the price that the submission must get
};
BOOST_DESCRIBE_STRUCT(StandingConsent, (), (uses, least_ppm))

inline constexpr std::uint64_t kForever = ~std::uint64_t{0};

// Written when bought; only `holder` ever changes.
struct Licence {
    std::uint64_t id = 0;
    std::uint64_t dataset = 0;
    Address buyer;
    Address holder;
    Amount price;
    Hash256 text_hash;  // of the licence text
    std::uint64_t bought_height = 0;
    std::uint64_t bought_s = 0;
    std::uint64_t ends_s = 0;  // kForever where it does not end
    // Which consents held:
    std::uint64_t consent_version = 0;
    Hash256 consent_digest;
    std::uint32_t consented_submissions = 0;
    std::uint64_t consented_items = 0;
};
BOOST_DESCRIBE_STRUCT(Licence, (),
                      (id, dataset, buyer, holder, price, text_hash, bought_height, bought_s,
                       ends_s, consent_version, consent_digest, consented_submissions,
                       consented_items))

struct Counters {
    std::uint64_t datasets = 0;  // the last id given
    std::uint64_t licences = 0;
};
BOOST_DESCRIBE_STRUCT(Counters, (), (datasets, licences))

struct DatasetLicence {
    std::uint64_t dataset = 0;
    std::uint64_t licence = 0;
};
BOOST_DESCRIBE_STRUCT(DatasetLicence, (), (dataset, licence))

struct HolderLicence {
    Address holder;
    std::uint64_t licence = 0;
};
BOOST_DESCRIBE_STRUCT(HolderLicence, (), (holder, licence))

struct Listed {};
BOOST_DESCRIBE_STRUCT(Listed, (), ())

// Ids count from 1.
inline constexpr Table<Only, Counters> kCounters{ModuleId::datasets, 1};
inline constexpr Table<std::uint64_t, Dataset> kDatasets{ModuleId::datasets, 2};
inline constexpr Table<std::uint64_t, Books> kBooks{ModuleId::datasets, 3};
// A dataset's submissions by rising number.
inline constexpr Table<std::uint64_t, std::vector<std::uint64_t>> kContents{ModuleId::datasets, 4};
inline constexpr Table<SourceKey, Source> kSources{ModuleId::datasets, 5};
inline constexpr Table<ChangeKey, ConsentChange> kChanges{ModuleId::datasets, 6};
inline constexpr Table<std::uint64_t, Licence> kLicences{ModuleId::datasets, 7};
// The datasets that a submission is in.
inline constexpr Table<std::uint64_t, std::vector<std::uint64_t>> kPlaces{ModuleId::datasets, 8};
inline constexpr Table<std::uint64_t, StandingConsent> kStanding{ModuleId::datasets, 9};
inline constexpr Table<DatasetLicence, Listed> kSold{ModuleId::datasets, 0x80};
inline constexpr Table<HolderLicence, Listed> kHeld{ModuleId::datasets, 0x81};

}  // namespace assay::datasets
