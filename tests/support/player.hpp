// Owns actors who do likely and unlikely things on a wired chain, as the choices say.
#pragma once

#include "modules/bank/transfer.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/market/change_order.hpp"
#include "modules/market/commit_fraud.hpp"
#include "modules/market/openings.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/sponsor.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"
#include "modules/rewards/messages.hpp"
#include "tests/support/choices.hpp"
#include "tests/support/item_work.hpp"

namespace assay::test {

inline Address actor(std::uint8_t number) {
    return Address{{0xac, static_cast<std::uint8_t>(number + 1)}};
}
inline constexpr std::uint8_t kActors = 7;
inline std::vector<Address> all_actors() {
    std::vector<Address> out;
    for (std::uint8_t i = 0; i < kActors; ++i) out.push_back(actor(i));
    return out;
}

// The devnet, or a chain whose rates divide nothing evenly and whose epochs end often.
inline WiredGenesis played_genesis(Choices& choices) {
    WiredGenesis out;
    out.people = all_actors();
    if (choices.below(2) == 0) return out;
    auto& market = out.params.market;
    auto& disputes = out.params.disputes;
    auto& jurors = out.params.jurors;
    auto& rewards = out.params.rewards;
    market.fee_ppm = 33'337;
    market.fee_split = {.burned_ppm = 333'331,
                        .validators_ppm = 222'227,
                        .jurors_ppm = 111'119,
                        .insurance_ppm = 99'991,
                        .treasury_ppm = 233'332};
    market.slash_split = {.challenger_ppm = 399'989, .buyer_ppm = 250'007, .burned_ppm = 350'004};
    market.buyer_bond_ppm = 77'773;
    market.contributor_bond_ppm = 99'991;
    market.holdback_ppm = 123'457;
    market.cancel_fee_ppm = 7'919;
    market.holdback_s = 97;
    disputes.lost_bond_to_winner_ppm = 499'979;
    disputes.penalty_to_coherent_ppm = 699'967;
    jurors.max_seats = 3;
    rewards.epoch_s = 7;
    rewards.mu_ppm = 949'999;
    rewards.split = {.contributors_ppm = 799'999, .jurors_ppm = 100'003, .treasury_ppm = 99'998};
    rewards.at_once_ppm = 249'989;
    rewards.vesting_s = 53;
    CHECK(validate(out.params));
    return out;
}

// Remembers the secrets of commitments and votes, so that most reveals fit.
class Player {
  public:
    Player(WiredChain& chain, Choices& choices) : chain_(chain), choices_(choices) {}

    // Most actors stake, and weigh in draws when the first epoch is over.
    void hire();

    // One message, or the end of a block, by the next bytes.
    void act();
    std::uint64_t accepted() const { return accepted_; }
    const std::map<TxCode, std::uint64_t>& outcomes() const { return outcomes_; }
    const std::vector<InvariantFailure>& failures() const { return failures_; }

  private:
    struct Vote {
        disputes::Choice choice{};
        Hash256 salt;
    };
    using VoteKey = std::tuple<std::uint64_t, std::uint8_t, std::uint8_t>;

    void end_block();
    void post_order();
    void change_order();
    void commit_work();
    void reveal_work();
    void challenge();
    void appeal();
    void join();
    void vote_all();
    void commit_vote(std::uint64_t id, std::uint8_t seat);
    void reveal_vote(std::uint64_t id, std::uint8_t seat);
    void find_fraud();
    void commit_fraud(const market::ProveFraud& proof);
    void prove_fraud();
    void change_stake();
    void transfer();
    void sponsor_order();
    void commit_unbonded();
    void ask_for_items();
    void show_items();
    void noise();

    Address anybody() { return actor(static_cast<std::uint8_t>(choices_.below(kActors))); }
    // The one who should, nearly always.
    Address mostly(const Address& who) { return choices_.one_in(16) ? anybody() : who; }
    // The right value, nearly always.
    Amount nearly(const Result<Amount>& value) {
        const Amount right = value ? *value : Amount(choices_.byte());
        switch (choices_.below(24)) {
            case 22: return checked_add(right, Amount(1)).value_or(right);
            case 23: return checked_sub(right, Amount(1)).value_or(right);
            default: return right;
        }
    }
    Amount amount();
    Hash256 hash() {
        const std::uint8_t seed = choices_.byte();
        return sha256(ByteView(&seed, 1));
    }
    // Ids count from 1: one that exists, mostly, of the newest.
    template <class V>
    std::uint64_t id_in(const Table<std::uint64_t, V>& table, std::uint64_t& last) {
        while (chain_.state().contains(table, last + 1)) ++last;
        const std::uint64_t back = choices_.below(6);
        return back < last ? last - back : choices_.below(4);
    }
    // The newest of the last ones that fits, mostly: what somebody who looks would choose.
    template <class V, class Fits>
    std::uint64_t fitting(const Table<std::uint64_t, V>& table, std::uint64_t& last,
                          const Fits& fits) {
        const std::uint64_t any = id_in(table, last);
        std::uint32_t skip = choices_.below(8);
        if (skip == 7) return any;
        skip %= 3;
        for (std::uint64_t id = last; id > 0 && id + 10 > last; --id)
            if (fits(chain_.state().must_get(table, id)) && skip-- == 0) return id;
        return any;
    }
    std::uint64_t submission_in(market::SubmissionState wanted) {
        return fitting(market::kSubmissions, last_submission_,
                       [&](const market::Submission& each) { return each.state == wanted; });
    }
    std::uint64_t open_order_id() {
        return fitting(market::kOrders, last_order_, [&](const market::Order& each) {
            return each.state == market::OrderState::open &&
                   each.items_reserved + each.items_accepted < each.item_quota;
        });
    }
    std::uint64_t open_dispute_id() {
        return fitting(disputes::kDisputes, last_dispute_, [](const disputes::Dispute& each) {
            return each.phase == disputes::Phase::commit || each.phase == disputes::Phase::reveal;
        });
    }
    bool is_fraud(const market::Submission& submission) const;
    std::uint64_t order_id() { return id_in(market::kOrders, last_order_); }
    std::uint64_t submission_id() { return id_in(market::kSubmissions, last_submission_); }
    std::uint64_t dispute_id() { return id_in(disputes::kDisputes, last_dispute_); }
    std::uint8_t any_seat() {
        return static_cast<std::uint8_t>(choices_.below(choices_.one_in(32) ? 256 : 3));
    }
    const ItemWork* work_of(std::uint64_t submission) const {
        const auto record = chain_.state().get(market::kSubmissions, submission);
        const auto found = record ? works_.find(record->commitment) : works_.end();
        return found == works_.end() ? nullptr : &found->second;
    }
    template <Message M>
    void send(const Address& sender, ModuleId module, const M& message, Amount value = {}) {
        note(chain_.send(sender, module, message, value));
    }
    void note(TxCode code) {
        ++outcomes_[code];
        if (code == TxCode::ok) ++accepted_;
    }

    WiredChain& chain_;
    Choices& choices_;
    std::uint64_t last_order_ = 0;
    std::uint64_t last_submission_ = 0;
    std::uint64_t last_dispute_ = 0;
    std::uint64_t accepted_ = 0;
    std::map<Hash256, ItemWork> works_;  // by commitment
    std::map<VoteKey, Vote> votes_;
    std::map<Address, market::ProveFraud> proofs_;  // committed to, by prover
    std::map<TxCode, std::uint64_t> outcomes_;
    std::vector<InvariantFailure> failures_;
};

inline void Player::act() {
    switch (choices_.below(36)) {
        default: return end_block();  // 0..4
        case 5:
        case 6: return post_order();
        case 7: return change_order();
        case 8:
        case 9:
        case 10: return commit_work();
        case 11:
        case 12:
        case 13: return reveal_work();
        case 14:
        case 15: return challenge();
        case 16:
        case 17:
        case 18:
        case 19: return vote_all();
        case 20: return commit_vote(dispute_id(), any_seat());
        case 21: return reveal_vote(dispute_id(), any_seat());
        case 22: return find_fraud();
        case 34:
        case 35: return prove_fraud();
        case 23: return change_stake();
        case 24:
            return send(anybody(), ModuleId::rewards,
                        rewards::ClaimVested{.submission = submission_id()});
        case 25:
            return send(anybody(), ModuleId::market, market::Settle{.submission = submission_id()});
        case 26: return transfer();
        case 27: return noise();
        case 28: return sponsor_order();
        case 29: return commit_unbonded();
        case 30: return ask_for_items();
        case 31: return show_items();
        case 32: return appeal();
        case 33: return join();
    }
}

inline Amount Player::amount() {
    switch (choices_.below(8)) {
        case 0: return Amount(choices_.below(3));
        case 1: return Amount(choices_.byte());
        case 2: return Amount::from_raw(static_cast<u128>(1) << choices_.below(128));
        case 3: return Amount::from_raw(~static_cast<u128>(0) - choices_.below(2));
        case 4: return Amount(choices_.number());
        default: return Amount(kTokenUnits / 100 * (1 + choices_.below(200)) + choices_.below(2));
    }
}

inline void Player::end_block() {
    std::uint64_t later_s = 1;
    const auto due = chain_.state().first(kDeadlines);
    const std::uint64_t wait_s = due && due->first.time_s > chain_.block().time_s
                                     ? due->first.time_s - chain_.block().time_s
                                     : 0;
    switch (choices_.below(12)) {
        case 0:
        case 1:
        case 8:
        case 9: later_s = 1; break;
        case 2: later_s = 0; break;
        case 3: later_s = 1 + choices_.below(30); break;
        case 4: later_s = wait_s > 1 ? wait_s - 1 : 1; break;
        case 5: later_s = wait_s + 1; break;
        case 6: later_s = choices_.one_in(4) ? choices_.byte() : 2U; break;
        case 7: later_s = choices_.one_in(16) ? 600U : 100U; break;
        default: later_s = wait_s; break;
    }
    for (auto& failure : chain_.end_block(later_s)) failures_.push_back(std::move(failure));
}

inline void Player::post_order() {
    market::PostOrder message{.spec_hash = hash(), .spec_uri = "ipfs://spec"};
    message.item_quota = choices_.one_in(32) ? choices_.number() : 1 + choices_.below(12);
    message.price_per_item = amount();
    message.policy = choices_.one_in(32) ? static_cast<market::Policy>(choices_.below(6))
                                         : market::Policy::optimistic;
    message.item_kind = static_cast<market::ItemKind>(choices_.one_in(16) ? 2 : choices_.below(2));
    message.max_payload_bytes = choices_.one_in(8) ? choices_.below(4) : 1'000;
    message.contributor_cap = choices_.one_in(4) ? choices_.below(6) : 0;
    message.deadline_s = chain_.block().time_s +
                         (choices_.one_in(16) ? choices_.byte() : 200U + 4U * choices_.byte());
    const auto quote = chain_.ask(market::QuotePostOrder{.item_quota = message.item_quota,
                                                         .price_per_item = message.price_per_item});
    send(anybody(), ModuleId::market, message, nearly(quote));
}

inline void Player::change_order() {
    const std::uint64_t id = order_id();
    const auto order = chain_.state().get(market::kOrders, id);
    const Address sender = mostly(order ? order->buyer : anybody());
    if (choices_.below(2) == 0)
        return send(sender, ModuleId::market, market::CancelOrder{.order = id});
    const std::uint64_t items = choices_.one_in(16) ? choices_.number() : choices_.below(5);
    const auto quote = chain_.ask(market::QuoteFundOrder{.order = id, .items = items});
    send(sender, ModuleId::market, market::FundOrder{.order = id, .items = items}, nearly(quote));
}

inline void Player::commit_work() {
    ItemWork work{
        .order = open_order_id(), .contributor = anybody(), .contents = {}, .salt = hash()};
    const std::uint32_t count = 1 + choices_.below(5);
    const std::uint32_t first = choices_.byte();
    for (std::uint32_t i = 0; i < count; ++i)
        work.contents.push_back(choices_.one_in(12) ? choices_.below(4) : first * 8 + i);
    work.misplaced = choices_.one_in(12);
    market::CommitSubmission message = work.commit();
    if (choices_.one_in(32)) message.item_count = choices_.number();
    if (choices_.one_in(32)) message.commitment = hash();
    const auto quote =
        chain_.ask(market::QuoteCommit{.order = message.order, .item_count = message.item_count});
    const Amount value = nearly(quote);
    works_.insert_or_assign(message.commitment, work);
    send(work.contributor, ModuleId::market, message, value);
}

inline void Player::sponsor_order() {
    const std::uint64_t id = open_order_id();
    const auto order = chain_.state().get(market::kOrders, id);
    const market::SponsorOrder message{
        .order = id,
        .unbonded_items = choices_.one_in(32) ? choices_.number() : choices_.below(6),
        .unbonded_cap = choices_.below(6),
        .sponsor_cap = amount()};
    send(mostly(order ? order->buyer : anybody()), ModuleId::market, message,
         Amount(choices_.byte()));
}

inline void Player::commit_unbonded() {
    ItemWork work{
        .order = open_order_id(), .contributor = anybody(), .contents = {}, .salt = hash()};
    const std::uint32_t first = choices_.byte();
    for (std::uint32_t i = 0; i <= choices_.below(3); ++i) work.contents.push_back(first * 8 + i);
    const market::CommitSubmission bonded = work.commit();
    works_.insert_or_assign(bonded.commitment, work);
    send(work.contributor, ModuleId::market,
         market::CommitUnbonded{.order = bonded.order,
                                .item_count = bonded.item_count,
                                .commitment = bonded.commitment});
}

inline void Player::ask_for_items() {
    const std::uint64_t id = submission_in(market::SubmissionState::window);
    market::ForceOpen message{.submission = id};
    std::uint64_t index = choices_.below(4);
    for (std::uint32_t i = 0; i <= choices_.below(3); ++i) {
        message.indices.push_back(index);
        index += choices_.one_in(16) ? 0 : 1 + choices_.below(2);
    }
    send(anybody(), ModuleId::market, message,
         nearly(chain_.ask(market::QuoteForceOpen{.submission = id, .indices = message.indices})));
}

// All that the newest request wants, mostly.
inline void Player::show_items() {
    const std::uint64_t last = chain_.state().get_or_default(market::kCounters, {}).openings;
    const std::uint64_t back = choices_.below(3);
    const auto opening = chain_.state().get(market::kOpenings, back < last ? last - back : last);
    if (!opening) return;
    const ItemWork* work = work_of(opening->submission);
    if (work == nullptr) return;
    market::OpenItems message{.request = opening->id};
    for (const std::uint64_t index : opening->indices)
        if (index < work->contents.size() && !choices_.one_in(8))
            message.items.push_back(work->proof(index));
    send(mostly(work->contributor), ModuleId::market, message);
}

inline void Player::reveal_work() {
    const std::uint64_t id = submission_in(market::SubmissionState::committed);
    const ItemWork* work = work_of(id);
    market::RevealSubmission message{.submission = id, .root = hash(), .salt = hash()};
    if (work != nullptr) message = work->reveal(id);
    if (choices_.one_in(32)) message.salt = hash();
    send(mostly(work == nullptr ? anybody() : work->contributor), ModuleId::market, message);
}

inline void Player::challenge() {
    const std::uint64_t id = submission_in(market::SubmissionState::window);
    const disputes::Challenge message{
        .submission = id,
        .claim = static_cast<disputes::Claim>(choices_.one_in(32) ? 9 : 1 + choices_.below(4)),
        .evidence_root = hash(),
        .evidence_uri = "ipfs://evidence"};
    const auto quote = chain_.ask(disputes::QuoteChallenge{.submission = id});
    send(anybody(), ModuleId::disputes, message, nearly(quote));
}

inline void Player::appeal() {
    const std::uint64_t id = fitting(
        disputes::kDisputes, last_dispute_,
        [](const disputes::Dispute& each) { return each.phase == disputes::Phase::appealable; });
    const disputes::Appeal message{
        .dispute = id, .evidence_root = hash(), .evidence_uri = "ipfs://appeal"};
    const auto quote = chain_.ask(disputes::QuoteAppeal{.dispute = id});
    send(anybody(), ModuleId::disputes, message, nearly(quote));
}

inline void Player::join() {
    const std::uint64_t id = fitting(
        disputes::kDisputes, last_dispute_,
        [](const disputes::Dispute& each) { return each.phase == disputes::Phase::evidence; });
    const disputes::JoinDispute message{
        .dispute = id,
        .side = static_cast<disputes::Choice>(choices_.one_in(32) ? 3 : 1 + choices_.below(2)),
        .evidence_root = hash(),
        .evidence_uri = "ipfs://joined"};
    const auto quote = chain_.ask(disputes::QuoteJoin{.dispute = id});
    send(anybody(), ModuleId::disputes, message, nearly(quote));
}

inline void Player::hire() {
    for (std::uint8_t i = 2; i < kActors; ++i)
        send(actor(i), ModuleId::jurors, jurors::StakeJuror{}, Amount(kTokenUnits * 15));
    const auto due = chain_.state().first(kDeadlines);
    for (auto& failure : chain_.end_block(due->first.time_s - chain_.block().time_s))
        failures_.push_back(std::move(failure));
}

// What the phase of a dispute asks of its seats, most of them.
inline void Player::vote_all() {
    const std::uint64_t id = open_dispute_id();
    const auto dispute = chain_.state().get(disputes::kDisputes, id);
    if (!dispute) return;
    const bool commits = dispute->phase == disputes::Phase::commit;
    const std::uint32_t silent = choices_.below(8);  // one seat's number, often nobody's
    for (std::uint8_t seat = 0; seat < dispute->seats; ++seat) {
        if (seat == silent) continue;
        commits ? commit_vote(id, seat) : reveal_vote(id, seat);
    }
}

inline void Player::commit_vote(std::uint64_t id, std::uint8_t seat) {
    const auto dispute = chain_.state().get(disputes::kDisputes, id);
    const std::uint8_t draw = dispute ? dispute->draws : std::uint8_t{0};
    const auto record =
        chain_.state().get(disputes::kSeats, {.dispute = id, .draw = draw, .seat = seat});
    const Address juror = record ? record->juror : anybody();
    const Vote vote{.choice = static_cast<disputes::Choice>(1 + choices_.below(2)), .salt = hash()};
    votes_.try_emplace({id, draw, seat}, vote);
    const Vote& kept = votes_.at({id, draw, seat});
    send(mostly(juror), ModuleId::disputes,
         disputes::VoteCommit{.dispute = id,
                              .seat = seat,
                              .commitment = disputes::vote_commitment(
                                  kWiredChainId, id, draw, seat, juror, kept.choice, kept.salt)});
}

inline void Player::reveal_vote(std::uint64_t id, std::uint8_t seat) {
    const auto dispute = chain_.state().get(disputes::kDisputes, id);
    const std::uint8_t draw = dispute ? dispute->draws : std::uint8_t{0};
    const auto record =
        chain_.state().get(disputes::kSeats, {.dispute = id, .draw = draw, .seat = seat});
    const auto kept = votes_.find({id, draw, seat});
    disputes::VoteReveal message{.dispute = id, .seat = seat};
    if (kept != votes_.end()) {
        message.choice = kept->second.choice;
        message.salt = kept->second.salt;
    }
    if (kept == votes_.end() || choices_.one_in(24)) {
        message.choice = static_cast<disputes::Choice>(choices_.below(4));
        message.salt = hash();
    }
    send(mostly(record ? record->juror : anybody()), ModuleId::disputes, message);
}

// A pair of equal contents, the first in `work`; within one tree, two different places.
inline std::optional<std::pair<std::uint64_t, std::uint64_t>> same_contents(const ItemWork& work,
                                                                            const ItemWork& other) {
    for (std::uint64_t i = 0; i < work.contents.size(); ++i)
        for (std::uint64_t j = 0; j < other.contents.size(); ++j)
            if ((&work != &other || i < j) && work.contents[i] == other.contents[j])
                return std::pair{i, j};
    return std::nullopt;
}

inline bool Player::is_fraud(const market::Submission& submission) const {
    const ItemWork* work = work_of(submission.id);
    if (work == nullptr || submission.root.is_zero()) return false;
    if (submission.state == market::SubmissionState::rejected) return false;
    return work->misplaced || same_contents(*work, *work).has_value();
}

// A proof that its finder commits to; now and then it is shown without.
inline void Player::commit_fraud(const market::ProveFraud& proof) {
    const Address who = anybody();
    if (choices_.one_in(8)) return send(who, ModuleId::market, proof);
    proofs_.insert_or_assign(who, proof);
    send(who, ModuleId::market,
         market::CommitFraud{.commitment = market::fraud_commitment(kWiredChainId, who, proof)});
}

inline void Player::prove_fraud() {
    if (proofs_.empty()) return find_fraud();
    auto found = proofs_.begin();
    std::advance(found, choices_.below(static_cast<std::uint32_t>(proofs_.size())));
    send(mostly(found->first), ModuleId::market, found->second);
}

inline void Player::find_fraud() {
    const std::uint64_t id =
        fitting(market::kSubmissions, last_submission_,
                [&](const market::Submission& each) { return is_fraud(each); });
    const std::uint64_t other_id = submission_id();
    const ItemWork* work = work_of(id);
    const ItemWork* other = work_of(other_id);
    market::ProveFraud message{.submission = id,
                               .kind = static_cast<market::FraudKind>(1 + choices_.below(4))};
    if (work == nullptr || other == nullptr) return commit_fraud(message);
    if (same_contents(*work, *work) && choices_.below(4) != 0)
        message.kind = market::FraudKind::duplicate_content;
    else if (work->misplaced && choices_.below(4) != 0)
        message.kind = market::FraudKind::malformed_leaf;
    const ItemWork* where = message.kind == market::FraudKind::duplicate_content ? work : other;
    auto [first, second] =
        same_contents(*work, *where)
            .value_or(std::pair<std::uint64_t, std::uint64_t>{
                choices_.byte() % work->contents.size(), choices_.byte() % where->contents.size()});
    if (message.kind == market::FraudKind::malformed_leaf) first = work->contents.size() - 1;
    message.first = work->proof(first);
    if (message.kind == market::FraudKind::duplicate_content ||
        message.kind == market::FraudKind::copied_content)
        message.second = where->proof(second);
    if (message.kind == market::FraudKind::copied_content) message.other_submission = other_id;
    if (message.kind == market::FraudKind::malformed_payload) {
        message.payload = ItemWork::payload(work->contents[first]);
        message.salt = ItemWork::item_salt(work->contents[first]);
    }
    if (choices_.one_in(16)) message.first.index += 1;
    commit_fraud(message);
}

inline void Player::change_stake() {
    const Address who = anybody();
    const Amount units = Amount(kTokenUnits * (5 + choices_.below(10)));
    if (choices_.below(3) != 0)
        return send(who, ModuleId::jurors, jurors::StakeJuror{},
                    choices_.one_in(8) ? amount() : units);
    send(who, ModuleId::jurors,
         jurors::UnstakeJuror{.amount = choices_.one_in(4) ? amount() : units});
}

inline void Player::transfer() {
    Address to = anybody();
    if (choices_.one_in(4))
        to = reserved_address(static_cast<std::uint8_t>(choices_.below(2)),
                              static_cast<std::uint8_t>(choices_.below(16)));
    if (choices_.one_in(2)) return note(chain_.send({anybody(), to, amount(), {}}));
    send(anybody(), ModuleId::bank, bank::Transfer{.to = to, .amount = amount()});
}

// A known selector with bytes that mean nothing, or nothing at all.
inline void Player::noise() {
    const auto& modules = chain_.registry().modules();
    const Module& module = choices_.of(modules);
    Bytes data;
    if (!module.messages.empty()) append(data, choices_.of(module.messages).function.selector);
    for (std::uint32_t i = choices_.below(100); i > 0; --i) data.push_back(choices_.byte());
    note(chain_.send({anybody(), module_address(module.id), amount(), data}));
}

}  // namespace assay::test
