// What happens on orders whose policy compares work.
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/views_policy.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

// What waits for a verdict is older than what else is going on.
constexpr std::uint64_t kReach = 60;

std::string labels(Stage& stage, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += stage.choices.below(2) == 0 ? 'a' : 'b';
    return out;
}

// The terms that both kinds of order share.
template <class M>
M order_terms(Stage& stage) {
    Choices& choices = stage.choices;
    M out{.spec_hash = stage.hash(), .spec_uri = "ipfs://tasks"};
    out.batches = choices.one_in(48) ? choices.number() : 1 + choices.below(2);
    out.batch_items = choices.one_in(48) ? choices.number() : 2 + choices.below(3);
    out.price_per_item = choices.one_in(12) ? stage.amount() : stage.thousandths(250);
    out.max_payload_bytes = choices.one_in(24) ? choices.below(2'000) : 1;
    out.deadline_s = stage.now_s() + (choices.one_in(24) ? choices.byte() : 6U + choices.below(12));
    return out;
}

template <class Quote, class M>
void post(Stage& stage, const M& message) {
    const auto quote = stage.chain.ask(Quote{.batches = message.batches,
                                             .batch_items = message.batch_items,
                                             .replicas = message.replicas,
                                             .price_per_item = message.price_per_item});
    stage.send(stage.anybody(), ModuleId::market, message, stage.nearly(quote));
}

bool is_sponsored(const market::Order& order) {
    return order.sponsor_budget > Amount(kTokenUnits / 500) &&
           order.sponsor_cap > Amount(kTokenUnits / 500);
}

bool is_open(const Stage& stage, const market::Order& order) {
    return order.state == market::OrderState::open && stage.now_s() < order.deadline_s &&
           stage.state().contains(market::kBatchTerms, order.id) &&
           order.items_reserved + order.items_accepted < order.item_quota;
}

// What somebody would answer: mostly what the buyer hid, where it hid anything.
std::string answers_for(Stage& stage, const market::BatchTerms& terms, std::uint64_t batch) {
    const std::size_t count = std::min<std::uint64_t>(terms.batch_items, 16);
    std::string out = labels(stage, count);
    const auto gold = stage.golds.find(terms.gold_root);
    if (gold == stage.golds.end() || stage.choices.below(4) == 0) return out;
    for (std::size_t i = 0; i < count; ++i)
        if (stage.choices.below(6) != 0 && batch * count + i < gold->second.right.size())
            out[i] = gold->second.right[batch * count + i];
    return out;
}

std::optional<BatchWork> planned(Stage& stage, std::uint64_t order) {
    const auto terms = stage.state().get(market::kBatchTerms, order);
    if (!terms) return std::nullopt;
    const std::uint64_t batch = stage.choices.one_in(32)
                                    ? stage.choices.number()
                                    : stage.choices.below(static_cast<std::uint32_t>(
                                          std::min<std::uint64_t>(terms->batches, 4)));
    const Address who = stage.anybody();
    return BatchWork{.order = order,
                     .batch = batch,
                     .contributor = who == stage.buyer_of(order) ? stage.anybody() : who,
                     .labels = answers_for(stage, *terms, batch)};
}

const BatchWork* work_of(const Stage& stage, const market::Submission& submission) {
    const auto found = stage.batch_works.find(submission.commitment);
    return found == stage.batch_works.end() ? nullptr : &found->second;
}

// Has a batch that somebody works on and whose gold is not open.
std::optional<std::uint64_t> closed_batch(const Stage& stage, const market::BatchTerms& terms,
                                          std::uint64_t order) {
    for (std::uint64_t batch = 0; batch < std::min<std::uint64_t>(terms.batches, 4); ++batch) {
        const market::BatchKey key{.order = order, .batch = batch};
        if (stage.state().contains(market::kBatchPlaces, key) &&
            !stage.state().contains(market::kOpenedGold, key))
            return batch;
    }
    return std::nullopt;
}

// What is compared of a submission and not yet shown, mostly all of it.
std::optional<std::pair<BatchWork, market::AnswerItems>> some_answers(Stage& stage,
                                                                      bool sponsored = false) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            return each.state == market::SubmissionState::revealed &&
                   stage.now_s() < each.deadline_s &&
                   (!sponsored ||
                    is_sponsored(stage.state().must_get(market::kOrders, each.order))) &&
                   !stage.state().contains(market::kAnswers, each.id) &&
                   !market::asked_of(stage.state(), each).empty();
        },
        kReach);
    const auto record = stage.state().get(market::kSubmissions, id);
    const BatchWork* work = record ? work_of(stage, *record) : nullptr;
    const auto asked =
        record ? market::asked_of(stage.state(), *record) : std::vector<std::uint64_t>{};
    if (work == nullptr || (asked.empty() && !stage.choices.one_in(24))) return std::nullopt;
    market::AnswerItems message{.submission = id, .answers = {}};
    const bool forgets = stage.choices.below(4) == 0;
    for (const std::uint64_t index : asked)
        if (index < work->labels.size() && (!forgets || stage.choices.below(3) != 0))
            message.answers.push_back(work->answer(index));
    if (!message.answers.empty() && stage.choices.one_in(24))
        message.answers[0].payload.push_back(0);
    return std::pair{*work, std::move(message)};
}

}  // namespace

void post_gold(Stage& stage) {
    auto message = order_terms<market::PostGold>(stage);
    message.replicas =
        static_cast<std::uint8_t>(stage.choices.below(2) == 0 ? 1U : 1U + stage.choices.below(3));
    const auto items = static_cast<std::uint8_t>(std::min<std::uint64_t>(message.batch_items, 4));
    message.gold_per_batch = items;
    message.gold_opened = static_cast<std::uint8_t>(1 + stage.choices.below(items));
    message.forgiven = static_cast<std::uint8_t>(stage.choices.below(message.gold_opened));
    message.rejected = static_cast<std::uint8_t>(
        message.forgiven + 1 + stage.choices.below(message.gold_opened - message.forgiven));
    if (stage.choices.one_in(24)) message.rejected = stage.choices.byte();
    const HiddenGold gold{
        .batch_items = items,
        .right = labels(stage, items * std::min<std::uint64_t>(message.batches, 4))};
    message.gold_root = gold.root();
    stage.golds.insert_or_assign(message.gold_root, gold);
    post<market::QuotePostGold>(stage, message);
}

void post_redundant(Stage& stage) {
    auto message = order_terms<market::PostRedundant>(stage);
    message.replicas = static_cast<std::uint8_t>(
        stage.choices.one_in(24) ? stage.choices.below(10) : 3 + stage.choices.below(2));
    message.samples = static_cast<std::uint8_t>(
        1 + stage.choices.below(stage.choices.one_in(24) || message.batch_items > 4
                                    ? 4U
                                    : static_cast<std::uint32_t>(message.batch_items)));
    message.min_score_ppm = stage.choices.below(700'000);
    post<market::QuotePostRedundant>(stage, message);
}

void commit_batch(Stage& stage) {
    const std::uint64_t order = stage.fitting(
        market::kOrders, [&](const market::Order& each) { return is_open(stage, each); });
    const auto work = planned(stage, order);
    if (!work) return;
    const auto record = stage.state().get(market::kOrders, order);
    const bool unbonded = record && record->unbonded_items > record->unbonded_items_held &&
                          stage.choices.below(2) == 0;
    const auto message = work->commit(unbonded);
    stage.batch_works.insert_or_assign(message.commitment, *work);
    const auto quote =
        stage.chain.ask(market::QuoteCommitBatch{.order = order, .unbonded = unbonded});
    stage.send(work->contributor, ModuleId::market, message, stage.nearly(quote));
}

namespace {

std::optional<std::pair<BatchWork, market::RevealSubmission>> some_reveal(Stage& stage,
                                                                          bool sponsored = false) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            return each.state == market::SubmissionState::committed &&
                   each.committed_height < stage.chain.block().height &&
                   stage.now_s() < each.deadline_s && work_of(stage, each) != nullptr &&
                   (!sponsored ||
                    is_sponsored(stage.state().must_get(market::kOrders, each.order)));
        },
        kReach);
    const auto record = stage.state().get(market::kSubmissions, id);
    const BatchWork* work = record ? work_of(stage, *record) : nullptr;
    if (work == nullptr) return std::nullopt;
    return std::pair{*work, work->reveal(id)};
}

void open_one(Stage& stage) {
    const std::uint64_t id = stage.fitting(
        market::kOrders,
        [&](const market::Order& each) {
            const auto terms = stage.state().get(market::kBatchTerms, each.id);
            return each.policy == market::Policy::gold && terms && !terms->seed.is_zero() &&
                   each.live > 0 && stage.now_s() < market::gold_ends_s(each) &&
                   closed_batch(stage, *terms, each.id);
        },
        kReach);
    const auto terms = stage.state().get(market::kBatchTerms, id);
    const auto gold = terms ? stage.golds.find(terms->gold_root) : stage.golds.end();
    if (gold == stage.golds.end()) return;
    const std::uint64_t any =
        stage.choices.below(static_cast<std::uint32_t>(std::min<std::uint64_t>(terms->batches, 4)));
    const std::uint64_t batch =
        stage.choices.one_in(24) ? any : closed_batch(stage, *terms, id).value_or(any);
    market::OpenGold message{.order = id, .batch = batch, .gold = {}};
    for (const std::uint64_t index : market::drawn_gold(*terms, batch))
        if (index < gold->second.right.size()) message.gold.push_back(gold->second.proof(index));
    if (message.gold.empty()) return;
    if (stage.choices.one_in(16)) message.gold.pop_back();
    stage.send(stage.mostly(stage.buyer_of(id)), ModuleId::market, message);
}

}  // namespace

void reveal_batch(Stage& stage) {
    do {
        const auto reveal = some_reveal(stage);
        if (!reveal) return;
        stage.send(stage.mostly(reveal->first.contributor), ModuleId::market, reveal->second);
    } while (stage.choices.below(3) != 0);
}

void open_gold(Stage& stage) {
    do open_one(stage);
    while (stage.choices.below(2) != 0);
}

void answer_items(Stage& stage) {
    do {
        const auto answers = some_answers(stage);
        if (!answers) return;
        stage.send(stage.mostly(answers->first.contributor), ModuleId::market, answers->second);
    } while (stage.choices.below(3) != 0);
}

void contest(Stage& stage) {
    const std::uint64_t id = stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            return each.state == market::SubmissionState::window && each.verdict_ppm < kPpm &&
                   stage.now_s() < each.deadline_s;
        },
        kReach);
    const auto record = stage.state().get(market::kSubmissions, id);
    if (!record || (record->verdict_ppm == kPpm && !stage.choices.one_in(24))) return;
    stage.send(
        stage.mostly(record->contributor), ModuleId::disputes,
        disputes::Contest{
            .submission = id, .evidence_root = stage.hash(), .evidence_uri = "ipfs://contest"},
        stage.nearly(stage.chain.ask(disputes::QuoteContest{.submission = id})));
}

std::optional<std::pair<Address, market::CommitBatch>> sponsored_batch(Stage& stage) {
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        const auto terms = stage.state().get(market::kBatchTerms, each.id);
        return is_open(stage, each) && terms &&
               each.unbonded_items >= each.unbonded_items_held + terms->batch_items &&
               each.unbonded_cap >= terms->batch_items && is_sponsored(each);
    });
    const auto work = planned(stage, order);
    if (!work) return std::nullopt;
    const auto message = work->commit(true);
    stage.batch_works.insert_or_assign(message.commitment, *work);
    return std::pair{work->contributor, message};
}

std::optional<std::pair<BatchWork, market::RevealSubmission>> sponsored_batch_reveal(Stage& stage) {
    return some_reveal(stage, true);
}

std::optional<std::pair<Address, market::AnswerItems>> sponsored_answers(Stage& stage) {
    auto answers = some_answers(stage, true);
    if (!answers) return std::nullopt;
    return std::pair{answers->first.contributor, std::move(answers->second)};
}

}  // namespace assay::test
