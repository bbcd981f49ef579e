// The buyer's part.
#include "cli/demo/buyer.hpp"

#include <algorithm>
#include <cmath>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "cli/demo/classifier.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/events.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

namespace {

// A classifier must beat the commonest label by this much for the story to have a point.
constexpr double kLeastGainPercent = 10.0;

}  // namespace

Outcome<void> Buyer::write_specification() {
    std::vector<LabelledText> learn;
    std::vector<LabelledText> keep;
    for (std::size_t i = 0; i < assignment_->examples.size(); ++i)
        (i % 4 == 0 ? keep : learn).push_back(assignment_->examples[i]);
    const auto& labels = assignment_->labels;
    const double careful =
        accuracy_percent(*train_logistic(learn, labels, Reading::words), keep, labels);
    const double careless = accuracy_percent(*train_majority(learn, labels), keep, labels);
    if (careful < careless + kLeastGainPercent)
        return Problem{Exit::failed,
                       "the examples of " + assignment_->name +
                           " teach too little: a classifier gets " + show_percent(careful) +
                           " right where always giving the commonest label gets " +
                           show_percent(careless) +
                           ". The demo needs texts whose labels can be learned from their words; "
                           "more texts help."};
    Specification spec;
    spec.title = "Label every text of " + assignment_->name;
    spec.labels = labels;
    spec.tasks = assignment_->tasks.size();
    spec.examples = assignment_->examples.size();
    rfc6962::RootBuilder tree;
    for (const auto& task : assignment_->tasks) tree.add(task.content_id);
    spec.tasks_root = tree.root();
    demanded_percent_ = (careful + careless) / 2.0;
    spec.demanded_ppm = static_cast<std::uint32_t>(std::lround(demanded_percent_ * 10'000.0));
    text_ = json::to_string(spec);
    actor_.say("writes what good work is: at least " + show_percent(demanded_percent_) + " of " +
               grouped(assignment_->tasks.size()) + " labels right, of " +
               std::to_string(labels.size()) + " kinds; publishes " +
               grouped(assignment_->examples.size()) + " labelled examples");
    return {};
}

Outcome<std::uint64_t> Buyer::post(std::uint64_t contributors, Amount price_per_label,
                                   std::uint64_t open_s) {
    const Chain& chain = actor_.chain();
    const auto terms = ask(chain.rpc(), ModuleId::market, market::GetMarketParams{});
    if (!terms) return terms.error();
    const auto now = chain.time_s();
    if (!now) return now.error();
    std::size_t longest = 0;
    for (const auto& label : assignment_->labels) longest = std::max(longest, label.size());
    market::PostOrder order;
    order.spec_hash = sha256(view_of(text_));
    order.item_quota = contributors * assignment_->tasks.size();
    order.price_per_item = price_per_label;
    order.item_kind = market::ItemKind::annotation;
    order.max_payload_bytes = static_cast<std::uint32_t>(longest);
    order.contributor_cap = assignment_->tasks.size();
    order.deadline_s = *now + std::max(terms->min_order_s + 2, open_s);
    const auto value = ask(
        chain.rpc(), ModuleId::market,
        market::QuotePostOrder{.item_quota = order.item_quota, .price_per_item = price_per_label});
    if (!value) return value.error();
    const auto receipt =
        actor_.send(ModuleId::market, order, *value,
                    "posts an order: " + grouped(order.item_quota) + " labels, " +
                        show_money(price_per_label) + " each; locks " + show_money(*value));
    if (!receipt) return receipt.error();
    return id_in<market::OrderPosted>(*receipt, ModuleId::market);
}

Outcome<Specification> read_specification(const std::string& text, const Hash256& expected) {
    if (sha256(view_of(text)) != expected)
        return Problem{Exit::failed, "the specification is not the one that the order names"};
    const auto document = json::parse(text);
    if (!document) return document.error();
    const auto spec = json::read<Specification>(*document);
    if (!spec) return spec.error();
    return *spec;
}

}  // namespace assay::cli
