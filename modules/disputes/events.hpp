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

// A round's panel ruled, or its last one gave no ruling and the previous one stands.
struct RoundRuled {
    static constexpr int kIndexed = 1;
    std::uint64_t dispute = 0;
    std::uint8_t round = 0;
    Choice ruling{};
    std::uint8_t votes_accept = 0;
    std::uint8_t votes_reject = 0;
    bool by_default = false;
    std::uint64_t appeal_ends_s = 0;  // 0 where nobody can appeal
};
BOOST_DESCRIBE_STRUCT(RoundRuled, (),
                      (dispute, round, ruling, votes_accept, votes_reject, by_default,
                       appeal_ends_s))

struct DisputeJoined {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address joiner;
    Choice side{};
    Hash256 evidence_root;
    Amount bond;
};
BOOST_DESCRIBE_STRUCT(DisputeJoined, (), (dispute, joiner, side, evidence_root, bond))

struct Appealed {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address appellant;
    std::uint8_t round = 0;  // that the appeal opens
    Choice side{};
    Hash256 evidence_root;
    Amount bond;
};
BOOST_DESCRIBE_STRUCT(Appealed, (), (dispute, appellant, round, side, evidence_root, bond))

struct BackerPaid {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address backer;
    Amount bond;
    Amount returned;
    Amount reward;
};
BOOST_DESCRIBE_STRUCT(BackerPaid, (), (dispute, backer, bond, returned, reward))

// A fresh panel judges a final ruling again.
struct ReviewBegan {
    static constexpr int kIndexed = 1;
    std::uint64_t dispute = 0;
    std::uint8_t seats = 0;
    Amount fees;
};
BOOST_DESCRIBE_STRUCT(ReviewBegan, (), (dispute, seats, fees))

// For good.
struct DisputeRuled {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    std::uint64_t submission = 0;
    Choice ruling{};
    std::uint8_t votes_accept = 0;
    std::uint8_t votes_reject = 0;
    bool by_default = false;
    std::uint8_t rounds = 0;
};
BOOST_DESCRIBE_STRUCT(DisputeRuled, (),
                      (dispute, submission, ruling, votes_accept, votes_reject, by_default, rounds))

struct SeatJudged {
    static constexpr int kIndexed = 2;
    std::uint64_t dispute = 0;
    Address juror;
    std::uint8_t seat = 0;
    Amount earned;
    Amount penalty;
    std::uint8_t draw = 0;
};
BOOST_DESCRIBE_STRUCT(SeatJudged, (), (dispute, juror, seat, earned, penalty, draw))

}  // namespace assay::disputes
