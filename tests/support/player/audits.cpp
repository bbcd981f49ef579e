// What buyers and graders do on audited orders.
#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views_audit.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

// The newest audits in this phase, mostly.
std::uint64_t audit_in(Stage& stage, market::AuditPhase phase) {
    return stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            const auto audit = stage.state().get(market::kAudits, each.id);
            if (!audit || audit->phase != phase) return false;
            const bool commits = phase == market::AuditPhase::commit;
            return stage.now_s() < (commits ? audit->deadline_s : each.deadline_s);
        },
        60);
}

std::vector<market::GradeSeat> seats_of(const Stage& stage, std::uint64_t id) {
    const auto audit = stage.state().get(market::kAudits, id);
    return audit ? market::seats_of(stage.state(), *audit) : std::vector<market::GradeSeat>{};
}

// All right, mostly; or the second and third are bad, as many say; else each with a chance of a
// half.
Bytes found(Stage& stage, std::uint64_t items) {
    Bytes out(market::bitmap_bytes(items));
    const std::uint32_t mood = stage.choices.below(6);
    if (mood < 3) return out;
    for (std::uint64_t i = 0; i < items; ++i)
        if (mood == 5 ? stage.choices.below(2) == 0 : i == 1 || i == 2)
            out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 1U << (i % 8));
    return out;
}

}  // namespace

void post_audited(Stage& stage) {
    Choices& choices = stage.choices;
    market::PostAudited message{.spec_hash = stage.hash(), .spec_uri = "ipfs://spec"};
    message.item_quota = choices.one_in(48) ? choices.number() : 1 + choices.below(12);
    message.price_per_item = choices.one_in(12) ? stage.amount() : stage.thousandths(250);
    message.item_kind = static_cast<market::ItemKind>(choices.below(2));
    message.max_payload_bytes = 1'000;
    message.deadline_s =
        stage.now_s() + (choices.one_in(24) ? choices.byte() : 20U + choices.byte());
    message.min_items = choices.one_in(24) ? choices.below(20) : 1;
    message.graders = static_cast<std::uint8_t>(choices.one_in(24) ? choices.below(9) : 3U);
    message.audits = choices.one_in(24) ? choices.below(3) : 1 + choices.below(6);
    if (choices.below(8) == 0) message.graders = 5;
    const auto quote =
        stage.chain.ask(market::QuotePostAudited{.item_quota = message.item_quota,
                                                 .price_per_item = message.price_per_item,
                                                 .graders = message.graders,
                                                 .audits = message.audits});
    const Amount value = stage.nearly(quote);
    if (stage.send(stage.anybody(), ModuleId::market, message, value) != TxCode::ok) return;
    const auto terms = stage.state().must_get(market::kParams, {});
    const Amount work = cost_of_items(message.item_quota, message.price_per_item, terms);
    const Amount budget =
        *checked_mul(terms.grader_fee, Amount(std::uint64_t{message.graders} * message.audits));
    stage.expect(value == sum_of(work, budget), "terms of audits",
                 "an audited order cost " + to_string(value));
}

// Most seats of one audit.
void audit_commit(Stage& stage) {
    const std::uint64_t id = audit_in(stage, market::AuditPhase::commit);
    const std::uint32_t silent = stage.choices.below(8);  // one seat's number, often nobody's
    for (const market::GradeSeat& seat : seats_of(stage, id)) {
        if (seat.seat == silent) continue;
        if (!seat.commitment.is_zero() && !stage.choices.one_in(16)) continue;
        const market::Audit audit = stage.state().must_get(market::kAudits, id);
        const Grading mine{.defects = found(stage, audit.items), .salt = stage.hash()};
        const Grading& kept = stage.gradings.try_emplace({id, seat.seat}, mine).first->second;
        stage.send(
            stage.mostly(seat.grader), ModuleId::market,
            market::AuditCommit{.submission = id,
                                .seat = seat.seat,
                                .commitment = market::grade_commitment({.chain_id = kWiredChainId,
                                                                        .submission = id,
                                                                        .seat = seat.seat,
                                                                        .grader = seat.grader,
                                                                        .defects = kept.defects,
                                                                        .salt = kept.salt})});
    }
}

void audit_reveal(Stage& stage) {
    const std::uint64_t id = audit_in(stage, market::AuditPhase::reveal);
    const std::uint32_t silent = stage.choices.below(8);
    for (const market::GradeSeat& seat : seats_of(stage, id)) {
        const auto mine = stage.gradings.find({id, seat.seat});
        if (seat.seat == silent || mine == stage.gradings.end()) continue;
        if (!seat.defects.empty() && !stage.choices.one_in(16)) continue;
        market::AuditReveal message{.submission = id,
                                    .seat = seat.seat,
                                    .defects = mine->second.defects,
                                    .salt = mine->second.salt};
        if (stage.choices.one_in(24)) message.salt = stage.hash();
        stage.send(stage.mostly(seat.grader), ModuleId::market, message);
    }
}

}  // namespace assay::test
