// Counting votes, judging seats, dividing penalties.
#include "modules/disputes/ruling.hpp"

#include <algorithm>

#include "chain/crypto/hash.hpp"
#include "modules/disputes/params.hpp"

namespace assay::disputes {

namespace {

struct SeedInput {
    std::uint64_t chain_id = 0;
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;
    Hash256 beacon;
};
BOOST_DESCRIBE_STRUCT(SeedInput, (), (chain_id, dispute, draw, beacon))

struct ReviewInput {
    std::uint64_t chain_id = 0;
    std::uint64_t dispute = 0;
    Hash256 beacon;
};
BOOST_DESCRIBE_STRUCT(ReviewInput, (), (chain_id, dispute, beacon))

struct VoteInput {
    std::uint64_t chain_id = 0;
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;
    std::uint8_t seat = 0;
    Address juror;
    Choice choice{};
    Hash256 salt;
};
BOOST_DESCRIBE_STRUCT(VoteInput, (), (chain_id, dispute, draw, seat, juror, choice, salt))

template <class T>
Hash256 tagged_hash(std::string_view tag, const T& input) {
    Bytes bytes = to_bytes(assay::view_of(tag));
    record::encode_into(bytes, input);
    return sha256(bytes);
}

}  // namespace

Hash256 panel_seed(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                   const Hash256& beacon) {
    return tagged_hash(
        "assay/panel/1",
        SeedInput{.chain_id = chain_id, .dispute = dispute, .draw = draw, .beacon = beacon});
}

bool is_drawn_for_review(std::uint64_t chain_id, std::uint64_t dispute, const Hash256& beacon,
                         std::uint32_t review_ppm) {
    const Hash256 lot = tagged_hash(
        "assay/review/1", ReviewInput{.chain_id = chain_id, .dispute = dispute, .beacon = beacon});
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = number << 8 | lot.bytes[i];
    return number % kPpm < review_ppm;
}

Hash256 vote_commitment(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                        std::uint8_t seat, const Address& juror, Choice choice,
                        const Hash256& salt) {
    return tagged_hash("assay/vote/1", VoteInput{.chain_id = chain_id,
                                                 .dispute = dispute,
                                                 .draw = draw,
                                                 .seat = seat,
                                                 .juror = juror,
                                                 .choice = choice,
                                                 .salt = salt});
}

Tally tally_of(const std::vector<Seat>& seats) {
    Tally out;
    for (const Seat& seat : seats) {
        if (!seat.commitment.is_zero()) ++out.commits;
        if (seat.choice == Choice::accept) ++out.accept;
        if (seat.choice == Choice::reject) ++out.reject;
    }
    out.reveals = static_cast<std::uint8_t>(out.accept + out.reject);
    return out;
}

std::uint8_t panel_seats(std::uint8_t round) {
    CHECK(round < kMaxRounds);
    return static_cast<std::uint8_t>((1U << (round + 2U)) - 1U);
}

std::uint8_t next_panel_seats(std::uint8_t round) {
    return panel_seats(static_cast<std::uint8_t>(std::min(round + 1, kMaxRounds - 1)));
}

Choice side_of_opener(Claim claim) {
    return claim == Claim::wrong_verdict ? Choice::accept : Choice::reject;
}

Amount slashed_by_challenge(const Dispute& dispute) {
    return dispute.claim == Claim::wrong_verdict ? Amount{} : dispute.contributor_bond;
}

std::uint8_t quorum_of(std::uint8_t seats) {
    return static_cast<std::uint8_t>((2U * seats + 2U) / 3U);
}

std::uint8_t ruling_round(const std::vector<Round>& rounds) {
    std::uint8_t out = 0;
    for (const Round& round : rounds)
        if (!round.by_default && round.round != kReviewRound) out = round.round;
    return out;
}

Choice opposite(Choice choice) {
    return choice == Choice::accept ? Choice::reject : Choice::accept;
}

std::optional<Choice> ruling_of(const Tally& tally, std::uint8_t seats) {
    if (tally.reveals < quorum_of(seats)) return std::nullopt;
    if (tally.accept == tally.reject) return std::nullopt;
    return tally.accept > tally.reject ? Choice::accept : Choice::reject;
}

Outcome outcome_of(const Seat& seat, std::optional<Choice> ruling) {
    if (seat.commitment.is_zero()) return Outcome::no_show;
    if (seat.choice == Choice{}) return Outcome::unrevealed;
    if (!ruling) return Outcome::unjudged;
    return seat.choice == *ruling ? Outcome::coherent : Outcome::incoherent;
}

Amount penalty_of(Outcome outcome, const Params& terms) {
    switch (outcome) {
        case Outcome::incoherent: return ppm_floor(terms.jury_fee, terms.incoherent_penalty_ppm);
        case Outcome::no_show: return ppm_floor(terms.jury_fee, terms.no_show_penalty_ppm);
        case Outcome::unrevealed: return ppm_floor(terms.jury_fee, terms.unrevealed_penalty_ppm);
        case Outcome::pending:
        case Outcome::coherent:
        case Outcome::unjudged: break;
    }
    return {};
}

bool is_paid(Outcome outcome) {
    return outcome == Outcome::coherent || outcome == Outcome::unjudged;
}

Division divide_penalties(Amount penalties, std::uint64_t paid_seats, const Params& terms) {
    if (paid_seats == 0) return {.share = {}, .burned = penalties};
    const Amount to_seats = ppm_floor(penalties, terms.penalty_to_coherent_ppm);
    const Amount share = *mul_div_floor(to_seats, Amount(1), Amount(paid_seats));
    const Amount shared = *checked_mul(share, Amount(paid_seats));
    return {.share = share, .burned = difference_of(penalties, shared)};
}

}  // namespace assay::disputes
