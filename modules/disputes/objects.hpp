// Owns the records of disputes: the dispute, its panel's seats, and their tables.
#pragma once

#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay::disputes {

// What a challenge says is wrong. One dispute is about one claim.
enum class Claim : std::uint8_t {
    low_quality = 1,  // more of it is wrong than the order's specification allows
    plagiarism = 2,   // copied from another submission
    off_spec = 3,     // not what the order asked for
    unlawful = 4,     // may not be sold
};
BOOST_DESCRIBE_ENUM(Claim, low_quality, plagiarism, off_spec, unlawful)

// What a juror answers: is the claim right?
enum class Choice : std::uint8_t { accept = 1, reject = 2 };  // of the submission
BOOST_DESCRIBE_ENUM(Choice, accept, reject)

enum class Phase : std::uint8_t { evidence = 1, commit = 2, reveal = 3, ruled = 4 };
BOOST_DESCRIBE_ENUM(Phase, evidence, commit, reveal, ruled)

struct Params {
    std::uint32_t challenge_bond_ppm = 250'000;            // of the contributor's bond
    Amount min_challenge_bond = Amount(kTokenUnits);       // base units: a dispute is never free
    Amount jury_fee = Amount(kTokenUnits / 2);             // a seat
    std::uint32_t incoherent_penalty_ppm = 3'000'000;      // of the fee: sigma
    std::uint32_t no_show_penalty_ppm = 1'500'000 * 3;     // of the fee: 1.5 sigma
    std::uint32_t unrevealed_penalty_ppm = 2'000'000 * 3;  // of the fee: 2 sigma
    std::uint32_t penalty_to_coherent_ppm = 700'000;       // the rest is burned
    std::uint32_t lost_bond_to_contributor_ppm = 500'000;  // the rest is burned
    std::uint64_t evidence_s = 86'400;
    std::uint64_t commit_s = 86'400;
    std::uint64_t reveal_s = 86'400;
    std::uint32_t pool_fees_ppm = 300'000;  // of a slashed bond: the pool's most for its jury
    Amount juror_effort = Amount(kTokenUnits / 4);  // what looking at a dispute costs a juror
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (challenge_bond_ppm, min_challenge_bond, jury_fee, incoherent_penalty_ppm,
                       no_show_penalty_ppm, unrevealed_penalty_ppm, penalty_to_coherent_ppm,
                       lost_bond_to_contributor_ppm, evidence_s, commit_s, reveal_s, pool_fees_ppm,
                       juror_effort))

inline constexpr std::uint8_t kPanelSeats = 3;
inline constexpr std::uint8_t kQuorum = 2;  // two thirds of the seats, revealed
inline constexpr std::uint8_t kMaxDraws =
    2;  // panels of one round: the second replaces a failed one
// The rules of ruling.hpp; a dispute is judged and replayed by those it was opened under.
inline constexpr std::uint32_t kRuleVersion = 1;
inline constexpr std::size_t kMaxEvidenceUriBytes = 256;

struct Dispute {
    std::uint64_t id = 0;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address challenger;
    Address contributor;
    Address buyer;
    Claim claim{};
    Hash256 evidence_root;
    std::string evidence_uri;
    Phase phase = Phase::evidence;
    std::uint8_t draws = 0;  // panels drawn so far; the second replaces one without quorum
    Hash256 seed;            // of the present panel
    std::uint8_t seats = 0;  // drawn; fewer than kPanelSeats where jurors are too few
    std::uint8_t commits = 0;
    std::uint8_t reveals = 0;
    std::uint8_t votes_accept = 0;
    std::uint8_t votes_reject = 0;
    std::uint64_t opened_s = 0;
    std::uint64_t deadline_s = 0;  // of the present phase; 0 once ruled
    Amount bond;                   // the challenger's; 0 once released
    Amount fees;                   // held for the jury; 0 once paid
    Choice ruling{};               // once ruled
    bool by_default = false;       // ruled without a quorum
    Params terms;
    std::uint32_t rule_version = kRuleVersion;
    Amount contributor_bond;  // what the submission had at stake when it was challenged
    Amount fees_collected;  // from the challenger and, where the claim was right, the jurors' pool
    Amount fees_paid;       // of those, to seats; the rest went back to the challenger
    Amount penalties;       // taken from seats of all panels
    Amount penalties_paid;  // of those, to other seats
    Amount penalties_burned;  // of those, the rest
};
BOOST_DESCRIBE_STRUCT(Dispute, (),
                      (id, submission, order, challenger, contributor, buyer, claim, evidence_root,
                       evidence_uri, phase, draws, seed, seats, commits, reveals, votes_accept,
                       votes_reject, opened_s, deadline_s, bond, fees, ruling, by_default, terms,
                       rule_version, contributor_bond, fees_collected, fees_paid, penalties,
                       penalties_paid, penalties_burned))

// How a seat was judged.
enum class Outcome : std::uint8_t {
    pending = 0,
    coherent = 1,    // voted as the ruling
    incoherent = 2,  // voted against it
    no_show = 3,     // committed nothing
    unrevealed = 4,  // committed and kept silent
    unjudged = 5,    // voted, but the panel gave no ruling
};
BOOST_DESCRIBE_ENUM(Outcome, pending, coherent, incoherent, no_show, unrevealed, unjudged)

// One seat of a panel. A juror may hold several; each is locked, judged and paid by itself.
struct Seat {
    std::uint8_t seat = 0;
    Address juror;
    Hash256 commitment;  // zero until committed
    Choice choice{};     // 0 until revealed
    Amount locked;       // of the juror's stake; 0 once judged
    Hash256 salt;        // zero until revealed
    Outcome outcome = Outcome::pending;
    Amount earned;   // fee and share of the penalties
    Amount penalty;  // taken
};
BOOST_DESCRIBE_STRUCT(Seat, (),
                      (seat, juror, commitment, choice, locked, salt, outcome, earned, penalty))

struct SeatKey {
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;
    std::uint8_t seat = 0;
};
BOOST_DESCRIBE_STRUCT(SeatKey, (), (dispute, draw, seat))

// What one drawing of a panel was made from.
struct Draw {
    Hash256 beacon;  // of the block at `height`
    Hash256 seed;    // panel_seed()
    std::uint64_t height = 0;
    std::uint64_t time_s = 0;
    std::uint64_t epoch = 0;
    Amount eligible;         // weight of the jurors' tree in that epoch
    std::uint8_t found = 0;  // jurors; below kQuorum nobody was seated
};
BOOST_DESCRIBE_STRUCT(Draw, (), (beacon, seed, height, time_s, epoch, eligible, found))

struct DrawKey {
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;  // from 1
};
BOOST_DESCRIBE_STRUCT(DrawKey, (), (dispute, draw))

// Ids count from 1.
inline constexpr Table<std::uint64_t, Dispute> kDisputes{ModuleId::disputes, 1};
inline constexpr Table<SeatKey, Seat> kSeats{ModuleId::disputes, 2};
inline constexpr Table<DrawKey, Draw> kDraws{ModuleId::disputes, 3};
// Submission -> its only dispute.
inline constexpr Table<std::uint64_t, std::uint64_t> kDisputeOf{ModuleId::disputes, 4};
// The id that the last dispute got.
inline constexpr Table<Only, std::uint64_t> kLastDispute{ModuleId::disputes, 5};
inline constexpr Table<Only, Params> kParams{ModuleId::disputes, 6};

// SHA-256("assay/vote/1" | record encoding of chain id, dispute, draw, seat, juror, choice, salt).
Hash256 vote_commitment(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                        std::uint8_t seat, const Address& juror, Choice choice,
                        const Hash256& salt);

}  // namespace assay::disputes
