// The sum tree against a plain list of weights: values by epoch, sums, lookups, removals.
#include "modules/jurors/sum_tree.hpp"

#include "tests/support/juror_fixture.hpp"

using namespace assay;
using namespace assay::jurors;
using assay::test::Numbers;

namespace {

struct Fixture {
    MemoryReader committed;
    State state{committed};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_change_counts_from_the_next_epoch, Fixture) {
    sum_tree::set_leaf(state, 7, 0, Amount(10));
    BOOST_TEST(sum_tree::total(state, 7) == Amount(0));
    BOOST_TEST(sum_tree::total(state, 8) == Amount(10));
    sum_tree::set_leaf(state, 8, 0, Amount(4));
    sum_tree::set_leaf(state, 8, 0, Amount(5));  // the later change of an epoch replaces the first
    BOOST_TEST(sum_tree::total(state, 8) == Amount(10));
    BOOST_TEST(sum_tree::total(state, 9) == Amount(5));
    BOOST_TEST(sum_tree::leaf(state, 9, 0) == Amount(5));
}

BOOST_FIXTURE_TEST_CASE(growing_keeps_what_an_epoch_sees, Fixture) {
    sum_tree::set_leaf(state, 1, 0, Amount(3));
    sum_tree::set_leaf(state, 2, 700, Amount(4));
    BOOST_TEST(state.must_get(kHeight, {}) == 10);
    BOOST_TEST(sum_tree::total(state, 2) == Amount(3));
    BOOST_TEST(sum_tree::total(state, 3) == Amount(7));
    BOOST_TEST(sum_tree::find(state, 3, Amount(2), {}) == 0u);
    BOOST_TEST(sum_tree::find(state, 3, Amount(3), {}) == 700u);
}

BOOST_FIXTURE_TEST_CASE(the_tree_agrees_with_a_list_through_random_changes, Fixture) {
    constexpr std::uint32_t kLeaves = 37;
    Numbers random(20'261'123);
    std::vector<std::uint64_t> now(kLeaves);
    for (std::uint64_t epoch = 1; epoch <= 30; ++epoch) {
        std::vector<std::uint64_t> next = now;
        for (int change = 0; change < 20; ++change) {
            const auto slot = static_cast<std::uint32_t>(random.below(kLeaves));
            next[slot] = random.below(4) == 0 ? 0 : random.below(50);
            sum_tree::set_leaf(state, epoch, slot, Amount(next[slot]));
        }
        sum_tree::Removed removed;
        std::vector<std::uint32_t> owner;  // of each unit of weight that is left
        for (std::uint32_t slot = 0; slot < kLeaves; ++slot) {
            const std::uint64_t out = now[slot] == 0 ? 0 : random.below(now[slot] + 1);
            if (random.below(3) == 0) removed[slot] = Amount(out);
            const std::uint64_t left = now[slot] - (removed.contains(slot) ? out : 0);
            owner.insert(owner.end(), left, slot);
        }
        std::uint64_t sum = 0;
        for (const auto weight : now) sum += weight;
        BOOST_TEST(sum_tree::total(state, epoch) == Amount(sum));
        for (std::size_t i = 0; i < owner.size(); ++i)
            BOOST_REQUIRE(sum_tree::find(state, epoch, Amount(i), removed) == owner[i]);
        now = next;
    }
}
