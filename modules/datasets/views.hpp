// Owns what can be asked of datasets.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::datasets {

inline constexpr std::uint32_t kMaxPage = 100;

struct DatasetStatus {
    Dataset dataset;
    Books books;
    bool on_offer = false;  // a licence could be bought in this block
};
BOOST_DESCRIBE_STRUCT(DatasetStatus, (), (dataset, books, on_offer))

struct GetDataset {
    using Returns = DatasetStatus;
    std::uint64_t dataset = 0;
    Result<DatasetStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetDataset, (), (dataset))

// Datasets with ids after `after`, at most `limit` (1..kMaxPage) of them.
struct ListDatasets {
    using Returns = std::vector<Dataset>;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListDatasets, (), (after, limit))

struct SourceStatus {
    Source source;
    Amount claimable;
};
BOOST_DESCRIBE_STRUCT(SourceStatus, (), (source, claimable))

struct GetSource {
    using Returns = SourceStatus;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
    Result<SourceStatus> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetSource, (), (dataset, submission))

// Submissions of one dataset with numbers after `after`.
struct ListSources {
    using Returns = std::vector<SourceStatus>;
    std::uint64_t dataset = 0;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListSources, (), (dataset, after, limit))

// The datasets that a submission is in; none is no error.
struct ListDatasetsOfSubmission {
    using Returns = std::vector<std::uint64_t>;
    std::uint64_t submission = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListDatasetsOfSubmission, (), (submission))

// uses = 0 where there is none.
struct GetStandingConsent {
    using Returns = StandingConsent;
    std::uint64_t submission = 0;
    Result<StandingConsent> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetStandingConsent, (), (submission))

struct GetLicence {
    using Returns = Licence;
    std::uint64_t licence = 0;
    Result<Licence> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetLicence, (), (licence))

// Licences of one dataset with ids after `after`.
struct ListLicences {
    using Returns = std::vector<Licence>;
    std::uint64_t dataset = 0;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListLicences, (), (dataset, after, limit))

// Licences that an account holds.
struct ListHeldLicences {
    using Returns = std::vector<Licence>;
    Address holder;
    std::uint64_t after = 0;
    std::uint32_t limit = 0;
    Result<Returns> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(ListHeldLicences, (), (holder, after, limit))

// The value that buyLicence must carry; refused where no licence can be bought now, by its code's
// name.
struct QuoteBuyLicence {
    using Returns = Amount;
    std::uint64_t dataset = 0;
    Result<Amount> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(QuoteBuyLicence, (), (dataset))

// Which consent held, and the two records that prove it: the submission's change `number` (0: none
// by then, the consent was none) and the absence, or the later version or height, of the next.
struct ConsentHeld {
    Consent consent{};
    std::uint64_t number = 0;
    ConsentChange change;  // number 0: empty
};
BOOST_DESCRIBE_STRUCT(ConsentHeld, (), (consent, number, change))

// When the licence was bought.
struct GetConsentInLicence {
    using Returns = ConsentHeld;
    std::uint64_t licence = 0;
    std::uint64_t submission = 0;
    Result<ConsentHeld> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetConsentInLicence, (), (licence, submission))

// After the block of that height.
struct GetConsentAt {
    using Returns = ConsentHeld;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;
    std::uint64_t height = 0;
    Result<ConsentHeld> view(const State& state, const BlockEnv& block) const;
};
BOOST_DESCRIBE_STRUCT(GetConsentAt, (), (dataset, submission, height))

}  // namespace assay::datasets
