// The challenger's part.
#include "cli/demo/challenger.hpp"

#include "cli/terminal/units.hpp"
#include "modules/disputes/events.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"

namespace assay::cli {

namespace {

constexpr std::size_t kMaxExhibits = 50;

bool is_revealed(const market::Submission& submission) {
    return submission.root != Hash256{};
}

}  // namespace

Outcome<OpenSubmission> open_submission(const Chain& chain, const Deliveries& deliveries,
                                        std::uint64_t id) {
    const auto record = ask(chain.rpc(), ModuleId::market, market::GetSubmission{.submission = id});
    if (!record) return record.error();
    const auto delivery = deliveries.find(id);
    if (delivery == deliveries.end())
        return Problem{Exit::failed, "submission " + std::to_string(id) + " was not delivered"};
    return OpenSubmission{id, record->root, record->item_count, delivery->second};
}

std::vector<Exhibit> Challenger::exhibits_of(const std::vector<std::uint64_t>& indices,
                                             const OpenSubmission& work,
                                             std::uint64_t other) const {
    std::vector<Exhibit> out;
    for (const std::uint64_t index : indices) {
        if (out.size() == kMaxExhibits) break;
        out.push_back({.index = index,
                       .task = assignment_->tasks[index].id,
                       .submitted = work.delivery->open(index).payload,
                       .expected = assignment_->labels[examiner_->answer(index)],
                       .other_submission = other});
    }
    return out;
}

Outcome<std::optional<Challenger::Charge>> Challenger::charge_against(
    const market::Submission& submission, const std::vector<market::Submission>& all,
    double demanded_percent, const Deliveries& deliveries) const {
    const Chain& chain = actor_.chain();
    const auto work = open_submission(chain, deliveries, submission.id);
    if (!work) return work.error();
    for (const auto& earlier : all) {
        if (earlier.id >= submission.id || !is_revealed(earlier) ||
            earlier.contributor == submission.contributor)
            continue;
        const auto first = open_submission(chain, deliveries, earlier.id);
        if (!first) return first.error();
        const CopyFinding finding = examiner_->compare(*first, *work, {});
        if (!finding.is_copy()) continue;
        return Charge{disputes::Claim::plagiarism,
                      exhibits_of(finding.shared_against_reader, *work, earlier.id),
                      std::to_string(finding.differing) + " of " + grouped(finding.compared) +
                          " labels differ from submission " + std::to_string(earlier.id) +
                          ", where independent work would differ in about " +
                          grouped(static_cast<std::uint64_t>(finding.independent))};
    }
    const QualityFinding finding = examiner_->quality(*work, demanded_percent, {});
    if (finding.too_bad())
        return Charge{disputes::Claim::low_quality, exhibits_of(finding.differing, *work, 0),
                      show_percent(finding.agreement_percent) +
                          " agree with its own reading, good work would reach " +
                          show_percent(finding.least_percent)};
    actor_.say("opens " + grouped(finding.opened) + " items of submission " +
               std::to_string(submission.id) + ", " + show_percent(finding.agreement_percent) +
               " agree with its own reading: nothing to contest");
    return std::optional<Charge>();
}

Outcome<std::uint64_t> Challenger::challenge(const market::Submission& submission,
                                             const Charge& charge, EvidenceRoom& room) {
    const Evidence evidence(charge.exhibits);
    const auto value = ask(actor_.chain().rpc(), ModuleId::disputes,
                           disputes::QuoteChallenge{.submission = submission.id});
    if (!value) return value.error();
    const std::string claim =
        charge.claim == disputes::Claim::plagiarism ? "plagiarism" : "low quality";
    const auto receipt =
        actor_.send(ModuleId::disputes,
                    disputes::Challenge{.submission = submission.id,
                                        .claim = charge.claim,
                                        .evidence_root = evidence.root(),
                                        .evidence_uri = ""},
                    *value,
                    "challenges submission " + std::to_string(submission.id) + " for " + claim +
                        ": " + charge.because + "; locks " + show_money(*value));
    if (!receipt) return receipt.error();
    const auto id = id_in<disputes::DisputeOpened>(*receipt, ModuleId::disputes);
    if (!id) return id.error();
    room.emplace(*id, evidence);
    return *id;
}

Outcome<std::vector<std::uint64_t>> Challenger::look(std::uint64_t order, double demanded_percent,
                                                     const Deliveries& deliveries,
                                                     EvidenceRoom& room) {
    const auto all =
        ask(actor_.chain().rpc(), ModuleId::market,
            market::ListSubmissions{.order = order, .after = 0, .limit = market::kMaxPage});
    if (!all) return all.error();
    std::vector<std::uint64_t> out;
    for (const auto& submission : *all) {
        if (submission.state != market::SubmissionState::window) continue;
        if (!seen_.insert(submission.id).second) continue;
        const auto charge = charge_against(submission, *all, demanded_percent, deliveries);
        if (!charge) return charge.error();
        if (!*charge) continue;
        const auto dispute = challenge(submission, **charge, room);
        if (!dispute) return dispute.error();
        out.push_back(*dispute);
    }
    return out;
}

}  // namespace assay::cli
