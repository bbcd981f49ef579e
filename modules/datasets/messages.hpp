// Owns the messages of datasets.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/datasets/objects.hpp"

namespace assay::datasets {

// Registers data of the sender: submissions accepted in the sender's own orders, data from outside,
// or both. Lists rise strictly by number. A parent is the sender's own dataset, or one that the
// sender holds a licence of which permits to derive; it gets at least the royalty it asks for.
// contributors_ppm and the parents' royalties are at most 10^6 together; the rest is the owner's.
struct RegisterDataset {
    static constexpr std::uint64_t kGas = 60'000;
    static constexpr std::uint64_t kGasPerSubmission = 20'000;
    static constexpr std::uint64_t kGasPerParent = 10'000;
    Hash256 outside_root;
    std::string data_uri;
    Terms terms;
    Amount price;
    std::vector<std::uint64_t> submissions;
    std::vector<Parent> parents;

    std::uint64_t gas() const;
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(RegisterDataset, (),
                      (outside_root, data_uri, terms, price, submissions, parents))

// The owner names another price, or takes the dataset off sale. Licences sold stay as they are.
struct EditDataset {
    static constexpr std::uint64_t kGas = 15'000;
    std::uint64_t dataset = 0;
    Amount price;
    bool on_sale = true;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(EditDataset, (), (dataset, price, on_sale))

// value = QuoteBuyLicence(dataset): a price that changed meanwhile refuses. So does a dataset in
// which fewer than `least_items` have consent when the message is executed.
struct BuyLicence {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 180'000;  // with kMaxReceivers to credit
    std::uint64_t dataset = 0;
    std::uint64_t least_items = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(BuyLicence, (), (dataset, least_items))

// The holder passes a running licence on, where its terms permit.
struct TransferLicence {
    static constexpr std::uint64_t kGas = 24'000;
    std::uint64_t licence = 0;
    Address to;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(TransferLicence, (), (licence, to))

// By the contributor of the submission: from now on it counts in licences of the dataset, and
// earns.
struct GrantConsent {
    static constexpr std::uint64_t kGas = 30'000;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(GrantConsent, (), (dataset, submission))

// The opposite, at any time. What was sold before stays sold; what was earned stays due.
struct RevokeConsent {
    static constexpr std::uint64_t kGas = 30'000;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(RevokeConsent, (), (dataset, submission))

// Consent ahead, as soon as the submission is committed: it holds in every dataset registered later
// whose uses are among `uses` and which gives the submission at least `least_ppm` of its price once
// all have consented. uses = 0 takes it back. Datasets that exist keep the consent they have.
struct SetStandingConsent {
    static constexpr std::uint64_t kGas = 15'000;
    std::uint64_t submission = 0;
    std::uint8_t uses = 0;
    std::uint32_t least_ppm = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(SetStandingConsent, (), (submission, uses, least_ppm))

// Pays what a submission earned in a dataset to its contributor; submission = 0: what the dataset
// earned to its owner. Anybody may send it.
struct ClaimRoyalties {
    static constexpr std::uint64_t kGas = 25'000;
    std::uint64_t dataset = 0;
    std::uint64_t submission = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ClaimRoyalties, (), (dataset, submission))

}  // namespace assay::datasets
