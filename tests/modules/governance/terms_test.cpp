// What lives keeps the terms it began with, whatever governance decides meanwhile.
#include "modules/market/post_order.hpp"
#include "modules/market/views.hpp"
#include "tests/support/governance_fixture.hpp"
#include "tests/support/item_work.hpp"

namespace assay::test {

using namespace governance;

namespace {

struct TermsFixture : GovernanceFixture {
    Amount posted(std::uint64_t quota) {
        const Amount value =
            *chain.ask(market::QuotePostOrder{.item_quota = quota, .price_per_item = tokens(1)});
        const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                        .spec_uri = "ipfs://spec",
                                        .item_quota = quota,
                                        .price_per_item = tokens(1),
                                        .max_payload_bytes = 100,
                                        .deadline_s = chain.block().time_s + 1'000};
        BOOST_TEST(chain.send(kAnn, ModuleId::market, message, value) == TxCode::ok);
        return value;
    }
    // What the insurance earns by kBob's work on the order: a tenth of the order's fee.
    Amount settled(std::uint64_t order, std::uint64_t submission) {
        const ItemWork work{.order = order,
                            .contributor = kBob,
                            .contents = {1, 2, 3, static_cast<std::uint32_t>(order + 10)},
                            .salt = sha256(view_of("salt")),
                            .misplaced = false};
        const Amount bond = *chain.ask(market::QuoteCommit{.order = order, .item_count = 4});
        BOOST_TEST(chain.send(kBob, ModuleId::market, work.commit(), bond) == TxCode::ok);
        pass(1);
        BOOST_TEST(chain.send(kBob, ModuleId::market, work.reveal(submission)) == TxCode::ok);
        const Amount before = chain.balance(pool::kInsurance);
        pass(chain.ask(market::GetOrder{.order = order})->terms.challenge_window_s);
        pass(1);
        const auto found = chain.ask(market::GetSubmission{.submission = submission});
        BOOST_TEST((found->state == market::SubmissionState::accepted));
        return difference_of(chain.balance(pool::kInsurance), before);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_order_settles_by_the_terms_of_its_day, TermsFixture) {
    const Amount old_value = posted(4);
    BOOST_TEST(propose(Changes{{"market.feePpm", "100000"}, {"market.challengeWindowS", "16"}}) ==
               TxCode::ok);
    carry(1);
    const Amount new_value = posted(4);
    BOOST_TEST(difference_of(new_value, old_value) == ppm_floor(tokens(4), 50'000));
    BOOST_TEST(settled(1, 1) == ppm_floor(tokens(4), 5'000));   // a tenth of 5%
    BOOST_TEST(settled(2, 2) == ppm_floor(tokens(4), 10'000));  // a tenth of 10%
    BOOST_TEST(!chain.first_difference_on_replay().has_value());
}

BOOST_FIXTURE_TEST_CASE(a_proposal_is_decided_by_the_terms_of_its_day, GovernanceFixture) {
    BOOST_TEST(propose(Changes{{"governance.quorumPpm", "900000"},
                               {"governance.timelockS", "20"},
                               {"governance.votingS", "100"},
                               {"governance.deposit", "1"}}) == TxCode::ok);
    accept(1);
    end_vote();
    BOOST_TEST(propose_grant(kAnn, tokens(1)) == TxCode::ok);
    const Amount deposit = deposits();
    pass(proposal(1).deadline_s - chain.block().time_s);
    pass(1);
    BOOST_TEST((status(1) == Status::executed));
    BOOST_TEST(params().quorum_ppm == 900'000u);
    accept(2);  // 50 of 60: 83%
    const Amount before = chain.balance(kCat);
    pass(proposal(2).deadline_s - chain.block().time_s);
    const std::uint64_t decided_s = chain.block().time_s;
    pass(1);
    BOOST_TEST((status(2) == Status::timelock));
    BOOST_TEST(proposal(2).deadline_s == decided_s + 10);
    BOOST_TEST(difference_of(chain.balance(kCat), before) == deposit);
    BOOST_TEST(propose_grant(kAnn, tokens(1)) == TxCode::ok);
    BOOST_TEST(deposits() == 1u);
    BOOST_TEST(proposal(3).deadline_s == chain.block().time_s + 100);
    accept(3);
    pass(100);
    pass(1);
    BOOST_TEST((status(3) == Status::rejected));  // 83% is no quorum any more
}

}  // namespace assay::test
