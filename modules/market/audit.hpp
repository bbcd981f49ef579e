// Owns audits: graders drawn by lot look at items of a submission drawn by lot, and what most of
// them find decides, before anybody objects.
#pragma once

#include <optional>

#include "chain/exec/deadlines.hpp"
#include "chain/exec/env.hpp"
#include "modules/market/policy.hpp"
#include "modules/market/sampling.hpp"

namespace assay::market {

inline constexpr std::uint64_t kMaxAuditItems = 256;  // of one submission: bits of a bitmap
inline constexpr std::size_t kMaxBitmapBytes = kMaxAuditItems / 8;

// Of an order under `audited`.
struct AuditTerms {
    std::uint64_t min_items = 0;  // of a submission
    std::uint8_t graders = 0;     // of an audit: 3, 5 or 7
    Amount budget;                // of the order's escrow, for graders
};
BOOST_DESCRIBE_STRUCT(AuditTerms, (), (min_items, graders, budget))

enum class AuditPhase : std::uint8_t {
    drawing = 1,  // waits for a beacon that nobody knew when the work was revealed
    commit = 2,
    reveal = 3,
    graded = 4,  // the verdict was given; the seats wait for the submission's end
    over = 5,    // the seats were judged, or there are none
};
BOOST_DESCRIBE_ENUM(AuditPhase, drawing, commit, reveal, graded, over)

// What the beacon's block decided.
enum class Lot : std::uint8_t {
    none = 0,  // not drawn yet
    audited = 1,
    spared = 2,        // by lot: the order's share was met by others
    budget_spent = 3,  // the order pays for no further audit
    no_jurors = 4,     // too few who could sit
};
BOOST_DESCRIBE_ENUM(Lot, none, audited, spared, budget_spent, no_jurors)

struct Audit {
    std::uint64_t submission = 0;
    AuditPhase phase = AuditPhase::drawing;
    Lot lot = Lot::none;
    std::uint64_t deadline_s = 0;  // of drawing and commit; a reveal's is the submission's own
    Hash256 seed;                  // audit_seed(); zero before the draw
    std::uint64_t items = 0;       // drawn: k
    std::uint8_t seats = 0;        // drawn; fewer than graders where jurors are too few
    std::uint8_t commits = 0;
    std::uint8_t reveals = 0;
    bool counted = false;       // enough revealed for a verdict
    std::uint64_t defects = 0;  // items that most who revealed found bad
    Amount fees;                // held for the seats; 0 once judged
    Amount fees_paid;
    Amount penalties;         // taken from seats
    Amount penalties_burned;  // of those; the rest went to other seats
};
BOOST_DESCRIBE_STRUCT(Audit, (),
                      (submission, phase, lot, deadline_s, seed, items, seats, commits, reveals,
                       counted, defects, fees, fees_paid, penalties, penalties_burned))

// How a seat was judged.
enum class GradeOutcome : std::uint8_t {
    pending = 0,
    coherent = 1,    // its own count says what the submission's end says
    incoherent = 2,  // says the opposite
    no_show = 3,     // committed nothing
    unrevealed = 4,  // committed and kept silent
    unjudged = 5,    // revealed, but the end says nothing of quality
    released = 6,    // fraud ended the audit before the seat's time was over
};
BOOST_DESCRIBE_ENUM(GradeOutcome, pending, coherent, incoherent, no_show, unrevealed, unjudged,
                    released)

// One grader's seat. A juror may hold several; each is locked, judged and paid by itself.
struct GradeSeat {
    std::uint8_t seat = 0;
    Address grader;
    Hash256 commitment;  // zero until committed
    Hash256 salt;
    Bytes defects;  // bit i % 8 of byte i / 8 is drawn item i; empty until revealed
    Amount locked;  // of the juror's stake; 0 once judged
    GradeOutcome outcome = GradeOutcome::pending;
    Amount earned;
    Amount penalty;
};
BOOST_DESCRIBE_STRUCT(GradeSeat, (),
                      (seat, grader, commitment, salt, defects, locked, outcome, earned, penalty))

struct GradeKey {
    std::uint64_t submission = 0;
    std::uint8_t seat = 0;
};
BOOST_DESCRIBE_STRUCT(GradeKey, (), (submission, seat))

struct GraderAudit {
    Address grader;
    std::uint64_t submission = 0;
};
BOOST_DESCRIBE_STRUCT(GraderAudit, (), (grader, submission))

inline constexpr Table<std::uint64_t, AuditTerms> kAuditTerms{ModuleId::market, 24};
inline constexpr Table<std::uint64_t, Audit> kAudits{ModuleId::market, 25};  // by submission
inline constexpr Table<GradeKey, GradeSeat> kGradeSeats{ModuleId::market, 26};
// Audits in which a grader's seats are not judged yet.
inline constexpr Table<GraderAudit, Nothing> kGraderAudits{ModuleId::market, 0x82};

// SHA-256("assay/audit/1" | record encoding of chain id, submission, beacon).
Hash256 audit_seed(std::uint64_t chain_id, std::uint64_t submission, const Hash256& beacon);
// The lot: the seed's first eight bytes modulo 10^6, below the share.
bool is_drawn_for_audit(const Hash256& seed, std::uint32_t share_ppm);
// Of a submission: k, c0 and c_r of its sample; k is at most kMaxAuditItems.
SampleBounds audit_bounds(std::uint64_t items, const Params& terms);
// Indices of the drawn items, ascending; empty before the draw.
std::vector<std::uint64_t> audited_items(const Audit& audit, const Submission& submission);
// Two thirds of the graders, rounded up: so many must be found, and so many reveal.
std::uint8_t grading_quorum(std::uint8_t graders);

bool is_defect(ByteView bitmap, std::uint64_t item);
std::uint64_t count_defects(ByteView bitmap, std::uint64_t items);
// Items that more than half of the bitmaps mark.
std::uint64_t majority_defects(const std::vector<Bytes>& bitmaps, std::uint64_t items);

// Seats of one audit, in order.
std::vector<GradeSeat> seats_of(const State& state, const Audit& audit);
// The audit's own deadline; nullopt where it waits for none.
std::optional<Deadline> deadline_of(const Audit& audit);
// True while a revealed submission's audit must move on before there is a verdict.
bool waits_for_audit(const State& state, std::uint64_t submission);
// The phase that runs ends at another time.
void move_audit_deadline(State& state, Audit& audit, std::uint64_t time_s);
// DeadlineKind::audit_phase_ends.
void pass_audit_phase(State& state, const BlockEnv& block, std::uint64_t submission);

// True where an order takes no submission that small, unless it is all that is left of the quota.
bool is_too_small(const State& state, const Order& order, std::uint64_t item_count);
// What an order's escrow holds for graders.
Amount audit_budget(const State& state, std::uint64_t order);
// The order is over: what was left went back with its escrow.
void end_audit_budget(State& state, std::uint64_t order);

class Audited final : public QualityPolicy {
  public:
    std::optional<std::uint64_t> verdict_due_s(const Order& order,
                                               std::uint64_t revealed_s) const override;
    void begin(State& state, const BlockEnv& block, const Order& order,
               const Submission& submission) const override;
    void close(State& state, const Order& order, const Submission& submission) const override;
    Score score(const State& state, const Order& order,
                const Submission& submission) const override;
    void end(State& state, Order& order, const Submission& submission) const override;
};

}  // namespace assay::market
