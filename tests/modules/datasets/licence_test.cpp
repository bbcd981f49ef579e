// Buying licences: who is paid, what the licence records, how long it lasts and who may hold it.
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;
using datasets::BuyLicence;
using datasets::TransferLicence;

BOOST_FIXTURE_TEST_CASE(a_sale_pays_owner_and_consented_items, DatasetFixture) {
    const std::uint64_t first = accepted(kAnn, {1, 2, 3});
    const std::uint64_t second = accepted(kBob, {4, 5, 6, 7});
    registered(kBuyer, of_work({first, second}, Amount(1'001)));
    BOOST_TEST(grant(kAnn, first) == TxCode::ok);
    BOOST_TEST(grant(kBob, second) == TxCode::ok);
    const Amount before = wealth(kCarol);
    const std::uint64_t id = bought(kCarol);
    BOOST_TEST(difference_of(before, wealth(kCarol)) == Amount(1'001));
    // 60% of 1,001 are 600; of that 85 an item of seven; the owner has the rest.
    BOOST_TEST(due(first) == Amount(255));
    BOOST_TEST(due(second) == Amount(340));
    BOOST_TEST(owner_due() == Amount(406));
    BOOST_TEST(chain.balance(pool::kRoyalties) == Amount(1'001));
    const auto record = licence(id);
    BOOST_TEST((record.buyer == kCarol && record.holder == kCarol));
    BOOST_TEST(record.price == Amount(1'001));
    BOOST_TEST(record.consented_items == 7u);
    BOOST_TEST(record.consented_submissions == 2u);
    BOOST_TEST(record.consent_version == 2u);
    BOOST_TEST(record.ends_s == datasets::kForever);

    BOOST_TEST(gain(kAnn, [&] { claim_royalties(1, first); }) == Amount(255));
    BOOST_TEST(claim_royalties(1, first) == TxCode::nothing_to_claim);
    BOOST_TEST(gain(kBuyer, [&] { claim_royalties(1, 0); }) == Amount(406));
    BOOST_TEST(refuse(kBuyer, datasets::ClaimRoyalties{.dataset = 1}) == TxCode::nothing_to_claim);
    BOOST_TEST(refuse(kBuyer, datasets::ClaimRoyalties{.dataset = 2}) == TxCode::dataset_not_found);
    BOOST_TEST(refuse(kBuyer, datasets::ClaimRoyalties{.dataset = 1, .submission = 9}) ==
               TxCode::submission_not_in_dataset);
    BOOST_TEST(chain.balance(pool::kRoyalties) == Amount(340));
    bought(kCarol);
    BOOST_TEST(gain(kBob, [&] { claim_royalties(1, second); }) == Amount(680));
    BOOST_TEST(due(first) == Amount(255));
}

BOOST_FIXTURE_TEST_CASE(a_licence_costs_exactly_its_price, DatasetFixture) {
    registered(kAnn, outside());
    BOOST_TEST(refuse(kBob, BuyLicence{.dataset = 2}, Amount(1'000)) == TxCode::dataset_not_found);
    BOOST_TEST(refuse(kBob, BuyLicence{.dataset = 1}, Amount(999)) == TxCode::wrong_value);
    BOOST_TEST(refuse(kBob, BuyLicence{.dataset = 1}, Amount(1'001)) == TxCode::wrong_value);
    BOOST_TEST(send(kAnn, datasets::EditDataset{.dataset = 1, .price = Amount(2'000)}) ==
               TxCode::ok);
    // Whoever quoted before does not pay the new price unasked.
    BOOST_TEST(refuse(kBob, BuyLicence{.dataset = 1}, Amount(1'000)) == TxCode::wrong_value);
    BOOST_TEST(send(kBob, BuyLicence{.dataset = 1}, Amount(2'000)) == TxCode::ok);
    BOOST_TEST(owner_due() == Amount(2'000));
    BOOST_TEST(licence(1).consented_items == 0u);  // nobody to ask
    BOOST_TEST(refuse(kBob, BuyLicence{.dataset = 1, .least_items = 1}, Amount(2'000)) ==
               TxCode::too_few_consents);
    registered(kAnn, outside(Amount{}));
    BOOST_TEST(bought(kBob, 2) == 2u);  // free data has licences too
    BOOST_TEST(refuse(kBob, datasets::ClaimRoyalties{.dataset = 2}) == TxCode::nothing_to_claim);
}

BOOST_FIXTURE_TEST_CASE(an_exclusive_licence_is_alone_while_it_runs, DatasetFixture) {
    auto message = outside();
    message.terms.exclusive = true;
    message.terms.duration_s = 50;
    registered(kAnn, message);
    const std::uint64_t first = bought(kBob);
    BOOST_TEST(licence(first).ends_s == now_s() + 50);
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 1}, Amount(1'000)) ==
               TxCode::licence_exclusive);
    BOOST_TEST((chain.ask(datasets::QuoteBuyLicence{.dataset = 1}).error() ==
                failure("licence_exclusive")));
    end_block(49);
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 1}, Amount(1'000)) ==
               TxCode::licence_exclusive);
    end_block(1);
    const std::uint64_t second = bought(kCarol);
    BOOST_TEST((licence(second).holder == kCarol));
    message.terms.duration_s = 0;
    registered(kAnn, message);
    bought(kBob, 2);
    end_block(1'000'000);
    BOOST_TEST(refuse(kCarol, BuyLicence{.dataset = 2}, Amount(1'000)) ==
               TxCode::licence_exclusive);
}

BOOST_FIXTURE_TEST_CASE(a_licence_passes_on_where_its_terms_permit, DatasetFixture) {
    auto message = outside();
    message.terms.transferable = true;
    message.terms.duration_s = 50;
    registered(kAnn, message);
    registered(kAnn, outside());
    const std::uint64_t movable = bought(kBob, 1);
    const std::uint64_t fixed = bought(kBob, 2);
    const auto pass_on = [](std::uint64_t id, const Address& to) {
        return TransferLicence{.licence = id, .to = to};
    };
    BOOST_TEST(refuse(kBob, pass_on(movable, Address{})) == TxCode::address_zero);
    BOOST_TEST(refuse(kBob, pass_on(movable, kBob)) == TxCode::self_transfer);
    BOOST_TEST(refuse(kBob, pass_on(movable, pool::kTreasury)) == TxCode::reserved_recipient);
    BOOST_TEST(refuse(kBob, pass_on(99, kCarol)) == TxCode::licence_not_found);
    BOOST_TEST(refuse(kCarol, pass_on(movable, kAnn)) == TxCode::not_owner);
    BOOST_TEST(refuse(kBob, pass_on(fixed, kCarol)) == TxCode::licence_not_transferable);
    BOOST_TEST(send(kBob, pass_on(movable, kCarol)) == TxCode::ok);
    BOOST_TEST((licence(movable).holder == kCarol && licence(movable).buyer == kBob));
    const auto held = [&](const Address& who) {
        return chain.ask(datasets::ListHeldLicences{.holder = who, .after = 0, .limit = 9})
            .value()
            .size();
    };
    BOOST_TEST(held(kBob) == 1u);
    BOOST_TEST(held(kCarol) == 1u);
    BOOST_TEST(
        chain.ask(datasets::ListLicences{.dataset = 1, .after = 0, .limit = 9}).value().size() ==
        1u);
    BOOST_TEST(refuse(kBob, pass_on(movable, kAnn)) == TxCode::not_owner);
    end_block(50);
    BOOST_TEST(refuse(kCarol, pass_on(movable, kAnn)) == TxCode::licence_ended);
}

BOOST_FIXTURE_TEST_CASE(what_is_asked_of_nothing_is_an_error, DatasetFixture) {
    BOOST_TEST(!chain.ask(datasets::GetDataset{.dataset = 1}).has_value());
    BOOST_TEST(!chain.ask(datasets::GetLicence{.licence = 1}).has_value());
    BOOST_TEST(!chain.ask(datasets::QuoteBuyLicence{.dataset = 1}).has_value());
    BOOST_TEST(!chain.ask(datasets::GetSource{.dataset = 1, .submission = 1}).has_value());
    BOOST_TEST(!chain.ask(datasets::ListSources{.dataset = 1, .limit = 1}).has_value());
    BOOST_TEST(!chain.ask(datasets::ListDatasets{.after = 0, .limit = 101}).has_value());
    BOOST_TEST(!chain.ask(datasets::ListLicences{.dataset = 1, .limit = 0}).has_value());
    registered(kAnn, outside());
    registered(kBob, outside());
    const auto page = chain.ask(datasets::ListDatasets{.after = 1, .limit = 5}).value();
    BOOST_TEST(page.size() == 1u);
    BOOST_TEST((page[0].owner == kBob));
    BOOST_TEST(!chain.ask(datasets::GetSource{.dataset = 1, .submission = 1}).has_value());
}

BOOST_FIXTURE_TEST_CASE(the_largest_dataset_sells_as_the_smallest, DatasetFixture) {
    constexpr std::uint64_t kCount = datasets::kMaxSources;
    post(kCount, Amount(1'000));
    std::vector<std::uint64_t> all;
    for (std::uint32_t i = 0; i < kCount; ++i) {
        all.push_back(commit(i % 2 == 0 ? kAnn : kBob, {i}));
        BOOST_TEST(send(works.at(all.back()).contributor,
                        datasets::SetStandingConsent{.submission = all.back(), .uses = kUses}) ==
                   TxCode::ok);
    }
    end_block();
    for (const std::uint64_t id : all) BOOST_TEST(reveal(id) == TxCode::ok);
    pass_deadline(all.back());
    registered(kBuyer, of_work(all, Amount(1'000'000)));
    BOOST_TEST(dataset().books.consent_version == kCount);
    bought(kCarol);
    const auto sold = chain.receipts().back();
    BOOST_TEST(sold.gas_used < 210'000u);
    // 600,000 shared by 256 items are 2,343 each.
    BOOST_TEST(owner_due() == Amount(1'000'000 - kCount * 2'343));
    for (const std::uint64_t id : all) BOOST_TEST(claim_royalties(1, id) == TxCode::ok);
    BOOST_TEST(chain.balance(pool::kRoyalties) == owner_due());
    std::uint64_t after = 0;
    std::size_t seen = 0;
    for (;;) {
        const auto page =
            chain.ask(datasets::ListSources{.dataset = 1, .after = after, .limit = 100}).value();
        seen += page.size();
        if (page.empty()) break;
        after = page.back().source.submission;
    }
    BOOST_TEST(seen == kCount);
}
