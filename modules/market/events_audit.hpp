// Owns the events of audits.
#pragma once

#include "modules/market/audit.hpp"

namespace assay::market {

// Whether a submission is audited, and why not.
struct AuditDrawn {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Lot lot{};
    Hash256 seed;
    std::uint8_t seats = 0;
    std::uint64_t commit_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(AuditDrawn, (), (submission, order, lot, seed, seats, commit_ends_s))

struct GraderDrawn {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address grader;
    std::uint8_t seat = 0;
    std::uint64_t commit_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(GraderDrawn, (), (submission, grader, seat, commit_ends_s))

struct GradeCommitted {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address grader;
    std::uint8_t seat = 0;
};
BOOST_DESCRIBE_STRUCT(GradeCommitted, (), (submission, grader, seat))

struct GradeRevealsBegan {
    static constexpr int kIndexed = 1;
    std::uint64_t submission = 0;
    std::uint64_t reveal_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(GradeRevealsBegan, (), (submission, reveal_ends_s))

struct GradeRevealed {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address grader;
    std::uint8_t seat = 0;
    std::uint64_t defects = 0;  // that it counts
};
BOOST_DESCRIBE_STRUCT(GradeRevealed, (), (submission, grader, seat, defects))

struct AuditGraded {
    static constexpr int kIndexed = 1;
    std::uint64_t submission = 0;
    bool counted = false;  // enough revealed
    std::uint64_t items = 0;
    std::uint64_t defects = 0;  // that most found
};
BOOST_DESCRIBE_STRUCT(AuditGraded, (), (submission, counted, items, defects))

struct GraderJudged {
    static constexpr int kIndexed = 2;
    std::uint64_t submission = 0;
    Address grader;
    std::uint8_t seat = 0;
    GradeOutcome outcome{};
    Amount earned;
    Amount penalty;
};
BOOST_DESCRIBE_STRUCT(GraderJudged, (), (submission, grader, seat, outcome, earned, penalty))

}  // namespace assay::market
