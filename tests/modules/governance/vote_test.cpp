// Votes count the stake behind them once, wherever it goes.
#include "modules/staking/slashing.hpp"
#include "modules/staking/views.hpp"
#include "tests/support/governance_fixture.hpp"

namespace assay::test {

using namespace governance;

namespace {

struct VoteFixture : GovernanceFixture {
    VoteFixture() { BOOST_TEST(propose_grant(kAnn, tokens(1)) == TxCode::ok); }
    void expect(Amount yes, Amount no, Amount total, Amount abstain = {}, Amount veto = {}) {
        const Tally found = tally(1);
        BOOST_TEST(found.yes == yes);
        BOOST_TEST(found.no == no);
        BOOST_TEST(found.abstain == abstain);
        BOOST_TEST(found.veto == veto);
        BOOST_TEST(found.total == total);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(votes_are_refused_whole, VoteFixture) {
    BOOST_TEST(vote(kAnn, 2, Choice::yes, {1}) == TxCode::proposal_not_found);
    BOOST_TEST(vote(kAnn, 1, Choice{}, {1}) == TxCode::unknown_choice);
    BOOST_TEST(vote(kAnn, 1, static_cast<Choice>(5), {1}) == TxCode::unknown_choice);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {}) == TxCode::count_zero);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, std::vector<std::uint64_t>(33, 1)) ==
               TxCode::count_too_large);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {9}) == TxCode::validator_not_found);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::no_stake);
    BOOST_TEST(delegate(kAnn, 1, tokens(5)) == TxCode::ok);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1, 2}) == TxCode::no_stake);
    expect({}, {}, tokens(65));
    pass(params().voting_s);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::too_late);  // swept at this block's end
    pass(1);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::wrong_state);
}

BOOST_FIXTURE_TEST_CASE(an_operator_votes_for_delegators_who_do_not, VoteFixture) {
    BOOST_TEST(delegate(kAnn, 1, tokens(6)) == TxCode::ok);
    BOOST_TEST(delegate(kBob, 1, tokens(4)) == TxCode::ok);
    BOOST_TEST(vote(operator_of(1), 1, Choice::yes, {1}) == TxCode::ok);
    expect(tokens(40), {}, tokens(70));
    BOOST_TEST(vote(kAnn, 1, Choice::no, {1}) == TxCode::ok);
    expect(tokens(34), tokens(6), tokens(70));
    BOOST_TEST(vote(kAnn, 1, Choice::veto, {1}) == TxCode::ok);  // changes her mind
    expect(tokens(34), {}, tokens(70), {}, tokens(6));
    BOOST_TEST(vote(operator_of(1), 1, Choice::abstain, {1, 1}) == TxCode::ok);
    expect({}, {}, tokens(70), tokens(34), tokens(6));
    BOOST_TEST(vote(kAnn, 1, Choice::no, {1, 1}) == TxCode::ok);  // twice counts once
    expect({}, tokens(6), tokens(70), tokens(34));
    pass(1);
    const auto of = [&](const Address& who) {
        return chain.ask(GetVote{.proposal = 1, .voter = who, .validator = validator(1)});
    };
    BOOST_TEST((of(kAnn)->choice == Choice::no));
    BOOST_TEST(!of(kAnn)->as_operator);
    BOOST_TEST((of(operator_of(1))->choice == Choice::abstain));
    BOOST_TEST(of(operator_of(1))->as_operator);
    BOOST_TEST(!of(kBob));
    BOOST_TEST(!chain.ask(GetVote{.proposal = 2, .voter = kAnn, .validator = validator(1)}));
    BOOST_TEST(!chain.ask(GetVote{.proposal = 1, .voter = kAnn, .validator = validator(9)}));
}

BOOST_FIXTURE_TEST_CASE(an_operator_is_a_delegator_elsewhere, VoteFixture) {
    BOOST_TEST(delegate(operator_of(1), 2, tokens(8)) == TxCode::ok);
    BOOST_TEST(vote(operator_of(2), 1, Choice::no, {2}) == TxCode::ok);
    BOOST_TEST(vote(operator_of(1), 1, Choice::yes, {1, 2}) == TxCode::ok);
    expect(tokens(38), tokens(20), tokens(68));
    pass(1);
}

BOOST_FIXTURE_TEST_CASE(the_same_stake_never_votes_twice, VoteFixture) {
    const auto redelegate = [&](const Address& who, std::uint64_t from, std::uint64_t to,
                                Amount amount) {
        return stake(who, staking::Redelegate{
                              .from = validator(from), .to = validator(to), .amount = amount});
    };
    BOOST_TEST(delegate(kAnn, 1, tokens(30)) == TxCode::ok);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::ok);
    expect(tokens(30), {}, tokens(90));
    // Moved on, it votes anew or not at all.
    BOOST_TEST(redelegate(kAnn, 1, 2, tokens(20)) == TxCode::ok);
    expect(tokens(10), {}, tokens(90));
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {2}) == TxCode::ok);
    expect(tokens(30), {}, tokens(90));
    pass(1);
    // Taken out, it is silent, and so it is with whoever is paid it.
    BOOST_TEST(stake(kAnn, staking::Unbond{.validator = validator(1), .amount = tokens(10)}) ==
               TxCode::ok);
    expect(tokens(20), {}, tokens(80));
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::no_stake);
    // What joins a stake that voted votes with it.
    BOOST_TEST(delegate(kAnn, 1, tokens(1)) == TxCode::ok);
    BOOST_TEST(delegate(kAnn, 2, tokens(2)) == TxCode::ok);
    expect(tokens(23), {}, tokens(83));
    pass(1);
}

BOOST_FIXTURE_TEST_CASE(stake_outside_the_set_is_not_counted, VoteFixture) {
    BOOST_TEST(delegate(kAnn, 1, tokens(30)) == TxCode::ok);
    BOOST_TEST(vote(kAnn, 1, Choice::no, {1}) == TxCode::ok);
    BOOST_TEST(vote(operator_of(1), 1, Choice::yes, {1}) == TxCode::ok);
    pass(1);
    expect(tokens(30), tokens(30), tokens(90));
    BOOST_TEST(
        stake(operator_of(1), staking::Unbond{.validator = validator(1), .amount = tokens(30)}) ==
        TxCode::ok);  // jailed: its seat goes at the end of the block
    expect({}, tokens(30), tokens(60));
    pass(1);
    expect({}, {}, tokens(30));  // out of the set, nobody votes there
}

BOOST_AUTO_TEST_CASE(a_slash_weakens_every_vote_at_the_validator_alike) {
    MemoryReader committed;
    State state(committed);
    init_modules(state, assay::devnet_params(), 1'000);
    init_validator(state, consensus_key(1), 30, operator_of(1));
    ledger::grant_at_genesis(state, module_address(ModuleId::staking), tokens(10));
    const BlockEnv block{.height = 1, .time_s = 1'000, .proposer = {}};
    const TxEnv ann{.block = block, .sender = kAnn, .value = tokens(10), .hash = {}};
    BOOST_TEST(staking::Delegate{.validator = validator(1)}.execute(state, ann) == TxCode::ok);
    state.put(kProposals, 1, {.id = 1, .deadline_s = 2'000});
    state.put(kOpen, {}, {.made = 1, .voting = {1}});
    const Vote no{.proposal = 1, .choice = Choice::no, .validators = {validator(1)}};
    const Vote yes{.proposal = 1, .choice = Choice::yes, .validators = {validator(1)}};
    const TxEnv speaker{.block = block, .sender = operator_of(1), .value = {}, .hash = {}};
    BOOST_TEST(no.execute(state, ann) == TxCode::ok);
    BOOST_TEST(yes.execute(state, speaker) == TxCode::ok);
    auto record = state.must_get(staking::kValidators, validator(1));
    staking::slash(state, block, record, staking::Offence::double_signing, 50'000, 1);
    staking::put_validator(state, record);
    const Tally found = count_votes(state, 1);
    BOOST_TEST(found.no == *mul_div_floor(tokens(10), 95, 100));
    BOOST_TEST(found.yes == *mul_div_floor(tokens(30), 95, 100));
    BOOST_TEST(found.total == tokens(38));
    // After the slash a token buys more shares than before, and counts as one still.
    ledger::grant_at_genesis(state, module_address(ModuleId::staking), tokens(10));
    BOOST_TEST(staking::Delegate{.validator = validator(1)}.execute(state, ann) == TxCode::ok);
    const Tally later = count_votes(state, 1);
    BOOST_TEST(difference_of(later.no, found.no) >= difference_of(tokens(10), 2));
    BOOST_TEST(difference_of(later.no, found.no) <= tokens(10));
    BOOST_TEST(later.total == tokens(48));
}

BOOST_FIXTURE_TEST_CASE(stake_that_moves_after_the_vote_changes_nothing, VoteFixture) {
    BOOST_TEST(delegate(kAnn, 1, tokens(30)) == TxCode::ok);
    BOOST_TEST(vote(kAnn, 1, Choice::yes, {1}) == TxCode::ok);
    end_vote();
    BOOST_TEST(proposal(1).tally.yes == tokens(30));
    BOOST_TEST(stake(kAnn, staking::Unbond{.validator = validator(1), .amount = tokens(30)}) ==
               TxCode::ok);
    BOOST_TEST(proposal(1).tally.yes == tokens(30));
    BOOST_TEST(tally(1).yes == tokens(30));
    pass(1);
}

}  // namespace assay::test
