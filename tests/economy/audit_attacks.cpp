// Graders of audited work who agree on what they will find.
#include "modules/market/audit_grade.hpp"
#include "modules/market/audit_order.hpp"
#include "modules/market/views_audit.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

const Hash256 kSalt = sha256(view_of("grade"));

enum class Grading { looks, passes };

// One submission of an order under `audited`, with graders for it where it is drawn.
class Audited {
  public:
    Audited(World& world, Quality quality) : world_(world), quality_(quality) {
        const std::uint32_t items = world.conditions().items;
        const market::PostAudited message{.spec_hash = sha256(view_of("spec")),
                                          .item_quota = items,
                                          .price_per_item = world.conditions().price,
                                          .max_payload_bytes = 100,
                                          .deadline_s = world.chain().block().time_s + 200,
                                          .min_items = items,
                                          .graders = 3,
                                          .audits = 1};
        const auto value =
            world.chain().ask(market::QuotePostAudited{.item_quota = items,
                                                       .price_per_item = message.price_per_item,
                                                       .graders = message.graders,
                                                       .audits = message.audits});
        CHECK(world.send_market(world.buyer(), message, value.value()) == TxCode::ok);
        const std::uint64_t order =
            world.chain().state().get_or_default(market::kCounters, {}).orders;
        id_ = world.submit(world.mallory(), order, items, quality);
        CHECK(id_ != 0);
        pass(audit().audit.deadline_s);
    }

    std::uint64_t id() const { return id_; }
    std::set<Address> graders() const {
        std::set<Address> out;
        for (const market::GradeSeat& seat : audit().seats) out.insert(seat.grader);
        return out;
    }
    // Up to the verdict. What a grader finds who looks is right as often as a juror is.
    void grade(Grading grading) {
        const std::size_t seats = audit().seats.size();
        std::vector<Bytes> found;
        for (std::uint8_t i = 0; i < seats; ++i) {
            const bool right = world_.random().happens(world_.conditions().juror_accuracy);
            const bool bad = (quality_ == Quality::bad) == right;
            found.push_back(bitmap(grading == Grading::looks && bad));
            commit(i, found.back());
        }
        if (seats != 0) pass(audit().phase_ends_s);
        for (std::uint8_t i = 0; i < seats; ++i)
            CHECK(world_.send_market(
                      audit().seats[i].grader,
                      market::AuditReveal{
                          .submission = id_, .seat = i, .defects = found[i], .salt = kSalt}) ==
                  TxCode::ok);
        if (world_.submission(id_).state == market::SubmissionState::revealed)
            pass(world_.submission(id_).deadline_s);
    }

  private:
    market::AuditRecord audit() const {
        return world_.chain().ask(market::GetAudit{.submission = id_}).value();
    }
    Bytes bitmap(bool all_bad) const {
        Bytes out(market::bitmap_bytes(audit().audit.items));
        for (std::uint64_t i = 0; all_bad && i < audit().audit.items; ++i)
            out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 1U << i % 8);
        return out;
    }
    void commit(std::uint8_t seat, const Bytes& defects) {
        const Address grader = audit().seats[seat].grader;
        const market::AuditCommit message{
            .submission = id_,
            .seat = seat,
            .commitment = market::grade_commitment({.chain_id = test::kWiredChainId,
                                                    .submission = id_,
                                                    .seat = seat,
                                                    .grader = grader,
                                                    .defects = defects,
                                                    .salt = kSalt})};
        CHECK(world_.send_market(grader, message) == TxCode::ok);
    }
    void pass(std::uint64_t time_s) {
        world_.begin_at(time_s);
        world_.end_block();
    }

    World& world_;
    Quality quality_;
    std::uint64_t id_ = 0;
};

double effort_of_graders(const World& world, std::size_t graders) {
    return static_cast<double>(graders) *
           static_cast<double>(world.conditions().params.market.grader_effort.low());
}

// Its author's and its graders' gain together.
double pact(World& world, Quality quality, Grading grading) {
    world.hire();
    Audited audited(world, quality);
    std::set<Address> people = audited.graders();
    const double looking = grading == Grading::looks ? effort_of_graders(world, people.size()) : 0;
    audited.grade(grading);
    if (quality == Quality::bad) watch(world, audited.id());
    world.finish();
    people.insert(world.mallory());
    const std::uint32_t items = world.conditions().items;
    const double effort = quality == Quality::good ? world.effort(items) : 0;
    return shares(world, world.gain(people) - effort - looking, items);
}
double agree_to_pass(World& world) {
    return pact(world, Quality::bad, Grading::passes);
}
double work_and_look(World& world) {
    return pact(world, Quality::good, Grading::looks);
}

// The graders alone, in fees of a seat: half of the work is bad, and somebody looks at what passed
// as often as the parameters promise. Who fails for no reason contests.
double grade_for_fees(World& world, Grading grading) {
    world.hire();
    const Quality quality = world.random().happens(0.5) ? Quality::bad : Quality::good;
    Audited audited(world, quality);
    const std::set<Address> people = audited.graders();
    const double looking = grading == Grading::looks ? effort_of_graders(world, people.size()) : 0;
    audited.grade(grading);
    const bool failed = world.submission(audited.id()).failed;
    if (quality == Quality::bad && !failed) watch(world, audited.id());
    if (quality == Quality::good && failed) {
        const auto value = world.chain().ask(disputes::QuoteContest{.submission = audited.id()});
        CHECK(world.chain().send(world.mallory(), ModuleId::disputes,
                                 disputes::Contest{.submission = audited.id(),
                                                   .evidence_root = sha256(view_of("why"))},
                                 value.value()) == TxCode::ok);
    }
    world.finish();
    const double fee = static_cast<double>(world.conditions().params.market.grader_fee.low());
    const double seats = static_cast<double>(std::max<std::size_t>(people.size(), 1));
    return (world.gain(people) - looking) / fee / seats;
}

}  // namespace

std::vector<Attack> audit_attacks() {
    return {
        {.name = "a pact with the graders",
         .strategy = "all three pass its garbage unseen; somebody else looks",
         .attack = agree_to_pass,
         .honest = work_and_look},
        {.name = "a pact with the graders: made up",
         .strategy = "the same of who could not do the work",
         .attack = agree_to_pass,
         .honest = nothing},
        {.name = "graders who agree to pass",
         .strategy = "never look; half of the work is bad",
         .attack = [](World& world) { return grade_for_fees(world, Grading::passes); },
         .honest = [](World& world) { return grade_for_fees(world, Grading::looks); },
         .unit = Unit::fee},
    };
}

}  // namespace assay::economy
