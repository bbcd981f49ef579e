// Buyers and contributors on orders whose policy compares work.
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/views_policy.hpp"
#include "tests/economy/attack.hpp"
#include "tests/support/batch_work.hpp"

namespace assay::economy {

namespace {

using test::BatchWork;
using test::HiddenGold;

constexpr std::uint64_t kItems = 16;  // of the one batch of an order
constexpr std::uint8_t kOpened = 10;
constexpr std::uint64_t kOrderS = 30;

// One order with one batch: who posts, works, opens and contests is the row's affair.
class Compared {
  public:
    explicit Compared(World& world) : world_(world) {
        const double common = world.random().between(0.5, 0.9);
        for (std::uint64_t i = 0; i < kItems; ++i)
            truth_ += world.random().happens(common) ? 'a' : 'b';
    }

    const std::string& truth() const { return truth_; }
    // Every answer is the other one.
    std::string opposite() const {
        std::string out = truth_;
        for (char& letter : out) letter = letter == 'a' ? 'b' : 'a';
        return out;
    }
    // What a careful person answers: nearly all of it right.
    std::string careful() {
        std::string out = truth_;
        for (char& letter : out)
            if (world_.random().happens(0.02)) letter = letter == 'a' ? 'b' : 'a';
        return out;
    }
    std::string guessed() {
        std::string out = truth_;
        for (char& letter : out) letter = world_.random().below(2) == 0 ? 'a' : 'b';
        return out;
    }

    void post_gold(const Address& buyer, const std::string& hidden, std::uint8_t replicas = 1) {
        buyer_ = buyer;
        gold_ = {.batch_items = kItems, .right = hidden};
        const market::PostGold message{.spec_hash = sha256(view_of("spec")),
                                       .batches = 1,
                                       .batch_items = kItems,
                                       .replicas = replicas,
                                       .price_per_item = world_.conditions().price,
                                       .max_payload_bytes = 1,
                                       .deadline_s = world_.chain().block().time_s + kOrderS,
                                       .gold_root = gold_.root(),
                                       .gold_per_batch = kItems,
                                       .gold_opened = kOpened,
                                       .forgiven = 1,
                                       .rejected = 4};
        post<market::QuotePostGold>(message);
    }
    void post_redundant(const Address& buyer, std::uint8_t replicas) {
        buyer_ = buyer;
        const market::PostRedundant message{.spec_hash = sha256(view_of("spec")),
                                            .batches = 1,
                                            .batch_items = kItems,
                                            .replicas = replicas,
                                            .price_per_item = world_.conditions().price,
                                            .max_payload_bytes = 1,
                                            .deadline_s = world_.chain().block().time_s + kOrderS,
                                            .samples = kItems,
                                            .min_score_ppm = 200'000};
        post<market::QuotePostRedundant>(message);
    }
    std::uint64_t submit(const Address& who, const std::string& labels, Quality quality) {
        const BatchWork work{.order = order_, .batch = 0, .contributor = who, .labels = labels};
        const auto bond = world_.chain().ask(market::QuoteCommitBatch{.order = order_});
        CHECK(world_.send_market(who, work.commit(), bond.value()) == TxCode::ok);
        const std::uint64_t id =
            world_.chain().state().get_or_default(market::kCounters, {}).submissions;
        world_.end_block();
        CHECK(world_.send_market(who, work.reveal(id)) == TxCode::ok);
        world_.expose(id, quality);
        works_.emplace(id, work);
        return id;
    }
    // On to the draw; the buyer opens its gold, where it does.
    void draw(bool opens) {
        pass(times().draws_at_s);
        if (!opens) return;
        market::OpenGold message{.order = order_, .batch = 0, .gold = {}};
        const auto batch = world_.chain().ask(market::GetBatch{.order = order_, .batch = 0});
        for (const std::uint64_t index : batch.value().drawn_gold)
            message.gold.push_back(gold_.proof(index));
        CHECK(world_.send_market(buyer_, message) == TxCode::ok);
    }
    // Everybody shows what is compared; on to the verdict.
    void judge() {
        for (const auto& [id, work] : works_) {
            const auto asked = world_.chain().ask(market::GetComparedItems{.submission = id});
            market::AnswerItems message{.submission = id, .answers = {}};
            for (const std::uint64_t index : asked.value())
                message.answers.push_back(work.answer(index));
            if (!message.answers.empty())
                CHECK(world_.send_market(work.contributor, message) == TxCode::ok);
        }
        pass(times().verdict_due_s);
    }
    // Its author contests the verdict, where there is something to contest.
    void contest(std::uint64_t id) {
        const auto value = world_.chain().ask(disputes::QuoteContest{.submission = id});
        (void)world_.chain().send(
            works_.at(id).contributor, ModuleId::disputes,
            disputes::Contest{.submission = id, .evidence_root = sha256(view_of("why"))},
            value.value());
    }

  private:
    template <class Quote, class M>
    void post(const M& message) {
        const auto value = world_.chain().ask(Quote{.batches = message.batches,
                                                    .batch_items = message.batch_items,
                                                    .replicas = message.replicas,
                                                    .price_per_item = message.price_per_item});
        CHECK(world_.send_market(buyer_, message, value.value()) == TxCode::ok);
        order_ = world_.chain().state().get_or_default(market::kCounters, {}).orders;
    }
    market::Batches times() const {
        return world_.chain().ask(market::GetBatches{.order = order_}).value();
    }
    void pass(std::uint64_t time_s) {
        world_.begin_at(time_s);
        world_.end_block();
    }

    World& world_;
    std::string truth_;
    Address buyer_;
    HiddenGold gold_;
    std::uint64_t order_ = 0;
    std::map<std::uint64_t, BatchWork> works_;
};

// The buyer hides wrong answers, so that good work fails; its author turns to a jury.
double hide(World& world, bool falsely, bool appeals) {
    world.hire();
    if (appeals) world.appeal_against(disputes::Choice::reject, world.ann());
    Compared order(world);
    order.post_gold(world.mallory(), falsely ? order.opposite() : order.truth());
    const std::uint64_t id = order.submit(world.ann(), order.careful(), Quality::good);
    order.draw(true);
    order.judge();
    if (world.submission(id).failed) order.contest(id);
    world.finish();
    return shares(world, world.gain(world.mallory()), kItems);
}
double false_gold(World& world) {
    return hide(world, true, true);
}
double true_gold(World& world) {
    return hide(world, false, true);
}

// The buyer keeps its gold to itself.
double keep_gold_shut(World& world) {
    Compared order(world);
    order.post_gold(world.mallory(), order.truth());
    order.submit(world.ann(), order.careful(), Quality::good);
    order.draw(false);
    order.judge();
    world.finish();
    return shares(world, world.gain(world.mallory()), kItems);
}

// A contributor guesses, and hopes that the beacon draws what it guessed right.
double work_against_gold(World& world, bool guesses) {
    Compared order(world);
    order.post_gold(world.buyer(), order.truth());
    order.submit(world.mallory(), guesses ? order.guessed() : order.careful(),
                 guesses ? Quality::bad : Quality::good);
    order.draw(true);
    order.judge();
    world.finish();
    const double effort = guesses ? 0 : world.effort(kItems);
    return shares(world, world.gain(world.mallory()) - effort, kItems);
}
double guess_gold(World& world) {
    return work_against_gold(world, true);
}
double answer_gold(World& world) {
    return work_against_gold(world, false);
}

// One of three replicas says the commonest word to everything.
double agree(World& world, bool always_common) {
    Compared order(world);
    order.post_redundant(world.buyer(), 3);
    order.submit(world.mallory(), always_common ? std::string(kItems, 'a') : order.careful(),
                 always_common ? Quality::bad : Quality::good);
    order.submit(world.ann(), order.careful(), Quality::good);
    order.submit(world.watcher(), order.careful(), Quality::good);
    order.draw(false);
    order.judge();
    world.finish();
    const double effort = always_common ? 0 : world.effort(kItems);
    return shares(world, world.gain(world.mallory()) - effort, kItems);
}
double always_common(World& world) {
    return agree(world, true);
}
double careful_replica(World& world) {
    return agree(world, false);
}

// Three names of one person outvote an honest fourth with what they made up. Who is outvoted
// contests, and somebody looks at the three.
double outvote(World& world) {
    world.hire();
    Compared order(world);
    order.post_redundant(world.buyer(), 5);
    const std::string made_up = order.guessed();
    std::set<Address> names;
    std::vector<std::uint64_t> ring;
    for (std::uint8_t i = 0; i < 3; ++i) {
        names.insert(world.alias(i));
        ring.push_back(order.submit(world.alias(i), made_up, Quality::bad));
    }
    const std::uint64_t honest = order.submit(world.ann(), order.careful(), Quality::good);
    order.draw(false);
    order.judge();
    if (world.submission(honest).failed) order.contest(honest);
    for (const std::uint64_t id : ring) watch(world, id);
    world.finish();
    return shares(world, world.gain(names), kItems) / 3;
}

}  // namespace

Attack false_gold_before_one_jury() {
    return {.name = "false gold before one jury",
            .strategy = "hides wrong answers; the author contests and does not appeal",
            .attack = [](World& world) { return hide(world, true, false); },
            .honest = [](World& world) { return hide(world, false, false); }};
}

std::vector<Attack> policy_attacks() {
    return {
        {.name = "false gold",
         .strategy = "hides wrong answers; the author contests and appeals",
         .attack = false_gold,
         .honest = true_gold},
        {.name = "gold kept shut",
         .strategy = "opens nothing",
         .attack = keep_gold_shut,
         .honest = true_gold},
        {.name = "guessing against gold",
         .strategy = "tosses a coin for each answer",
         .attack = guess_gold,
         .honest = answer_gold},
        {.name = "always the commonest answer",
         .strategy = "under redundant, beside two who work",
         .attack = always_common,
         .honest = careful_replica},
        {.name = "outvoting a batch",
         .strategy = "three names of four agree on what they made up",
         .attack = outvote,
         .honest = careful_replica},
    };
}

}  // namespace assay::economy
