// Appeals told on the whole chain: the market waits for the last ruling, and the money follows it.
#include "modules/disputes/replay.hpp"
#include "tests/support/story_fixture.hpp"

using namespace assay;
using namespace assay::test;
using disputes::Choice;
using disputes::Phase;
using market::SubmissionState;

namespace {

struct AppealFixture : StoryFixture {
    // Work of kAnn's, challenged by kCarol, a first panel voted.
    void ruled(const std::string& votes) {
        hire(5);
        post();
        submit(kAnn, {1, 2, 3, 4});
        BOOST_TEST(challenge() == TxCode::ok);
        pass(dispute().deadline_s);
        judge(votes);
        BOOST_REQUIRE((dispute().phase == Phase::appealable));
    }
    // The second panel: all five jurors of the chain, of seven seats.
    void overrule(const Address& who, const std::string& votes) {
        BOOST_TEST(appeal(who) == TxCode::ok);
        pass(dispute().deadline_s);
        judge(votes);
    }
    bool replays() const {
        return disputes::replay(chain.ask(disputes::GetDisputeRecord{.dispute = 1}).value())
            .has_value();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_contributor_is_paid_after_a_wrong_first_ruling, AppealFixture) {
    ruled("rrr");
    BOOST_TEST((state_of() == SubmissionState::disputed));  // nothing is slashed yet
    BOOST_TEST(appeal(kCarol) == TxCode::wrong_side);
    overrule(kAnn, "aaaaa");
    settle();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST((order().state == market::OrderState::settled));
    BOOST_TEST(wealth(kAnn) > genesis.each);
    BOOST_TEST(wealth(kCarol) < genesis.each);
    BOOST_TEST(chain.balance(pool::kDisputeBonds) == Amount(0));
    BOOST_TEST(chain.balance(pool::kDisputeFees) == Amount(0));
    BOOST_TEST(replays());
    end_epoch();
    BOOST_TEST(claim() == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(a_backer_overturns_a_wrong_acceptance, AppealFixture) {
    ruled("aar");
    overrule(kBob, "rrrrr");
    settle();
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::jury));
    BOOST_TEST(wealth(kAnn) < genesis.each);
    BOOST_TEST(replays());
}

BOOST_FIXTURE_TEST_CASE(the_rich_appellant_pays_for_delay, AppealFixture) {
    ruled("aaa");
    overrule(kCarol, "aaaaa");
    BOOST_TEST(appeal(kCarol) == TxCode::ok);
    // Nobody can seat fifteen of five jurors: the ruling stands, the last bond returns.
    while (dispute().phase != Phase::ruled) pass(dispute().deadline_s);
    BOOST_TEST((state_of() == SubmissionState::accepted));
    const auto backers = chain.ask(disputes::GetBackers{.dispute = 1}).value();
    BOOST_TEST(dispute().bonds_lost == sum_of(backers[0].bond, backers[1].bond));
    BOOST_TEST(backers[2].returned == backers[2].bond);
    const Amount seats = checked_mul(dispute().terms.jury_fee, Amount(3 + 5)).value();
    BOOST_TEST(lost(kCarol, sum_of(dispute().bonds_lost, seats)));
    BOOST_TEST(replays());
}

BOOST_FIXTURE_TEST_CASE(fraud_proven_during_an_appeal_decides, AppealFixture) {
    hire(5);
    post(6);
    submit(kAnn, {1, 2, 1});
    BOOST_TEST(challenge() == TxCode::ok);
    BOOST_TEST(join(kBob, Choice::reject) == TxCode::ok);
    pass(dispute().deadline_s);
    judge("aaa");
    BOOST_TEST(appeal(kCarol) == TxCode::ok);
    BOOST_TEST(prove(kBuyer, market::ProveFraud{.submission = 1,
                                                .kind = market::FraudKind::duplicate_content,
                                                .first = works.at(1).proof(0),
                                                .second = works.at(1).proof(2)}) == TxCode::ok);
    pass(dispute().deadline_s);
    judge("rrrrr");
    settle();
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST((submission().reason == market::Reason::fraud));
    BOOST_TEST(dispute().slash_shared == Amount(0));  // the prover's
    BOOST_TEST(replays());
}

BOOST_FIXTURE_TEST_CASE(joiners_share_on_the_whole_chain, AppealFixture) {
    hire(5);
    post();
    submit(kAnn, {1, 2, 3, 4});
    BOOST_TEST(challenge() == TxCode::ok);
    BOOST_TEST(join(kBob, Choice::reject) == TxCode::ok);
    BOOST_TEST(join(kBuyer, Choice::accept) == TxCode::ok);
    pass(dispute().deadline_s);
    vote("rrr");
    BOOST_TEST((state_of() == SubmissionState::rejected));
    BOOST_TEST(!dispute().slash_shared.is_zero());
    BOOST_TEST(wealth(kBob) > genesis.each);
    BOOST_TEST(replays());
}
