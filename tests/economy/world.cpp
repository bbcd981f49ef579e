// Playing on the state machine.
#include "tests/economy/world.hpp"

#include <cmath>
#include <cstdio>

namespace assay::economy {

namespace {

const Hash256 kSalt = sha256(view_of("salt"));

std::uint32_t ppm_between(Random& random, std::uint32_t low, std::uint32_t high) {
    return low + static_cast<std::uint32_t>(random.below(high - low + 1));
}

// From a copy of the stream, so that the rows which know no tiers see the same numbers as ever. The
// collateral covers every challenger's share that vary() draws (P3).
void vary_tiers(market::Params& market, Random random) {
    for (std::uint32_t* collateral :
         {&market.tiers.t1.collateral_ppm, &market.tiers.t2.collateral_ppm,
          &market.tiers.t3.collateral_ppm, &market.tiers.t4.collateral_ppm})
        *collateral = ppm_between(random, *collateral + *collateral / 10, 2 * *collateral);
    market.insurance.coverage_ppm = ppm_between(random, 100'000, 1'000'000);
    market.insurance.buyer_share_ppm = ppm_between(random, 500'000, 950'000);
    market.insurance.epoch_share_ppm = ppm_between(random, 100'000, 1'000'000);
}

// Rates around the defaults, wide enough that a rule between them often fails.
void vary(ModuleParams& params, Random& random) {
    market::Params& market = params.market;
    market.fee_ppm = ppm_between(random, 20'000, 200'000);
    market.contributor_bond_ppm = ppm_between(random, 100'000, 1'000'000);
    market.buyer_bond_ppm = ppm_between(random, 50'000, 200'000);
    market.holdback_ppm = ppm_between(random, 0, 300'000);
    const std::uint32_t challenger = ppm_between(random, 200'000, 450'000);
    const std::uint32_t buyer = ppm_between(random, 100'000, 200'000);
    market.slash_split = {.challenger_ppm = challenger,
                          .buyer_ppm = buyer,
                          .burned_ppm = 1'000'000 - challenger - buyer};
    market.audit_share_ppm = ppm_between(random, 900'000, 1'000'000);
    market.defect_weight_ppm = ppm_between(random, 2'000'000, 4'000'000);
    params.disputes.challenge_bond_ppm = ppm_between(random, 150'000, 500'000);
    params.rewards.mu_ppm = ppm_between(random, 400'000, 950'000);
    vary_tiers(market, random);
}

}  // namespace

std::uint64_t Random::next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

Conditions random_conditions(Random& random, const std::function<void(ModuleParams&)>& loosen) {
    Conditions out;
    do {
        out.params = devnet_params();
        vary(out.params, random);
    } while (!validate(out.params));
    if (loosen) loosen(out.params);
    // A thousandth of a token to a thousand tokens an item.
    const double exponent = random.between(15, 21);
    out.price = *checked_mul(Amount(static_cast<std::uint64_t>(std::pow(10, exponent - 9))),
                             Amount(1'000'000'000));
    out.items = 1 + static_cast<std::uint32_t>(random.below(12));
    out.juror_accuracy = random.between(0.75, 0.98);
    out.effort = random.between(0.1, 0.8);
    out.juror_effort = static_cast<double>(out.params.disputes.juror_effort.low());
    return out;
}

World::World(std::uint64_t seed, const std::function<void(ModuleParams&)>& loosen)
    : random_(seed),
      conditions_(random_conditions(random_, loosen)),
      genesis_([&] {
          test::WiredGenesis out{.params = conditions_.params};
          for (const auto& who : {buyer(), mallory(), friend_of_mallory(), ann(), watcher()})
              out.people.push_back(who);
          for (std::uint8_t i = 0; i < kJurors; ++i) out.people.push_back(juror(i));
          return out;
      }()),
      chain_(genesis_) {}

void World::hire(std::uint64_t units_each) {
    const auto params = chain_.ask(jurors::GetJurorParams{}).value();
    for (std::uint8_t i = 0; i < kJurors; ++i)
        CHECK(chain_.send(juror(i), ModuleId::jurors, jurors::StakeJuror{},
                          *checked_mul(params.min_stake, Amount(units_each))) == TxCode::ok);
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

std::uint64_t World::post(const Address& who, std::uint32_t items) {
    const auto value = chain_.ask(
        market::QuotePostOrder{.item_quota = items, .price_per_item = conditions_.price});
    const market::PostOrder message{.spec_hash = sha256(view_of("spec")),
                                    .item_quota = items,
                                    .price_per_item = conditions_.price,
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

disputes::Choice World::choice_of(const disputes::Dispute& dispute, const Address& who,
                                  std::uint8_t seat) {
    const auto known = votes_.find({dispute.id, dispute.draws, seat});
    if (known != votes_.end()) return known->second;
    const bool bad = qualities_.at(dispute.submission) == Quality::bad;
    const auto truth = bad ? disputes::Choice::reject : disputes::Choice::accept;
    const auto lie = bad ? disputes::Choice::accept : disputes::Choice::reject;
    disputes::Choice out = random_.happens(conditions_.juror_accuracy) ? truth : lie;
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
        if (judging == Judging::absent) continue;
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

void World::finish() {
    constexpr int kMostBlocks = 400;
    for (int block = 0; block < kMostBlocks; ++block) {
        bool waits = false;
        const std::uint64_t disputes = chain_.state().get_or_default(disputes::kLastDispute, {});
        for (std::uint64_t id = 1; id <= disputes; ++id) {
            const auto dispute = chain_.ask(disputes::GetDispute{.dispute = id}).value();
            if (dispute.phase == disputes::Phase::ruled) continue;
            waits = true;
            vote_in(dispute);
        }
        const auto counters = chain_.state().get_or_default(market::kCounters, {});
        for (std::uint64_t id = 1; id <= counters.submissions; ++id)
            waits = waits || submission(id).deadline_s != 0;
        for (std::uint64_t id = 1; id <= counters.orders; ++id) {
            const auto state = chain_.ask(market::GetOrder{.order = id})->state;
            waits =
                waits || state == market::OrderState::open || state == market::OrderState::closed;
        }
        end_block(waits ? 2 : 1);
        if (!waits) break;
    }
    // Grants are minted when their epoch ends, and are released over time.
    end_block(conditions_.params.rewards.epoch_s + 1);
    end_block(conditions_.params.rewards.epoch_s + conditions_.params.rewards.vesting_s + 1);
    for (const auto& [id, work] : works_)
        (void)chain_.send(work.contributor, ModuleId::rewards,
                          rewards::ClaimVested{.submission = id});
    end_block();
}

market::Submission World::submission(std::uint64_t id) const {
    return chain_.ask(market::GetSubmission{.submission = id}).value();
}

Amount World::wealth(const Address& who) const {
    const auto juror = chain_.ask(jurors::GetJuror{.account = who});
    const Amount staked = juror ? juror->stake : Amount{};
    return sum_of(sum_of(chain_.balance(who), chain_.fees_of(who)), staked);
}

namespace {

double units(Amount amount) {
    return static_cast<double>(amount.raw());
}

}  // namespace

double World::gain(const std::set<Address>& people) const {
    double out = 0;
    for (const Address& who : people) out += units(wealth(who)) - units(genesis_.each);
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
