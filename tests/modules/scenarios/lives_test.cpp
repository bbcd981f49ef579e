// The lives of orders and submissions, told end to end on the whole chain.
#include "tests/support/story_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::OrderState;
using market::SubmissionState;

namespace {

constexpr Amount kPrice = Amount(kTokenUnits);

Amount times(Amount amount, std::uint64_t count) {
    return checked_mul(amount, Amount(count)).value();
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(accepted_work_is_paid_minted_for_and_final, StoryFixture) {
    const auto terms = chain.ask(market::GetMarketParams{}).value();
    post(4, kPrice);
    BOOST_TEST((order().state == OrderState::open));
    BOOST_TEST(chain.balance(pool::kMarketEscrow) == order().escrow);
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST((state_of() == SubmissionState::window));
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST((order().state == OrderState::settled));
    const Amount payout = times(kPrice, 4);
    const Amount holdback = ppm_floor(payout, terms.holdback_ppm);
    const Amount fee = ppm_ceil(payout, terms.fee_ppm);
    BOOST_TEST(submission().payout == payout);
    BOOST_TEST(submission().holdback == holdback);
    BOOST_TEST(gained(kAnn, difference_of(payout, holdback)));  // the bond came back
    BOOST_TEST(lost(kBuyer, sum_of(payout, fee)));              // the buyer's bond too
    BOOST_TEST(order().escrow == Amount(0));

    const Amount burned = reward().grant.burned_fees;
    BOOST_TEST(burned >= ppm_floor(fee, terms.fee_split.burned_ppm));
    BOOST_TEST(ledger::supply(state()).burned_orders == burned);
    BOOST_TEST(claim() == TxCode::nothing_to_claim);  // its epoch still runs
    end_epoch();
    const auto minting = chain.ask(rewards::GetRewardParams{}).value();
    const Amount grant = reward().granted;
    BOOST_TEST(grant ==
               ppm_floor(ppm_floor(burned, minting.mu_ppm), minting.split.contributors_ppm));
    const Amount before = wealth(kAnn);
    BOOST_TEST(claim() == TxCode::ok);
    const Amount first = difference_of(wealth(kAnn), before);
    BOOST_TEST(first >= ppm_floor(grant, minting.at_once_ppm));
    BOOST_TEST(first < grant);

    if (submission().deadline_s != 0) pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::finalized));
    pass(reward().vesting_ends_s);
    if (reward().claimable != Amount(0)) BOOST_TEST(claim() == TxCode::ok);
    BOOST_TEST(gained(kAnn, sum_of(payout, grant)));
    BOOST_TEST(chain.balance(pool::kHoldback) == Amount(0));
    BOOST_TEST(chain.balance(pool::kVesting) == Amount(0));
    BOOST_TEST(chain.balance(pool::kMarketEscrow) == Amount(0));
    BOOST_TEST(chain.balance(pool::kContributorBonds) == Amount(0));
    BOOST_TEST(chain.balance(pool::kBuyerBonds) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(a_right_challenge_takes_from_the_contributor, StoryFixture) {
    const auto terms = chain.ask(market::GetMarketParams{}).value();
    hire();
    post();
    submit(kAnn, {1, 2, 3});
    const Amount bond = submission().bond;
    BOOST_TEST(challenge() == TxCode::ok);
    BOOST_TEST((state_of() == SubmissionState::disputed));
    pass(dispute().deadline_s);
    vote("rrr");
    BOOST_TEST((dispute().ruling == disputes::Choice::reject));
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::jury));
    BOOST_TEST(lost(kAnn, bond));
    // The reward for being right, less what the jurors' pool did not pay of the fees.
    const Amount reward = ppm_floor(bond, terms.slash_split.challenger_ppm);
    const Amount fees = times(dispute().terms.jury_fee, 3);
    BOOST_TEST(sum_of(wealth(kCarol), fees) >= sum_of(genesis.each, reward));
    BOOST_TEST(wealth(kCarol) <= sum_of(genesis.each, reward));
    BOOST_TEST(claim() == TxCode::nothing_to_claim);
    // The order is open again for the rejected items, and ends unfilled at its deadline.
    BOOST_TEST((order().state == OrderState::open));
    BOOST_TEST(order().items_reserved == 0U);
    pass(order().deadline_s);
    BOOST_TEST((order().state == OrderState::settled));
    BOOST_TEST(gained(kBuyer, ppm_floor(bond, terms.slash_split.buyer_ppm)));
}

BOOST_FIXTURE_TEST_CASE(a_wrong_challenge_takes_from_the_challenger, StoryFixture) {
    hire();
    post();
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST(challenge() == TxCode::ok);
    BOOST_TEST(challenge(1, kBob) == TxCode::already_challenged);
    BOOST_TEST(challenge(1, kAnn) == TxCode::own_submission);
    const Amount bond = dispute().bonds;
    pass(dispute().deadline_s);
    vote("aar");
    BOOST_TEST((dispute().ruling == disputes::Choice::accept));
    BOOST_TEST((state_of() == SubmissionState::accepted));
    const Amount fees = times(dispute().terms.jury_fee, 2);  // of the two who were coherent
    BOOST_TEST(lost(kCarol, sum_of(bond, fees)));
    const Amount share = ppm_floor(bond, dispute().terms.lost_bond_to_winner_ppm);
    BOOST_TEST(
        gained(kAnn, sum_of(difference_of(submission().payout, submission().holdback), share)));
    BOOST_TEST((order().state == OrderState::settled));
    end_epoch();
    BOOST_TEST(claim() == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(a_silent_jury_is_drawn_again_and_then_the_work_is_accepted, StoryFixture) {
    hire();
    post();
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST(challenge() == TxCode::ok);
    pass(dispute().deadline_s);
    BOOST_TEST(dispute().draws == 1);
    pass(dispute().deadline_s);  // nobody commits
    BOOST_TEST(dispute().draws == 2);
    const std::string absent(chain.ask(disputes::GetPanel{.dispute = 1})->size(), '-');
    vote(absent);
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST(gained(kCarol, Amount(0)));  // bond and fees came back
    Amount stakes;
    for (std::uint8_t i = 0; i < kJurors; ++i)
        stakes = sum_of(stakes, chain.ask(jurors::GetJuror{.account = juror(i)})->stake);
    const auto hired = chain.ask(jurors::GetJurorParams{})->min_stake;
    BOOST_TEST(stakes == difference_of(times(hired, kJurors), dispute().penalties));
    BOOST_TEST(!dispute().penalties.is_zero());
}

BOOST_FIXTURE_TEST_CASE(without_jurors_the_work_is_accepted, StoryFixture) {
    post();
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST(challenge() == TxCode::ok);
    pass(dispute().deadline_s);
    pass(dispute().deadline_s);
    BOOST_TEST(dispute().by_default);
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST(gained(kCarol, Amount(0)));
}

BOOST_FIXTURE_TEST_CASE(a_copied_commitment_and_a_copied_tree_are_worth_nothing, StoryFixture) {
    post(8, kPrice);
    const std::uint64_t honest = commit(kAnn, {1, 2});
    // The commitment itself cannot be made twice in one order.
    const ItemWork& work = works.at(honest);
    const auto value = chain.ask(market::QuoteCommit{.order = 1, .item_count = 2});
    BOOST_TEST(chain.send(kBob, ModuleId::market, work.commit(), value.value()) ==
               TxCode::duplicate_commitment);
    end_block();
    BOOST_TEST(reveal(honest) == TxCode::ok);
    end_block();
    // The same root under an own commitment, after it was seen.
    const std::uint64_t copy = commit(kBob, {1, 2});
    end_block();
    BOOST_TEST(reveal(copy) == TxCode::duplicate_root);
    pass_deadline(copy);
    BOOST_TEST((state_of(copy) == SubmissionState::forfeited));
    if (state_of(honest) == SubmissionState::window) pass_deadline(honest);
    BOOST_TEST(submission(honest).payout == times(kPrice, 2));
}

BOOST_FIXTURE_TEST_CASE(work_never_shown_is_forfeited, StoryFixture) {
    post(4, kPrice);
    commit(kAnn, {1, 2, 3, 4});
    const Amount bond = submission().bond;
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::forfeited));
    BOOST_TEST(lost(kAnn, bond));
    BOOST_TEST(order().items_reserved == 0U);
    submit(kBob, {1, 2, 3, 4});  // the places are free again
    pass_deadline(2);
    BOOST_TEST((order().state == OrderState::settled));
}

BOOST_FIXTURE_TEST_CASE(limits_of_an_order_are_refused_by_state, StoryFixture) {
    const auto terms = chain.ask(market::GetMarketParams{}).value();
    const auto value =
        chain.ask(market::QuotePostOrder{.item_quota = 1, .price_per_item = kPrice}).value();
    market::PostOrder order_near{.spec_hash = sha256(view_of("spec")),
                                 .item_quota = 1,
                                 .price_per_item = kPrice,
                                 .max_payload_bytes = 1,
                                 .deadline_s = now_s() + terms.min_order_s - 1};
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, order_near, value) ==
               TxCode::deadline_too_near);
    ++order_near.deadline_s;
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, order_near, value) == TxCode::ok);
    const market::FundOrder too_many{.order = 1, .items = market::kMaxItems};
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, too_many) == TxCode::order_limit_reached);
    const market::FundOrder too_dear{.order = 1, .items = market::kMaxItems - 1};
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, too_dear) == TxCode::order_limit_reached);
}

BOOST_FIXTURE_TEST_CASE(an_order_without_work_can_be_cancelled, StoryFixture) {
    const auto terms = chain.ask(market::GetMarketParams{}).value();
    post(4, kPrice);
    const market::CancelOrder cancel{.order = 1};
    BOOST_TEST(chain.send(kAnn, ModuleId::market, cancel) == TxCode::not_owner);
    commit(kAnn, {1});
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, cancel) == TxCode::order_has_commitments);
    pass_deadline();
    BOOST_TEST(chain.send(kBuyer, ModuleId::market, cancel) == TxCode::ok);
    BOOST_TEST((order().state == OrderState::cancelled));
    BOOST_TEST(order().escrow == Amount(0));
    BOOST_TEST(wealth(kBuyer) < genesis.each);
    const Amount cancel_fee = ppm_ceil(times(kPrice, 4), terms.cancel_fee_ppm);
    BOOST_TEST(sum_of(wealth(kBuyer), cancel_fee) >= genesis.each);
}
