// What follows from a tally, to the unit, and what becomes of the deposit.
#include "tests/support/governance_fixture.hpp"

namespace assay::test {

using namespace governance;

namespace {

constexpr Terms kTerms{
    .timelock_s = 1, .quorum_ppm = 400'000, .majority_ppm = 500'000, .veto_ppm = 334'000};

Decision of(std::uint64_t yes, std::uint64_t no, std::uint64_t abstain, std::uint64_t veto) {
    return decide({.yes = yes, .no = no, .abstain = abstain, .veto = veto, .total = 10'000},
                  kTerms);
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_bound_is_exact) {
    const auto expect = [](const Decision& found, Status status, bool burns) {
        BOOST_TEST((found.status == status));
        BOOST_TEST(found.burns_deposit == burns);
    };
    expect(of(4'000, 0, 0, 0), Status::timelock, false);
    expect(of(3'999, 0, 0, 0), Status::rejected, true);   // quorum missed
    expect(of(3'999, 0, 1, 0), Status::timelock, false);  // abstaining helps the quorum
    expect(of(2'500, 2'500, 0, 0), Status::rejected, false);
    expect(of(2'501, 2'500, 0, 0), Status::timelock, false);
    expect(of(2'501, 2'500, 4'999, 0), Status::timelock, false);
    expect(of(6'660, 0, 0, 3'340), Status::timelock, false);
    expect(of(6'659, 0, 0, 3'341), Status::vetoed, true);
    expect(of(0, 0, 10'000, 0), Status::rejected, false);
    expect(of(0, 0, 0, 0), Status::rejected, true);
    expect(decide({}, kTerms), Status::rejected, true);  // no stake at all
}

BOOST_FIXTURE_TEST_CASE(the_deposit_comes_back_unless_quorum_or_peace_was_missing,
                        GovernanceFixture) {
    const Amount before = chain.balance(kCat);
    const Amount deposit = params().deposit;
    for (int i = 0; i < 4; ++i) BOOST_TEST(propose_grant(kAnn, tokens(1)) == TxCode::ok);
    BOOST_TEST(deposits() == *checked_mul(deposit, 4));
    BOOST_TEST(vote(operator_of(3), 1, Choice::yes, {3}) == TxCode::ok);  // 10 of 60
    BOOST_TEST(vote(operator_of(1), 2, Choice::no, {1}) == TxCode::ok);
    BOOST_TEST(vote(operator_of(1), 3, Choice::yes, {1}) == TxCode::ok);
    BOOST_TEST(vote(operator_of(2), 3, Choice::veto, {2}) == TxCode::ok);
    BOOST_TEST((chain.ask(GetTally{.proposal = 3})->outcome == Status::vetoed));
    BOOST_TEST(chain.ask(GetTally{.proposal = 3})->deposit_burned);
    accept(4);
    const Amount burned = ledger::supply(chain.state()).burned_other;
    end_vote();
    BOOST_TEST((status(1) == Status::rejected));
    BOOST_TEST((status(2) == Status::rejected));
    BOOST_TEST((status(3) == Status::vetoed));
    BOOST_TEST((status(4) == Status::timelock));
    BOOST_TEST(deposits() == Amount{});
    BOOST_TEST(difference_of(ledger::supply(chain.state()).burned_other, burned) ==
               sum_of(deposit, deposit));
    const Amount spent = sum_of(sum_of(deposit, deposit), chain.fees_of(kCat));
    BOOST_TEST(chain.balance(kCat) == difference_of(before, spent));
    BOOST_TEST(proposal(3).tally.veto == tokens(20));
    BOOST_TEST(proposal(1).deadline_s == 0u);
}

}  // namespace assay::test
