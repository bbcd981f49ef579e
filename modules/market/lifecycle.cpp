// What each change of state writes and moves.
#include "modules/market/lifecycle.hpp"

#include <algorithm>

#include "chain/exec/event.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/types/pools.hpp"
#include "modules/market/audit.hpp"
#include "modules/market/batches.hpp"
#include "modules/market/events.hpp"
#include "modules/market/insurance.hpp"
#include "modules/market/money.hpp"
#include "modules/market/needs.hpp"
#include "modules/market/pledge.hpp"
#include "modules/market/policy.hpp"
#include "modules/market/sampling.hpp"
#include "modules/market/tiers.hpp"

namespace assay::market {

namespace {

void set_state(State& state, Order& order, OrderState to) {
    order.state = to;
    emit(state, ModuleId::market, OrderStateChanged{.order = order.id, .state = to});
}

// Writes the record. A new deadline joins the queue.
void set_state(State& state, Submission& submission, SubmissionState to,
               std::uint64_t deadline_s = 0) {
    submission.state = to;
    submission.deadline_s = deadline_s;
    state.put(kSubmissions, submission.id, submission);
    if (const auto deadline = deadline_of(submission)) schedule(state, *deadline);
    emit(state, ModuleId::market,
         SubmissionStateChanged{.submission = submission.id,
                                .order = submission.order,
                                .state = to,
                                .reason = submission.reason});
}

void unschedule_if_waiting(State& state, const Submission& submission) {
    const auto deadline = deadline_of(submission);
    if (deadline && is_scheduled(state, *deadline)) unschedule(state, *deadline);
}

Deadline closing_of(const Order& order) {
    return {.time_s = order.deadline_s, .kind = DeadlineKind::order_closes, .id = order.id};
}

void return_rest(State& state, Order& order) {
    ledger::move(state, pool::kMarketEscrow, order.buyer, order.escrow);
    ledger::move(state, pool::kBuyerBonds, order.buyer, order.buyer_bond);
    ledger::move(state, pool::kSponsorBudgets, order.buyer, order.sponsor_budget);
    end_audit_budget(state, order.id);
    order.escrow = {};
    order.buyer_bond = {};
    order.sponsor_budget = {};
}

// Closes an order that is full for good, settles a closed one that nobody works on. Writes it.
void advance(State& state, Order& order) {
    if (order.state == OrderState::open && order.items_accepted == order.item_quota) {
        if (is_scheduled(state, closing_of(order))) unschedule(state, closing_of(order));
        set_state(state, order, OrderState::closed);
    }
    if (order.state == OrderState::closed && order.live == 0) {
        unschedule_draw(state, order);
        return_rest(state, order);
        set_state(state, order, OrderState::settled);
    }
    state.put(kOrders, order.id, order);
}

// A count that reaches zero is no record.
void lower(State& state, const Table<OrderContributor, std::uint64_t>& table,
           const OrderContributor& key, std::uint64_t by) {
    const std::uint64_t left = state.must_get(table, key) - by;
    if (left == 0)
        state.erase(table, key);
    else
        state.put(table, key, left);
}

// Items not shown in time may be a contributor's who is away: that is no proof of fraud.
bool shows_fraud(const Submission& submission) {
    return submission.reason == Reason::fraud &&
           submission.claim != static_cast<std::uint8_t>(FraudKind::missing_items);
}

// What relayers wait for: theirs once the work is accepted, else the order's again.
void end_relay_debt(State& state, Order& order, std::uint64_t submission, bool accepted) {
    const auto debt = state.get(kRelayDebts, submission);
    if (!debt) return;
    state.erase(kRelayDebts, submission);
    if (accepted) {
        ledger::move(state, pool::kSponsorBudgets, debt->of_commit, debt->for_commit);
        ledger::move(state, pool::kSponsorBudgets, debt->of_reveal, debt->for_reveal);
    } else {
        order.sponsor_budget = sum_of(order.sponsor_budget, debt->total());
    }
}

// The items that a live submission reserved are free again, for everybody and for the contributor.
void free_items(State& state, Order& order, const Submission& submission) {
    end_relay_debt(state, order, submission.id, false);
    order.items_reserved -= submission.item_count;
    order.live -= 1;
    const OrderContributor key{.order = order.id, .contributor = submission.contributor};
    lower(state, kItemsHeld, key, submission.item_count);
    free_place(state, submission);
    if (!submission.unbonded) return;
    order.unbonded_items_held -= submission.item_count;
    lower(state, kUnbondedHeld, key, submission.item_count);
}

}  // namespace

std::optional<Deadline> deadline_of(const Submission& submission) {
    DeadlineKind kind{};
    switch (submission.state) {
        case SubmissionState::committed: kind = DeadlineKind::submission_reveal_ends; break;
        case SubmissionState::window: kind = DeadlineKind::submission_window_ends; break;
        case SubmissionState::revealed: kind = DeadlineKind::verdict_due; break;
        case SubmissionState::accepted: kind = DeadlineKind::holdback_ends; break;
        default: return std::nullopt;
    }
    return Deadline{.time_s = submission.deadline_s, .kind = kind, .id = submission.id};
}

void close_order(State& state, std::uint64_t id) {
    Order order = state.must_get(kOrders, id);
    CHECK(order.state == OrderState::open);
    set_state(state, order, OrderState::closed);
    advance(state, order);
    schedule_draw(state, order);
}

void cancel_order(State& state, Order order) {
    CHECK(order.state == OrderState::open && order.live == 0);
    if (is_scheduled(state, closing_of(order))) unschedule(state, closing_of(order));
    const Amount open_value = checked_value(order, order.item_quota - order.items_accepted);
    const Amount fee = min_of(order.escrow, ppm_ceil(open_value, order.terms.cancel_fee_ppm));
    ledger::burn(state, pool::kMarketEscrow, fee, BurnReason::other);
    order.escrow = difference_of(order.escrow, fee);
    return_rest(state, order);
    set_state(state, order, OrderState::cancelled);
    state.put(kOrders, order.id, order);
}

void reveal(State& state, const BlockEnv& block, Submission submission) {
    const Order order = state.must_get(kOrders, submission.order);
    const Submission waiting = state.must_get(kSubmissions, submission.id);
    CHECK(waiting.state == SubmissionState::committed);
    unschedule_if_waiting(state, waiting);
    state.put(kRoots, {.order = order.id, .root = submission.root}, submission.id);
    const QualityPolicy& policy = *find_policy(order.policy);
    const auto due_s = policy.verdict_due_s(order, block.time_s);
    if (due_s)
        set_state(state, submission, SubmissionState::revealed, *due_s);
    else
        set_state(state, submission, SubmissionState::window,
                  block.time_s + order.terms.challenge_window_s);
    emit(state, ModuleId::market,
         SubmissionRevealed{.submission = submission.id,
                            .order = order.id,
                            .root = submission.root,
                            .data_uri = submission.data_uri,
                            .window_ends_s = due_s ? 0 : submission.deadline_s});
    if (due_s) policy.begin(state, block, order, submission);
}

void score(State& state, const BlockEnv& block, std::uint64_t id) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::revealed);
    unschedule_if_waiting(state, submission);
    const Order order = state.must_get(kOrders, submission.order);
    const QualityPolicy& policy = *find_policy(order.policy);
    policy.close(state, order, submission);
    const Score given = policy.score(state, order, submission);
    submission.verdict_ppm = given.failed ? 0 : given.earned_ppm;
    submission.failed = given.failed;
    if (given.buyer_failed) pay_buyer_bond(state, submission);
    set_state(state, submission, SubmissionState::window,
              block.time_s + order.terms.challenge_window_s);
    emit(state, ModuleId::market,
         SubmissionScored{.submission = id,
                          .order = order.id,
                          .verdict_ppm = submission.verdict_ppm,
                          .failed = submission.failed,
                          .window_ends_s = submission.deadline_s});
}

void move_verdict_due(State& state, std::uint64_t id, std::uint64_t time_s) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::revealed);
    unschedule_if_waiting(state, submission);
    submission.deadline_s = time_s;
    state.put(kSubmissions, id, submission);
    schedule(state, *deadline_of(submission));
}

void let_verdict_stand(State& state, const BlockEnv& block, std::uint64_t id) {
    if (state.must_get(kSubmissions, id).failed)
        reject(state, id, {.reason = Reason::policy});
    else
        accept(state, block, id);
}

void overturn_verdict(State& state, const BlockEnv& block, std::uint64_t id) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::disputed && submission.verdict_ppm < kPpm);
    submission.verdict_ppm = kPpm;
    submission.failed = false;
    state.put(kSubmissions, id, submission);
    const Order order = state.must_get(kOrders, submission.order);
    if (find_policy(order.policy)->answers_for_verdict()) pay_buyer_bond(state, submission);
    accept(state, block, id);
}

void forfeit(State& state, std::uint64_t id) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::committed);
    unschedule_if_waiting(state, submission);
    Order order = state.must_get(kOrders, submission.order);
    seize_pledges(state, submission);
    slash_bond(state, order, submission, Address{});
    submission.bond = {};
    set_state(state, submission, SubmissionState::forfeited);
    free_items(state, order, submission);
    advance(state, order);
    if (!submission.unbonded) needs::work_rejected(state, submission.contributor);
}

void begin_dispute(State& state, std::uint64_t id, std::uint64_t dispute) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::window);
    unschedule_if_waiting(state, submission);
    submission.dispute = dispute;
    set_state(state, submission, SubmissionState::disputed);
}

void accept(State& state, const BlockEnv& block, std::uint64_t id) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::window ||
          submission.state == SubmissionState::disputed);
    unschedule_if_waiting(state, submission);
    Order order = state.must_get(kOrders, submission.order);
    const std::uint32_t earned =
        std::min(submission.verdict_ppm,
                 pay_after_missing(submission.items_missing, submission.item_count, order.terms,
                                   defect_weight_ppm(order.terms, submission.tier)));

    submission.payout = ppm_floor(checked_value(order, submission.item_count), earned);
    const Payment payment = pay_for_work(state, order, submission.contributor, submission.payout);
    ledger::move(state, pool::kContributorBonds, submission.contributor, submission.bond);
    return_pledges(state, submission);
    submission.bond = {};
    submission.holdback = payment.holdback;
    order.escrow = difference_of(order.escrow, payment.total());
    end_relay_debt(state, order, id, true);
    order.items_reserved -= submission.item_count;
    order.items_accepted += submission.item_count;
    order.live -= 1;
    set_state(state, submission, SubmissionState::accepted, block.time_s + order.terms.holdback_s);
    emit(state, ModuleId::market,
         SubmissionPaid{.submission = id,
                        .order = order.id,
                        .contributor = submission.contributor,
                        .paid = payment.paid,
                        .holdback = payment.holdback,
                        .fee = payment.fee});
    find_policy(order.policy)->end(state, order, submission);
    advance(state, order);
    insure(state, order, payment);
    needs::order_fee_burned(state, block, order.id, id, submission.contributor, order.buyer,
                            payment.burned);
}

void reject(State& state, std::uint64_t id, const Verdict& verdict) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::revealed ||
          submission.state == SubmissionState::window ||
          submission.state == SubmissionState::disputed);
    unschedule_if_waiting(state, submission);
    Order order = state.must_get(kOrders, submission.order);
    seize_pledges(state, submission);
    slash_bond(state, order, submission, verdict.challenger);
    submission.bond = {};
    submission.reason = verdict.reason;
    submission.claim = verdict.claim;
    submission.evidence = verdict.evidence;
    set_state(state, submission, SubmissionState::rejected);
    free_items(state, order, submission);
    find_policy(order.policy)->end(state, order, submission);
    advance(state, order);
    if (shows_fraud(submission))
        needs::fraud_shown(state, submission.contributor);
    else
        needs::work_rejected(state, submission.contributor);
}

void finalize(State& state, std::uint64_t id) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::accepted);
    unschedule_if_waiting(state, submission);
    const Amount released = submission.holdback;
    ledger::move(state, pool::kHoldback, submission.contributor, released);
    submission.holdback = {};
    set_state(state, submission, SubmissionState::finalized);
    emit(state, ModuleId::market,
         HoldbackReleased{
             .submission = id, .contributor = submission.contributor, .amount = released});
}

void claw_back(State& state, const BlockEnv& block, std::uint64_t id, const Verdict& verdict) {
    Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.state == SubmissionState::accepted);
    unschedule_if_waiting(state, submission);
    const Order order = state.must_get(kOrders, submission.order);
    const Amount reward = ppm_floor(submission.holdback, order.terms.slash_split.challenger_ppm);
    ledger::move(state, pool::kHoldback, verdict.challenger, reward);
    ledger::move(state, pool::kHoldback, order.buyer, difference_of(submission.holdback, reward));
    record_loss(state, block, order, submission);
    if (!submission.holdback_pledged.is_zero()) state.put(kClawBackProvers, id, verdict.challenger);
    submission.holdback = {};
    submission.reason = verdict.reason;
    submission.claim = verdict.claim;
    submission.evidence = verdict.evidence;
    set_state(state, submission, SubmissionState::clawed_back);
    needs::claw_back_rewards(state, block, id);
    needs::fraud_shown(state, submission.contributor);
}

bool may_be_convicted(const State& state, const Submission& submission) {
    switch (submission.state) {
        case SubmissionState::revealed:
        case SubmissionState::window:
        case SubmissionState::accepted: return true;
        case SubmissionState::disputed: return !state.contains(kConvictions, submission.id);
        default: return false;
    }
}

void convict(State& state, const BlockEnv& block, std::uint64_t id, const Conviction& conviction) {
    const Submission submission = state.must_get(kSubmissions, id);
    const Verdict verdict{.challenger = conviction.prover,
                          .reason = Reason::fraud,
                          .claim = static_cast<std::uint8_t>(conviction.kind),
                          .evidence = conviction.evidence};
    emit(state, ModuleId::market,
         FraudProven{.submission = id,
                     .prover = conviction.prover,
                     .kind = static_cast<std::uint8_t>(conviction.kind)});
    if (submission.state == SubmissionState::disputed)
        state.put(kConvictions, id, conviction);
    else if (submission.state == SubmissionState::accepted)
        claw_back(state, block, id, verdict);
    else
        reject(state, id, verdict);
}

bool reject_convicted(State& state, std::uint64_t id) {
    const auto conviction = state.get(kConvictions, id);
    if (!conviction) return false;
    state.erase(kConvictions, id);
    reject(state, id,
           {.challenger = conviction->prover,
            .reason = Reason::fraud,
            .claim = static_cast<std::uint8_t>(conviction->kind),
            .evidence = conviction->evidence});
    return true;
}

void pass_deadline(State& state, const BlockEnv& block, std::uint64_t id) {
    const Submission submission = state.must_get(kSubmissions, id);
    CHECK(submission.deadline_s != 0 && submission.deadline_s <= block.time_s);
    if (submission.state == SubmissionState::committed)
        forfeit(state, id);
    else if (submission.state == SubmissionState::revealed)
        score(state, block, id);
    else if (submission.state == SubmissionState::window)
        let_verdict_stand(state, block, id);
    else
        finalize(state, id);
}

}  // namespace assay::market
