// Weights, thresholds, contradictions, and what memory a liar can take.
#include <boost/test/unit_test.hpp>

#include "tests/consensus/core/core_driver.hpp"

namespace assay::consensus::test {

namespace {

Vote vote(std::size_t from, VoteType type, std::int32_t round, const BlockId& id) {
    Vote out;
    out.type = type;
    out.height = 1;
    out.round = round;
    out.block_id = id;
    out.validator_index = static_cast<std::int32_t>(from);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(thresholds_are_exact) {
    for (std::int64_t total = 1; total < 200; ++total)
        for (std::int64_t weight = 0; weight <= total; ++weight) {
            BOOST_REQUIRE(is_quorum(weight, total) == (weight * 3 > total * 2));
            BOOST_REQUIRE(holds_an_honest_one(weight, total) == (weight * 3 > total));
        }
    BOOST_TEST(is_quorum(kMaxTotalPower, kMaxTotalPower));
    BOOST_TEST(!is_quorum(kMaxTotalPower / 3 * 2, kMaxTotalPower));
}

BOOST_AUTO_TEST_CASE(power_decides_and_not_heads) {
    const ValidatorSet set = set_of({70, 10, 10, 10});
    VoteBook book(set);
    book.add(vote(1, VoteType::prevote, 0, block(1)));
    book.add(vote(2, VoteType::prevote, 0, block(1)));
    book.add(vote(3, VoteType::prevote, 0, block(1)));
    BOOST_TEST(!book.quorum(0, VoteType::prevote).has_value());
    book.add(vote(0, VoteType::prevote, 0, block(2)));
    BOOST_TEST((book.quorum(0, VoteType::prevote) == block(2)));
    BOOST_TEST(book.reached_by_an_honest_one() == 0);
}

BOOST_AUTO_TEST_CASE(who_votes_twice_counts_for_both_and_is_reported_once) {
    VoteBook book(set_of({10, 10, 10, 10}));
    const Vote first = vote(0, VoteType::precommit, 0, block(1));
    const Vote second = vote(0, VoteType::precommit, 0, kNil);
    BOOST_TEST(book.add(first).added);
    const auto outcome = book.add(second);
    BOOST_REQUIRE(outcome.equivocation.has_value());
    BOOST_TEST((*outcome.equivocation == Equivocation{first, second}));
    BOOST_TEST(!book.add(vote(0, VoteType::precommit, 0, block(3))).equivocation.has_value());
    BOOST_TEST(book.weight(0, VoteType::precommit) == 10);
    book.add(vote(1, VoteType::precommit, 0, kNil));
    book.add(vote(2, VoteType::precommit, 0, kNil));
    BOOST_TEST((book.quorum(0, VoteType::precommit) == kNil));
    BOOST_TEST(!book.decided().has_value());
    const Commit commit = book.commit(1, 0, block(1));
    BOOST_TEST((commit.signatures[0].flag == CommitFlag::commit));
    BOOST_TEST((commit.signatures[1].flag == CommitFlag::nil));
    BOOST_TEST((commit.signatures[3].flag == CommitFlag::absent));
}

BOOST_AUTO_TEST_CASE(a_liar_takes_bounded_memory) {
    VoteBook book(set_of({10, 10, 10, 10}));
    std::size_t kept = 0;
    for (int i = 0; i < 1'000; ++i) {
        Vote another = vote(0, VoteType::prevote, 0, block(1));
        another.block_id.hash.bytes[5] = static_cast<std::uint8_t>(i);
        another.block_id.hash.bytes[6] = static_cast<std::uint8_t>(i >> 8);
        const bool news = book.is_news(another);
        const auto outcome = book.add(another);
        BOOST_TEST(news == (outcome.added || outcome.equivocation.has_value()));
        kept += outcome.added ? 1U : 0U;
    }
    BOOST_TEST(kept == 4u);
    for (std::int32_t round = 10; round < 1'000; ++round)
        book.add(vote(1, VoteType::prevote, round, block(1)));
    book.open_rounds(2'000);
    BOOST_TEST(book.weight(999, VoteType::prevote) == 10);
    BOOST_TEST(book.weight(998, VoteType::prevote) == 0);
}

BOOST_AUTO_TEST_CASE(votes_of_far_rounds_wait_until_their_round_opens) {
    VoteBook book(set_of({10, 10, 10, 10}));
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(book.is_news(vote(i, VoteType::precommit, 7, block(1))));
        book.add(vote(i, VoteType::precommit, 7, block(1)));
        BOOST_TEST(!book.is_news(vote(i, VoteType::precommit, 7, block(1))));
        BOOST_TEST(!book.is_news(vote(i, VoteType::precommit, 6, block(1))));
        BOOST_TEST(book.is_news(vote(i, VoteType::prevote, 7, block(1))));
    }
    BOOST_TEST(!book.decided().has_value());
    BOOST_TEST(book.reached_by_an_honest_one() == 7);
    book.open_rounds(7);
    BOOST_REQUIRE(book.decided().has_value());
    BOOST_TEST(book.decided()->first == 7);
    BOOST_TEST(book.find(7, VoteType::precommit, 3) == nullptr);
    BOOST_TEST(book.find(7, VoteType::precommit, 2, block(2)) == nullptr);
}

}  // namespace assay::consensus::test
