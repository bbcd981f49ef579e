// Owns the records of disputes: the dispute, its rounds, backers, panels, and their tables.
#pragma once

#include "chain/state/table.hpp"
#include "chain/types/amount.hpp"

namespace assay::disputes {

// What a challenge says is wrong. One dispute is about one claim.
enum class Claim : std::uint8_t {
    low_quality = 1,    // more of it is wrong than the order's specification allows
    plagiarism = 2,     // copied from another submission
    off_spec = 3,       // not what the order asked for
    unlawful = 4,       // may not be sold
    wrong_verdict = 5,  // its contributor contests what the order's policy found
};
BOOST_DESCRIBE_ENUM(Claim, low_quality, plagiarism, off_spec, unlawful, wrong_verdict)

// What a juror answers: is the work what the order asked for?
enum class Choice : std::uint8_t { accept = 1, reject = 2 };  // of the submission
BOOST_DESCRIBE_ENUM(Choice, accept, reject)

enum class Phase : std::uint8_t {
    evidence = 1,
    commit = 2,
    reveal = 3,
    ruled = 4,       // for good, everybody paid
    appealable = 5,  // ruled unless somebody appeals in time
    settling = 6,    // ruled for good; the rounds' seats are judged one round a second
};
BOOST_DESCRIBE_ENUM(Phase, evidence, commit, reveal, ruled, appealable, settling)

struct Params {
    std::uint32_t challenge_bond_ppm = 250'000;            // of the contributor's bond
    Amount min_challenge_bond = Amount(kTokenUnits);       // base units: a dispute is never free
    Amount jury_fee = Amount(kTokenUnits / 2);             // a seat, the least
    Amount max_jury_fee = Amount(kTokenUnits * 16);        // where much is at stake: P7
    std::uint32_t incoherent_penalty_ppm = 3'000'000;      // of the fee: sigma
    std::uint32_t no_show_penalty_ppm = 1'500'000 * 3;     // of the fee: 1.5 sigma
    std::uint32_t unrevealed_penalty_ppm = 2'000'000 * 3;  // of the fee: 2 sigma
    std::uint32_t penalty_to_coherent_ppm = 700'000;       // the rest is burned
    std::uint32_t lost_bond_to_winner_ppm = 500'000;       // the rest is burned
    std::uint32_t join_bond_ppm = 100'000;                 // of the challenger's bond
    std::uint64_t evidence_s = 86'400;
    std::uint64_t commit_s = 86'400;
    std::uint64_t reveal_s = 86'400;
    std::uint64_t appeal_s = 86'400;        // from a round's ruling
    std::uint32_t pool_fees_ppm = 300'000;  // of what is slashed: the pool's most for the juries
    Amount juror_effort = Amount(kTokenUnits / 4);  // what looking at a dispute costs a juror
    std::uint32_t review_ppm = 50'000;              // of rulings are judged again
};
BOOST_DESCRIBE_STRUCT(Params, (),
                      (challenge_bond_ppm, min_challenge_bond, jury_fee, max_jury_fee,
                       incoherent_penalty_ppm, no_show_penalty_ppm, unrevealed_penalty_ppm,
                       penalty_to_coherent_ppm, lost_bond_to_winner_ppm, join_bond_ppm, evidence_s,
                       commit_s, reveal_s, appeal_s, pool_fees_ppm, juror_effort, review_ppm))

inline constexpr std::uint8_t kMaxRounds = 6;  // panels of 3, 7, 15, 31, 63 and 127 seats
inline constexpr std::uint8_t kReviewRound = kMaxRounds;  // its panel only measures the seats
inline constexpr std::uint8_t kMaxPanelSeats = 127;       // of the last round
// Panels of one round: the second replaces a failed one.
inline constexpr std::uint8_t kMaxDraws = 2;
inline constexpr std::uint8_t kMaxJoiners = 16;
inline constexpr std::uint8_t kMaxBackers = 1 + kMaxJoiners + (kMaxRounds - 1);
// The part of the evidence period at whose end a joiner extends it, and by which: a tenth.
inline constexpr std::uint64_t kExtensionParts = 10;
// The rules of ruling.hpp and division.hpp; a dispute is judged and replayed by those it was opened
// under.
inline constexpr std::uint32_t kRuleVersion = 2;
inline constexpr std::size_t kMaxEvidenceUriBytes = 256;

struct Dispute {
    std::uint64_t id = 0;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address challenger;  // of a contest, the contributor
    Address contributor;
    Address buyer;
    Claim claim{};
    Hash256 evidence_root;
    std::string evidence_uri;
    Phase phase = Phase::evidence;
    std::uint8_t round = 0;           // the present one, from 0
    std::uint8_t draws = 0;           // panels drawn so far, in all rounds
    std::uint8_t draws_of_round = 0;  // the second replaces one without a ruling
    std::uint8_t backers = 0;         // the challenger, who joined and who appealed
    std::uint8_t joiners = 0;
    bool extended = false;   // the evidence period, by a late joiner
    bool reviewing = false;  // ruled for good, and a review's panel votes
    bool reviewed = false;   // there is a round kReviewRound
    Hash256 ruled_beacon;    // of the block of the final ruling: draws lots for a review
    Hash256 seed;            // of the present panel
    std::uint8_t seats = 0;  // drawn; fewer than panel_seats() where jurors are too few
    std::uint8_t commits = 0;
    std::uint8_t reveals = 0;
    std::uint8_t votes_accept = 0;
    std::uint8_t votes_reject = 0;
    std::uint64_t opened_s = 0;
    std::uint64_t deadline_s = 0;     // of the present phase; 0 once ruled
    Amount bonds;                     // of all backers, held; 0 once divided
    Amount fees;                      // held for the juries; 0 once ruled
    Choice ruling{};                  // of the last round that ruled; final when settling
    bool by_default = false;          // no round ruled: accepted, or the contested verdict stands
    std::uint8_t rounds_settled = 0;  // whose seats were judged
    Params terms;                     // its jury_fee is this dispute's
    std::uint32_t rule_version = kRuleVersion;
    Amount contributor_bond;    // what the submission had at stake when it was challenged
    Amount value_at_stake;      // what it is paid when accepted
    Amount fees_collected;      // from who opened rounds and, where right, the jurors' pool
    Amount fees_from_pool;      // of those, the pool's
    Amount fees_paid;           // of those, to seats; the rest went back
    Amount penalties;           // taken from seats of all panels
    Amount penalties_paid;      // of those, to other seats
    Amount penalties_burned;    // of those, the rest
    Amount bonds_lost;          // of backers of the side that lost
    Amount bonds_burned;        // of those, and of rests of the division
    Amount slash_shared;        // of the contributor's bond, where several backers share it
    Amount contributor_reward;  // of bonds lost, when accepted
};
BOOST_DESCRIBE_STRUCT(Dispute, (),
                      (id, submission, order, challenger, contributor, buyer, claim, evidence_root,
                       evidence_uri, phase, round, draws, draws_of_round, backers, joiners,
                       extended, reviewing, reviewed, ruled_beacon, seed, seats, commits, reveals,
                       votes_accept, votes_reject, opened_s, deadline_s, bonds, fees, ruling,
                       by_default, rounds_settled, terms, rule_version, contributor_bond,
                       value_at_stake, fees_collected, fees_from_pool, fees_paid, penalties,
                       penalties_paid, penalties_burned, bonds_lost, bonds_burned, slash_shared,
                       contributor_reward))

// One round: opened by the challenge or an appeal, judged by one panel or, where the first gave no
// ruling, by a second.
struct Round {
    std::uint8_t round = 0;
    std::uint8_t seats = 0;       // of a full panel
    std::uint8_t first_draw = 0;  // 0 until drawn
    std::uint8_t draws = 0;
    Address opener;           // the challenger or who appealed; what is left of the fees is theirs
    Choice side{};            // that the opener argues for
    Choice ruling{};          // 0 while not ruled and where no panel ruled
    bool by_default = false;  // no panel ruled: the previous ruling stands, or accept in round 0
    bool settled = false;
    Amount fees;       // deposited by the opener
    Amount from_pool;  // paid by the jurors' pool, where the opener was right
    Amount paid;       // to seats
};
BOOST_DESCRIBE_STRUCT(Round, (),
                      (round, seats, first_draw, draws, opener, side, ruling, by_default, settled,
                       fees, from_pool, paid))

struct RoundKey {
    std::uint64_t dispute = 0;
    std::uint8_t round = 0;
};
BOOST_DESCRIBE_STRUCT(RoundKey, (), (dispute, round))

enum class Role : std::uint8_t { challenger = 1, joiner = 2, appellant = 3 };
BOOST_DESCRIBE_ENUM(Role, challenger, joiner, appellant)

// Somebody whose money stands behind one answer to the claim.
struct Backer {
    std::uint8_t backer = 0;
    Address account;
    Role role{};
    Choice side{};
    std::uint8_t round = 0;  // that an appellant opened; 0 of others
    Amount bond;
    Hash256 evidence_root;
    std::string evidence_uri;
    Amount returned;  // of the bond, in the end
    Amount reward;    // of what the other side lost
};
BOOST_DESCRIBE_STRUCT(Backer, (),
                      (backer, account, role, side, round, bond, evidence_root, evidence_uri,
                       returned, reward))

struct BackerKey {
    std::uint64_t dispute = 0;
    std::uint8_t backer = 0;  // from 0, the challenger
};
BOOST_DESCRIBE_STRUCT(BackerKey, (), (dispute, backer))

// How a seat was judged.
enum class Outcome : std::uint8_t {
    pending = 0,
    coherent = 1,    // voted as the final ruling
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
    std::uint8_t found = 0;  // jurors; below the quorum nobody was seated
    std::uint8_t round = 0;
};
BOOST_DESCRIBE_STRUCT(Draw, (), (beacon, seed, height, time_s, epoch, eligible, found, round))

struct DrawKey {
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;  // from 1, over all rounds
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
inline constexpr Table<RoundKey, Round> kRounds{ModuleId::disputes, 7};
inline constexpr Table<BackerKey, Backer> kBackers{ModuleId::disputes, 8};

// SHA-256("assay/vote/1" | record encoding of chain id, dispute, draw, seat, juror, choice, salt).
Hash256 vote_commitment(std::uint64_t chain_id, std::uint64_t dispute, std::uint8_t draw,
                        std::uint8_t seat, const Address& juror, Choice choice,
                        const Hash256& salt);

}  // namespace assay::disputes
