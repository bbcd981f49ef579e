// From the hidden answers to payment.
#include "cli/demo/gold_chapter.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/events.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/views_policy.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kBatches = 2;
constexpr std::uint64_t kBatchItems = 20;
// Of the hidden answers of a batch, half are not the commonest label, so that who always gives that
// one is found out however the beacon draws.
constexpr std::uint8_t kGoldPerBatch = 12;
constexpr std::uint8_t kGoldOpened = 10;
constexpr std::uint8_t kRejected = 4;
constexpr std::uint64_t kOpenS = 12;
const Amount kPrice(kTokenUnits / 100);
const Amount kBudget(kTokenUnits);

std::uint8_t commonest_label(const Assignment& assignment) {
    std::vector<std::size_t> counts(assignment.labels.size());
    for (const auto& example : assignment.examples)
        ++counts[label_index(assignment.labels, example.label)];
    return static_cast<std::uint8_t>(std::ranges::max_element(counts) - counts.begin());
}

// Which tasks the order is about, batch by batch, and which of them hide an answer that the buyer
// knows; by their numbers in the assignment.
struct Batches {
    std::vector<std::vector<std::size_t>> tasks;
    std::vector<std::vector<std::size_t>> gold;  // of those, ascending
};

Outcome<Batches> plan_batches(const Assignment& assignment, const AnswerKey& key) {
    Batches out{std::vector<std::vector<std::size_t>>(kBatches),
                std::vector<std::vector<std::size_t>>(kBatches)};
    constexpr std::size_t kHalf = kGoldPerBatch / 2;
    const std::uint8_t commonest = commonest_label(assignment);
    std::size_t batch = 0;
    std::size_t common = 0;
    std::size_t rare = 0;
    std::size_t others = 0;
    for (std::size_t task = 0; task < assignment.tasks.size() && batch < kBatches; ++task) {
        std::size_t& kind = key.of(task) == commonest ? common : rare;
        if (kind < kHalf) {
            ++kind;
            out.gold[batch].push_back(task);
        } else if (others < kBatchItems - kGoldPerBatch) {
            ++others;
        } else {
            continue;
        }
        out.tasks[batch].push_back(task);
        if (out.tasks[batch].size() < kBatchItems) continue;
        ++batch;
        common = rare = others = 0;
    }
    if (batch < kBatches)
        return Problem{Exit::failed, "the texts have too few of a second label to hide gold in"};
    return out;
}

Assignment only(const Assignment& assignment, const std::vector<std::size_t>& tasks) {
    Assignment out = assignment;
    out.tasks.clear();
    for (const std::size_t task : tasks) out.tasks.push_back(assignment.tasks[task]);
    return out;
}

Labels only(const Labels& answers, const std::vector<std::size_t>& tasks) {
    Labels out;
    for (const std::size_t task : tasks) out.push_back(answers[task]);
    return out;
}

class HiddenAnswers {
  public:
    HiddenAnswers(const Assignment& assignment, const AnswerKey& key, const Batches& batches) {
        for (std::size_t batch = 0; batch < kBatches; ++batch)
            for (std::size_t i = 0; i < kBatchItems; ++i) {
                const std::size_t task = batches.tasks[batch][i];
                if (!std::ranges::binary_search(batches.gold[batch], task)) continue;
                leaves_.push_back({.index = leaves_.size(),
                                   .task = batch * kBatchItems + i,
                                   .content_id = assignment.tasks[task].content_id,
                                   .answer = to_bytes(view_of(assignment.labels[key.of(task)])),
                                   .salt = crypto::random_hash()});
                hashes_.push_back(rfc6962::leaf_hash(record::encode(leaves_.back())));
            }
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes_); }
    market::GoldProof proof(std::uint64_t index) const {
        return {.leaf = leaves_[index], .path = rfc6962::inclusion_path(hashes_, index)};
    }

  private:
    std::vector<market::GoldLeaf> leaves_;
    std::vector<Hash256> hashes_;
};

class GoldOrder {
  public:
    GoldOrder(const Assignment& assignment, const Buyer& buyer, HiddenAnswers hidden)
        : assignment_(&assignment), buyer_(&buyer), hidden_(std::move(hidden)) {}

    std::uint64_t id() const { return id_; }
    Outcome<void> post();
    // Opens the drawn gold of every batch, once it is drawn. True once it was.
    Outcome<bool> open();

  private:
    const Chain& chain() const { return buyer_->actor().chain(); }

    const Assignment* assignment_;
    const Buyer* buyer_;
    HiddenAnswers hidden_;
    std::uint64_t id_ = 0;
    std::uint64_t opened_ = 0;
};

Outcome<void> GoldOrder::post() {
    const auto terms = ask(chain().rpc(), ModuleId::market, market::GetMarketParams{});
    if (!terms) return terms.error();
    const auto now = chain().time_s();
    if (!now) return now.error();
    std::size_t longest = 0;
    for (const auto& label : assignment_->labels) longest = std::max(longest, label.size());
    const market::PostGold order{.spec_hash = sha256(view_of(buyer_->specification())),
                                 .batches = kBatches,
                                 .batch_items = kBatchItems,
                                 .replicas = 1,
                                 .price_per_item = kPrice,
                                 .max_payload_bytes = static_cast<std::uint32_t>(longest),
                                 .deadline_s = *now + std::max(terms->min_order_s + 2, kOpenS),
                                 .gold_root = hidden_.root(),
                                 .gold_per_batch = kGoldPerBatch,
                                 .gold_opened = kGoldOpened,
                                 .forgiven = 1,
                                 .rejected = kRejected};
    const auto value = ask(chain().rpc(), ModuleId::market,
                           market::QuotePostGold{.batches = order.batches,
                                                 .batch_items = order.batch_items,
                                                 .replicas = order.replicas,
                                                 .price_per_item = order.price_per_item});
    if (!value) return value.error();
    const auto receipt = buyer_->actor().send(
        ModuleId::market, order, *value,
        "posts a gold order: " + std::to_string(kBatches) + " batches of " +
            std::to_string(kBatchItems) + " labels, " + std::to_string(kGoldPerBatch) +
            " answers hidden in each; locks " + show_money(*value));
    if (!receipt) return receipt.error();
    const auto id = id_in<market::OrderPosted>(*receipt, ModuleId::market);
    if (!id) return id.error();
    id_ = *id;
    const auto sponsored = buyer_->actor().send(
        ModuleId::market,
        market::SponsorOrder{.order = id_,
                             .unbonded_items = kBatches * kBatchItems,
                             .unbonded_cap = kBatchItems,
                             .sponsor_cap = kBudget},
        kBudget, "sponsors it: places without a bond, and " + show_money(kBudget) + " for fees");
    if (!sponsored) return sponsored.error();
    return {};
}

Outcome<bool> GoldOrder::open() {
    while (opened_ < kBatches) {
        const auto batch =
            ask(chain().rpc(), ModuleId::market, market::GetBatch{.order = id_, .batch = opened_});
        if (!batch) return batch.error();
        if (batch->drawn_gold.empty()) return false;
        market::OpenGold message{.order = id_, .batch = opened_, .gold = {}};
        for (const std::uint64_t index : batch->drawn_gold)
            message.gold.push_back(hidden_.proof(index));
        const auto receipt = buyer_->actor().send(
            ModuleId::market, message, Amount(),
            "opens the " + std::to_string(message.gold.size()) +
                " hidden answers that the beacon drew in batch " + std::to_string(opened_));
        if (!receipt) return receipt.error();
        ++opened_;
    }
    return true;
}

double accuracy_percent(const Labels& answers, const AnswerKey& key,
                        const std::vector<std::size_t>& tasks) {
    std::size_t right = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        right += answers[i] == key.of(tasks[i]) ? 1U : 0U;
    return 100.0 * static_cast<double>(right) / static_cast<double>(tasks.size());
}

Outcome<NewcomerWork> outcome_of(const Newcomer& one, const Chain& chain, double accuracy,
                                 bool honest) {
    auto record =
        ask(chain.rpc(), ModuleId::market, market::GetSubmission{.submission = one.submission()});
    if (!record) return record.error();
    const auto held = chain.rpc().balance(one.address());
    if (!held) return held.error();
    return NewcomerWork{.who = one.name(),
                        .address = one.address(),
                        .submission = std::move(*record),
                        .paid = *held,
                        .accuracy_percent = accuracy,
                        .honest = honest};
}

Outcome<bool> is_decided(const Newcomer& one, const Chain& chain) {
    const auto record =
        ask(chain.rpc(), ModuleId::market, market::GetSubmission{.submission = one.submission()});
    if (!record) return record.error();
    return record->state != market::SubmissionState::revealed &&
           record->state != market::SubmissionState::window;
}

}  // namespace

Outcome<std::vector<NewcomerWork>> play_gold(const Assignment& assignment, const AnswerKey& key,
                                             const Buyer& buyer, const Actor& relayer,
                                             const WaysOfWorking& ways, Narrator& narrator) {
    narrator.part("A gold order, and newcomers whose wallets are empty");
    const Chain& chain = buyer.actor().chain();
    const auto batches = plan_batches(assignment, key);
    if (!batches) return batches.error();
    GoldOrder order(assignment, buyer, HiddenAnswers(assignment, key, *batches));
    if (const auto done = order.post(); !done) return done.error();
    Newcomer careful("careful newcomer", only(assignment, batches->tasks[0]), relayer, narrator);
    Newcomer lazy("lazy newcomer", only(assignment, batches->tasks[1]), relayer, narrator);
    if (const auto done = careful.commit(order.id(), 0, only(ways.careful, batches->tasks[0]),
                                         "from a classifier that learned the examples");
        !done)
        return done.error();
    if (const auto done = lazy.commit(order.id(), 1, only(ways.lazy, batches->tasks[1]),
                                      "all the commonest label");
        !done)
        return done.error();
    for (Newcomer* one : {&careful, &lazy})
        if (const auto done = one->reveal(); !done) return done.error();
    const auto decided = chain.until("the gold order's verdicts and payment",
                                     std::chrono::seconds(300), [&]() -> Outcome<bool> {
                                         const auto opened = order.open();
                                         if (!opened) return opened.error();
                                         if (!*opened) return false;
                                         for (Newcomer* one : {&careful, &lazy})
                                             if (const auto done = one->answer(); !done)
                                                 return done.error();
                                         for (const Newcomer* one : {&careful, &lazy}) {
                                             const auto done = is_decided(*one, chain);
                                             if (!done || !*done) return done;
                                         }
                                         return true;
                                     });
    if (!decided) return decided.error();
    std::vector<NewcomerWork> out;
    for (const auto& [one, batch, honest] :
         {std::tuple{&careful, 0U, true}, std::tuple{&lazy, 1U, false}}) {
        auto work = outcome_of(
            *one, chain, accuracy_percent(one->answers(), key, batches->tasks[batch]), honest);
        if (!work) return work.error();
        const bool failed = work->submission.state == market::SubmissionState::rejected;
        narrator.say(
            "chain",
            "submission " + std::to_string(work->submission.id) + " by the " + work->who +
                (failed ? " failed against the gold and is rejected"
                        : " earned " + std::to_string(work->submission.verdict_ppm / 10'000) +
                              "% against the gold; its empty wallet now holds " +
                              show_money(work->paid)));
        out.push_back(std::move(*work));
    }
    return out;
}

}  // namespace assay::cli
