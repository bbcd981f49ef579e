// An actor who is buyer, contributor, challenger and every juror at once loses by trading with
// himself, over random parameters that pass validate() and random orders.
#include "tests/support/choices.hpp"
#include "tests/support/story_fixture.hpp"

using namespace assay;
using namespace assay::test;

namespace {

// Around the devnet's numbers; what validate() refuses is drawn again.
ModuleParams random_params(Choices& choices) {
    const auto scaled = [&](std::uint32_t ppm) {
        const std::uint32_t out = ppm / 64 * (choices.byte() + 1U);
        return std::min(out, kPpm);
    };
    while (true) {
        ModuleParams out = devnet_params();
        out.market.fee_ppm = scaled(out.market.fee_ppm) / 2;
        auto& fees = out.market.fee_split;
        fees.burned_ppm = choices.below(11) * 100'000;
        fees.jurors_ppm = (kPpm - fees.burned_ppm) / 256 * choices.byte();
        fees.validators_ppm = (kPpm - fees.burned_ppm - fees.jurors_ppm) / 256 * choices.byte();
        fees.insurance_ppm = 0;
        fees.treasury_ppm = kPpm - fees.burned_ppm - fees.jurors_ppm - fees.validators_ppm;
        out.market.holdback_ppm = scaled(out.market.holdback_ppm) / 2;
        out.rewards.mu_ppm = choices.one_in(2) ? rewards::kMaxMu_ppm : scaled(kPpm / 2);
        out.rewards.split.contributors_ppm = choices.below(11) * 100'000;
        out.rewards.split.jurors_ppm = kPpm - out.rewards.split.contributors_ppm;
        out.rewards.split.treasury_ppm = 0;
        out.rewards.at_once_ppm = scaled(out.rewards.at_once_ppm);
        out.disputes.pool_fees_ppm = scaled(out.disputes.pool_fees_ppm);
        if (validate(out)) return out;
    }
}

struct WashFixture : StoryFixture {
    using StoryFixture::StoryFixture;

    // Everything the actor holds: accounts and stakes.
    Amount holdings() const {
        Amount sum;
        for (const Address& who : genesis.people) sum = sum_of(sum, wealth(who));
        return sum_of(sum, chain.balance(pool::kJurorStake));
    }
    // One submission, challenged by himself or not, judged either way by himself.
    void trade(Choices& choices) {
        const std::uint32_t items = 1 + choices.below(4);
        const Amount price = Amount(kTokenUnits / 1'000 * (1 + choices.below(200)) + 999);
        const std::uint64_t order_id = post(items, price);
        std::vector<std::uint32_t> contents;
        for (std::uint32_t i = 0; i < items; ++i) contents.push_back(i);
        const std::uint64_t id = submit(choices.below(2) == 0 ? kAnn : kBob, contents, order_id);
        if (choices.one_in(3)) {
            BOOST_TEST(challenge(id) == TxCode::ok);
            const std::uint64_t dispute_id = submission(id).dispute;
            pass(dispute(dispute_id).deadline_s);
            judge_himself(choices, dispute_id);
            while (choices.one_in(2) && appeal_himself(dispute_id) == TxCode::ok) {
                pass(dispute(dispute_id).deadline_s);
                judge_himself(choices, dispute_id);
            }
            settle(dispute_id);
        } else {
            pass_deadline(id);
        }
    }
    // All jurors vote alike; panels that were too small are waited for.
    void judge_himself(Choices& choices, std::uint64_t id) {
        if (dispute(id).phase == disputes::Phase::evidence) pass(dispute(id).deadline_s);
        if (dispute(id).phase != disputes::Phase::commit) return;
        const auto seats = chain.ask(disputes::GetPanel{.dispute = id})->size();
        judge(std::string(seats, choices.below(2) == 0 ? 'a' : 'r'), id);
    }
    TxCode appeal_himself(std::uint64_t id) {
        const auto record = dispute(id);
        if (record.phase != disputes::Phase::appealable) return TxCode::dispute_wrong_phase;
        ++appeals;
        return appeal(
            record.ruling == disputes::Choice::accept ? record.challenger : record.contributor, id);
    }
    std::uint64_t appeals = 0;

    void collect() {
        pass(now_s() + 1'000);  // every window, holdback, vesting and epoch of the devnet's length
        for (const auto& [id, work] : works) (void)claim(id);
        end_block();
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(trading_with_oneself_always_loses) {
    const Bytes bytes = bytes_of_seed(77, 20'000);
    Choices choices(bytes);
    std::uint64_t appeals = 0;
    for (int game = 0; game < 25; ++game) {
        WashFixture chain(random_params(choices));
        const Amount before = chain.holdings();
        chain.hire(5);
        for (std::uint32_t i = 1 + choices.below(4); i > 0; --i) chain.trade(choices);
        chain.collect();
        BOOST_TEST(chain.holdings() < before, "game " << game);
        appeals += chain.appeals;
    }
    BOOST_TEST(appeals > 5U);
    BOOST_TEST(!choices.empty());
}
