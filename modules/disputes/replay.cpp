// The ruling, computed again.
#include "modules/disputes/replay.hpp"

#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

std::string place(std::size_t draw, const Seat& seat) {
    return "seat " + std::to_string(seat.seat) + " of draw " + std::to_string(draw);
}

Result<void> replay_vote(const DisputeRecord& record, std::uint8_t draw, const Seat& seat) {
    if (seat.choice == Choice{}) return {};
    const Hash256 opened = vote_commitment(record.chain_id, record.dispute.id, draw, seat.seat,
                                           seat.juror, seat.choice, seat.salt);
    if (opened != seat.commitment)
        return failure("the vote of " + place(draw, seat) + " does not open its commitment");
    return {};
}

// `fee` is what a paid seat earns beside its share of the penalties.
Result<void> replay_money(const Dispute& dispute, std::size_t draw, const std::vector<Seat>& seats,
                          std::optional<Choice> ruling, Amount fee) {
    Amount penalties;
    std::uint64_t paid_seats = 0;
    for (const Seat& seat : seats) {
        const Outcome outcome = outcome_of(seat, ruling);
        if (outcome != seat.outcome)
            return failure("the outcome of " + place(draw, seat) + " is not that of its vote");
        if (seat.penalty > penalty_of(outcome, dispute.terms))
            return failure("the penalty of " + place(draw, seat) + " is above the terms");
        penalties = sum_of(penalties, seat.penalty);
        if (is_paid(outcome)) ++paid_seats;
    }
    const Division division = divide_penalties(penalties, paid_seats, dispute.terms);
    for (const Seat& seat : seats) {
        const Amount due = is_paid(seat.outcome) ? sum_of(fee, division.share) : Amount{};
        if (seat.earned != due)
            return failure(place(draw, seat) + " earned " + to_string(seat.earned) + ", due was " +
                           to_string(due));
    }
    return {};
}

Result<void> replay_draw(const DisputeRecord& record, std::uint8_t draw) {
    const PanelRecord& panel = record.panels[draw - 1U];
    const Hash256 seed = panel_seed(record.chain_id, record.dispute.id, draw, panel.draw.beacon);
    if (seed != panel.draw.seed)
        return failure("the seed of draw " + std::to_string(draw) + " is not its beacon's");
    const std::size_t seated = panel.draw.found < kQuorum ? 0U : panel.draw.found;
    if (seated != panel.seats.size())
        return failure("draw " + std::to_string(draw) + " has seats that were not drawn");
    for (const Seat& seat : panel.seats)
        if (auto out = replay_vote(record, draw, seat); !out) return out;
    return {};
}

}  // namespace

Result<Replayed> replay(const DisputeRecord& record) {
    const Dispute& dispute = record.dispute;
    if (dispute.rule_version != kRuleVersion)
        return failure("the dispute was judged by rules of version " +
                       std::to_string(dispute.rule_version));
    if (dispute.phase != Phase::ruled) return failure("the dispute is not ruled yet");
    const std::size_t draws = record.panels.size();
    if (draws == 0 || draws > kMaxDraws || draws != dispute.draws)
        return failure("the record has not the panels that the dispute names");
    std::optional<Choice> ruling;
    for (std::uint8_t draw = 1; draw <= draws; ++draw) {
        if (ruling) return failure("a panel was drawn after one that had ruled");
        if (auto out = replay_draw(record, draw); !out) return out.error();
        const auto& seats = record.panels[draw - 1U].seats;
        ruling = ruling_of(tally_of(seats));
        const bool last = ruling.has_value() || draw == kMaxDraws;
        const Amount fee = last ? dispute.terms.jury_fee : Amount{};
        if (auto out = replay_money(dispute, draw, seats, ruling, fee); !out) return out.error();
    }
    if (!ruling && draws < kMaxDraws) return failure("the panel that was due was not drawn");
    const Replayed out{.ruling = ruling.value_or(Choice::accept), .by_default = !ruling};
    if (out.ruling != dispute.ruling || out.by_default != dispute.by_default)
        return failure("the ruling is not that of the votes");
    return out;
}

}  // namespace assay::disputes
