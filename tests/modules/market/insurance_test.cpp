// What buyers recover of losses by fraud: each bound in turn, and never a gain for who owns it all.
#include "modules/market/insurance.hpp"

#include "tests/support/choices.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::ClaimInsurance;
using market::SubmissionState;

namespace {

ModuleParams insured(const std::function<void(market::Insurance&)>& change) {
    ModuleParams out = devnet_params();
    out.rewards.epoch_s = 10'000;  // one epoch for the whole story, unless it says otherwise
    out.jurors.unbonding_s = 30'000;
    out.market.insurance = {.coverage_ppm = kPpm,
                            .buyer_share_ppm = 900'000,
                            .epoch_share_ppm = kPpm,
                            .claim_window_s = 120};
    change(out.market.insurance);
    CHECK(validate(out));
    return out;
}

struct InsuranceFixture : MarketFixture {
    explicit InsuranceFixture(const std::function<void(market::Insurance&)>& change =
                                  [](market::Insurance&) {})
        : MarketFixture(insured(change)) {}
    explicit InsuranceFixture(const ModuleParams& params) : MarketFixture(params) {}

    std::uint64_t post_as(const Address& buyer, std::uint64_t quota, Amount price) {
        const auto value =
            chain.ask(market::QuotePostOrder{.item_quota = quota, .price_per_item = price});
        const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                        .item_quota = quota,
                                        .price_per_item = price,
                                        .max_payload_bytes = 100,
                                        .deadline_s = now_s() + 1'000};
        BOOST_TEST(send(buyer, message, value.value()) == TxCode::ok);
        return state().get_or_default(market::kCounters, {}).orders;
    }
    market::ProveFraud duplicate(std::uint64_t id) const {
        return {.submission = id,
                .kind = market::FraudKind::duplicate_content,
                .first = works.at(id).proof(0),
                .second = works.at(id).proof(1)};
    }
    // Four items of a token for kBuyer, paid. Of the fee of a fifth of a token a tenth is insurance
    // and six tenths burn, of which a fifth is never minted again: 0.02 + 0.024.
    std::uint64_t buy(std::uint32_t content, bool fraud) {
        const std::uint64_t id = submit(
            kAnn, {content, fraud ? content : content + 1, content + 2, content + 3}, post(4));
        pass_deadline(id);
        BOOST_TEST((state_of(id) == SubmissionState::accepted));
        return id;
    }
    // Paid, then shown to be fraud. 4 - 0.6 * 0.4 tokens are lost.
    std::uint64_t suffer(std::uint32_t content = 100) {
        const std::uint64_t id = buy(content, true);
        BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
        BOOST_TEST((state_of(id) == SubmissionState::clawed_back));
        return id;
    }
    market::Claim quote(std::uint64_t id) const {
        return chain.ask(market::QuoteInsurance{.submission = id}).value();
    }
    TxCode claim(std::uint64_t id, Amount least = {}, const Address& who = kBuyer) {
        return send(who, ClaimInsurance{.submission = id, .least = least});
    }
    static Amount thousandths(std::uint64_t count) { return Amount(kTokenUnits / 1'000 * count); }
};

struct SmallCoverage : InsuranceFixture {
    SmallCoverage() : InsuranceFixture([](market::Insurance& i) { i.coverage_ppm = 2'000; }) {}
};
struct SlowPool : InsuranceFixture {
    SlowPool() : InsuranceFixture([](market::Insurance& i) { i.epoch_share_ppm = 100'000; }) {}
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_pool_pays_no_more_than_it_holds, InsuranceFixture) {
    const std::uint64_t id = suffer();
    const market::Claim claimed = quote(id);
    BOOST_TEST(claimed.loss == thousandths(3'760));
    BOOST_TEST(claimed.covered == thousandths(3'760));
    BOOST_TEST(claimed.buyer_left == Amount(kTokenUnits / 10'000 * 396));  // 90% of 0.044
    BOOST_TEST(claimed.claimable == thousandths(20));
    const Amount before = wealth(kBuyer);
    BOOST_TEST(claim(id) == TxCode::ok);
    BOOST_TEST(grown(kBuyer, before) == thousandths(20));
    BOOST_TEST(held(pool::kInsurance) == Amount(0));
    const auto books = chain.ask(market::GetInsurancePool{}).value();
    BOOST_TEST(books.collected == thousandths(20));
    BOOST_TEST(books.paid == thousandths(20));
    BOOST_TEST(chain.ask(market::InsuranceOf{.buyer = kBuyer})->paid == thousandths(20));
}

BOOST_FIXTURE_TEST_CASE(a_buyers_own_fees_bound_what_it_recovers, InsuranceFixture) {
    // Another buyer's fees fill the pool.
    for (std::uint32_t i = 0; i < 3; ++i) {
        const std::uint64_t order_id = post_as(kBob, 4, Amount(kTokenUnits));
        pass_deadline(submit(kAnn, {i, i + 50, i + 90, i + 130}, order_id));
    }
    const std::uint64_t id = suffer();
    BOOST_TEST(quote(id).claimable == Amount(kTokenUnits / 10'000 * 396));
    BOOST_TEST(claim(id) == TxCode::ok);
    const std::uint64_t again = suffer(300);
    BOOST_TEST(quote(again).buyer_left == Amount(kTokenUnits / 10'000 * 396));  // of the new fee
    BOOST_TEST(chain.ask(market::InsuranceOf{.buyer = kBob})->paid == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(coverage_bounds_what_a_submission_recovers, SmallCoverage) {
    const std::uint64_t id = suffer();
    BOOST_TEST(quote(id).covered == Amount(kTokenUnits / 100'000 * 752));
    BOOST_TEST(quote(id).claimable == quote(id).covered);
    BOOST_TEST(claim(id) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(an_epoch_pays_a_share_of_the_pool, SlowPool) {
    const std::uint64_t first = suffer();
    const std::uint64_t second = suffer(300);
    BOOST_TEST(quote(first).claimable == thousandths(4));  // a tenth of 0.04
    BOOST_TEST(claim(first) == TxCode::ok);
    BOOST_TEST(quote(second).claimable == Amount(0));
    const Books before = books();
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = second}) == TxCode::nothing_to_claim);
    BOOST_TEST((books() == before));
}

BOOST_AUTO_TEST_CASE(the_next_epoch_pays_again) {
    ModuleParams params = insured([](market::Insurance& i) { i.epoch_share_ppm = 100'000; });
    params.rewards.epoch_s = 20;
    params.market.insurance.claim_window_s = 1'000;
    MarketFixture story(params);
    for (std::uint32_t i = 0; i < 2; ++i) {
        const std::uint64_t id = story.submit(kAnn, {7 * i, 7 * i, 7 * i + 1}, story.post(3));
        story.pass_deadline(id);
        const market::ProveFraud proof{.submission = id,
                                       .kind = market::FraudKind::duplicate_content,
                                       .first = story.works.at(id).proof(0),
                                       .second = story.works.at(id).proof(1)};
        BOOST_TEST(story.prove(kCarol, proof) == TxCode::ok);
    }
    story.end_epoch();
    BOOST_TEST(story.send(kBuyer, ClaimInsurance{.submission = 1}) == TxCode::ok);
    BOOST_TEST(story.send(kBuyer, ClaimInsurance{.submission = 2}) == TxCode::nothing_to_claim);
    const Amount left = story.held(pool::kInsurance);
    story.end_epoch();
    BOOST_TEST(story.chain.ask(market::QuoteInsurance{.submission = 2})->claimable ==
               ppm_floor(left, 100'000));
    BOOST_TEST(story.send(kBuyer, ClaimInsurance{.submission = 2}) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(claims_that_are_refused, InsuranceFixture) {
    const std::uint64_t good = buy(1, false);
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = good}) ==
               TxCode::submission_wrong_state);
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = 99}) == TxCode::submission_not_found);
    const std::uint64_t id = suffer();
    const Amount amount = quote(id).claimable;
    BOOST_TEST(refuse(kAnn, ClaimInsurance{.submission = id}) == TxCode::not_owner);
    BOOST_TEST(
        refuse(kBuyer, ClaimInsurance{.submission = id, .least = sum_of(amount, Amount(1))}) ==
        TxCode::claim_below_least);
    BOOST_TEST(claim(id, amount) == TxCode::ok);
    BOOST_TEST(quote(id).claimed);
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = id}) == TxCode::already_claimed);
    const std::uint64_t late = suffer(200);
    begin_at(quote(late).claim_by_s);
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = late}) == TxCode::too_late);
}

BOOST_FIXTURE_TEST_CASE(a_rejection_before_payment_is_no_loss, InsuranceFixture) {
    const std::uint64_t id = submit(kAnn, {7, 7}, post(4));
    BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
    BOOST_TEST((state_of(id) == SubmissionState::rejected));
    BOOST_TEST(refuse(kBuyer, ClaimInsurance{.submission = id}) == TxCode::submission_wrong_state);
    BOOST_TEST(chain.ask(market::QuoteInsurance{.submission = id}).has_error());
}

namespace {

// Terms around any that pass, under which all of a fee burns or is insurance: nobody else has any.
ModuleParams random_terms(Choices& choices) {
    ModuleParams out = devnet_params();
    out.market.fee_ppm = 10'000 + static_cast<std::uint32_t>(choices.number() % 300'000);
    const auto burned = static_cast<std::uint32_t>(choices.number() % 1'000'001);
    out.market.fee_split = {.burned_ppm = burned,
                            .validators_ppm = 0,
                            .jurors_ppm = 0,
                            .insurance_ppm = 1'000'000 - burned,
                            .treasury_ppm = 0};
    out.rewards.mu_ppm = static_cast<std::uint32_t>(choices.number() % 950'001);
    out.market.holdback_ppm = static_cast<std::uint32_t>(choices.number() % 300'000);
    // Much may be minted for accepted work, so much must stand behind it (P3, P7).
    out.market.contributor_bond_ppm = 420'000;
    out.market.tiers.t1.collateral_ppm = 1'100'000;
    out.market.tiers.t2.collateral_ppm = 2'200'000;
    out.market.tiers.t3.collateral_ppm = 3'000'000;
    out.market.tiers.t4.collateral_ppm = 4'300'000;
    out.disputes.max_jury_fee = Amount(kTokenUnits / 2 * 3);
    out.market.insurance = {.coverage_ppm = kPpm,
                            .buyer_share_ppm = 950'000,
                            .epoch_share_ppm = kPpm,
                            .claim_window_s = 1'000};
    CHECK(validate(out));
    return out;
}

struct OwnFraud : InsuranceFixture {
    explicit OwnFraud(const ModuleParams& params) : InsuranceFixture(params) {}
    // Of buyer, contributor and prover.
    Amount coalition() const {
        return sum_of(sum_of(wealth(kBuyer), wealth(kAnn)), wealth(kCarol));
    }
    Amount burned() const { return ledger::supply(state()).burned_orders; }
    std::uint64_t claims = 0;
    void trade_and_claim(std::uint32_t content, Amount price) {
        const std::uint64_t id = submit(kAnn, {content, content, content + 1}, post(3, price));
        pass_deadline(id);
        BOOST_TEST(prove(kCarol, duplicate(id)) == TxCode::ok);
        if (claim(id) == TxCode::ok) ++claims;
    }
};

}  // namespace

// Buyer, contributor and prover are one; a stranger's fees fill the pool. Whatever is claimed, they
// have less than before, even were all that mu allows minted for what burned.
BOOST_AUTO_TEST_CASE(own_fraud_never_pays) {
    const Bytes bytes = bytes_of_seed(21, 30'000);
    Choices choices(bytes);
    std::uint64_t claims = 0;
    for (int game = 0; game < 20; ++game) {
        const ModuleParams params = random_terms(choices);
        OwnFraud story(params);
        story.pass_deadline(
            story.submit(juror(0), {1, 2, 3}, story.post_as(kBob, 3, Amount(50 * kTokenUnits))));
        const Amount people = story.coalition();
        const Amount burned = story.burned();
        for (std::uint32_t i = 0; i <= choices.below(3); ++i)
            story.trade_and_claim(100 + 10 * i, Amount(1'000'000 + choices.number() % kTokenUnits));
        story.pass(story.now_s() + 1'001);  // every order has settled
        const Amount minted =
            ppm_ceil(difference_of(story.burned(), burned), params.rewards.mu_ppm);
        BOOST_TEST(sum_of(story.coalition(), minted) < people, "game " << game);
        claims += story.claims;
    }
    BOOST_TEST(claims > 20U);
}
