// Owns the events of datasets.
#pragma once

#include "modules/datasets/objects.hpp"

namespace assay::datasets {

struct DatasetRegistered {
    static constexpr int kIndexed = 2;
    std::uint64_t dataset = 0;
    Address owner;
    Hash256 outside_root;
    Hash256 sources_root;
    Hash256 text_hash;
    std::uint8_t uses = 0;
    Amount price;
    std::uint64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(DatasetRegistered, (),
                      (dataset, owner, outside_root, sources_root, text_hash, uses, price, items))

struct DatasetEdited {
    static constexpr int kIndexed = 1;
    std::uint64_t dataset = 0;
    Amount price;
    bool on_sale = false;
};
BOOST_DESCRIBE_STRUCT(DatasetEdited, (), (dataset, price, on_sale))

// Every change of a consent: with the digest that it leads to, so that the events of a dataset can
// be held against any licence's digest.
struct ConsentChanged {
    static constexpr int kIndexed = 3;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
    Address contributor;
    Consent consent{};
    std::uint64_t number = 0;   // among the submission's changes
    std::uint64_t version = 0;  // among the dataset's
    Hash256 digest;
};
BOOST_DESCRIBE_STRUCT(ConsentChanged, (),
                      (dataset, submission, contributor, consent, number, version, digest))

struct StandingConsentSet {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address contributor;
    std::uint8_t uses = 0;
    std::uint32_t least_ppm = 0;
};
BOOST_DESCRIBE_STRUCT(StandingConsentSet, (), (submission, contributor, uses, least_ppm))

struct LicenceBought {
    static constexpr int kIndexed = 3;
    std::uint64_t licence = 0;
    std::uint64_t dataset = 0;
    Address buyer;
    Amount price;
    std::uint64_t ends_s = 0;
    std::uint64_t consent_version = 0;
    Hash256 consent_digest;
    std::uint64_t consented_items = 0;
};
BOOST_DESCRIBE_STRUCT(LicenceBought, (),
                      (licence, dataset, buyer, price, ends_s, consent_version, consent_digest,
                       consented_items))

struct LicenceTransferred {
    static constexpr int kIndexed = 3;
    std::uint64_t licence = 0;
    Address from;
    Address to;
};
BOOST_DESCRIBE_STRUCT(LicenceTransferred, (), (licence, from, to))

// What one dataset got of one licence: its own, or a derived dataset's.
struct RoyaltyEarned {
    static constexpr int kIndexed = 2;
    std::uint64_t dataset = 0;
    std::uint64_t licence = 0;
    Amount to_owner;
    Amount to_contributors;
    Amount burned;  // the contributors' part where no consent is left
};
BOOST_DESCRIBE_STRUCT(RoyaltyEarned, (), (dataset, licence, to_owner, to_contributors, burned))

struct RoyaltiesClaimed {
    static constexpr int kIndexed = 3;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;  // 0: the owner's
    Address to;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(RoyaltiesClaimed, (), (dataset, submission, to, amount))

// What a submission had earned and not claimed when fraud in it was proven.
struct RoyaltiesBurned {
    static constexpr int kIndexed = 2;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
    Amount amount;
};
BOOST_DESCRIBE_STRUCT(RoyaltiesBurned, (), (dataset, submission, amount))

}  // namespace assay::datasets
