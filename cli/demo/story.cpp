// The course of events.
#include "cli/demo/story.hpp"

#include <future>

#include "chain/crypto/hash.hpp"
#include "cli/demo/rewards_chapter.hpp"
#include "cli/keys/hd_key.hpp"
#include "cli/keys/keyring.hpp"
#include "cli/keys/mnemonic.hpp"
#include "cli/terminal/units.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/jurors/views.hpp"

namespace assay::cli {

namespace {

using Seconds = std::chrono::seconds;

constexpr std::size_t kExampleEvery = 3;
constexpr std::size_t kFewestTasks = 100;
constexpr std::size_t kJurors = 5;
constexpr std::uint64_t kContributors = 3;
constexpr std::uint64_t kOrderOpenS = 40;
// 0.01 token a label.
const Amount kPrice(kTokenUnits / 100);
// Each juror's stake, in the least stake that counts.
constexpr std::uint64_t kStakeUnits = 10;

const char* const kNames[] = {"buyer",      "careful labeller", "lazy labeller", "plagiarist",
                              "challenger", "juror 1",          "juror 2",       "juror 3",
                              "juror 4",    "juror 5"};

using Model = ReaderSetup::Model;
// The challenger's way of reading, then the jurors': no two alike, so that they err differently.
const ReaderSetup kReaders[] = {
    {Model::logistic, Reading::word_pairs, 0, 2'000},
    {Model::naive_bayes, Reading::words, 0, 1'000},
    {Model::naive_bayes, Reading::word_pairs, 1, 1'000},
    {Model::naive_bayes, Reading::letters, 2, 1'000},
    {Model::logistic, Reading::letters, 3, 1'000},
    {Model::naive_bayes, Reading::words, 4, 1'000},
};

Outcome<std::pair<Assignment, AnswerKey>> load(const DemoSetup& setup) {
    auto corpus = load_corpus(setup.input, setup.tasks, kExampleEvery);
    if (!corpus) return corpus.error();
    auto parts = split(std::move(*corpus));
    if (!parts) return parts.error();
    if (parts->first.tasks.size() < kFewestTasks)
        return Problem{Exit::failed,
                       "only " + std::to_string(parts->first.tasks.size()) +
                           " different texts are left to label beside the examples; the demo "
                           "needs at least " +
                           std::to_string(kFewestTasks)};
    return std::move(*parts);
}

Outcome<std::vector<Actor>> cast_of(const DemoSetup& setup, const Chain& chain,
                                    Narrator& narrator) {
    const auto seed = seed_of(setup.mnemonic, "");
    if (!seed) return seed.error();
    std::vector<Actor> out;
    for (std::uint32_t i = 0; i < std::size(kNames); ++i) {
        const auto key = key_at_path(*seed, account_path(i));
        if (!key) return key.error();
        out.emplace_back(kNames[i], *key, chain, narrator);
        const auto balance = chain.rpc().balance(out.back().address());
        if (!balance) return balance.error();
        if (balance->is_zero())
            return Problem{Exit::failed,
                           checksummed(out.back().address()) +
                               " holds nothing on this chain; the demo runs on a devnet, where "
                               "the accounts of the test mnemonic are funded"};
    }
    return out;
}

// Plays the chapters in order; holds what they share.
class Story {
  public:
    Story(Assignment assignment, AnswerKey key, std::vector<Actor> actors, const Chain& chain,
          Narrator& narrator)
        : assignment_(std::move(assignment)),
          key_(std::move(key)),
          actors_(std::move(actors)),
          chain_(&chain),
          narrator_(&narrator),
          buyer_(actors_[0], assignment_),
          careful_(actors_[1], assignment_),
          lazy_(actors_[2], assignment_),
          plagiarist_(actors_[3], assignment_) {}

    Outcome<DemoResult> play() {
        using Chapter = Outcome<void> (Story::*)();
        for (const Chapter chapter :
             {&Story::prepare, &Story::stake, &Story::order, &Story::work, &Story::plagiarise,
              &Story::court, &Story::settle, &Story::gold, &Story::audit, &Story::rewards})
            if (const auto done = (this->*chapter)(); !done) return done.error();
        return result();
    }

  private:
    Outcome<void> prepare();
    Outcome<void> stake();
    Outcome<void> order();
    Outcome<void> work();
    Outcome<void> plagiarise();
    Outcome<void> court();
    Outcome<void> settle();
    Outcome<void> gold();
    Outcome<void> audit();
    Outcome<void> rewards();
    Outcome<DemoResult> result();

    Outcome<void> look();
    Outcome<bool> sit();
    Outcome<void> appeal_once(const disputes::Dispute& dispute);
    Outcome<void> remember_money(bool after);

    Assignment assignment_;
    AnswerKey key_;
    std::vector<Actor> actors_;
    const Chain* chain_;
    Narrator* narrator_;
    Buyer buyer_;
    Contributor careful_;
    Contributor lazy_;
    Contributor plagiarist_;
    std::vector<std::unique_ptr<Examiner>> readers_;
    std::unique_ptr<Challenger> challenger_;
    std::vector<Juror> jurors_;
    Labels careful_answers_;
    Labels lazy_answers_;
    Deliveries deliveries_;
    EvidenceRoom evidence_;
    std::vector<std::uint64_t> disputes_;
    bool appealed_ = false;
    std::vector<NewcomerWork> newcomers_;
    std::vector<AuditedWork> audited_;
    std::uint64_t order_ = 0;
    std::vector<RoleMoney> money_;
};

Outcome<void> Story::prepare() {
    narrator_->part("Before the chain: " + grouped(assignment_.tasks.size()) + " texts of " +
                    assignment_.name + " to label, " + grouped(assignment_.examples.size()) +
                    " labelled examples; everybody learns from these alone");
    auto careful = std::async(std::launch::async, [this] {
        const auto model = train_logistic(assignment_.examples, assignment_.labels, Reading::words);
        return label_all(*model, assignment_.tasks);
    });
    std::vector<std::future<std::unique_ptr<Examiner>>> readers;
    for (const auto& setup : kReaders)
        readers.push_back(std::async(std::launch::async, [this, setup] {
            return std::make_unique<Examiner>(assignment_, setup);
        }));
    lazy_answers_ =
        label_all(*train_majority(assignment_.examples, assignment_.labels), assignment_.tasks);
    const auto wrote = buyer_.write_specification();
    careful_answers_ = careful.get();
    for (auto& reader : readers) readers_.push_back(reader.get());
    if (!wrote) return wrote.error();
    challenger_ = std::make_unique<Challenger>(actors_[4], assignment_, *readers_[0]);
    for (std::size_t i = 0; i < kJurors; ++i)
        jurors_.emplace_back(actors_[5 + i], *readers_[1 + i]);
    for (std::size_t i = 0; i < readers_.size(); ++i)
        actors_[4 + i].say(
            "reads " + grouped(readers_[i]->sample_size()) + " tasks its own way; right on " +
            show_percent(readers_[i]->own_accuracy_percent()) + " of examples it kept aside");
    return remember_money(false);
}

Outcome<void> Story::stake() {
    narrator_->part("Jurors put money behind their judgement");
    const auto params = ask(chain_->rpc(), ModuleId::jurors, jurors::GetJurorParams{});
    if (!params) return params.error();
    const auto stake = checked_mul(params->min_stake, Amount(kStakeUnits));
    CHECK(stake.has_value());
    for (auto& juror : jurors_)
        if (const auto done = juror.stake(*stake); !done) return done.error();
    const auto all = checked_mul(*stake, Amount(kJurors));
    CHECK(all.has_value());
    std::uint64_t epoch = 0;
    const auto counted = chain_->until(
        "the jurors' stake counts from the next epoch on", Seconds(600), [&]() -> Outcome<bool> {
            const auto totals = ask(chain_->rpc(), ModuleId::jurors, jurors::GetJurorTotals{});
            if (!totals) return totals.error();
            epoch = totals->epoch;
            return totals->eligible >= *all;
        });
    if (!counted) return counted.error();
    narrator_->say("chain", "epoch " + std::to_string(epoch) + ": draws weigh the jurors' stake");
    return {};
}

Outcome<void> Story::order() {
    narrator_->part("The order");
    const auto id = buyer_.post(kContributors, kPrice, kOrderOpenS);
    if (!id) return id.error();
    order_ = *id;
    return {};
}

Outcome<void> Story::look() {
    const double demanded = buyer_.demanded_percent();
    const auto opened = challenger_->look(order_, demanded, deliveries_, evidence_);
    if (!opened) return opened.error();
    disputes_.insert(disputes_.end(), opened->begin(), opened->end());
    return {};
}

Outcome<void> Story::work() {
    narrator_->part("Contributors commit unseen, then reveal; the challenger looks");
    const std::string learned =
        "from a classifier it trained on the " + grouped(assignment_.examples.size()) + " examples";
    if (const auto done = careful_.commit(order_, careful_answers_, learned); !done)
        return done.error();
    if (const auto done = lazy_.commit(order_, lazy_answers_, "all the commonest label"); !done)
        return done.error();
    for (Contributor* one : {&careful_, &lazy_}) {
        if (const auto done = one->reveal(); !done) return done.error();
        deliveries_[one->submission()] = &one->delivery();
    }
    return look();
}

Outcome<void> Story::plagiarise() {
    narrator_->part("A plagiarist copies what was revealed, under fresh salts");
    const auto labels = copy_of(careful_.delivery(), assignment_);
    if (!labels) return labels.error();
    if (const auto done = plagiarist_.commit(
            order_, *labels, "all copied from submission " + std::to_string(careful_.submission()));
        !done)
        return done.error();
    if (const auto done = plagiarist_.reveal(); !done) return done.error();
    deliveries_[plagiarist_.submission()] = &plagiarist_.delivery();
    return look();
}

// The lazy labeller does not believe the first three jurors, and pays for seven.
Outcome<void> Story::appeal_once(const disputes::Dispute& dispute) {
    if (appealed_ || dispute.phase != disputes::Phase::appealable ||
        dispute.submission != lazy_.submission())
        return {};
    const auto value =
        ask(chain_->rpc(), ModuleId::disputes, disputes::QuoteAppeal{.dispute = dispute.id});
    if (!value) return value.error();
    const std::string reason = "The commonest label is right most of the time.";
    const auto receipt = lazy_.actor().send(
        ModuleId::disputes,
        disputes::Appeal{.dispute = dispute.id,
                         .seats = disputes::next_panel_seats(dispute.round),
                         .evidence_root = sha256(view_of(reason)),
                         .evidence_uri = ""},
        *value,
        "appeals the ruling of dispute " + std::to_string(dispute.id) + ", " +
            std::to_string(dispute.votes_reject) + " to " + std::to_string(dispute.votes_accept) +
            " against it, to seven seats; locks " + show_money(*value));
    if (!receipt) return receipt.error();
    appealed_ = true;
    return {};
}

// True once every dispute is ruled.
Outcome<bool> Story::sit() {
    const Courtroom room{&deliveries_, &evidence_, &buyer_.specification()};
    bool all_ruled = true;
    for (const std::uint64_t id : disputes_) {
        const auto dispute =
            ask(chain_->rpc(), ModuleId::disputes, disputes::GetDispute{.dispute = id});
        if (!dispute) return dispute.error();
        if (dispute->phase == disputes::Phase::ruled) continue;
        all_ruled = false;
        if (const auto done = appeal_once(*dispute); !done) return done.error();
        const auto panel =
            ask(chain_->rpc(), ModuleId::disputes, disputes::GetPanel{.dispute = id});
        if (!panel) return panel.error();
        for (auto& juror : jurors_)
            if (const auto done = juror.attend(*dispute, *panel, room); !done) return done.error();
    }
    return all_ruled;
}

Outcome<void> Story::court() {
    narrator_->part("Drawn jurors judge by their own reading of items they open and prove");
    const auto ruled =
        chain_->until("a ruling in every dispute", Seconds(300), [&] { return sit(); });
    if (!ruled) return ruled.error();
    for (const std::uint64_t id : disputes_) {
        const auto dispute =
            ask(chain_->rpc(), ModuleId::disputes, disputes::GetDispute{.dispute = id});
        if (!dispute) return dispute.error();
        const bool rejected = dispute->ruling == disputes::Choice::reject;
        narrator_->say(
            "chain",
            "dispute " + std::to_string(id) + " is ruled " +
                (dispute->round == 0 ? "" : "on appeal ") + std::to_string(dispute->votes_reject) +
                " to " + std::to_string(dispute->votes_accept) + ": submission " +
                std::to_string(dispute->submission) +
                (rejected ? " is rejected, its bond is slashed" : " is accepted and paid"));
    }
    return {};
}

Outcome<void> Story::settle() {
    narrator_->part("Money moves");
    const auto settled = chain_->until("the order settles", Seconds(600), [&]() -> Outcome<bool> {
        const auto order = ask(chain_->rpc(), ModuleId::market, market::GetOrder{.order = order_});
        if (!order) return order.error();
        return order->state == market::OrderState::settled;
    });
    if (!settled) return settled.error();
    for (const Contributor* one : {&careful_, &lazy_, &plagiarist_}) {
        const auto record = ask(chain_->rpc(), ModuleId::market,
                                market::GetSubmission{.submission = one->submission()});
        if (!record) return record.error();
        one->actor().say(record->payout.is_zero()
                             ? "is paid nothing for submission " + std::to_string(record->id)
                             : "was paid " + show_money(record->payout) + " for submission " +
                                   std::to_string(record->id) + ", of it held back for now " +
                                   show_money(record->holdback));
    }
    narrator_->say("chain", "order " + std::to_string(order_) +
                                " is settled; what nobody earned and the bond are back with the "
                                "buyer");
    return {};
}

Outcome<void> Story::gold() {
    auto work = play_gold(assignment_, key_, buyer_, actors_[4],
                          {.careful = careful_answers_, .lazy = lazy_answers_}, *narrator_);
    if (!work) return work.error();
    newcomers_ = std::move(*work);
    return {};
}

Outcome<void> Story::audit() {
    std::vector<Grader> graders;
    for (std::size_t i = 0; i < kJurors; ++i)
        graders.push_back({.actor = actors_[5 + i],
                           .reader = readers_[1 + i].get(),
                           .second = readers_[1 + (i + 1) % kJurors].get()});
    auto work = play_audit(assignment_, key_, buyer_, graders, Contributor(actors_[1], assignment_),
                           Contributor(actors_[2], assignment_),
                           {.careful = careful_answers_, .lazy = lazy_answers_}, *narrator_);
    if (!work) return work.error();
    audited_ = std::move(*work);
    return {};
}

Outcome<void> Story::rewards() {
    narrator_->part("The epoch ends: rewards are minted against fees that were burned");
    return claim_rewards(*chain_, *narrator_, careful_);
}

Outcome<void> Story::remember_money(bool after) {
    const auto height = chain_->height();
    if (!height) return height.error();
    for (std::size_t i = 0; i < actors_.size(); ++i) {
        const auto holding = holding_of(*chain_, actors_[i].address(), *height);
        if (!holding) return holding.error();
        if (after)
            money_[i].after = *holding;
        else
            money_.push_back({actors_[i].name(), actors_[i].address(), *holding, {}});
    }
    return {};
}

Outcome<DemoResult> Story::result() {
    if (const auto done = remember_money(true); !done) return done.error();
    DemoResult out;
    out.money = money_;
    const auto add = [&](const Contributor& one, bool honest) -> Outcome<void> {
        auto record = ask(chain_->rpc(), ModuleId::market,
                          market::GetSubmission{.submission = one.submission()});
        if (!record) return record.error();
        WorkOutcome work{.who = one.actor().name(),
                         .submission = std::move(*record),
                         .dispute = {},
                         .accuracy_percent = key_.accuracy_percent(one.answers())};
        const bool accepted = work.submission.state == market::SubmissionState::accepted ||
                              work.submission.state == market::SubmissionState::finalized;
        work.expected = honest == accepted;
        if (work.submission.dispute != 0) {
            auto dispute = ask(chain_->rpc(), ModuleId::disputes,
                               disputes::GetDispute{.dispute = work.submission.dispute});
            if (!dispute) return dispute.error();
            work.dispute = std::move(*dispute);
        }
        out.work.push_back(std::move(work));
        return {};
    };
    if (const auto done = add(careful_, true); !done) return done.error();
    if (const auto done = add(lazy_, false); !done) return done.error();
    if (const auto done = add(plagiarist_, false); !done) return done.error();
    const auto height = chain_->height();
    if (!height) return height.error();
    std::vector<Address> people;
    for (const auto& actor : actors_) people.push_back(actor.address());
    for (const auto& one : newcomers_) people.push_back(one.address);
    out.newcomers = newcomers_;
    out.audited = audited_;
    auto supply = check_supply(*chain_, people, *height);
    if (!supply) return supply.error();
    out.supply = std::move(*supply);
    return out;
}

}  // namespace

Outcome<DemoResult> play_demo(const DemoSetup& setup, const Chain& chain, Narrator& narrator) {
    auto actors = cast_of(setup, chain, narrator);
    if (!actors) return actors.error();
    auto parts = load(setup);
    if (!parts) return parts.error();
    Story story(std::move(parts->first), std::move(parts->second), std::move(*actors), chain,
                narrator);
    return story.play();
}

bool DemoResult::as_expected() const {
    bool out = supply.adds_up();
    for (const auto& one : work) out = out && one.expected;
    for (const auto& one : audited) out = out && one.honest == !one.submission.payout.is_zero();
    for (const auto& one : newcomers) out = out && one.honest == !one.paid.is_zero();
    return out;
}

}  // namespace assay::cli
