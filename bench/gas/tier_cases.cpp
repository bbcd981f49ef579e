// Work at the best tier, with a bond and with pledges of what earlier work left.
#include "bench/gas/cases.hpp"
#include "modules/market/commit_at_tier.hpp"
#include "modules/market/commit_pledged.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/tiers.hpp"
#include "modules/market/views.hpp"
#include "modules/rewards/views.hpp"
#include "tests/support/pledged_quote.hpp"

namespace assay::bench {

namespace {

using test::ItemWork;

constexpr std::uint32_t kItems = 8;
constexpr std::uint32_t kManyItems = 200;  // whose collateral is more than all sources have
const Amount kPrice = Amount(kTokenUnits / 1'000);

class TierTale {
  public:
    explicit TierTale(Story& story) : story_(story) {}

    void orders() {
        constexpr std::uint64_t kQuota = 1'000;
        first_order_ = last_order(story_) + 1;
        const Amount price =
            story_.ask(market::QuotePostOrder{.item_quota = kQuota, .price_per_item = kPrice});
        story_.each([&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::PostOrder{.spec_hash = sha256(view_of("spec")),
                                          .spec_uri = "ipfs://spec",
                                          .item_quota = kQuota,
                                          .price_per_item = kPrice,
                                          .max_payload_bytes = 100,
                                          .deadline_s = story_.now_s() + 500},
                        price);
        });
    }

    // One more than a submission may pledge: the first of them for a pledge of its own.
    void earlier_work() {
        for (std::uint32_t i = 0; i <= market::kMaxSources; ++i) {
            sources_.push_back(last_submission(story_) + 1);
            const auto make = [&](std::size_t lane) {
                const auto plain = work(lane, i, kItems).commit();
                return call(climber(lane), ModuleId::market,
                            market::CommitAtTier{.order = plain.order,
                                                 .item_count = plain.item_count,
                                                 .commitment = plain.commitment,
                                                 .tier = market::kTopTier},
                            story_.ask(market::QuoteCommitAtTier{.order = plain.order,
                                                                 .item_count = plain.item_count,
                                                                 .tier = market::kTopTier}));
            };
            if (i == 0)
                story_.measure("market.commitAtTier", "", make, {"submission_reveal_ends"});
            else
                story_.each(make);
        }
        story_.chain().commit();
        for (std::uint32_t i = 0; i < sources_.size(); ++i)
            story_.each([&](std::size_t lane) {
                return call(climber(lane), ModuleId::market,
                            work(lane, i, kItems).reveal(sources_[i] + lane));
            });
        story_.chain().pass(
            story_.ask(market::GetSubmission{.submission = sources_[0]}).deadline_s);
        story_.chain().sweep();
        story_.chain().pass(story_.ask(rewards::CurrentEpoch{}).ends_s + 1);
    }

    // One waits for a reveal that never comes, the other has all that can be pledged.
    void pledges() {
        pledge("a reward", 0, kItems, {"submission_reveal_ends pledged"},
               [&](std::size_t lane, market::CommitPledged& message) {
                   message.rewards = {sources_[0] + lane};
               });
        const std::uint64_t first = last_submission(story_) + 1;
        pledge("17 sources", market::kTopTier, kManyItems, {"submission_window_ends pledged"},
               [&](std::size_t lane, market::CommitPledged& message) {
                   for (std::size_t i = 1; i < sources_.size(); ++i)
                       message.rewards.push_back(sources_[i] + lane);
                   message.holdbacks = message.rewards;
                   message.stake = Amount(kTokenUnits / 100);
               });
        story_.chain().commit();
        story_.each([&](std::size_t lane) {
            return call(climber(lane), ModuleId::market,
                        work(lane, 99, kManyItems).reveal(first + lane));
        });
    }

  private:
    static Address climber(std::size_t lane) { return person(lane, Role::climber); }
    ItemWork work(std::size_t lane, std::uint32_t number, std::uint32_t items) const {
        ItemWork out{.order = first_order_ + lane,
                     .contributor = climber(lane),
                     .contents = {},
                     .salt = sha256(view_of("salt"))};
        for (std::uint32_t i = 0; i < items; ++i) out.contents.push_back(number * 1'000 + i);
        return out;
    }
    template <class Fill>
    void pledge(const std::string& what, std::uint8_t tier, std::uint32_t items,
                std::vector<std::string> later, const Fill& fill) {
        const std::uint32_t number = tier == 0 ? 98 : 99;
        story_.measure(
            "market.commitPledged", what,
            [&](std::size_t lane) {
                const auto plain = work(lane, number, items).commit();
                market::CommitPledged message{.order = plain.order,
                                              .item_count = plain.item_count,
                                              .commitment = plain.commitment,
                                              .tier = tier};
                fill(lane, message);
                return call(climber(lane), ModuleId::market, message,
                            story_.ask(test::quote_of(message, climber(lane))));
            },
            std::move(later));
    }

    Story& story_;
    std::uint64_t first_order_ = 0;
    std::vector<std::uint64_t> sources_;  // lane 0's
};

}  // namespace

void tell_of_tiers(Story& story) {
    TierTale tale(story);
    tale.orders();
    tale.earlier_work();
    tale.pledges();
    story.chain().pass(story.now_s() + 1'000);
}

}  // namespace assay::bench
