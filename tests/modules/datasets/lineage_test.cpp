// Royalties that flow from derived datasets to those they were made of.
#include "tests/modules/datasets/dataset_fixture.hpp"

using namespace assay;
using namespace assay::test;
using datasets::Receiver;

namespace {

struct LineageFixture : DatasetFixture {
    datasets::RegisterDataset child_of(std::vector<datasets::Parent> parents,
                                       Amount price = Amount(1'000)) {
        auto out = outside(price);
        out.terms.uses |= datasets::kDerive;
        out.parents = std::move(parents);
        return out;
    }
    // By the person, who buys a licence of the parent for it.
    std::uint64_t derived(const Address& who, std::uint64_t parent, std::uint32_t royalty_ppm,
                          Amount price = Amount(1'000)) {
        return registered(who, child_of({{parent, bought(who, parent), royalty_ppm}}, price));
    }
    std::vector<Receiver> receivers(std::uint64_t id) const {
        return dataset(id).dataset.receivers;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(each_generation_gets_its_part_of_its_childs_part, LineageFixture) {
    registered(kAnn, child_of({}, Amount{}));
    derived(kBob, 1, 100'000, Amount{});
    derived(kCarol, 2, 200'000, Amount(10'007));
    BOOST_TEST((receivers(3) == std::vector<Receiver>{{1, 20'000}, {2, 180'000}}));
    const Amount before = wealth(kBuyer);
    bought(kBuyer, 3);
    BOOST_TEST(difference_of(before, wealth(kBuyer)) == Amount(10'007));
    BOOST_TEST(owner_due(1) == Amount(200));
    BOOST_TEST(owner_due(2) == Amount(1'801));
    BOOST_TEST(owner_due(3) == Amount(8'006));  // with what rounding left
    BOOST_TEST(gain(kAnn, [&] { claim_royalties(1, 0); }) == Amount(200));
    BOOST_TEST(gain(kBob, [&] { claim_royalties(2, 0); }) == Amount(1'801));
    BOOST_TEST(gain(kCarol, [&] { claim_royalties(3, 0); }) == Amount(8'006));
    BOOST_TEST(chain.balance(pool::kRoyalties) == Amount{});
}

BOOST_FIXTURE_TEST_CASE(two_ways_to_one_ancestor_add_up, LineageFixture) {
    registered(kAnn, child_of({}));
    registered(kAnn, child_of({{1, 0, 333'333}}));
    registered(kAnn, child_of({{1, 0, 500'001}}));
    registered(kAnn, child_of({{1, 0, 10'000}, {2, 0, 100'001}, {3, 0, 7}}));
    // 10,000 directly, floor(100,001 x 0.333333) and floor(7 x 0.500001) through its children.
    BOOST_TEST((receivers(4) == std::vector<Receiver>{{1, 43'336}, {2, 66'668}, {3, 4}}));
}

BOOST_FIXTURE_TEST_CASE(contributors_of_an_ancestor_share_as_in_its_own_sales, LineageFixture) {
    const std::uint64_t first = accepted(kBob, {1, 2});
    const std::uint64_t second = accepted(kCarol, {3});
    auto base = of_work({first, second}, Amount{});
    base.terms.uses |= datasets::kDerive;
    registered(kBuyer, base);
    grant(kBob, first);
    derived(kAnn, 1, 300'000, Amount(1'000));
    bought(kCarol, 2);
    // 300 to the base, 60% of them to its two items with consent.
    BOOST_TEST(due(first, 1) == Amount(180));
    BOOST_TEST(due(second, 1) == Amount{});
    BOOST_TEST(owner_due(1) == Amount(120));
    BOOST_TEST(owner_due(2) == Amount(700));
    BOOST_TEST(revoke(kBob, first) == TxCode::ok);
    const Amount burned = ledger::supply(state()).burned_other;
    bought(kCarol, 2);
    // Nobody gains where no consent is left: not the owner of the base either.
    BOOST_TEST(ledger::supply(state()).burned_other == sum_of(burned, Amount(180)));
    BOOST_TEST(owner_due(1) == Amount(240));
    BOOST_TEST(due(first, 1) == Amount(180));
}

BOOST_FIXTURE_TEST_CASE(what_parents_take_is_not_shared_by_contributors, LineageFixture) {
    registered(kAnn, child_of({}, Amount{}));
    const std::uint64_t work = accepted(kBob, {1});
    auto message = of_work({work}, Amount(1'000));
    message.terms.contributors_ppm = 250'000;
    message.parents = {{1, bought(kBuyer, 1), 750'000}};
    registered(kBuyer, message);
    grant(kBob, work, 2);
    bought(kCarol, 2);
    BOOST_TEST(owner_due(1) == Amount(750));
    BOOST_TEST(due(work, 2) == Amount(250));
    BOOST_TEST(owner_due(2) == Amount{});
    // Everything to the parents: nothing is left to split.
    registered(kAnn, child_of({{1, 0, 1'000'000}}));
    bought(kCarol, 3);
    BOOST_TEST(owner_due(1) == Amount(1'750));
    BOOST_TEST(owner_due(3) == Amount{});
}

BOOST_FIXTURE_TEST_CASE(the_dearest_licence_of_the_longest_line_is_paid_to_the_unit,
                        LineageFixture) {
    registered(kAnn, child_of({}, Amount{}));
    for (std::uint64_t id = 1; id < 17; ++id)
        registered(kAnn, child_of({{id, 0, 777'777}}, Amount(999'999'999'999'999'989)));
    BOOST_TEST(receivers(17).size() == 16u);
    bought(kBuyer, 17);
    Amount all;
    for (std::uint64_t id = 1; id <= 17; ++id) all = sum_of(all, owner_due(id));
    BOOST_TEST(all == Amount(999'999'999'999'999'989));
    BOOST_TEST(send(kAnn, child_of({{17, 0, 777'777}})) == TxCode::lineage_too_wide);
}
