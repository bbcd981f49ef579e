// Every refusal of committing, revealing and settling, in order, and that it moves nothing.
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::CommitSubmission;
using market::RevealSubmission;

namespace {

struct SubmitFixture : MarketFixture {
    using MarketFixture::MarketFixture;
    static CommitSubmission message(std::uint64_t items = 2) {
        return {.order = 1, .item_count = items, .commitment = sha256(view_of("sealed"))};
    }
    Amount quote(std::uint64_t items = 2) const {
        return chain.ask(market::QuoteCommit{.order = 1, .item_count = items}).value();
    }
    std::uint64_t post_with(std::uint64_t cap, std::uint64_t lasts_s) {
        const auto value =
            chain.ask(market::QuotePostOrder{.item_quota = 4, .price_per_item = kOddPrice});
        BOOST_TEST(send(kBuyer,
                        market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                          .item_quota = 4,
                                          .price_per_item = kOddPrice,
                                          .max_payload_bytes = 100,
                                          .contributor_cap = cap,
                                          .deadline_s = now_s() + lasts_s},
                        value.value()) == TxCode::ok);
        return state().must_get(market::kCounters, {}).orders;
    }
};

ModuleParams two_live() {
    ModuleParams out = story_params();
    out.market.max_live_submissions = 2;
    return out;
}

struct CrowdedFixture : SubmitFixture {
    CrowdedFixture() : SubmitFixture(two_live()) {}
};

ModuleParams three_items() {
    ModuleParams out = story_params();
    out.market.largest_submission = *checked_mul(kOddPrice, Amount(3));
    return out;
}

struct SmallFixture : SubmitFixture {
    SmallFixture() : SubmitFixture(three_items()) {}
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(committing_is_refused_in_order, SubmitFixture) {
    BOOST_TEST(refuse(kAnn, CommitSubmission{.order = 1}) == TxCode::count_zero);
    BOOST_TEST(refuse(kAnn, CommitSubmission{.order = 1, .item_count = market::kMaxItems + 1}) ==
               TxCode::count_too_large);
    BOOST_TEST(refuse(kAnn, CommitSubmission{.order = 1, .item_count = 2}) == TxCode::hash_zero);
    BOOST_TEST(refuse(kAnn, message()) == TxCode::order_not_found);
    post_with(3, 10);
    BOOST_TEST(refuse(kBuyer, message(9)) == TxCode::own_order);
    BOOST_TEST(refuse(kAnn, message(5), quote(5)) == TxCode::order_full);
    BOOST_TEST(refuse(kAnn, message(4), quote(4)) == TxCode::contributor_cap_reached);
    BOOST_TEST(refuse(kAnn, message()) == TxCode::wrong_value);
    BOOST_TEST(refuse(kAnn, message(), sum_of(quote(), Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(refuse(kAnn, message(), difference_of(quote(), Amount(1))) == TxCode::wrong_value);
    BOOST_TEST(send(kAnn, message(), quote()) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, message(), quote()) == TxCode::contributor_cap_reached);
    BOOST_TEST(refuse(kBob, message(3), quote(3)) == TxCode::order_full);
    BOOST_TEST(refuse(kBob, message(), quote()) == TxCode::duplicate_commitment);
    begin_at(order().deadline_s);
    BOOST_TEST(refuse(kBob, message(), quote()) == TxCode::too_late);
    end_block();
    BOOST_TEST(refuse(kBob, message(), quote()) == TxCode::order_not_open);
    BOOST_TEST(refuse(kBuyer, message(), quote()) == TxCode::own_order);
}

// The last panel of a jury answers for so much and no more (P7).
BOOST_FIXTURE_TEST_CASE(a_submission_is_worth_so_much_at_most, SmallFixture) {
    post_with(0, 1'000);
    BOOST_TEST(refuse(kAnn, message(4), quote(4)) == TxCode::submission_too_large);
    BOOST_TEST(send(kAnn, message(3), quote(3)) == TxCode::ok);
    // An order that nobody could fill is not posted.
    const market::PostOrder dear{
        .spec_hash = sha256(view_of("spec")),
        .item_quota = 1,
        .price_per_item = sum_of(*checked_mul(kOddPrice, Amount(3)), Amount(1)),
        .max_payload_bytes = 100,
        .deadline_s = now_s() + 1'000};
    const auto value =
        chain.ask(market::QuotePostOrder{.item_quota = 1, .price_per_item = dear.price_per_item});
    BOOST_TEST(refuse(kBuyer, dear, value.value()) == TxCode::submission_too_large);
}

BOOST_FIXTURE_TEST_CASE(accepted_items_count_against_cap_and_quota, SubmitFixture) {
    post_with(3, 1'000);
    submit(kAnn, {1, 2});
    pass_deadline();
    CommitSubmission more = message(2);
    BOOST_TEST(refuse(kAnn, more, quote(2)) == TxCode::contributor_cap_reached);
    more.item_count = 3;
    BOOST_TEST(refuse(kBob, more, quote(3)) == TxCode::order_full);
    more.item_count = 1;
    BOOST_TEST(send(kAnn, more, quote(1)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(an_order_carries_so_many_live_submissions, CrowdedFixture) {
    post_with(0, 1'000);
    commit(kAnn, {1});
    commit(kBob, {2});
    BOOST_TEST(refuse(kAnn, message(3), quote(3)) == TxCode::order_full);
    BOOST_TEST(refuse(kAnn, message(1), quote(1)) == TxCode::order_limit_reached);
    pass_deadline(2);  // both forfeit
    BOOST_TEST(send(kAnn, message(1), quote(1)) == TxCode::ok);
}

BOOST_FIXTURE_TEST_CASE(revealing_is_refused_in_order, SubmitFixture) {
    RevealSubmission nothing{.submission = 9, .data_uri = std::string(257, 'u')};
    BOOST_TEST(refuse(kAnn, nothing) == TxCode::hash_zero);
    nothing.root = sha256(view_of("root"));
    BOOST_TEST(refuse(kAnn, nothing) == TxCode::text_too_long);
    nothing.data_uri.pop_back();
    BOOST_TEST(refuse(kAnn, nothing) == TxCode::submission_not_found);
    post(4, kOddPrice);
    commit(kAnn, {1, 2});
    const RevealSubmission good = works.at(1).reveal(1);
    BOOST_TEST(refuse(kBob, good) == TxCode::not_owner);
    BOOST_TEST(refuse(kAnn, good) == TxCode::too_early);  // in the block of the commitment
    end_block();
    BOOST_TEST(refuse(kAnn, good, Amount(1)) == TxCode::value_not_payable);
    const auto changed = [&](auto change) {
        RevealSubmission other = good;
        change(other);
        return refuse(kAnn, other);
    };
    const Hash256 other = sha256(view_of("other"));
    BOOST_TEST(changed([&](auto& m) { m.root = other; }) == TxCode::commitment_mismatch);
    BOOST_TEST(changed([&](auto& m) { m.ciphertext_root = other; }) == TxCode::commitment_mismatch);
    BOOST_TEST(changed([&](auto& m) { m.key_hash = other; }) == TxCode::commitment_mismatch);
    BOOST_TEST(changed([&](auto& m) { m.salt = other; }) == TxCode::commitment_mismatch);
    begin_at(submission().deadline_s - 1);
    BOOST_TEST(send(kAnn, good) == TxCode::ok);
    BOOST_TEST(refuse(kAnn, good) == TxCode::submission_wrong_state);
    BOOST_TEST(refuse(kBob, good) == TxCode::not_owner);
}

BOOST_FIXTURE_TEST_CASE(a_reveal_at_its_deadline_is_too_late, SubmitFixture) {
    post(4, kOddPrice);
    commit(kAnn, {1, 2});
    begin_at(submission().deadline_s);
    BOOST_TEST(refuse(kAnn, works.at(1).reveal(1)) == TxCode::too_late);
    end_block();
    BOOST_TEST((state_of() == market::SubmissionState::forfeited));
    BOOST_TEST(refuse(kAnn, works.at(1).reveal(1)) == TxCode::submission_wrong_state);
}

BOOST_FIXTURE_TEST_CASE(a_commitment_opens_on_its_own_order_only, SubmitFixture) {
    post(4, kOddPrice);
    post(4, kOddPrice);
    const ItemWork work{.order = 1, .contributor = kAnn, .contents = {1, 2}, .salt = {}};
    CommitSubmission replayed = work.commit();
    replayed.order = 2;
    BOOST_TEST(send(kAnn, replayed, quote()) == TxCode::ok);
    BOOST_TEST(
        send(kBob,
             CommitSubmission{.order = 1, .item_count = 2, .commitment = sha256(view_of("mine"))},
             quote()) == TxCode::ok);
    end_block();
    BOOST_TEST(refuse(kAnn, work.reveal(1)) == TxCode::commitment_mismatch);
    BOOST_TEST(refuse(kBob, work.reveal(2)) == TxCode::commitment_mismatch);
}

BOOST_FIXTURE_TEST_CASE(a_root_shown_by_an_earlier_commitment_is_taken, SubmitFixture) {
    post(8, kOddPrice);
    submit(kAnn, {1, 2});
    const std::uint64_t later = commit(kBob, {1, 2});
    end_block();
    BOOST_TEST(refuse(kBob, works.at(later).reveal(later)) == TxCode::duplicate_root);
    post(8, kOddPrice);
    submit(kBob, {1, 2}, 2);  // another order, another tree of roots
}

BOOST_FIXTURE_TEST_CASE(settling_is_refused_until_a_deadline_has_passed, SubmitFixture) {
    BOOST_TEST(refuse(kCarol, market::Settle{.submission = 1}) == TxCode::submission_not_found);
    post(4, kOddPrice);
    commit(kAnn, {1, 2});
    const auto settle_early = [&](const Address& who) {
        return refuse(who, market::Settle{.submission = 1});
    };
    begin_at(submission().deadline_s - 1);
    BOOST_TEST(settle_early(kCarol) == TxCode::not_settleable);
    BOOST_TEST(reveal(1) == TxCode::ok);
    begin_at(submission().deadline_s - 1);
    BOOST_TEST(settle_early(kAnn) == TxCode::not_settleable);
    BOOST_TEST(challenge() == TxCode::ok);
    end_block();
    BOOST_TEST(settle_early(kAnn) == TxCode::not_settleable);  // the dispute decides
    pass(dispute().deadline_s);
    pass(dispute().deadline_s);
    BOOST_TEST((state_of() == market::SubmissionState::accepted));
    BOOST_TEST(settle_early(kAnn) == TxCode::not_settleable);
    begin_at(submission().deadline_s);
    BOOST_TEST(settle() == TxCode::ok);
    BOOST_TEST(settle_early(kAnn) == TxCode::not_settleable);
}
