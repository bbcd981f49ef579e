// Owns the events of disputes.
#pragma once

#include "modules/disputes/objects.hpp"

namespace assay::disputes {

struct DisputeOpened {
    static constexpr int kIndexed = 3;
    std::uint64_t dispute = 0;
    std::uint64_t submission = 0;
    Address challenger;
    Claim claim{};
    Hash256 evidence_root;
    Amount bond;
};
BOOST_DESCRIBE_STRUCT(DisputeOpened, (),
                      (dispute, submission, challenger, claim, evidence_root, bond))

struct JurorDrawn {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address juror;
    std::uint8_t seat = 0;
    std::uint8_t draw = 0;
    std::uint64_t commit_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(JurorDrawn, (), (dispute, juror, seat, draw, commit_ends_s))

struct VoteCommitted {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address juror;
    std::uint8_t seat = 0;
};
BOOST_DESCRIBE_STRUCT(VoteCommitted, (), (dispute, juror, seat))

struct RevealPhaseBegan {
    static constexpr int kIndexed = 1;
    std::uint64_t dispute = 0;
    std::uint64_t reveal_ends_s = 0;
};
BOOST_DESCRIBE_STRUCT(RevealPhaseBegan, (), (dispute, reveal_ends_s))

struct VoteRevealed {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address juror;
    std::uint8_t seat = 0;
    Choice choice{};
};
BOOST_DESCRIBE_STRUCT(VoteRevealed, (), (dispute, juror, seat, choice))

// A panel that gave no ruling: too few jurors, no quorum, or a tie.
struct PanelFailed {
    static constexpr int kIndexed = 1;
    std::uint64_t dispute = 0;
    std::uint8_t draw = 0;
    std::uint8_t seats = 0;
    std::uint8_t reveals = 0;
};
BOOST_DESCRIBE_STRUCT(PanelFailed, (), (dispute, draw, seats, reveals))

struct DisputeRuled {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    std::uint64_t submission = 0;
    Choice ruling{};
    std::uint8_t votes_accept = 0;
    std::uint8_t votes_reject = 0;
    bool by_default = false;
};
BOOST_DESCRIBE_STRUCT(DisputeRuled, (),
                      (dispute, submission, ruling, votes_accept, votes_reject, by_default))

struct SeatJudged {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address juror;
    std::uint8_t seat = 0;
    Amount earned;
    Amount penalty;
};
BOOST_DESCRIBE_STRUCT(SeatJudged, (), (dispute, juror, seat, earned, penalty))

}  // namespace assay::disputes
