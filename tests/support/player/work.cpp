// What contributors do.
#include "modules/market/lifecycle.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

// Mostly somebody else than the buyer.
Address contributor_of(Stage& stage, std::uint64_t order) {
    const Address who = stage.anybody();
    return who == stage.buyer_of(order) ? stage.anybody() : who;
}

std::uint32_t items_left(Stage& stage, std::uint64_t id) {
    const auto order = stage.state().get(market::kOrders, id);
    if (!order) return 1;
    const std::uint64_t left = order->item_quota - order->items_reserved - order->items_accepted;
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(left, 1, 5));
}

}  // namespace

void commit_work(Stage& stage) {
    Choices& choices = stage.choices;
    const std::uint64_t order = stage.open_single_order_id();
    ItemWork work{.order = order,
                  .contributor = contributor_of(stage, order),
                  .contents = {},
                  .salt = stage.hash()};
    const std::uint32_t most = choices.one_in(12) ? 5U : items_left(stage, order);
    const std::uint32_t count = 1 + choices.below(most);
    const std::uint32_t first = choices.byte();
    for (std::uint32_t i = 0; i < count; ++i)
        work.contents.push_back(choices.one_in(12) ? choices.below(4) : first * 8 + i);
    work.misplaced = choices.one_in(12);
    market::CommitSubmission message = work.commit();
    if (choices.one_in(48)) message.item_count = choices.number();
    if (choices.one_in(48)) message.commitment = stage.hash();
    const auto quote = stage.chain.ask(
        market::QuoteCommit{.order = message.order, .item_count = message.item_count});
    const Amount value = stage.nearly(quote);
    stage.works.insert_or_assign(message.commitment, work);
    stage.send(work.contributor, ModuleId::market, message, value);
}

void commit_unbonded(Stage& stage) {
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        return each.state == market::OrderState::open && stage.now_s() < each.deadline_s &&
               each.items_reserved + each.items_accepted < each.item_quota &&
               each.unbonded_items_held < each.unbonded_items && each.unbonded_cap > 0 &&
               !stage.state().contains(market::kBatchTerms, each.id);
    });
    ItemWork work{.order = order,
                  .contributor = contributor_of(stage, order),
                  .contents = {},
                  .salt = stage.hash()};
    const std::uint32_t first = stage.choices.byte();
    const std::uint32_t count = stage.choices.below(3) == 0 ? 2 : 1;
    for (std::uint32_t i = 0; i < count; ++i) work.contents.push_back(first * 8 + i);
    const market::CommitSubmission bonded = work.commit();
    stage.works.insert_or_assign(bonded.commitment, work);
    stage.send(work.contributor, ModuleId::market,
               market::CommitUnbonded{.order = bonded.order,
                                      .item_count = bonded.item_count,
                                      .commitment = bonded.commitment});
}

namespace {

void reveal_one(Stage& stage) {
    const std::uint64_t height = stage.chain.block().height;
    const std::uint64_t id =
        stage.fitting(market::kSubmissions, [&](const market::Submission& each) {
            return each.state == market::SubmissionState::committed &&
                   each.committed_height < height && stage.now_s() < each.deadline_s &&
                   stage.work_of(each.id) != nullptr;
        });
    const ItemWork* work = stage.work_of(id);
    market::RevealSubmission message{.submission = id, .root = stage.hash(), .salt = stage.hash()};
    if (work != nullptr) message = work->reveal(id);
    if (stage.choices.one_in(48)) message.salt = stage.hash();
    stage.send(stage.mostly(work == nullptr ? stage.anybody() : work->contributor),
               ModuleId::market, message);
}

}  // namespace

// Several, for a place is not held for long.
void reveal_work(Stage& stage) {
    do reveal_one(stage);
    while (stage.choices.below(3) != 0);
}

void settle(Stage& stage) {
    const std::uint64_t id =
        stage.fitting(market::kSubmissions, [&](const market::Submission& each) {
            const auto deadline = market::deadline_of(each);
            return deadline && deadline->time_s <= stage.now_s();
        });
    stage.send(stage.anybody(), ModuleId::market, market::Settle{.submission = id});
}

}  // namespace assay::test
