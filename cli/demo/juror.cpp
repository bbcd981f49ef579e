// The jurors' part.
#include "cli/demo/juror.hpp"

#include <algorithm>

#include "chain/crypto/kdf.hpp"
#include "cli/demo/buyer.hpp"
#include "cli/terminal/units.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/jurors/views.hpp"

namespace assay::cli {

namespace {

using disputes::Choice;
using disputes::Claim;

std::vector<std::uint64_t> indices_of(const std::vector<Exhibit>& exhibits) {
    std::vector<std::uint64_t> out;
    for (const auto& exhibit : exhibits) out.push_back(exhibit.index);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::string name_of(Choice choice) {
    return choice == Choice::reject ? "reject" : "accept";
}

// The challenger's lines, where they are those whose root the dispute names; else none.
std::vector<Exhibit> exhibits_in(const disputes::Dispute& dispute, const Courtroom& room) {
    const auto found = room.evidence->find(dispute.id);
    if (found == room.evidence->end()) return {};
    if (found->second.root() != dispute.evidence_root) return {};
    const auto exhibits = Evidence::read(found->second.lines());
    return exhibits ? *exhibits : std::vector<Exhibit>();
}

}  // namespace

Outcome<void> Juror::stake(Amount stake) {
    const auto record =
        ask(actor_.chain().rpc(), ModuleId::jurors, jurors::GetJuror{.account = actor_.address()});
    const Amount held = record ? record->stake : Amount();
    if (held >= stake) {
        actor_.say("has " + show_money(held) + " at stake");
        return {};
    }
    const Amount missing = difference_of(stake, held);
    const auto receipt = actor_.send(ModuleId::jurors, jurors::StakeJuror{}, missing,
                                     "stakes " + show_money(missing));
    if (!receipt) return receipt.error();
    return {};
}

Outcome<Juror::Verdict> Juror::judge_quality(const disputes::Dispute& dispute,
                                             const Courtroom& room,
                                             const std::vector<Exhibit>& exhibits) const {
    const Chain& chain = actor_.chain();
    const auto order = ask(chain.rpc(), ModuleId::market, market::GetOrder{.order = dispute.order});
    if (!order) return order.error();
    const auto spec = read_specification(*room.specification, order->spec_hash);
    if (!spec) return spec.error();
    const auto work = open_submission(chain, *room.deliveries, dispute.submission);
    if (!work) return work.error();
    const double demanded = static_cast<double>(spec->demanded_ppm) / 10'000.0;
    const auto finding = examiner_->quality(*work, demanded, indices_of(exhibits));
    return Verdict{finding.too_bad() ? Choice::reject : Choice::accept,
                   "opened and proved " + grouped(finding.opened - finding.unproven) + " of " +
                       grouped(finding.opened) + " items, " +
                       show_percent(finding.agreement_percent) + " agree, " +
                       show_percent(finding.least_percent) + " needed"};
}

Outcome<Juror::Verdict> Juror::judge_copy(const disputes::Dispute& dispute, const Courtroom& room,
                                          const std::vector<Exhibit>& exhibits) const {
    const Chain& chain = actor_.chain();
    if (exhibits.empty() || exhibits.front().other_submission >= dispute.submission)
        return Verdict{Choice::accept, "no earlier submission was named"};
    const auto later = open_submission(chain, *room.deliveries, dispute.submission);
    if (!later) return later.error();
    const auto earlier =
        open_submission(chain, *room.deliveries, exhibits.front().other_submission);
    if (!earlier) return earlier.error();
    const auto finding = examiner_->compare(*earlier, *later, indices_of(exhibits));
    return Verdict{finding.is_copy() ? Choice::reject : Choice::accept,
                   "opened and proved " + grouped(finding.compared) + " pairs, " +
                       std::to_string(finding.differing) + " differ, " +
                       std::to_string(finding.shared_against_reader.size()) +
                       " share an answer it would not give"};
}

Outcome<Juror::Verdict> Juror::judge(const disputes::Dispute& dispute,
                                     const Courtroom& room) const {
    const auto exhibits = exhibits_in(dispute, room);
    if (dispute.claim == Claim::plagiarism) return judge_copy(dispute, room, exhibits);
    return judge_quality(dispute, room, exhibits);
}

Outcome<void> Juror::commit(const disputes::Dispute& dispute, std::uint8_t seat,
                            const Courtroom& room) {
    const auto verdict = judge(dispute, room);
    if (!verdict) return verdict.error();
    Vote vote{.choice = verdict->choice, .salt = {}};
    vote.salt = crypto::random_hash();
    const Hash256 commitment =
        disputes::vote_commitment(actor_.chain().chain_id(), dispute.id, dispute.draws, seat,
                                  actor_.address(), vote.choice, vote.salt);
    votes_[{dispute.id, dispute.draws, seat}] = vote;
    const auto receipt = actor_.send(
        ModuleId::disputes,
        disputes::VoteCommit{.dispute = dispute.id, .seat = seat, .commitment = commitment},
        Amount(),
        "seals a vote in dispute " + std::to_string(dispute.id) + ": " + verdict->because);
    if (!receipt) return receipt.error();
    return {};
}

Outcome<void> Juror::reveal(const disputes::Dispute& dispute, std::uint8_t seat) {
    const auto vote = votes_.find({dispute.id, dispute.draws, seat});
    if (vote == votes_.end()) return {};
    const auto receipt = actor_.send(ModuleId::disputes,
                                     disputes::VoteReveal{.dispute = dispute.id,
                                                          .seat = seat,
                                                          .choice = vote->second.choice,
                                                          .salt = vote->second.salt},
                                     Amount(),
                                     "opens its vote in dispute " + std::to_string(dispute.id) +
                                         ": " + name_of(vote->second.choice) + " the submission");
    if (!receipt) return receipt.error();
    return {};
}

Outcome<void> Juror::attend(const disputes::Dispute& dispute,
                            const std::vector<disputes::Seat>& panel, const Courtroom& room) {
    for (const auto& seat : panel) {
        if (seat.juror != actor_.address()) continue;
        const bool committed = seat.commitment != Hash256{};
        if (dispute.phase == disputes::Phase::commit && !committed) {
            const auto done = commit(dispute, seat.seat, room);
            if (!done) return done.error();
        }
        if (dispute.phase == disputes::Phase::reveal && committed && seat.choice == Choice{}) {
            const auto done = reveal(dispute, seat.seat);
            if (!done) return done.error();
        }
    }
    return {};
}

}  // namespace assay::cli
