// What buyers and graders do on audited orders.
#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views_audit.hpp"
#include "tests/support/player/acts.hpp"

namespace assay::test {

namespace {

// The newest audits in this phase, mostly.
std::uint64_t audit_in(Stage& stage, market::AuditPhase phase) {
    return stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            const auto audit = stage.state().get(market::kAudits, each.id);
            return audit && audit->phase == phase;
        },
        60);
}

std::optional<market::GradeSeat> some_seat(Stage& stage, std::uint64_t id) {
    const auto audit = stage.state().get(market::kAudits, id);
    if (!audit || audit->seats == 0) return std::nullopt;
    const auto seat = static_cast<std::uint8_t>(stage.choices.below(audit->seats));
    return stage.state().get(market::kGradeSeats, {.submission = id, .seat = seat});
}

// All right, mostly; else each item with a chance of a half.
Bytes found(Stage& stage, std::uint64_t items) {
    Bytes out(market::bitmap_bytes(items));
    if (stage.choices.below(3) != 0) return out;
    for (std::uint64_t i = 0; i < items; ++i)
        if (stage.choices.below(2) == 0)
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
    const auto quote =
        stage.chain.ask(market::QuotePostAudited{.item_quota = message.item_quota,
                                                 .price_per_item = message.price_per_item,
                                                 .graders = message.graders,
                                                 .audits = message.audits});
    stage.send(stage.anybody(), ModuleId::market, message, stage.nearly(quote));
}

void audit_commit(Stage& stage) {
    const std::uint64_t id = audit_in(stage, market::AuditPhase::commit);
    const auto seat = some_seat(stage, id);
    if (!seat) return;
    const market::Audit audit = stage.state().must_get(market::kAudits, id);
    const Grading mine{.defects = found(stage, audit.items), .salt = stage.hash()};
    const Grading& kept = stage.gradings.try_emplace({id, seat->seat}, mine).first->second;
    stage.send(
        stage.mostly(seat->grader), ModuleId::market,
        market::AuditCommit{.submission = id,
                            .seat = seat->seat,
                            .commitment = market::grade_commitment({.chain_id = kWiredChainId,
                                                                    .submission = id,
                                                                    .seat = seat->seat,
                                                                    .grader = seat->grader,
                                                                    .defects = kept.defects,
                                                                    .salt = kept.salt})});
}

void audit_reveal(Stage& stage) {
    const std::uint64_t id = audit_in(stage, market::AuditPhase::reveal);
    const auto seat = some_seat(stage, id);
    if (!seat) return;
    const auto mine = stage.gradings.find({id, seat->seat});
    if (mine == stage.gradings.end()) return;
    market::AuditReveal message{.submission = id,
                                .seat = seat->seat,
                                .defects = mine->second.defects,
                                .salt = mine->second.salt};
    if (stage.choices.one_in(24)) message.salt = stage.hash();
    stage.send(stage.mostly(seat->grader), ModuleId::market, message);
}

}  // namespace assay::test
