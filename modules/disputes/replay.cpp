// The ruling, computed again.
#include "modules/disputes/replay.hpp"

#include "modules/disputes/division.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

constexpr Amount kMaxMoney = Amount::from_raw(static_cast<u128>(1) << 96);

std::string place(std::size_t draw, const Seat& seat) {
    return "seat " + std::to_string(seat.seat) + " of draw " + std::to_string(draw);
}

std::string place(const Round& round) {
    return "round " + std::to_string(round.round);
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
Result<void> replay_seats(const Dispute& dispute, std::size_t draw, const std::vector<Seat>& seats,
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

Result<void> replay_draw(const DisputeRecord& record, const Round& round, std::uint8_t draw) {
    const PanelRecord& panel = record.panels[draw - 1U];
    const Hash256 seed = panel_seed(record.chain_id, record.dispute.id, draw, panel.draw.beacon);
    if (seed != panel.draw.seed)
        return failure("the seed of draw " + std::to_string(draw) + " is not its beacon's");
    if (panel.draw.round != round.round || panel.draw.found > round.seats)
        return failure("draw " + std::to_string(draw) + " is not of " + place(round));
    const std::size_t seated = panel.draw.found < quorum_of(round.seats) ? 0U : panel.draw.found;
    if (seated != panel.seats.size())
        return failure("draw " + std::to_string(draw) + " has seats that were not drawn");
    for (const Seat& seat : panel.seats)
        if (auto out = replay_vote(record, draw, seat); !out) return out;
    return {};
}

// The rounds so far: what stands, and the panel that comes next.
struct Progress {
    std::optional<Choice> standing;
    bool defaulted = false;
    std::uint8_t next_draw = 1;
    std::optional<Choice> review;
};

// Judges the round's panels and moves on.
Result<void> replay_round(const DisputeRecord& record, const Round& round, Progress& progress) {
    if (progress.defaulted) return failure(place(round) + " follows one without a ruling");
    if (round.seats != panel_seats(round.round) || round.first_draw != progress.next_draw ||
        round.draws == 0 || round.draws > kMaxDraws ||
        round.first_draw + round.draws - 1U > record.panels.size())
        return failure("the record has not the panels that " + place(round) + " names");
    const Choice side =
        progress.standing ? opposite(*progress.standing) : side_of_opener(record.dispute.claim);
    if (round.side != side) return failure(place(round) + " argues for what was ruled before");
    std::optional<Choice> ruling;
    for (std::uint8_t i = 0; i < round.draws; ++i) {
        const auto draw = static_cast<std::uint8_t>(round.first_draw + i);
        if (ruling) return failure("a panel was drawn after one that had ruled");
        if (auto out = replay_draw(record, round, draw); !out) return out;
        const auto& seats = record.panels[draw - 1U].seats;
        ruling = ruling_of(tally_of(seats), round.seats);
        if (ruling || i + 1 == round.draws) continue;
        if (auto out = replay_seats(record.dispute, draw, seats, std::nullopt, {}); !out)
            return out;
    }
    if (!ruling && round.draws < kMaxDraws)
        return failure("the panel that was due was not drawn in " + place(round));
    if (round.by_default != !ruling || round.ruling != ruling.value_or(Choice{}))
        return failure("the ruling of " + place(round) + " is not that of the votes");
    progress.next_draw = static_cast<std::uint8_t>(progress.next_draw + round.draws);
    progress.defaulted = !ruling;
    if (ruling) progress.standing = ruling;
    return {};
}

// A review's panel is its own; whether there had to be one is the lots' to say, unless the pool or
// the jurors were too few.
Result<void> replay_review(const DisputeRecord& record, Progress& progress) {
    const Dispute& dispute = record.dispute;
    const Round& review = record.rounds.back();
    if (review.round != kReviewRound || review.first_draw != progress.next_draw ||
        review.draws != 1 || review.first_draw != record.panels.size() ||
        review.seats != panel_seats(ruling_round(record.rounds)))
        return failure("the record has not the panel that the review names");
    const Draw& draw = record.panels.back().draw;
    if (!progress.standing || draw.beacon != dispute.ruled_beacon ||
        !is_drawn_for_review(record.chain_id, dispute.id, draw.beacon, dispute.terms.review_ppm))
        return failure("no lots were drawn for the review");
    if (auto out = replay_draw(record, review, review.first_draw); !out) return out;
    const auto ruling = ruling_of(tally_of(record.panels.back().seats), review.seats);
    if (review.by_default != !ruling || review.ruling != ruling.value_or(Choice{}))
        return failure("the ruling of the review is not that of the votes");
    ++progress.next_draw;
    progress.review = ruling;
    return {};
}

// What the round's seats are judged by, and whether its opener was right.
struct Measure {
    std::optional<Choice> standard;
    bool right = false;
};

Measure measure_of(const Round& round, const Replayed& replayed) {
    if (round.by_default) return {};
    if (round.round == kReviewRound) return {.standard = round.ruling, .right = false};
    return {.standard = replayed.standard, .right = round.side == replayed.ruling};
}

Result<void> replay_settlement(const DisputeRecord& record, const Round& round,
                               const Measure& measure) {
    const Dispute& dispute = record.dispute;
    const auto draw = static_cast<std::uint8_t>(round.first_draw + round.draws - 1);
    const auto& seats = record.panels[draw - 1U].seats;
    if (auto out = replay_seats(dispute, draw, seats, measure.standard, dispute.terms.jury_fee);
        !out)
        return out;
    std::uint64_t paid = 0;
    for (const Seat& seat : seats)
        if (is_paid(seat.outcome)) ++paid;
    if (checked_mul(dispute.terms.jury_fee, Amount(paid)) != round.paid)
        return failure(place(round) + " paid another sum than its seats' fees");
    if (checked_mul(dispute.terms.jury_fee, Amount(round.seats)) != round.fees)
        return failure(place(round) + " was opened with another sum than its fees");
    if (round.from_pool > round.paid || (!measure.right && !round.from_pool.is_zero()))
        return failure("the pool paid in " + place(round) + " what it does not owe");
    return {};
}

Result<void> replay_bond(const DisputeRecord& record, const Backer& backer) {
    const Params& terms = record.dispute.terms;
    const std::string who = "backer " + std::to_string(backer.backer);
    Amount due;
    switch (backer.role) {
        case Role::challenger:
            due = challenge_cost(record.dispute.contributor_bond, terms).bond;
            break;
        case Role::joiner: due = join_bond(record.backers.front().bond, terms); break;
        case Role::appellant:
            if (backer.round == 0 || backer.round > record.dispute.round)
                return failure(who + " appealed in no round");
            if (record.rounds[backer.round].opener != backer.account ||
                record.rounds[backer.round].side != backer.side)
                return failure(who + " did not open its round");
            due = appeal_cost(backer.round, terms).bond;
            break;
        default: return failure(who + " has no role");
    }
    if (backer.role != Role::appellant && backer.round != 0)
        return failure(who + " opened no round");
    if (backer.bond != due) return failure("the bond of " + who + " is not what was due");
    return {};
}

Result<void> replay_backers(const DisputeRecord& record, Choice ruling) {
    const Dispute& dispute = record.dispute;
    if (record.backers.empty() || record.backers.size() > kMaxBackers ||
        record.backers.size() != dispute.backers ||
        record.backers.size() != dispute.round + 1U + dispute.joiners ||
        record.backers.front().role != Role::challenger ||
        record.backers.front().side != side_of_opener(dispute.claim))
        return failure("the record has not the backers that the dispute names");
    BondFacts facts{.ruling = ruling,
                    .defaulted = {},
                    .contributor_bond = dispute.contributor_bond,
                    .slash = dispute.slash_shared};
    for (const Round& round : record.rounds) facts.defaulted.push_back(round.by_default);
    for (const Backer& backer : record.backers)
        if (auto out = replay_bond(record, backer); !out) return out;
    const BondDivision due = divide_bonds(record.backers, facts, dispute.terms);
    for (std::size_t i = 0; i < record.backers.size(); ++i)
        if (record.backers[i].returned != due.backers[i].returned ||
            record.backers[i].reward != due.backers[i].reward)
            return failure("backer " + std::to_string(i) + " was paid something else than was due");
    if (due.contributor != dispute.contributor_reward || due.burned != dispute.bonds_burned ||
        due.lost != dispute.bonds_lost)
        return failure("the lost bonds were not divided by the terms");
    const Amount limit = pool_limit(ruling, slashed_by_challenge(dispute), due.lost, dispute.terms);
    const Amount premium = review_premium(limit, ruling_round(record.rounds), dispute.terms);
    if (dispute.fees_from_pool > difference_of(limit, premium))
        return failure("the jurors' pool paid more than its limit");
    if (dispute.reviewed && premium.is_zero())
        return failure("the dispute left nothing for a review");
    return {};
}

Result<void> check_frame(const DisputeRecord& record) {
    const Dispute& dispute = record.dispute;
    if (dispute.rule_version != kRuleVersion)
        return failure("the dispute was judged by rules of version " +
                       std::to_string(dispute.rule_version));
    if (dispute.phase != Phase::ruled) return failure("the dispute is not ruled yet");
    if (dispute.round >= kMaxRounds || record.rounds.empty() ||
        record.rounds.size() > kMaxRounds + 1U ||
        record.rounds.size() != dispute.round + 1U + (dispute.reviewed ? 1U : 0U))
        return failure("the record has not the rounds that the dispute names");
    if (record.panels.empty() || record.panels.size() > kMaxRounds * kMaxDraws + 1U ||
        record.panels.size() != dispute.draws)
        return failure("the record has not the panels that the dispute names");
    if (auto out = validate_ranges(dispute.terms); !out) return out;
    if (max_of(max_of(dispute.contributor_bond, dispute.slash_shared), dispute.value_at_stake) >
        kMaxMoney)
        return failure("the record names more money than there can be");
    for (std::size_t i = 0; i <= dispute.round; ++i)
        if (record.rounds[i].round != i) return failure("the rounds are out of order");
    if (fee_of_dispute(dispute.value_at_stake, dispute.contributor_bond, dispute.terms) !=
        dispute.terms.jury_fee)
        return failure("the fee of a seat is not that of the value at stake");
    return {};
}

}  // namespace

Result<Replayed> replay(const DisputeRecord& record) {
    if (auto out = check_frame(record); !out) return out.error();
    Progress progress;
    for (std::size_t i = 0; i <= record.dispute.round; ++i)
        if (auto out = replay_round(record, record.rounds[i], progress); !out) return out.error();
    if (record.dispute.reviewed)
        if (auto out = replay_review(record, progress); !out) return out.error();
    if (progress.next_draw != record.panels.size() + 1)
        return failure("the record has panels of no round");
    const Choice ruling =
        progress.standing.value_or(opposite(side_of_opener(record.dispute.claim)));
    const Replayed out{.ruling = ruling,
                       .by_default = !progress.standing,
                       .rounds = static_cast<std::uint8_t>(record.dispute.round + 1),
                       .standard = progress.review.value_or(ruling)};
    if (out.ruling != record.dispute.ruling || out.by_default != record.dispute.by_default)
        return failure("the ruling is not that of the votes");
    for (const Round& round : record.rounds)
        if (auto good = replay_settlement(record, round, measure_of(round, out)); !good)
            return good.error();
    if (auto good = replay_backers(record, out.ruling); !good) return good.error();
    return out;
}

}  // namespace assay::disputes
