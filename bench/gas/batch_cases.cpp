// Work in batches, compared with hidden gold or with the work of others, and the contest of a
// verdict.
#include "bench/gas/cases.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/redundant.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/views.hpp"
#include "modules/market/views_policy.hpp"
#include "tests/support/batch_work.hpp"

namespace assay::bench {

namespace {

using test::BatchWork;
using test::HiddenGold;

const Amount kPrice = Amount(kTokenUnits / 1'000);
constexpr std::size_t kReplicas = market::kMaxReplicas;
// What a place in a batch leads to beside the reveal's own.
const std::vector<std::string> kGoldPlace{"submission_reveal_ends", "verdict_due gold"};
const std::vector<std::string> kComparedPlace{"submission_reveal_ends", "verdict_due compared"};
constexpr std::size_t kWrong = 1;  // the replica whose gold answers are all wrong

class BatchTale {
  public:
    BatchTale(Story& story, bool gold)
        : story_(story),
          gold_(gold),
          items_(gold ? market::kMaxGoldOpened : market::kMaxScoredItems) {
        hidden_.batch_items = items_;
        for (std::size_t i = 0; i < items_; ++i) hidden_.right += i % 2 == 0 ? 'a' : 'b';
    }

    void posts() {
        first_order_ = last_order(story_) + 1;
        const std::string name = gold_ ? "market.postGold" : "market.postRedundant";
        story_.measure(name, "",
                       [&](std::size_t lane) {
                           const Address& buyer = person(lane, Role::buyer);
                           return gold_ ? priced(buyer, gold_order())
                                        : priced(buyer, redundant_order());
                       },
                       {"order_closes", "policy_draws"});
        if (!gold_) return;
        story_.each([&](std::size_t lane) {
            return call(person(lane, Role::buyer), ModuleId::market,
                        market::SponsorOrder{.order = order(lane),
                                             .unbonded_items = items_,
                                             .unbonded_cap = items_,
                                             .sponsor_cap = tokens(2)},
                        tokens(2));
        });
    }

    // The last place is the poor person's, by relay.
    void commitments() {
        for (std::size_t i = 0; i < kReplicas; ++i) {
            first_of_[i] = last_submission(story_) + 1;
            if (gold_ && i + 1 == kReplicas) {
                relay("commitBatch", kGoldPlace, [&](std::size_t lane) {
                    const auto message = work(lane, i).commit(true);
                    return relayed(lane,
                                   SponsoredBatch{.commit = message,
                                                  .nonce = intent_nonce(story_, lane),
                                                  .deadline_s = story_.now_s() + 10},
                                   message);
                });
                continue;
            }
            const auto bond = story_.ask(market::QuoteCommitBatch{.order = first_order_});
            const auto make = [&](std::size_t lane) {
                return call(worker(lane, i), ModuleId::market, work(lane, i).commit(), bond);
            };
            if (i == 0 || (gold_ && i + 2 == kReplicas))
                story_.measure("market.commitBatch",
                               gold_ ? "after " + std::to_string(i) : std::string("compared"), make,
                               gold_ ? kGoldPlace : kComparedPlace);
            else
                story_.each(make);
        }
    }

    void reveals() {
        for (std::size_t i = 0; i < kReplicas; ++i) {
            const auto make = [&](std::size_t lane) {
                return call(worker(lane, i), ModuleId::market,
                            work(lane, i).reveal(submission(lane, i)));
            };
            if (i == 0)
                story_.measure("market.revealSubmission", gold_ ? "gold" : "compared", make,
                               {"submission_window_ends", "holdback_ends"});
            else
                story_.each(make);
        }
        story_.chain().pass(story_.ask(market::GetBatches{first_order_}).draws_at_s);
        story_.chain().sweep();
        story_.chain().advance(1);
    }

    void comparison() {
        if (gold_)
            story_.measure("market.openGold", "16 answers", [&](std::size_t lane) {
                market::OpenGold message{.order = order(lane), .batch = 0, .gold = {}};
                for (std::uint64_t i = 0; i < items_; ++i) message.gold.push_back(hidden_.proof(i));
                return call(person(lane, Role::buyer), ModuleId::market, message);
            });
        for (std::size_t i = 0; i < kReplicas; ++i)
            for (std::size_t from = 0; from < items_; from += market::kMaxAnswers) answer(i, from);
        story_.chain().pass(story_.ask(market::GetBatches{first_order_}).verdict_due_s);
        story_.chain().sweep();
        if (!gold_) return;
        story_.measure(
            "disputes.contest", "",
            [&](std::size_t lane) {
                return contest_by(story_, worker(lane, kWrong), submission(lane, kWrong));
            },
            kJuryOfThree);
    }

  private:
    std::uint64_t order(std::size_t lane) const { return first_order_ + lane; }
    std::uint64_t submission(std::size_t lane, std::size_t i) const {
        return first_of_.at(i) + lane;
    }
    Address worker(std::size_t lane, std::size_t i) const {
        return gold_ && i + 1 == kReplicas ? person(lane, Role::poor) : one_of_many(lane, i);
    }
    BatchWork work(std::size_t lane, std::size_t i) const {
        BatchWork out{
            .order = order(lane), .contributor = worker(lane, i), .labels = hidden_.right};
        if (gold_ && i == kWrong)
            for (char& label : out.labels) label = label == 'a' ? 'b' : 'a';
        if (!gold_) out.labels[i] = 'c';  // else everybody's tree would be the same
        return out;
    }
    // What all policies in batches ask for.
    template <Message M>
    M order_of_batches() const {
        M out;
        out.spec_hash = sha256(view_of("spec"));
        out.spec_uri = "ipfs://spec";
        out.batches = 1;
        out.batch_items = items_;
        out.replicas = kReplicas;
        out.price_per_item = kPrice;
        out.max_payload_bytes = 1;
        out.deadline_s = story_.now_s() + 20;
        return out;
    }
    market::PostGold gold_order() const {
        auto out = order_of_batches<market::PostGold>();
        out.gold_root = hidden_.root();
        out.gold_per_batch = out.gold_opened = static_cast<std::uint8_t>(items_);
        out.forgiven = 1;
        out.rejected = 5;
        return out;
    }
    market::PostRedundant redundant_order() const {
        auto out = order_of_batches<market::PostRedundant>();
        out.samples = static_cast<std::uint8_t>(items_);
        out.min_score_ppm = 200'000;
        return out;
    }
    template <Message M>
    Call priced(const Address& buyer, const M& message) const {
        return call(buyer, ModuleId::market, message,
                    story_.ask(market::QuotePostOrder{
                        .item_quota = message.batches * message.batch_items * message.replicas,
                        .price_per_item = kPrice}));
    }
    template <class Make>
    void relay(const std::string& what, std::vector<std::string> later, const Make& make) {
        story_.measure("relay.relay", what, make, std::move(later));
    }
    void answer(std::size_t i, std::size_t from) {
        const auto message = [&](std::size_t lane) {
            market::AnswerItems out{.submission = submission(lane, i), .answers = {}};
            const BatchWork mine = work(lane, i);
            for (std::size_t k = from; k < from + market::kMaxAnswers; ++k)
                out.answers.push_back(mine.answer(k));
            return out;
        };
        if (gold_ && i + 1 == kReplicas)
            return relay("answerItems", {}, [&](std::size_t lane) {
                const auto answers = message(lane);
                return relayed(lane,
                               SponsoredAnswer{.answer = answers,
                                               .nonce = intent_nonce(story_, lane),
                                               .deadline_s = story_.now_s() + 10},
                               answers);
            });
        const auto make = [&](std::size_t lane) {
            return call(worker(lane, i), ModuleId::market, message(lane));
        };
        if (i != 0) return story_.each(make);
        story_.measure("market.answerItems",
                       std::to_string(market::kMaxAnswers) + " after " + std::to_string(from),
                       make);
    }

    Story& story_;
    bool gold_;
    std::size_t items_;
    HiddenGold hidden_;
    std::uint64_t first_order_ = 0;
    std::map<std::size_t, std::uint64_t> first_of_;  // lane 0's submission, by replica
};

}  // namespace

void tell_of_batches(Story& story) {
    for (const bool gold : {true, false}) {
        BatchTale tale(story, gold);
        tale.posts();
        tale.commitments();
        tale.reveals();
        tale.comparison();
    }
    story.chain().pass(story.now_s() + 1'000);
}

}  // namespace assay::bench
