// Owns what tests of datasets add to the stories: accepted work, datasets of it, and books that
// must not change on a refusal.
#pragma once

#include "modules/datasets/events.hpp"
#include "modules/datasets/messages.hpp"
#include "modules/datasets/views.hpp"
#include "tests/support/story_fixture.hpp"

namespace assay::test {

inline const Hash256 kText = sha256(view_of("licence text"));
inline const Hash256 kOutside = sha256(view_of("data from outside"));
inline constexpr std::uint8_t kUses = datasets::kTrain | datasets::kEvaluate;

struct DatasetFixture : StoryFixture {
    // kBuyer's order of just these items, contributed by `who` and accepted.
    std::uint64_t accepted(const Address& who, std::vector<std::uint32_t> contents,
                           bool misplaced = false) {
        const std::uint64_t order_id = post(contents.size(), Amount(1'000));
        const std::uint64_t id = submit(who, std::move(contents), order_id, misplaced);
        pass_deadline(id);
        BOOST_TEST((state_of(id) == market::SubmissionState::accepted));
        return id;
    }
    static datasets::Terms terms(std::uint32_t contributors_ppm = 0, std::uint8_t uses = kUses) {
        return {.text_hash = kText,
                .text_uri = "ipfs://text",
                .uses = uses,
                .contributors_ppm = contributors_ppm};
    }
    // Data from outside, everything else as it is simplest.
    static datasets::RegisterDataset outside(Amount price = Amount(1'000)) {
        return {.outside_root = kOutside,
                .data_uri = "ipfs://data",
                .terms = terms(),
                .price = price,
                .submissions = {},
                .parents = {}};
    }
    // Contributors share 60% of the price.
    static datasets::RegisterDataset of_work(std::vector<std::uint64_t> submissions,
                                             Amount price = Amount(1'000)) {
        datasets::RegisterDataset out = outside(price);
        out.outside_root = {};
        out.terms.contributors_ppm = 600'000;
        out.submissions = std::move(submissions);
        return out;
    }

    template <Message M>
    TxCode send(const Address& sender, const M& message, Amount value = {}) {
        return chain.send(sender, ModuleId::datasets, message, value);
    }
    // Everything that datasets hold and record, and what the people have.
    struct Ledger {
        std::vector<Amount> money;
        Bytes records;
        bool operator==(const Ledger&) const = default;
    };
    Ledger books() const {
        Ledger out;
        for (const Address& who : genesis.people) out.money.push_back(wealth(who));
        for (const auto& each : pool::kAll) out.money.push_back(chain.balance(each.address));
        std::map<Bytes, Bytes> all;
        const std::uint8_t prefix = static_cast<std::uint8_t>(ModuleId::datasets);
        state().scan_raw(ByteView(&prefix, 1), [&](ByteView key, ByteView value) {
            all[to_bytes(key)] = to_bytes(value);
        });
        for (const auto& [key, value] : all) {
            record::encode_into(out.records, key);
            record::encode_into(out.records, value);
        }
        return out;
    }
    // The code of a message that must change nothing but the sender's fee.
    template <Message M>
    TxCode refuse(const Address& sender, const M& message, Amount value = {}) {
        const Ledger before = books();
        const TxCode code = send(sender, message, value);
        BOOST_TEST((code != TxCode::ok));
        BOOST_TEST((books() == before));
        return code;
    }
    // The number of the new dataset.
    std::uint64_t registered(const Address& owner, const datasets::RegisterDataset& message) {
        BOOST_TEST(send(owner, message) == TxCode::ok);
        return state().must_get(datasets::kCounters, {}).datasets;
    }
    datasets::DatasetStatus dataset(std::uint64_t id = 1) const {
        return chain.ask(datasets::GetDataset{.dataset = id}).value();
    }
    datasets::SourceStatus source(std::uint64_t submission, std::uint64_t id = 1) const {
        return chain.ask(datasets::GetSource{.dataset = id, .submission = submission}).value();
    }
    datasets::Licence licence(std::uint64_t id) const {
        return chain.ask(datasets::GetLicence{.licence = id}).value();
    }
    TxCode grant(const Address& who, std::uint64_t submission, std::uint64_t id = 1) {
        return send(who, datasets::GrantConsent{.dataset = id, .submission = submission});
    }
    TxCode revoke(const Address& who, std::uint64_t submission, std::uint64_t id = 1) {
        return send(who, datasets::RevokeConsent{.dataset = id, .submission = submission});
    }
    // Buys at the quoted price and returns the licence's number.
    std::uint64_t bought(const Address& who, std::uint64_t id = 1) {
        const auto value = chain.ask(datasets::QuoteBuyLicence{.dataset = id});
        BOOST_REQUIRE(value.has_value());
        BOOST_TEST(send(who, datasets::BuyLicence{.dataset = id}, *value) == TxCode::ok);
        return state().must_get(datasets::kCounters, {}).licences;
    }
    TxCode claim_royalties(std::uint64_t id, std::uint64_t submission,
                           const Address& sender = kCarol) {
        return send(sender, datasets::ClaimRoyalties{.dataset = id, .submission = submission});
    }
    // What the owner or a submission may claim.
    Amount owner_due(std::uint64_t id = 1) const { return dataset(id).books.owner_due; }
    Amount due(std::uint64_t submission, std::uint64_t id = 1) const {
        return source(submission, id).claimable;
    }
    // What `act` puts into a person's pocket.
    template <class F>
    Amount gain(const Address& who, const F& act) {
        const Amount before = wealth(who);
        act();
        return difference_of(wealth(who), before);
    }
};

}  // namespace assay::test
