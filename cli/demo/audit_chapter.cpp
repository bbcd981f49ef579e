// From the audited order to payment.
#include "cli/demo/audit_chapter.hpp"

#include <algorithm>
#include <map>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/kdf.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/events.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

namespace {

constexpr std::uint8_t kGraders = 3;
constexpr std::uint32_t kAudits = 2;
constexpr std::uint64_t kOpenS = 15;
const Amount kPrice(kTokenUnits / 1'000);

Outcome<std::uint64_t> post(const Assignment& assignment, const Buyer& buyer) {
    const Chain& chain = buyer.actor().chain();
    const auto terms = ask(chain.rpc(), ModuleId::market, market::GetMarketParams{});
    if (!terms) return terms.error();
    const auto now = chain.time_s();
    if (!now) return now.error();
    std::size_t longest = 0;
    for (const auto& label : assignment.labels) longest = std::max(longest, label.size());
    const std::uint64_t tasks = assignment.tasks.size();
    const market::PostAudited order{.spec_hash = sha256(view_of(buyer.specification())),
                                    .item_quota = 2 * tasks,
                                    .price_per_item = kPrice,
                                    .item_kind = market::ItemKind::annotation,
                                    .max_payload_bytes = static_cast<std::uint32_t>(longest),
                                    .contributor_cap = tasks,
                                    .deadline_s = *now + std::max(terms->min_order_s + 2, kOpenS),
                                    .min_items = tasks,
                                    .graders = kGraders,
                                    .audits = kAudits};
    const auto value = ask(chain.rpc(), ModuleId::market,
                           market::QuotePostAudited{.item_quota = order.item_quota,
                                                    .price_per_item = order.price_per_item,
                                                    .graders = order.graders,
                                                    .audits = order.audits});
    if (!value) return value.error();
    const auto receipt = buyer.actor().send(
        ModuleId::market, order, *value,
        "posts an audited order: " + grouped(order.item_quota) + " labels, two audits by " +
            std::to_string(kGraders) + " graders each; locks " + show_money(*value));
    if (!receipt) return receipt.error();
    return id_in<market::OrderPosted>(*receipt, ModuleId::market);
}

// What a grader found and keeps until it opens it.
struct Sealed {
    Bytes defects;
    Hash256 salt;
};

// The graders' part, over both audits.
class Grading {
  public:
    Grading(const Assignment& assignment, const std::vector<Grader>& graders)
        : assignment_(&assignment), graders_(&graders) {}

    // Commits or reveals in every seat whose time it is.
    Outcome<void> attend(const market::AuditRecord& record, const Delivery& delivery);

  private:
    using SeatOf = std::pair<std::uint64_t, std::uint8_t>;  // submission, seat

    Bytes look(const market::AuditRecord& record, const Delivery& delivery,
               const Grader& grader) const;
    Outcome<void> commit(const Grader& grader, const market::AuditRecord& record, std::uint8_t seat,
                         const Delivery& delivery);
    Outcome<void> reveal(const Grader& grader, const market::AuditRecord& record,
                         std::uint8_t seat);

    const Assignment* assignment_;
    const std::vector<Grader>* graders_;
    std::map<SeatOf, Sealed> sealed_;
};

// Bad is also what does not lead to the root.
Bytes Grading::look(const market::AuditRecord& record, const Delivery& delivery,
                    const Grader& grader) const {
    Bytes out(market::bitmap_bytes(record.items.size()));
    for (std::size_t i = 0; i < record.items.size(); ++i) {
        const std::uint64_t index = record.items[i];
        const auto label =
            read_opened(delivery.open(index), *assignment_, delivery.root(), delivery.size());
        const std::uint8_t answer = grader.reader->answer(index);
        if (!label || (*label != answer && answer == grader.second->answer(index)))
            out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 1U << (i % 8));
    }
    return out;
}

Outcome<void> Grading::commit(const Grader& grader, const market::AuditRecord& record,
                              std::uint8_t seat, const Delivery& delivery) {
    const std::uint64_t submission = record.audit.submission;
    Sealed mine{.defects = look(record, delivery, grader), .salt = {}};
    mine.salt = crypto::random_hash();
    const Hash256 commitment =
        market::grade_commitment({.chain_id = grader.actor.chain().chain_id(),
                                  .submission = submission,
                                  .seat = seat,
                                  .grader = grader.actor.address(),
                                  .defects = mine.defects,
                                  .salt = mine.salt});
    const std::uint64_t found = market::count_defects(mine.defects, record.items.size());
    sealed_[{submission, seat}] = std::move(mine);
    const auto receipt = grader.actor.send(
        ModuleId::market,
        market::AuditCommit{.submission = submission, .seat = seat, .commitment = commitment},
        Amount(),
        "seals its grades of submission " + std::to_string(submission) + ": " +
            std::to_string(found) + " of " + std::to_string(record.items.size()) +
            " drawn items are bad");
    if (!receipt) return receipt.error();
    return {};
}

Outcome<void> Grading::reveal(const Grader& grader, const market::AuditRecord& record,
                              std::uint8_t seat) {
    const std::uint64_t submission = record.audit.submission;
    const auto mine = sealed_.find({submission, seat});
    if (mine == sealed_.end()) return {};
    const auto receipt =
        grader.actor.send(ModuleId::market,
                          market::AuditReveal{.submission = submission,
                                              .seat = seat,
                                              .defects = mine->second.defects,
                                              .salt = mine->second.salt},
                          Amount(), "opens its grades of submission " + std::to_string(submission));
    if (!receipt) return receipt.error();
    return {};
}

Outcome<void> Grading::attend(const market::AuditRecord& record, const Delivery& delivery) {
    for (const market::GradeSeat& seat : record.seats)
        for (const Grader& grader : *graders_) {
            if (grader.actor.address() != seat.grader) continue;
            const bool committed = !seat.commitment.is_zero();
            if (record.audit.phase == market::AuditPhase::commit && !committed) {
                if (const auto done = commit(grader, record, seat.seat, delivery); !done)
                    return done.error();
            }
            if (record.audit.phase == market::AuditPhase::reveal && committed &&
                seat.defects.empty()) {
                if (const auto done = reveal(grader, record, seat.seat); !done) return done.error();
            }
        }
    return {};
}

bool is_decided(market::SubmissionState state) {
    return state != market::SubmissionState::committed &&
           state != market::SubmissionState::revealed && state != market::SubmissionState::window;
}

// True once the submission is paid for or rejected.
Outcome<bool> go_on(const Chain& chain, const Contributor& one, Grading& grading) {
    const auto record =
        ask(chain.rpc(), ModuleId::market, market::GetSubmission{.submission = one.submission()});
    if (!record) return record.error();
    if (is_decided(record->state)) return true;
    const auto audit =
        ask(chain.rpc(), ModuleId::market, market::GetAudit{.submission = one.submission()});
    if (!audit) return audit.error();
    if (const auto done = grading.attend(*audit, one.delivery()); !done) return done.error();
    return false;
}

std::string verdict_of(const AuditedWork& work) {
    const std::string found = std::to_string(work.audit.defects) + " of " +
                              std::to_string(work.audit.items) +
                              " drawn items are bad to most graders: ";
    if (work.submission.failed) return found + "rejected";
    return found + std::to_string(work.submission.verdict_ppm / 10'000) +
           "% of the value is paid, " + show_money(work.submission.payout);
}

}  // namespace

Outcome<std::vector<AuditedWork>> play_audit(const Assignment& assignment, const AnswerKey& key,
                                             const Buyer& buyer, const std::vector<Grader>& graders,
                                             Contributor careful, Contributor lazy,
                                             const WaysOfWorking& ways, Narrator& narrator) {
    narrator.part("An audited order: graders look before anybody objects");
    const Chain& chain = buyer.actor().chain();
    const auto order = post(assignment, buyer);
    if (!order) return order.error();
    if (const auto done = careful.commit(*order, ways.careful, "as before"); !done)
        return done.error();
    if (const auto done = lazy.commit(*order, ways.lazy, "all the commonest label"); !done)
        return done.error();
    for (Contributor* one : {&careful, &lazy})
        if (const auto done = one->reveal(); !done) return done.error();
    Grading grading(assignment, graders);
    const auto decided = chain.until("the audits' verdicts and payment", std::chrono::seconds(300),
                                     [&]() -> Outcome<bool> {
                                         bool all = true;
                                         for (const Contributor* one : {&careful, &lazy}) {
                                             const auto done = go_on(chain, *one, grading);
                                             if (!done) return done;
                                             all = all && *done;
                                         }
                                         return all;
                                     });
    if (!decided) return decided.error();
    std::vector<AuditedWork> out;
    for (const auto& [one, honest] : {std::pair{&careful, true}, std::pair{&lazy, false}}) {
        auto record = ask(chain.rpc(), ModuleId::market,
                          market::GetSubmission{.submission = one->submission()});
        if (!record) return record.error();
        auto audit =
            ask(chain.rpc(), ModuleId::market, market::GetAudit{.submission = one->submission()});
        if (!audit) return audit.error();
        out.push_back({.who = one->actor().name(),
                       .submission = std::move(*record),
                       .audit = audit->audit,
                       .accuracy_percent = key.accuracy_percent(one->answers()),
                       .honest = honest});
        narrator.say("chain", "submission " + std::to_string(one->submission()) + " by the " +
                                  one->actor().name() + ": " + verdict_of(out.back()));
    }
    return out;
}

}  // namespace assay::cli
