// Random orders and prices, played by a seed: the final records alone explain everybody's money.
#include "modules/market/invariants.hpp"
#include "tests/support/choices.hpp"
#include "tests/support/market_fixture.hpp"

using namespace assay;
using namespace assay::test;
using market::OrderState;
using market::SubmissionState;

namespace {

ModuleParams random_params(Choices& choices) {
    ModuleParams out = story_params();
    market::Params& terms = out.market;
    terms.fee_ppm = 1 + static_cast<std::uint32_t>(choices.number() % 500'000);
    terms.contributor_bond_ppm = 1 + static_cast<std::uint32_t>(choices.number() % 2'000'000);
    terms.holdback_ppm = static_cast<std::uint32_t>(choices.number() % 1'000'001);
    terms.cancel_fee_ppm = static_cast<std::uint32_t>(choices.number() % 1'000'001);
    const auto prover = static_cast<std::uint32_t>(choices.number() % 700'000);
    terms.slash_split = {
        .challenger_ppm = prover, .buyer_ppm = 300'000, .burned_ppm = 700'000 - prover};
    return out;
}

struct RandomFixture : MarketFixture {
    Choices& choices;
    explicit RandomFixture(Choices& from) : MarketFixture(random_params(from)), choices(from) {}

    market::Counters counters() const { return state().get_or_default(market::kCounters, {}); }
    std::uint64_t any(std::uint64_t last) { return 1 + choices.number() % (last + 1); }
    Address contributor() { return choices.one_in(2) ? kAnn : kBob; }

    void check_now() const {
        std::vector<InvariantFailure> failures;
        market::check_money(state(), MemoryReader{}, failures);
        market::check_counts(state(), MemoryReader{}, failures);
        market::check_deadlines(state(), MemoryReader{}, failures);
        market::check_bonds(state(), MemoryReader{}, failures);
        for (const auto& each : failures) BOOST_ERROR(each.rule + ": " + each.what);
    }
    // No message takes more than its value.
    template <Message M>
    void play(const Address& sender, const M& message, Amount value = {}) {
        const Amount before = wealth(sender);
        (void)send(sender, message, value);
        BOOST_TEST(sum_of(wealth(sender), value) >= before);
        check_now();
    }
    void commit_some() {
        const std::uint64_t id = any(counters().orders);
        ItemWork work{.order = id, .contributor = contributor(), .contents = {}, .salt = {}};
        // The first content is nobody else's; of the others some are twice in the tree.
        work.contents.push_back(static_cast<std::uint32_t>(1'000 + counters().submissions));
        for (std::uint32_t more = choices.below(4); more > 0; --more)
            work.contents.push_back(choices.below(2));
        const auto value =
            chain.ask(market::QuoteCommit{.order = id, .item_count = work.contents.size()});
        const std::uint64_t next = counters().submissions + 1;
        play(work.contributor, work.commit(), value ? *value : Amount{});
        if (counters().submissions == next) works.insert_or_assign(next, work);
    }
    void reveal_some() {
        const auto found = works.find(any(counters().submissions));
        if (found != works.end())
            play(found->second.contributor, found->second.reveal(found->first));
    }
    void prove_some() {
        const auto found = works.find(any(counters().submissions));
        if (found == works.end()) return;
        const std::uint64_t count = found->second.contents.size();
        const market::ProveFraud proof{.submission = found->first,
                                       .kind = market::FraudKind::duplicate_content,
                                       .first = found->second.proof(choices.byte() % count),
                                       .second = found->second.proof(choices.byte() % count)};
        commit_proof(kCarol, proof);
        play(kCarol, proof);
    }
    void act() {
        const std::uint64_t id = any(counters().orders);
        const auto fund = chain.ask(market::QuoteFundOrder{.order = id, .items = 2});
        switch (choices.below(12)) {
            case 0: post(1 + choices.below(40), Amount(1 + choices.number() % 5'000)); break;
            case 1:
                play(kBuyer, market::FundOrder{.order = id, .items = 2}, fund ? *fund : Amount{});
                break;
            case 2:
                if (choices.one_in(3)) play(kBuyer, market::CancelOrder{.order = id});
                break;
            case 3: play(kCarol, market::Settle{.submission = any(counters().submissions)}); break;
            case 4: end_block(1 + choices.below(8)); break;
            case 5:
            case 6: prove_some(); break;
            case 7:
            case 8: commit_some(); break;
            default: end_block(); reveal_some();
        }
    }
};

using Units = std::int64_t;
using Money = std::map<Address, Units>;

Units units(Amount amount) {
    return static_cast<Units>(amount.raw());
}

// What one submission did to its people, from its record and the terms alone.
void explain(const market::Submission& each, const market::Order& order, Money& money) {
    const auto value = units(order.price_per_item) * static_cast<Units>(each.item_count);
    const auto floor = [](Units of, std::uint32_t ppm) { return of * ppm / 1'000'000; };
    const market::Params& terms = order.terms;
    const auto bond = (value * terms.contributor_bond_ppm + 999'999) / 1'000'000;
    const auto held = floor(value, terms.holdback_ppm);
    const bool fraud = each.state == SubmissionState::rejected;
    if (fraud || each.state == SubmissionState::forfeited) {
        money[each.contributor] -= bond;
        money[order.buyer] += floor(bond, terms.slash_split.buyer_ppm);
        if (fraud) money[kCarol] += floor(bond, terms.slash_split.challenger_ppm);
        return;
    }
    money[each.contributor] += value;
    money[order.buyer] -= value + floor(value, terms.fee_ppm);
    if (each.state != SubmissionState::clawed_back) return;
    const auto reward = floor(held, terms.slash_split.challenger_ppm);
    money[each.contributor] -= held;
    money[kCarol] += reward;
    money[order.buyer] += held - reward;
}

void check_all(const RandomFixture& story) {
    Money money;
    for (std::uint64_t id = 1; id <= story.counters().submissions; ++id)
        explain(story.submission(id), story.order(story.submission(id).order), money);
    for (std::uint64_t id = 1; id <= story.counters().orders; ++id) {
        const market::Order order = story.order(id);
        if (order.state != OrderState::cancelled) continue;
        const auto open = units(order.price_per_item) *
                          static_cast<Units>(order.item_quota - order.items_accepted);
        money[order.buyer] -= (open * order.terms.cancel_fee_ppm + 999'999) / 1'000'000;
    }
    for (const Address& who : story.genesis.people)
        BOOST_TEST(
            (static_cast<Units>(story.wealth(who).raw() - story.genesis.each.raw()) == money[who]));
    for (const Address& pool : {pool::kMarketEscrow, pool::kBuyerBonds, pool::kContributorBonds,
                                pool::kHoldback, module_address(ModuleId::market)})
        BOOST_TEST(story.held(pool) == Amount(0));
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_unit_leaks_whatever_the_terms) {
    std::map<SubmissionState, int> ends;
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        const Bytes bytes = bytes_of_seed(seed, 8'000);
        Choices choices(bytes);
        RandomFixture story(choices);
        story.post(20, Amount(7));
        for (int step = 0; step < 300; ++step) story.act();
        story.end_block(1'001);                           // every order is past its deadline
        for (int i = 0; i < 4; ++i) story.end_block(60);  // and so is every submission
        check_all(story);
        for (std::uint64_t id = 1; id <= story.counters().submissions; ++id)
            ++ends[story.state_of(id)];
    }
    for (const auto end : {SubmissionState::finalized, SubmissionState::rejected,
                           SubmissionState::forfeited, SubmissionState::clawed_back})
        BOOST_TEST(ends[end] > 0, "no submission ended as " << static_cast<int>(end));
}
