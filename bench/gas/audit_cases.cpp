// Audited orders: graders of the largest audit, and the contest of what they found.
#include "bench/gas/cases.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views.hpp"
#include "modules/market/views_audit.hpp"

namespace assay::bench {

namespace {

using test::ItemWork;

constexpr std::uint32_t kItems = 128;  // more than a sample has
constexpr std::uint8_t kGraders = 7;
const Amount kPrice = Amount(kTokenUnits / 1'000);

class AuditTale {
  public:
    explicit AuditTale(Story& story) : story_(story) {}

    void orders() {
        first_order_ = last_order(story_) + 1;
        const market::PostAudited message{.spec_hash = sha256(view_of("spec")),
                                          .spec_uri = "ipfs://spec",
                                          .item_quota = 10 * kItems,
                                          .price_per_item = kPrice,
                                          .max_payload_bytes = 100,
                                          .deadline_s = story_.now_s() + 100,
                                          .min_items = kItems,
                                          .graders = kGraders,
                                          .audits = 2};
        const Amount price =
            story_.ask(market::QuotePostAudited{.item_quota = message.item_quota,
                                                .price_per_item = message.price_per_item,
                                                .graders = message.graders,
                                                .audits = message.audits});
        // A window's end is paid for by the reveal once more.
        std::vector<std::string> later{"order_closes"};
        for (std::uint32_t i = 0; i < message.audits; ++i)
            for (const char* phase : {"audit_phase_ends drawing", "audit_phase_ends commit",
                                      "verdict_due audited", "submission_window_ends audited"})
                later.emplace_back(phase);
        story_.measure(
            "market.postAudited", "2 audits",
            [&](std::size_t lane) {
                return call(person(lane, Role::buyer), ModuleId::market, message, price);
            },
            std::move(later));
    }

    void submissions() {
        first_good_ = submit(Role::writer);
        first_bad_ = submit(Role::waiter);
        story_.chain().commit();
        story_.measure("market.revealSubmission", "audited",
                       [&](std::size_t lane) { return reveal(lane, Role::writer, first_good_); },
                       {"submission_window_ends", "holdback_ends"});

        story_.each([&](std::size_t lane) { return reveal(lane, Role::waiter, first_bad_); });
        story_.chain().pass(record(first_good_).audit.deadline_s);
        story_.chain().sweep();
    }

    // Everything is right in the writer's work and nothing in the waiter's.
    void grades() {
        for (const bool reveals : {false, true}) {
            for (std::uint8_t seat = 0; seat < kGraders; ++seat) {
                grade(first_good_, seat, false, reveals);
                grade(first_bad_, seat, true, reveals);
            }
            story_.chain().sweep();
        }
        story_.measure(
            "disputes.contest", "audited",
            [&](std::size_t lane) {
                return contest_by(story_, person(lane, Role::waiter), first_bad_ + lane);
            },
            kJuryOfThree);
    }

  private:
    market::AuditRecord record(std::uint64_t submission) const {
        return story_.ask(market::GetAudit{submission});
    }
    ItemWork work(std::size_t lane, Role role) const {
        ItemWork out{.order = first_order_ + lane,
                     .contributor = person(lane, role),
                     .contents = {},
                     .salt = sha256(view_of("salt"))};
        for (std::uint32_t i = 0; i < kItems; ++i)
            out.contents.push_back(static_cast<std::uint32_t>(role) * 10'000 + i);
        return out;
    }
    std::uint64_t submit(Role role) {
        const std::uint64_t first = last_submission(story_) + 1;
        const Amount bond =
            story_.ask(market::QuoteCommit{.order = first_order_, .item_count = kItems});
        story_.each([&](std::size_t lane) {
            return call(person(lane, role), ModuleId::market, work(lane, role).commit(), bond);
        });
        return first;
    }
    Call reveal(std::size_t lane, Role role, std::uint64_t first) const {
        return call(person(lane, role), ModuleId::market, work(lane, role).reveal(first + lane));
    }
    void grade(std::uint64_t first, std::uint8_t seat, bool bad, bool reveals) {
        const Hash256 salt = sha256(view_of("grade"));
        const auto make = [&](std::size_t lane) {
            const std::uint64_t id = first + lane;
            const market::AuditRecord at = record(id);
            Bytes defects(market::bitmap_bytes(at.audit.items));
            for (std::uint64_t i = 0; bad && i < at.audit.items; ++i)
                defects[i / 8] = static_cast<std::uint8_t>(defects[i / 8] | 1U << i % 8);
            const Address grader = at.seats.at(seat).grader;
            if (reveals)
                return call(grader, ModuleId::market,
                            market::AuditReveal{
                                .submission = id, .seat = seat, .defects = defects, .salt = salt});
            return call(
                grader, ModuleId::market,
                market::AuditCommit{.submission = id,
                                    .seat = seat,
                                    .commitment = market::grade_commitment({.chain_id = kChainId,
                                                                            .submission = id,
                                                                            .seat = seat,
                                                                            .grader = grader,
                                                                            .defects = defects,
                                                                            .salt = salt})});
        };
        const std::string name = reveals ? "market.auditReveal" : "market.auditCommit";
        if (bad || (seat != 0 && seat + 1 != kGraders)) return story_.each(make);
        story_.measure(name, seat == 0 ? "" : "the last", make);
    }

    Story& story_;
    std::uint64_t first_order_ = 0;
    std::uint64_t first_good_ = 0;  // lane 0's, as of the next one
    std::uint64_t first_bad_ = 0;
};

}  // namespace

void tell_of_audits(Story& story) {
    AuditTale tale(story);
    tale.orders();
    tale.submissions();
    tale.grades();
    story.chain().pass(story.now_s() + 1'000);
}

}  // namespace assay::bench
