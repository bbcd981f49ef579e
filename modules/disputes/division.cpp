// Costs of rounds, division of bonds.
#include "modules/disputes/division.hpp"

#include "modules/disputes/ruling.hpp"

namespace assay::disputes {

namespace {

Amount fees_of(std::uint8_t round, const Params& terms) {
    const auto fees = checked_mul(terms.jury_fee, Amount(panel_seats(round)));
    CHECK(fees.has_value());
    return *fees;
}

// No panel judged what this bond stands for.
bool is_unjudged(const Backer& backer, const BondFacts& facts) {
    return facts.defaulted.at(backer.round);
}

bool has_won(const Backer& backer, const BondFacts& facts) {
    return !is_unjudged(backer, facts) && backer.side == facts.ruling;
}

// The contributor argues for acceptance without a bond of the dispute: the submission's counts, and
// at least the challenger's, so that a small one is not crowded out.
Amount contributors_weight(const std::vector<Backer>& backers, const BondFacts& facts) {
    if (facts.ruling != Choice::accept) return {};
    return max_of(facts.contributor_bond, backers.front().bond);
}

}  // namespace

RoundCost challenge_cost(Amount contributor_bond, const Params& terms) {
    return {.bond = max_of(ppm_ceil(contributor_bond, terms.challenge_bond_ppm),
                           terms.min_challenge_bond),
            .fees = fees_of(0, terms)};
}

RoundCost appeal_cost(std::uint8_t round, const Params& terms) {
    const Amount fees = fees_of(round, terms);
    return {.bond = fees, .fees = fees};
}

Amount join_bond(Amount challengers_bond, const Params& terms) {
    return ppm_ceil(challengers_bond, terms.join_bond_ppm);
}

BondDivision divide_bonds(std::vector<Backer> backers, const BondFacts& facts,
                          const Params& terms) {
    CHECK(!backers.empty() && backers.size() <= kMaxBackers);
    BondDivision out;
    const Amount contributor = contributors_weight(backers, facts);
    Amount weight = contributor;
    for (Backer& backer : backers) {
        const bool lost = !is_unjudged(backer, facts) && backer.side != facts.ruling;
        backer.returned = lost ? Amount{} : backer.bond;
        if (lost) out.lost = sum_of(out.lost, backer.bond);
        if (has_won(backer, facts)) weight = sum_of(weight, backer.bond);
    }
    const Amount to_winners =
        sum_of(ppm_floor(out.lost, terms.lost_bond_to_winner_ppm), facts.slash);
    Amount given;
    const auto share = [&](Amount part) {
        if (part.is_zero()) return Amount{};
        const auto reward = mul_div_floor(to_winners, part, weight);
        CHECK(reward.has_value());
        given = sum_of(given, *reward);
        return *reward;
    };
    out.contributor = share(contributor);
    for (Backer& backer : backers)
        if (has_won(backer, facts)) backer.reward = share(backer.bond);
    out.burned = difference_of(sum_of(out.lost, facts.slash), given);
    out.backers = std::move(backers);
    return out;
}

Amount pool_limit(Choice ruling, Amount contributor_bond, Amount lost, const Params& terms) {
    const Amount slashed = ruling == Choice::reject ? sum_of(contributor_bond, lost) : lost;
    return ppm_floor(slashed, terms.pool_fees_ppm);
}

Amount review_premium(Amount limit, std::uint8_t round, const Params& terms) {
    const Amount premium = ppm_ceil(fees_of(round, terms), terms.review_ppm);
    return premium <= limit ? premium : Amount{};
}

}  // namespace assay::disputes
