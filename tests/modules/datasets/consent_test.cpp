// Consent: who may change it, what that does to money, and what a licence proves about it.
#include "modules/datasets/consent.hpp"

#include "chain/codec/abi.hpp"
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;
using datasets::BuyLicence;
using datasets::Consent;
using datasets::SetStandingConsent;

namespace {

struct ConsentFixture : DatasetFixture {
    // Two items of kAnn's, one of kBob's, in dataset 1.
    std::uint64_t ann = 0;
    std::uint64_t bob = 0;
    void both() {
        ann = accepted(kAnn, {1, 2});
        bob = accepted(kBob, {3});
        registered(kBuyer, of_work({ann, bob}));
    }
    Consent in_licence(std::uint64_t licence_id, std::uint64_t submission) const {
        return chain
            .ask(datasets::GetConsentInLicence{.licence = licence_id, .submission = submission})
            ->consent;
    }
    Consent at(std::uint64_t height, std::uint64_t submission) const {
        return chain
            .ask(datasets::GetConsentAt{.dataset = 1, .submission = submission, .height = height})
            ->consent;
    }
    TxCode stand(const Address& who, std::uint64_t submission, std::uint8_t uses,
                 std::uint32_t least_ppm = 0) {
        return send(who, SetStandingConsent{
                             .submission = submission, .uses = uses, .least_ppm = least_ppm});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(nothing_is_sold_that_nobody_consents_to, ConsentFixture) {
    both();
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 1}, Amount(1'000)) == TxCode::no_consent);
    BOOST_TEST(
        (chain.ask(datasets::QuoteBuyLicence{.dataset = 1}).error() == failure("no_consent")));
    BOOST_TEST(grant(kBob, bob) == TxCode::ok);
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 1, .least_items = 2}, Amount(1'000)) ==
               TxCode::too_few_consents);
    BOOST_TEST(send(kCarol, BuyLicence{.dataset = 1, .least_items = 1}, Amount(1'000)) ==
               TxCode::ok);
    BOOST_TEST(due(bob) == Amount(600));
    BOOST_TEST(due(ann) == Amount{});
    BOOST_TEST(revoke(kBob, bob) == TxCode::ok);
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 1}, Amount(1'000)) == TxCode::no_consent);
    BOOST_TEST(due(bob) == Amount(600));  // what was earned stays due
}

BOOST_FIXTURE_TEST_CASE(only_the_contributor_changes_a_consent, ConsentFixture) {
    both();
    using datasets::GrantConsent;
    using datasets::RevokeConsent;
    BOOST_TEST(refuse(kAnn, GrantConsent{.dataset = 2, .submission = ann}) ==
               TxCode::dataset_not_found);
    BOOST_TEST(refuse(kAnn, RevokeConsent{.dataset = 2, .submission = ann}) ==
               TxCode::dataset_not_found);
    BOOST_TEST(refuse(kAnn, GrantConsent{.dataset = 1, .submission = 99}) ==
               TxCode::submission_not_in_dataset);
    BOOST_TEST(refuse(kAnn, RevokeConsent{.dataset = 1, .submission = 99}) ==
               TxCode::submission_not_in_dataset);
    BOOST_TEST(refuse(kBuyer, GrantConsent{.dataset = 1, .submission = ann}) == TxCode::not_owner);
    BOOST_TEST(refuse(kBob, RevokeConsent{.dataset = 1, .submission = ann}) == TxCode::not_owner);
    BOOST_TEST(refuse(kAnn, RevokeConsent{.dataset = 1, .submission = ann}) ==
               TxCode::consent_unchanged);
    BOOST_TEST(grant(kAnn, ann) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, GrantConsent{.dataset = 1, .submission = ann}) ==
               TxCode::consent_unchanged);
}

BOOST_FIXTURE_TEST_CASE(who_revokes_earns_nothing_until_it_grants_again, ConsentFixture) {
    both();
    grant(kAnn, ann);
    grant(kBob, bob);
    bought(kCarol);  // 200 an item
    BOOST_TEST(revoke(kAnn, ann) == TxCode::ok);
    bought(kCarol);  // 600 to the one item left
    BOOST_TEST(due(ann) == Amount(400));
    BOOST_TEST(due(bob) == Amount(800));
    BOOST_TEST(grant(kAnn, ann) == TxCode::ok);
    BOOST_TEST(due(ann) == Amount(400));  // not a unit of what was earned meanwhile
    bought(kCarol);
    BOOST_TEST(due(ann) == Amount(800));
    BOOST_TEST(due(bob) == Amount(1'000));
    BOOST_TEST(owner_due() == Amount(1'200));
}

BOOST_FIXTURE_TEST_CASE(a_licence_proves_which_consents_held, ConsentFixture) {
    both();
    grant(kBob, bob);
    const std::uint64_t first = bought(kCarol);
    grant(kAnn, ann);  // in the same block, after the sale
    const std::uint64_t second = bought(kCarol);
    const std::uint64_t height = chain.block().height;
    end_block();
    revoke(kBob, bob);
    revoke(kAnn, ann);
    grant(kAnn, ann);
    const std::uint64_t third = bought(kCarol);
    BOOST_TEST((in_licence(first, bob) == Consent::granted));
    BOOST_TEST((in_licence(first, ann) == Consent::none));
    BOOST_TEST((in_licence(second, ann) == Consent::granted));
    BOOST_TEST((in_licence(third, bob) == Consent::revoked));
    BOOST_TEST((in_licence(third, ann) == Consent::granted));
    BOOST_TEST(licence(second).consented_items == 3u);
    BOOST_TEST(licence(third).consented_items == 2u);
    BOOST_TEST((at(height - 1, bob) == Consent::none));
    BOOST_TEST((at(height, bob) == Consent::granted));
    BOOST_TEST((at(height + 1, bob) == Consent::revoked));
    BOOST_TEST((at(height + 1, ann) == Consent::granted));

    // The records that the proof is made of: the change that held, and the next, which came later.
    const auto proof =
        chain.ask(datasets::GetConsentInLicence{.licence = second, .submission = bob}).value();
    BOOST_TEST(proof.number == 1u);
    BOOST_TEST(proof.change.height == height);
    const auto next = state().must_get(
        datasets::kChanges, {.dataset = 1, .submission = bob, .number = proof.number + 1});
    BOOST_TEST(next.version > licence(second).consent_version);
}

BOOST_FIXTURE_TEST_CASE(a_datasets_events_lead_to_the_digest_of_a_licence, ConsentFixture) {
    both();
    grant(kAnn, ann);
    grant(kBob, bob);
    revoke(kAnn, ann);
    const std::uint64_t id = bought(kCarol);
    Hash256 digest;
    const auto topic = assay::abi::event_of<datasets::ConsentChanged>().topic;
    std::uint64_t version = 0;
    for (const Receipt& receipt : chain.receipts()) {
        for (const Log& log : receipt.logs) {
            if (log.topics[0] != topic) continue;
            // Not indexed: consent, number, version, digest, a word each.
            const auto word = [&](std::size_t i) { return ByteView(log.data).subspan(32 * i, 32); };
            const std::uint64_t submission = log.topics[2].bytes[31];
            digest = datasets::next_digest(digest,
                                           {.dataset = log.topics[1].bytes[31],
                                            .submission = submission,
                                            .number = word(1)[31]},
                                           {.version = ++version,
                                            .height = chain.block().height,
                                            .time_s = now_s(),
                                            .consent = static_cast<Consent>(word(0)[31])});
            BOOST_TEST((digest == Hash256::from(word(3))));
        }
    }
    BOOST_TEST(version == 3u);
    BOOST_TEST((licence(id).consent_digest == digest));
    BOOST_TEST(!digest.is_zero());
}

BOOST_AUTO_TEST_CASE(the_digest_of_consents_is_what_it_always_was) {
    // SHA-256 over the tag, 32 zero bytes, and the fields big-endian, computed with another
    // program.
    const Hash256 digest = datasets::next_digest(
        {}, {.dataset = 1, .submission = 2, .number = 3},
        {.version = 4, .height = 5, .time_s = 6, .consent = Consent::granted});
    BOOST_TEST(to_hex(digest) ==
               "a856bf57d7753f28b9ed8d293787bd626e1da4bfebbe3b4e45400ac18465fd15");
}

BOOST_FIXTURE_TEST_CASE(standing_consent_covers_only_what_it_names, ConsentFixture) {
    post(3, Amount(1'000));
    ann = commit(kAnn, {1, 2});
    const std::uint64_t other = commit(kBob, {3});
    BOOST_TEST(refuse(kAnn, SetStandingConsent{.submission = 99, .uses = 1}) ==
               TxCode::submission_not_found);
    BOOST_TEST(refuse(kBob, SetStandingConsent{.submission = ann, .uses = 1}) == TxCode::not_owner);
    BOOST_TEST(refuse(kAnn, SetStandingConsent{.submission = ann, .uses = 32}) ==
               TxCode::unknown_use);
    BOOST_TEST(
        refuse(kAnn, SetStandingConsent{.submission = ann, .uses = 1, .least_ppm = 1'000'001}) ==
        TxCode::rate_out_of_range);
    // At contribution: 60% shared by three items are 40% for two.
    BOOST_TEST(stand(kAnn, ann, kUses, 400'000) == TxCode::ok);
    end_block();
    BOOST_TEST(reveal(ann) == TxCode::ok);
    BOOST_TEST(reveal(other) == TxCode::ok);
    pass_deadline(other);
    const auto consent = [&](auto change) {
        auto message = of_work({ann, other});
        change(message);
        return source(ann, registered(kBuyer, message)).source.consent;
    };
    using Message = datasets::RegisterDataset;
    BOOST_TEST((consent([](Message&) {}) == Consent::granted));
    BOOST_TEST((source(other, 1).source.consent == Consent::none));
    BOOST_TEST(dataset(1).on_offer);
    BOOST_TEST((consent([](Message& m) { m.terms.uses = datasets::kTrain; }) == Consent::granted));
    BOOST_TEST((consent([](Message& m) { m.terms.uses |= datasets::kPublish; }) == Consent::none));
    BOOST_TEST((consent([](Message& m) { m.terms.contributors_ppm = 599'999; }) == Consent::none));
    BOOST_TEST(stand(kAnn, ann, 0) == TxCode::ok);
    BOOST_TEST((consent([](Message&) {}) == Consent::none));
    BOOST_TEST((source(ann, 1).source.consent == Consent::granted));  // as it was
    BOOST_TEST(chain.ask(datasets::GetStandingConsent{.submission = ann})->uses == 0);
}

BOOST_FIXTURE_TEST_CASE(proven_fraud_ends_consent_and_burns_what_was_not_claimed, ConsentFixture) {
    ann = accepted(kAnn, {1, 2, 1});  // the same item twice
    bob = accepted(kBob, {3});
    registered(kBuyer, of_work({ann, bob}));
    registered(kBuyer, of_work({ann, bob}));
    grant(kAnn, ann);
    grant(kBob, bob);
    bought(kCarol);  // 150 an item
    BOOST_TEST(gain(kAnn, [&] { claim_royalties(1, ann); }) == Amount(450));
    bought(kCarol);
    const Amount burned = ledger::supply(state()).burned_other;
    BOOST_TEST((state_of(ann) == market::SubmissionState::accepted));
    BOOST_TEST(prove(kCarol, market::ProveFraud{.submission = ann,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(ann).proof(0),
                                                .second = works.at(ann).proof(2)}) == TxCode::ok);
    BOOST_TEST((state_of(ann) == market::SubmissionState::clawed_back));
    const Amount minted_for_it = reward(ann).grant.clawed_back;
    BOOST_TEST(ledger::supply(state()).burned_other ==
               sum_of(burned, sum_of(minted_for_it, Amount(450))));
    BOOST_TEST(due(ann) == Amount{});
    BOOST_TEST(due(bob) == Amount(300));
    BOOST_TEST((source(ann, 1).source.consent == Consent::withdrawn));
    BOOST_TEST((source(ann, 2).source.consent == Consent::withdrawn));
    BOOST_TEST(refuse(kAnn, datasets::GrantConsent{.dataset = 1, .submission = ann}) ==
               TxCode::submission_wrong_state);
    BOOST_TEST(refuse(kAnn, datasets::RevokeConsent{.dataset = 1, .submission = ann}) ==
               TxCode::consent_unchanged);
    BOOST_TEST(refuse(kBuyer, of_work({ann})) == TxCode::submission_wrong_state);
    const std::uint64_t after = bought(kCarol);
    BOOST_TEST(licence(after).consented_items == 1u);
    BOOST_TEST(due(bob) == Amount(900));
    BOOST_TEST((in_licence(after, ann) == Consent::withdrawn));
    BOOST_TEST((in_licence(after - 1, ann) == Consent::granted));
}
