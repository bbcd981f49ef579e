// Contribution from an empty wallet: what is signed, who pays, and what is refused.
#include "modules/relay/relay.hpp"

#include "modules/market/sponsor.hpp"
#include "modules/relay/intent.hpp"
#include "modules/wiring/sponsored.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::SubmissionState;
using relay::Relay;

namespace {

const Amount kBudget = Amount(kTokenUnits);

// Has a key, and nothing else.
struct Poor {
    crypto::SecretKey key = *crypto::secret_key_from(sha256(view_of("poor")));
    Address address = crypto::address_of(*crypto::public_key_of(key));
    std::uint64_t nonce = 0;
};

struct RelayFixture : MarketFixture {
    Poor poor;

    void sponsor(std::uint64_t items = 10, std::uint64_t cap = 5, Amount budget = kBudget,
                 Amount each = kBudget) {
        post(20);
        BOOST_TEST(
            send(kBuyer,
                 market::SponsorOrder{
                     .order = 1, .unbonded_items = items, .unbonded_cap = cap, .sponsor_cap = each},
                 budget) == TxCode::ok);
    }
    ItemWork work(std::vector<std::uint32_t> contents) const {
        return {.order = 1,
                .contributor = poor.address,
                .contents = std::move(contents),
                .salt = sha256(view_of("salt"))};
    }
    market::CommitUnbonded commit_of(const ItemWork& work) const {
        const auto bonded = work.commit();
        return {.order = bonded.order,
                .item_count = bonded.item_count,
                .commitment = bonded.commitment};
    }
    template <class S, class M>
    Relay intent(const S& signed_form, const M& message) const {
        const Hash256 digest =
            eip712::digest(relay::intent_domain(kWiredChainId), eip712::hash_struct(signed_form));
        return {.signer = poor.address,
                .call = assay::abi::encode_call(message),
                .nonce = signed_form.nonce,
                .deadline_s = signed_form.deadline_s,
                .signature = relay::signature_bytes(crypto::sign_recoverable(poor.key, digest))};
    }
    Relay intent(const market::CommitUnbonded& message) const {
        return intent(SponsoredCommit{.commit = message, .nonce = poor.nonce, .deadline_s = by_s()},
                      message);
    }
    Relay intent(const market::RevealSubmission& message) const {
        return intent(SponsoredReveal{.reveal = message, .nonce = poor.nonce, .deadline_s = by_s()},
                      message);
    }
    Relay intent(const market::OpenItems& message) const {
        return intent(SponsoredOpening{.open = message, .nonce = poor.nonce, .deadline_s = by_s()},
                      message);
    }
    std::uint64_t by_s() const { return now_s() + 100; }
    TxCode relay_by(const Address& who, const Relay& message) {
        const TxCode code = chain.send(who, ModuleId::relay, message);
        if (code == TxCode::ok) ++poor.nonce;
        return code;
    }
    TxCode refuse_relay(const Relay& message) {
        const Books before = books();
        const TxCode code = chain.send(kCarol, ModuleId::relay, message);
        BOOST_TEST((code != TxCode::ok));
        BOOST_TEST((books() == before));
        return code;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_empty_wallet_contributes_and_is_paid, RelayFixture) {
    sponsor();
    const ItemWork mine = work({1, 2, 3});
    BOOST_TEST(relay_by(kCarol, intent(commit_of(mine))) == TxCode::ok);
    BOOST_TEST(submission().contributor == poor.address);
    BOOST_TEST(submission().unbonded);
    BOOST_TEST(submission().bond == Amount(0));
    BOOST_TEST(submission().deadline_s == now_s() + terms().unbonded_reveal_s);
    end_block();
    BOOST_TEST(relay_by(kCarol, intent(mine.reveal(1))) == TxCode::ok);
    end_block();
    const market::ForceOpen ask{.submission = 1, .indices = {0, 2}};
    const Amount bond =
        chain.ask(market::QuoteForceOpen{.submission = 1, .indices = ask.indices}).value();
    BOOST_TEST(send(kBob, ask, bond) == TxCode::ok);
    BOOST_TEST(relay_by(kCarol, intent(market::OpenItems{
                                    .request = 1, .items = {mine.proof(0), mine.proof(2)}})) ==
               TxCode::ok);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    const Amount paid = difference_of(submission().payout, submission().holdback);
    const Amount half = *mul_div_floor(bond, Amount(1), Amount(2));
    BOOST_TEST(chain.balance(poor.address) == sum_of(paid, half));
    BOOST_TEST(chain.ask(relay::NextIntentNonce{.signer = poor.address}).value() == 3U);
    BOOST_TEST(order().unbonded_items_held == 3U);
}

// Of the newest transaction.
struct Cost {
    Amount base_fee;
    Amount premium;
    // gained() and lost() leave out what transactions cost: of that
    Amount at_once() const { return difference_of(base_fee, premium); }
    Amount in_all() const { return sum_of(base_fee, premium); }
};

struct PremiumFixture : RelayFixture {
    Cost cost_of_last() const {
        const Amount base_fee =
            *checked_mul(chain.block().base_fee, Amount(chain.receipts().back().gas_used));
        return {base_fee, ppm_floor(base_fee, terms().relay_premium_ppm)};
    }
    // Carol relays a commitment, Bob its reveal.
    std::pair<Cost, Cost> relay_work(const ItemWork& mine) {
        BOOST_TEST(relay_by(kCarol, intent(commit_of(mine))) == TxCode::ok);
        const Cost commit = cost_of_last();
        end_block();
        BOOST_TEST(relay_by(kBob, intent(mine.reveal(1))) == TxCode::ok);
        return {commit, cost_of_last()};
    }
};

BOOST_FIXTURE_TEST_CASE(relayers_get_their_gas_and_a_premium_for_accepted_work, PremiumFixture) {
    sponsor();
    const auto [commit, reveal] = relay_work(work({1, 2}));
    // Less than it cost, so far.
    BOOST_TEST(gained(kCarol, commit.at_once()));
    BOOST_TEST(gained(kBob, reveal.at_once()));
    const Amount fees =
        sum_of(sum_of(commit.base_fee, commit.premium), sum_of(reveal.base_fee, reveal.premium));
    BOOST_TEST(difference_of(kBudget, order().sponsor_budget) == fees);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::accepted));
    BOOST_TEST(gained(kCarol, commit.in_all()));
    BOOST_TEST(gained(kBob, reveal.in_all()));
    BOOST_TEST(difference_of(kBudget, order().sponsor_budget) == fees);
    BOOST_TEST(held(pool::kSponsorBudgets) == order().sponsor_budget);
    BOOST_TEST(!state().contains(market::kRelayDebts, 1));
}

BOOST_FIXTURE_TEST_CASE(who_relays_what_is_rejected_loses, PremiumFixture) {
    sponsor();
    const auto [commit, reveal] = relay_work(work({1, 2, 1}));
    BOOST_TEST(prove(kBuyer, {.submission = 1,
                              .kind = market::FraudKind::duplicate_content,
                              .first = work({1, 2, 1}).proof(0),
                              .second = work({1, 2, 1}).proof(2)}) == TxCode::ok);
    BOOST_TEST(gained(kCarol, commit.at_once()));
    BOOST_TEST(gained(kBob, reveal.at_once()));
    // What they do not get is the buyer's again.
    const Amount spent = sum_of(commit.at_once(), reveal.at_once());
    BOOST_TEST(difference_of(kBudget, order().sponsor_budget) == spent);
    BOOST_TEST(held(pool::kSponsorBudgets) == order().sponsor_budget);
}

BOOST_FIXTURE_TEST_CASE(who_relays_what_is_never_revealed_loses, PremiumFixture) {
    sponsor();
    BOOST_TEST(relay_by(kCarol, intent(commit_of(work({1, 2})))) == TxCode::ok);
    const Cost cost = cost_of_last();
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::forfeited));
    BOOST_TEST(gained(kCarol, cost.at_once()));
    BOOST_TEST(difference_of(kBudget, order().sponsor_budget) == cost.at_once());
}

BOOST_FIXTURE_TEST_CASE(what_is_left_of_the_budget_returns, RelayFixture) {
    sponsor();
    const ItemWork mine = work({1, 2, 3});
    BOOST_TEST(relay_by(kCarol, intent(commit_of(mine))) == TxCode::ok);
    pass_deadline();
    BOOST_TEST((state_of() == SubmissionState::forfeited));
    BOOST_TEST(order().unbonded_items_held == 0U);
    BOOST_TEST(!state().contains(market::kUnbondedHeld, {.order = 1, .contributor = poor.address}));
    pass(order().deadline_s);
    BOOST_TEST((order().state == market::OrderState::settled));
    BOOST_TEST(held(pool::kSponsorBudgets) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(intents_that_are_refused, RelayFixture) {
    sponsor();
    const Relay good = intent(commit_of(work({1, 2})));
    Relay bad = good;
    bad.signer = Address{};
    BOOST_TEST(refuse_relay(bad) == TxCode::address_zero);
    bad = good;
    bad.signature.pop_back();
    BOOST_TEST(refuse_relay(bad) == TxCode::proof_malformed);
    bad = good;
    bad.call = assay::abi::encode_call(market::Settle{.submission = 1});
    BOOST_TEST(refuse_relay(bad) == TxCode::call_not_sponsored);
    bad.call = {1, 2, 3};
    BOOST_TEST(refuse_relay(bad) == TxCode::call_not_sponsored);
    bad = good;
    bad.call.push_back(0);  // no calldata of any message
    BOOST_TEST(refuse_relay(bad) == TxCode::call_not_sponsored);
    bad = good;
    bad.call = assay::abi::encode_call(market::CommitUnbonded{.order = 1, .item_count = 0});
    BOOST_TEST(refuse_relay(bad) == TxCode::count_zero);
    bad = good;
    bad.nonce += 1;
    BOOST_TEST(refuse_relay(bad) == TxCode::intent_nonce_mismatch);
    bad = good;
    bad.deadline_s += 1;  // was not signed
    BOOST_TEST(refuse_relay(bad) == TxCode::intent_not_signed);
    bad = good;
    bad.signer = kBob;
    BOOST_TEST(refuse_relay(bad) == TxCode::intent_not_signed);
    bad = good;
    bad.call = assay::abi::encode_call(commit_of(work({1, 2, 3})));
    BOOST_TEST(refuse_relay(bad) == TxCode::intent_not_signed);
    bad = good;
    bad.call = assay::abi::encode_call(
        market::CommitUnbonded{.order = 9, .item_count = 1, .commitment = Hash256{{1}}});
    BOOST_TEST(refuse_relay(bad) == TxCode::order_not_found);
    bad.call =
        assay::abi::encode_call(market::RevealSubmission{.submission = 9, .root = Hash256{{1}}});
    BOOST_TEST(refuse_relay(bad) == TxCode::not_found);
    BOOST_TEST(relay_by(kBob, good) == TxCode::ok);
    BOOST_TEST(refuse_relay(good) == TxCode::intent_nonce_mismatch);  // once
}

BOOST_FIXTURE_TEST_CASE(an_intent_ends_at_its_deadline, RelayFixture) {
    sponsor();
    const Relay good = intent(commit_of(work({1, 2})));
    begin_at(good.deadline_s);
    BOOST_TEST(refuse_relay(good) == TxCode::intent_expired);
}

BOOST_FIXTURE_TEST_CASE(the_markets_refusals_stand, RelayFixture) {
    sponsor();
    BOOST_TEST(relay_by(kCarol, intent(commit_of(work({1, 2, 3})))) == TxCode::ok);
    BOOST_TEST(refuse_relay(intent(commit_of(work({7, 8, 9})))) == TxCode::contributor_cap_reached);
    BOOST_TEST(chain.ask(relay::NextIntentNonce{.signer = poor.address}).value() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_budget_pays_no_more_than_it_has, RelayFixture) {
    sponsor(10, 5, Amount(1));
    BOOST_TEST(refuse_relay(intent(commit_of(work({1})))) == TxCode::sponsor_budget_spent);
}

BOOST_FIXTURE_TEST_CASE(budget_and_cap_reach_to_the_last_unit, PremiumFixture) {
    sponsor(10, 5, Amount(1));
    const Relay message = intent(commit_of(work({1})));
    BOOST_TEST(refuse_relay(message) == TxCode::sponsor_budget_spent);
    const Amount fee = cost_of_last().in_all();
    const auto add = [&](Amount budget, Amount cap) {
        BOOST_TEST(send(kBuyer,
                        market::SponsorOrder{
                            .order = 1, .unbonded_items = 0, .unbonded_cap = 5, .sponsor_cap = cap},
                        budget) == TxCode::ok);
    };
    add(difference_of(fee, Amount(2)), fee);
    BOOST_TEST(refuse_relay(message) == TxCode::sponsor_budget_spent);
    add(Amount(1), difference_of(fee, Amount(1)));
    BOOST_TEST(refuse_relay(message) == TxCode::sponsor_cap_reached);
    add(Amount(0), fee);
    BOOST_TEST(relay_by(kCarol, message) == TxCode::ok);
    BOOST_TEST(order().sponsor_budget == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(a_contributor_takes_no_more_than_its_cap, RelayFixture) {
    sponsor(10, 5, kBudget, Amount(1));
    BOOST_TEST(refuse_relay(intent(commit_of(work({1})))) == TxCode::sponsor_cap_reached);
}

// Made by eth_account 0.13's encode_typed_data and sign_message with the key 0x1111...11.
BOOST_AUTO_TEST_CASE(intents_are_signed_as_wallets_sign) {
    const auto key = *crypto::secret_key_from(
        Hash256{{0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11,
                 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11}});
    const auto filled = [](std::uint8_t byte) {
        Hash256 out;
        out.bytes.fill(byte);
        return out;
    };
    const auto signature = [&](const Hash256& struct_hash) {
        return to_hex(relay::signature_bytes(crypto::sign_recoverable(
            key, eip712::digest(relay::intent_domain(31'337), struct_hash))));
    };
    BOOST_TEST(
        signature(eip712::hash_struct(
            SponsoredCommit{.commit = {.order = 7, .item_count = 3, .commitment = filled(0xab)},
                            .nonce = 5,
                            .deadline_s = 1'700'000'500})) ==
        "583c5f085a6b6498b3407b9c39a530cabc01501ab332d6f1ddaad6816c0c90780f9e97b858da0133b12a6da442"
        "ecb08a55e2856b8028b509603dd9d63f050ba61c");
    BOOST_TEST(
        signature(eip712::hash_struct(SponsoredReveal{.reveal = {.submission = 9,
                                                                 .root = filled(1),
                                                                 .ciphertext_root = filled(2),
                                                                 .key_hash = filled(3),
                                                                 .salt = filled(4),
                                                                 .data_uri = "ipfs://data"},
                                                      .nonce = 6,
                                                      .deadline_s = 1'700'000'600})) ==
        "f75b44eec8d0db5b2bc28f08b6e1b455b0d4b69d0b434e77e24608bcc3bac78136679d0884853e65ddccae0955"
        "acaed6b828fafe067b87c257182f0faa11ed6b1c");
    BOOST_TEST(
        signature(eip712::hash_struct(SponsoredOpening{
            .open = {.request = 2,
                     .items = {{.index = 1, .leaf = {0x0a, 0x0b}, .path = {filled(5), filled(6)}},
                               {.index = 4}}},
            .nonce = 7,
            .deadline_s = 1'700'000'700})) ==
        "f54ee7d51dad38bc6b48aef2321a02b01eec8bda22c499f13881b73982807e8b3ebfb63ccd0a97d7b2bdeda1bc"
        "e83073b60af57954def25915001bde4c3a0c851b");
}
