// Registering datasets: what is recorded, and everything that is refused.
#include "chain/crypto/rfc6962.hpp"
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;
using datasets::Consent;
using datasets::Parent;
using datasets::Receiver;

BOOST_FIXTURE_TEST_CASE(a_dataset_of_accepted_work_names_it_all, DatasetFixture) {
    const std::uint64_t first = accepted(kAnn, {1, 2, 3});
    const std::uint64_t second = accepted(kBob, {4, 5});
    end_block();
    auto message = of_work({first, second});
    message.outside_root = kOutside;
    BOOST_TEST(registered(kBuyer, message) == 1u);
    const auto status = dataset();
    BOOST_TEST((status.dataset.owner == kBuyer));
    BOOST_TEST((status.dataset.outside_root == kOutside));
    BOOST_TEST(status.dataset.submissions == 2u);
    BOOST_TEST(status.dataset.items == 5u);
    BOOST_TEST(!status.on_offer);  // nobody has consented

    // Somebody with the tree of one submission proves that it is in the dataset.
    const std::vector<Hash256> leaves = {
        rfc6962::leaf_hash(record::encode(
            datasets::SourceLeaf{.submission = first, .items = 3, .root = works.at(first).root()})),
        rfc6962::leaf_hash(record::encode(datasets::SourceLeaf{
            .submission = second, .items = 2, .root = works.at(second).root()}))};
    BOOST_TEST(rfc6962::verify_inclusion(status.dataset.sources_root, leaves[1], 1, 2,
                                         rfc6962::inclusion_path(leaves, 1)));
    const auto sources =
        chain.ask(datasets::ListSources{.dataset = 1, .after = first, .limit = 5}).value();
    BOOST_TEST(sources.size() == 1u);
    BOOST_TEST((sources[0].source.contributor == kBob));
    BOOST_TEST((sources[0].source.consent == Consent::none));
    BOOST_TEST((chain.ask(datasets::ListDatasetsOfSubmission{.submission = first}).value() ==
                std::vector<std::uint64_t>{1}));
}

BOOST_FIXTURE_TEST_CASE(malformed_registrations_are_refused, DatasetFixture) {
    const auto refused = [&](auto change) {
        auto message = outside();
        change(message);
        return refuse(kAnn, message);
    };
    using Message = datasets::RegisterDataset;
    BOOST_TEST(refused([](Message& m) { m.outside_root = {}; }) == TxCode::hash_zero);
    BOOST_TEST(refused([](Message& m) { m.terms.text_hash = {}; }) == TxCode::hash_zero);
    BOOST_TEST(refused([](Message& m) { m.data_uri = std::string(257, 'a'); }) ==
               TxCode::text_too_long);
    BOOST_TEST(refused([](Message& m) { m.terms.text_uri = std::string(257, 'a'); }) ==
               TxCode::text_too_long);
    BOOST_TEST(refused([](Message& m) { m.price = sum_of(datasets::kMaxPrice, Amount(1)); }) ==
               TxCode::amount_too_large);
    BOOST_TEST(refused([](Message& m) { m.submissions.resize(257); }) == TxCode::count_too_large);
    BOOST_TEST(refused([](Message& m) { m.parents.resize(9); }) == TxCode::count_too_large);
    BOOST_TEST(refused([](Message& m) { m.terms.duration_s = datasets::kMaxTerm_s + 1; }) ==
               TxCode::deadline_out_of_range);
    BOOST_TEST(refused([](Message& m) { m.terms.royalty_ppm = 1'000'001; }) ==
               TxCode::rate_out_of_range);
    BOOST_TEST(refused([](Message& m) { m.terms.contributors_ppm = 1; }) ==
               TxCode::rate_out_of_range);  // there are none
    BOOST_TEST(refused([](Message& m) {
                   m.parents = {{.dataset = 1, .licence = 0, .royalty_ppm = 600'000},
                                {.dataset = 2, .licence = 0, .royalty_ppm = 400'001}};
               }) == TxCode::rate_out_of_range);
    BOOST_TEST(refused([](Message& m) { m.terms.uses = 0; }) == TxCode::unknown_use);
    BOOST_TEST(refused([](Message& m) { m.terms.uses = 32; }) == TxCode::unknown_use);
    BOOST_TEST(refused([](Message& m) { m.submissions = {2, 2}; }) == TxCode::list_not_rising);
    BOOST_TEST(refused([](Message& m) { m.submissions = {2, 1}; }) == TxCode::list_not_rising);
    BOOST_TEST(refused([](Message& m) { m.parents = {{.dataset = 1}, {.dataset = 1}}; }) ==
               TxCode::list_not_rising);
}

BOOST_FIXTURE_TEST_CASE(only_accepted_work_of_own_orders_is_registered, DatasetFixture) {
    const std::uint64_t good = accepted(kAnn, {1, 2});
    post(5);
    const std::uint64_t pending = submit(kBob, {7, 8}, 2);
    BOOST_TEST(refuse(kBuyer, of_work({good, 99})) == TxCode::submission_not_found);
    BOOST_TEST(refuse(kBuyer, of_work({good, pending})) == TxCode::submission_wrong_state);
    BOOST_TEST(refuse(kAnn, of_work({good})) == TxCode::not_owner);
    pass_deadline(pending);
    for (std::size_t i = 0; i < datasets::kMaxDatasetsOfSubmission; ++i)
        BOOST_TEST(send(kBuyer, of_work({good, pending})) == TxCode::ok);
    BOOST_TEST(refuse(kBuyer, of_work({good})) == TxCode::dataset_limit_reached);
    pass(submission(good).deadline_s);
    BOOST_TEST((state_of(good) == market::SubmissionState::finalized));
    const std::uint64_t late = accepted(kBob, {9});
    pass(submission(late).deadline_s);
    BOOST_TEST(send(kBuyer, of_work({late})) == TxCode::ok);  // finalized work too
}

BOOST_FIXTURE_TEST_CASE(parents_permit_and_get_what_they_ask, DatasetFixture) {
    auto open = outside();
    open.terms.uses = kUses | datasets::kDerive;
    open.terms.royalty_ppm = 50'000;
    open.terms.duration_s = 100;
    open.terms.transferable = true;
    registered(kAnn, open);
    registered(kAnn, outside());  // number 2 permits no derivation
    const auto child = [&](const Parent& parent, std::uint8_t uses = kUses) {
        auto message = outside();
        message.terms.uses = uses;
        message.parents = {parent};
        return message;
    };
    BOOST_TEST(refuse(kBob, child({9, 0, 50'000})) == TxCode::dataset_not_found);
    BOOST_TEST(refuse(kBob, child({1, 0, 49'999})) == TxCode::royalty_too_small);
    BOOST_TEST(refuse(kAnn, child({1, 0, 49'999})) == TxCode::royalty_too_small);
    BOOST_TEST(refuse(kBob, child({1, 0, 50'000})) == TxCode::derivation_not_licensed);
    BOOST_TEST(refuse(kBob, child({1, 1, 50'000})) == TxCode::derivation_not_licensed);
    const std::uint64_t licensed = bought(kBob, 1);
    const std::uint64_t other = bought(kBob, 2);
    BOOST_TEST(refuse(kCarol, child({1, licensed, 50'000})) == TxCode::derivation_not_licensed);
    BOOST_TEST(refuse(kBob, child({1, other, 50'000})) == TxCode::derivation_not_licensed);
    BOOST_TEST(refuse(kBob, child({2, other, 50'000})) == TxCode::derivation_not_licensed);
    BOOST_TEST(refuse(kBob, child({1, licensed, 50'000}, kUses | datasets::kPublish)) ==
               TxCode::derivation_not_licensed);  // more than the parent permits
    BOOST_TEST(send(kBob, child({1, licensed, 50'000})) == TxCode::ok);
    BOOST_TEST(send(kAnn, child({2, 0, 0})) == TxCode::ok);  // the owner asks nobody
    BOOST_TEST((dataset(3).dataset.receivers == std::vector<Receiver>{{1, 50'000}}));
    BOOST_TEST(dataset(4).dataset.receivers.empty());
    BOOST_TEST(send(kBob, datasets::TransferLicence{.licence = licensed, .to = kCarol}) ==
               TxCode::ok);
    BOOST_TEST(refuse(kBob, child({1, licensed, 50'000})) == TxCode::derivation_not_licensed);
    BOOST_TEST(send(kCarol, child({1, licensed, 50'000})) == TxCode::ok);
    pass(licence(licensed).ends_s);
    BOOST_TEST(refuse(kCarol, child({1, licensed, 50'000})) == TxCode::licence_ended);
}

// Contributors consented to its uses; a copy that gives them the royalty alone is one of them or
// not.
BOOST_FIXTURE_TEST_CASE(an_owner_copies_shared_data_only_as_its_contributors_know, DatasetFixture) {
    const std::uint64_t work = accepted(kAnn, {1, 2});
    registered(kBuyer, of_work({work}));
    auto deriving = of_work({work});
    deriving.terms.uses |= datasets::kDerive;
    registered(kBuyer, deriving);
    const auto copy = [](std::uint64_t parent, std::uint8_t uses) {
        auto out = outside();
        out.terms.uses = uses;
        out.parents = {{.dataset = parent, .licence = 0, .royalty_ppm = 0}};
        return out;
    };
    BOOST_TEST(refuse(kBuyer, copy(1, datasets::kTrain)) == TxCode::derivation_not_licensed);
    BOOST_TEST(refuse(kBuyer, copy(2, kUses | datasets::kCommercial)) ==
               TxCode::derivation_not_licensed);
    BOOST_TEST(send(kBuyer, copy(2, kUses)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(one_sale_pays_sixteen_ancestors_at_most, DatasetFixture) {
    auto message = outside();
    for (std::uint64_t i = 1; i <= datasets::kMaxReceivers + 1; ++i) registered(kAnn, message);
    for (const std::uint64_t half : {1U, 9U}) {
        message.parents.clear();
        for (std::uint64_t i = 0; i < 8; ++i)
            message.parents.push_back({.dataset = half + i, .licence = 0, .royalty_ppm = 100'000});
        registered(kAnn, message);
    }
    message.parents = {{.dataset = 18, .licence = 0, .royalty_ppm = 400'000},
                       {.dataset = 19, .licence = 0, .royalty_ppm = 400'000}};
    BOOST_TEST(refuse(kAnn, message) == TxCode::lineage_too_wide);
    message.parents[1].royalty_ppm = 0;  // who gets nothing does not count
    const std::uint64_t narrow = registered(kAnn, message);
    std::vector<Receiver> expected;
    for (std::uint64_t i = 1; i <= 8; ++i) expected.push_back({i, 40'000});
    expected.push_back({18, 80'000});
    BOOST_TEST((dataset(narrow).dataset.receivers == expected));
    BOOST_TEST(dataset(narrow).dataset.parents.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_owner_alone_edits_a_dataset, DatasetFixture) {
    registered(kAnn, outside());
    const datasets::EditDataset edit{.dataset = 1, .price = Amount(7), .on_sale = false};
    BOOST_TEST(refuse(kBob, edit) == TxCode::not_owner);
    BOOST_TEST(refuse(kAnn, datasets::EditDataset{.dataset = 2}) == TxCode::dataset_not_found);
    BOOST_TEST(refuse(kAnn, datasets::EditDataset{.dataset = 1, .price = Amount::max()}) ==
               TxCode::amount_too_large);
    BOOST_TEST(send(kAnn, edit) == TxCode::ok);
    BOOST_TEST(dataset().dataset.price == Amount(7));
    BOOST_TEST(!dataset().on_offer);
    BOOST_TEST(refuse(kBob, datasets::BuyLicence{.dataset = 1}, Amount(7)) ==
               TxCode::dataset_not_on_sale);
    BOOST_TEST(send(kAnn, datasets::EditDataset{.dataset = 1, .price = Amount(8)}) == TxCode::ok);
    BOOST_TEST(bought(kBob) == 1u);
}
