// Playing on the state machine.
#include "tests/economy/world.hpp"

#include <algorithm>
#include <cstdio>

#include "modules/disputes/ruling.hpp"
#include "modules/market/commit_fraud.hpp"

namespace assay::economy {

namespace {

const Hash256 kSalt = sha256(view_of("salt"));

}  // namespace

World::World(std::uint64_t seed, const Setting& setting)
    : random_(seed),
      conditions_(random_conditions(random_, setting.change)),
      genesis_([&] {
          test::WiredGenesis out{.params = conditions_.params,
                                 // The beacon begins with it: each run has panels of its own.
                                 .time_s = 1'700'000'000 + seed * 1'000,
                                 .more = setting.more,
                                 .propose =
                                     [this](const State& state, BlockEnv& block) {
                                         if (proposer_) proposer_(state, block);
                                     },
                                 .recorded = false,
                                 .checked = setting.checked};
          for (const auto& who : {buyer(), mallory(), friend_of_mallory(), ann(), watcher()})
              out.people.push_back(who);
          for (std::uint8_t i = 0; i < kAliases; ++i) out.people.push_back(alias(i));
          for (std::uint8_t i = 0; i < kJurors; ++i) out.people.push_back(juror(i));
          return out;
      }()),
      chain_(genesis_) {}

TxCode World::stake_now(const Address& who) {
    const auto found = units_.find(who);
    const std::uint64_t units = found == units_.end() ? 1 : found->second;
    if (units == 0) return TxCode::ok;
    return chain_.send(who, ModuleId::jurors, jurors::StakeJuror{},
                       *checked_mul(conditions_.params.jurors.min_stake, Amount(units)));
}

void World::hire() {
    for (std::uint8_t i = 0; i < kJurors; ++i) CHECK(stake_now(juror(i)) == TxCode::ok);
    const std::uint64_t ends_s = chain_.ask(rewards::CurrentEpoch{})->ends_s;
    end_block(ends_s - chain_.block().time_s);
    end_block();
}

void World::end_block(std::uint64_t later_s) {
    for (const auto& failure : chain_.end_block(later_s)) {
        std::fprintf(stderr, "%s: %s\n", failure.rule.c_str(), failure.what.c_str());
        CHECK(false);
    }
}

void World::begin_at(std::uint64_t time_s) {
    if (chain_.block().time_s < time_s) end_block(time_s - chain_.block().time_s);
}

std::uint64_t World::post(const Address& who, std::uint32_t items) {
    return post(who, items, conditions_.price);
}

std::uint64_t World::post(const Address& who, std::uint32_t items, Amount price) {
    const auto value =
        chain_.ask(market::QuotePostOrder{.item_quota = items, .price_per_item = price});
    const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                    .item_quota = items,
                                    .price_per_item = price,
                                    .max_payload_bytes = 100,
                                    .deadline_s = chain_.block().time_s + 200};
    CHECK(chain_.send(who, ModuleId::market, message, value.value()) == TxCode::ok);
    return chain_.state().get_or_default(market::kCounters, {}).orders;
}

ItemWork World::work(const Address& who, std::uint64_t order, std::uint32_t items) {
    ItemWork out{.order = order, .contributor = who, .contents = {}, .salt = kSalt};
    for (std::uint32_t i = 0; i < items; ++i) out.contents.push_back(next_content_++);
    return out;
}

World::Try World::commit(const ItemWork& work) {
    const auto value =
        chain_.ask(market::QuoteCommit{.order = work.order, .item_count = work.contents.size()});
    const TxCode code =
        chain_.send(work.contributor, ModuleId::market, work.commit(), value.value());
    if (code != TxCode::ok) return {code, 0};
    return {code, chain_.state().get_or_default(market::kCounters, {}).submissions};
}

std::uint64_t World::submit(const ItemWork& work, Quality quality) {
    const Try made = commit(work);
    if (made.code != TxCode::ok) return 0;
    end_block();
    if (send_market(work.contributor, work.reveal(made.id)) != TxCode::ok) return 0;
    works_.insert_or_assign(made.id, work);
    qualities_[made.id] = quality;
    return made.id;
}

std::uint64_t World::submit_at_tier(const ItemWork& work, Quality quality, std::uint8_t tier) {
    const std::uint64_t items = work.contents.size();
    const auto value = chain_.ask(
        market::QuoteCommitAtTier{.order = work.order, .item_count = items, .tier = tier});
    const market::CommitAtTier message{.order = work.order,
                                       .item_count = items,
                                       .commitment = work.commit().commitment,
                                       .tier = tier};
    CHECK(send_market(work.contributor, message, value.value()) == TxCode::ok);
    const std::uint64_t id = chain_.state().get_or_default(market::kCounters, {}).submissions;
    end_block();
    CHECK(send_market(work.contributor, work.reveal(id)) == TxCode::ok);
    works_.insert_or_assign(id, work);
    qualities_[id] = quality;
    return id;
}

std::uint64_t World::submit(const Address& who, std::uint64_t order, std::uint32_t items,
                            Quality quality) {
    return submit(work(who, order, items), quality);
}

TxCode World::challenge(const Address& who, std::uint64_t submission) {
    const auto value = chain_.ask(disputes::QuoteChallenge{.submission = submission});
    return chain_.send(who, ModuleId::disputes,
                       disputes::Challenge{.submission = submission,
                                           .claim = disputes::Claim::low_quality,
                                           .evidence_root = sha256(view_of("evidence"))},
                       value ? *value : Amount{});
}

TxCode World::join(const Address& who, std::uint64_t submission, disputes::Choice side) {
    const std::uint64_t id = World::submission(submission).dispute;
    const auto value = chain_.ask(disputes::QuoteJoin{.dispute = id});
    return chain_.send(who, ModuleId::disputes,
                       disputes::JoinDispute{
                           .dispute = id, .side = side, .evidence_root = sha256(view_of("joined"))},
                       value ? *value : Amount{});
}

void World::commit_proof(const Address& who, const market::ProveFraud& proof) {
    const market::CommitFraud message{
        .commitment = market::fraud_commitment(test::kWiredChainId, who, proof)};
    CHECK(send_market(who, message) == TxCode::ok);
    for (std::uint64_t i = 0; i < market::kFraudProofAge_blocks; ++i) end_block();
}

TxCode World::prove(const Address& who, const market::ProveFraud& proof) {
    commit_proof(who, proof);
    return send_market(who, proof);
}

disputes::Choice World::choice_of(const disputes::Dispute& dispute, const Address& who,
                                  std::uint8_t seat) {
    const auto known = votes_.find({dispute.id, dispute.draws, seat});
    if (known != votes_.end()) return known->second;
    const bool bad = qualities_.at(dispute.submission) == Quality::bad;
    const auto truth = bad ? disputes::Choice::reject : disputes::Choice::accept;
    const auto lie = bad ? disputes::Choice::accept : disputes::Choice::reject;
    disputes::Choice out = random_.happens(conditions_.juror_accuracy) ? truth : lie;
    if (briber_ && dispute.round + 1 == disputes::kMaxRounds && seat <= dispute.seats / 2) {
        out = disputes::Choice::accept;
        ++bribed_seats_;
    }
    switch (plans_[who]) {
        case Judging::always_accept: out = disputes::Choice::accept; break;
        case Judging::always_reject: out = disputes::Choice::reject; break;
        case Judging::coin: out = random_.happens(0.5) ? truth : lie; break;
        default: break;
    }
    votes_[{dispute.id, dispute.draws, seat}] = out;
    ++seats_[who];
    return out;
}

void World::vote_in(const disputes::Dispute& dispute) {
    const auto panel = chain_.ask(disputes::GetPanel{.dispute = dispute.id}).value();
    for (std::uint8_t i = 0; i < panel.size(); ++i) {
        const Address who = panel[i].juror;
        const disputes::Choice choice = choice_of(dispute, who, i);
        const Judging judging = plans_[who];
        if (judging == Judging::leaving) leave(who);
        if (judging == Judging::absent || judging == Judging::leaving) continue;
        if (dispute.phase == disputes::Phase::commit && panel[i].commitment.is_zero()) {
            (void)chain_.send(who, ModuleId::disputes,
                              disputes::VoteCommit{.dispute = dispute.id,
                                                   .seat = i,
                                                   .commitment = disputes::vote_commitment(
                                                       test::kWiredChainId, dispute.id,
                                                       dispute.draws, i, who, choice, kSalt)});
        }
        if (dispute.phase == disputes::Phase::reveal && judging != Judging::unrevealed &&
            panel[i].choice == disputes::Choice{}) {
            (void)chain_.send(
                who, ModuleId::disputes,
                disputes::VoteReveal{
                    .dispute = dispute.id, .seat = i, .choice = choice, .salt = kSalt});
        }
    }
}

void World::leave(const Address& who) {
    const auto record = chain_.ask(jurors::GetJuror{.account = who});
    if (!record || record->stake <= record->locked) return;
    const Amount free = difference_of(record->stake, record->locked);
    const Amount all_but_one =
        checked_sub(record->stake, conditions_.params.jurors.min_stake).value_or(Amount{});
    for (const Amount& amount : {record->stake, free, all_but_one})
        if (chain_.send(who, ModuleId::jurors, jurors::UnstakeJuror{.amount = amount}) ==
            TxCode::ok)
            return;
}

void World::appeal(const disputes::Dispute& dispute) {
    if (briber_ && dispute.ruling == disputes::Choice::reject) {
        const auto cost = chain_.ask(disputes::QuoteAppeal{.dispute = dispute.id});
        const disputes::Appeal message{.dispute = dispute.id,
                                       .seats = disputes::next_panel_seats(dispute.round),
                                       .evidence_root = sha256(view_of("bought"))};
        if (cost) (void)chain_.send(*briber_, ModuleId::disputes, message, *cost);
        return;
    }
    for (const auto& [against, who] : appellants_) {
        if (dispute.ruling != against) continue;
        const auto cost = chain_.ask(disputes::QuoteAppeal{.dispute = dispute.id});
        if (!cost || *cost > dispute.value_at_stake) continue;
        const TxCode code =
            chain_.send(who, ModuleId::disputes,
                        disputes::Appeal{.dispute = dispute.id,
                                         .seats = disputes::next_panel_seats(dispute.round),
                                         .evidence_root = sha256(view_of("appeal"))},
                        *cost);
        if (code == TxCode::ok) return;
    }
}

// Everybody does what the phases ask; true while something is not over.
bool World::waits() {
    bool out = false;
    const std::uint64_t disputes = chain_.state().get_or_default(disputes::kLastDispute, {});
    for (std::uint64_t id = 1; id <= disputes; ++id) {
        const auto dispute = chain_.state().must_get(disputes::kDisputes, id);
        if (dispute.phase == disputes::Phase::ruled) continue;
        out = true;
        if (dispute.phase == disputes::Phase::appealable && !dispute.reviewing) appeal(dispute);
        if (dispute.phase == disputes::Phase::commit || dispute.phase == disputes::Phase::reveal)
            vote_in(dispute);
    }
    const auto counters = chain_.state().get_or_default(market::kCounters, {});
    for (std::uint64_t id = 1; id <= counters.submissions && !out; ++id)
        out = submission(id).deadline_s != 0;
    for (std::uint64_t id = 1; id <= counters.orders && !out; ++id) {
        const auto state = chain_.state().must_get(market::kOrders, id).state;
        out = state == market::OrderState::open || state == market::OrderState::closed;
    }
    return out;
}

// Of what waits, epochs and withdrawals among it; nothing happens between.
std::uint64_t World::next_due_s() const {
    const auto due = chain_.state().first(kDeadlines);
    return due ? due->first.time_s : 0;
}

void World::finish() {
    constexpr int kMostBlocks = 1'000;
    int blocks = 0;
    while (waits()) {
        CHECK(++blocks < kMostBlocks);
        const std::uint64_t due_s = next_due_s();
        const std::uint64_t now_s = chain_.block().time_s;
        end_block(due_s > now_s ? due_s - now_s : 1);
    }
    // Grants are minted when their epoch ends, and are released over time.
    end_block(conditions_.params.rewards.epoch_s + 1);
    end_block(conditions_.params.rewards.epoch_s + conditions_.params.rewards.vesting_s + 1);
    end_block();
    for (const auto& [id, work] : works_)
        (void)chain_.send(work.contributor, ModuleId::rewards,
                          rewards::ClaimVested{.submission = id});
    end_block();
}

market::Submission World::submission(std::uint64_t id) const {
    return chain_.state().must_get(market::kSubmissions, id);
}

Amount World::wealth(const Address& who) const {
    const auto juror = chain_.ask(jurors::GetJuror{.account = who});
    const Amount staked = juror ? sum_of(juror->stake, jurors::unbonding_of(*juror)) : Amount{};
    return sum_of(sum_of(chain_.balance(who), chain_.fees_of(who)), staked);
}

namespace {

double units(Amount amount) {
    return static_cast<double>(amount.raw());
}

// Exact before it is a floating number: a single unit counts beside a million tokens.
double difference(Amount a, Amount b) {
    return a >= b ? units(difference_of(a, b)) : -units(difference_of(b, a));
}

}  // namespace

double World::gain(const std::set<Address>& people) const {
    double out = 0;
    for (const Address& who : people) out += difference(wealth(who), genesis_.each);
    return out;
}

double World::gas(const std::set<Address>& people) const {
    double out = 0;
    for (const Address& who : people) out += units(chain_.fees_of(who));
    return out;
}

double World::growth(const Address& pool) const {
    return units(chain_.balance(pool));
}

double World::value(std::uint64_t items) const {
    return units(conditions_.price) * static_cast<double>(items);
}

std::uint64_t World::seats_of(const Address& who) const {
    const auto found = seats_.find(who);
    return found == seats_.end() ? 0 : found->second;
}

}  // namespace assay::economy
