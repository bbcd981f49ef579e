// Owns Core: Tendermint's round state machine, arXiv 1807.04938, as a pure function of its inputs.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "consensus/core/vote_book.hpp"

namespace assay::consensus {

enum class Step : std::uint8_t { waiting = 0, propose = 1, prevote = 2, precommit = 3 };
enum class TimerKind : std::uint8_t { propose = 1, prevote = 2, precommit = 3 };

struct Timer {
    TimerKind kind = TimerKind::propose;
    std::int64_t height = 0;
    std::int32_t round = 0;
    friend bool operator==(const Timer&, const Timer&) = default;
};

// What a node finds of a block. One that it cannot judge, since it rests on heights that the node
// does not have, is not voted for on its own finding, and believed once two thirds vouch for it.
enum class BlockFinding : std::uint8_t { invalid, unjudged, valid };

// What happened. Signatures were checked, and everything is of the height that Begin named.
namespace input {
// A height begins and waits for Go, or for a message that shows that others went.
struct Begin {
    std::int64_t height = 0;
    ValidatorSet validators;          // its proposer is that of round 0
    std::optional<std::size_t> self;  // this node's place in it; none for who only follows
};
struct Go {};  // there is something to put in a block, or time for an empty one
struct GotProposal {
    Proposal proposal;
};
struct GotVote {
    Vote vote;
};
// A commit of this round was verified; its votes follow, one by one.
struct GotCommit {
    std::int32_t round = 0;
    BlockId id;
};
// A whole block is here and was checked against the chain and the application.
struct BlockChecked {
    BlockId id;
    BlockFinding finding = BlockFinding::invalid;
};
// The answer to effect::Build.
struct Built {
    std::int32_t round = 0;
    BlockId id;
};
struct TimerFired {
    Timer timer;
};
}  // namespace input
using Input = std::variant<input::Begin, input::Go, input::GotProposal, input::GotVote,
                           input::GotCommit, input::BlockChecked, input::Built, input::TimerFired>;

// What to do about it, in this order.
namespace effect {
struct EnterRound {
    std::int32_t round = 0;
    friend bool operator==(const EnterRound&, const EnterRound&) = default;
};
// Make a block to propose; answer with BlockChecked and Built.
struct Build {
    std::int32_t round = 0;
    friend bool operator==(const Build&, const Build&) = default;
};
// Sign, give it back as GotProposal or GotVote, and send it to all.
struct SignProposal {
    std::int32_t round = 0;
    std::int32_t pol_round = -1;
    BlockId id;
    friend bool operator==(const SignProposal&, const SignProposal&) = default;
};
struct SignVote {
    VoteType type = VoteType::prevote;
    std::int32_t round = 0;
    BlockId id;  // nil: for no block
    friend bool operator==(const SignVote&, const SignVote&) = default;
};
struct SetTimer {
    Timer timer;
    friend bool operator==(const SetTimer&, const SetTimer&) = default;
};
// This block is needed and not here; answer with BlockChecked when it is.
struct WantBlock {
    BlockId id;
    friend bool operator==(const WantBlock&, const WantBlock&) = default;
};
// The block is final; the core does nothing more before the next Begin.
struct Decide {
    std::int32_t round = 0;
    BlockId id;
    friend bool operator==(const Decide&, const Decide&) = default;
};
struct ReportEquivocation {
    Equivocation votes;
    friend bool operator==(const ReportEquivocation&, const ReportEquivocation&) = default;
};
// More than two thirds precommitted a block that this node finds invalid: it must not go on.
struct Halt {
    BlockId id;
    friend bool operator==(const Halt&, const Halt&) = default;
};
}  // namespace effect
using Effect = std::variant<effect::EnterRound, effect::Build, effect::SignProposal,
                            effect::SignVote, effect::SetTimer, effect::WantBlock, effect::Decide,
                            effect::ReportEquivocation, effect::Halt>;

// No clock, no input or output, no randomness. Each rule looks at everything known and says whether
// it fires; after every input the rules run until none does, so nothing can be missed because it
// came early, late or out of order. docs/consensus.md lists where this differs from the paper.
class Core {
  public:
    std::vector<Effect> step(const Input& input);

    std::int64_t height() const { return height_; }
    std::int32_t round() const { return round_; }
    Step current_step() const { return step_; }
    bool has_decided() const { return decided_; }
    std::int32_t locked_round() const { return locked_round_; }
    std::int32_t valid_round() const { return valid_round_; }
    const ValidatorSet& validators() const { return validators_; }
    const VoteBook& votes() const { return *book_; }
    const Proposal* proposal(std::int32_t round) const;
    // Whose turn it is; nullptr for a round further than the next, whose proposal is not taken yet.
    const Validator* proposer(std::int32_t round) const;

  private:
    struct Block {
        BlockId id;
        BlockFinding finding = BlockFinding::invalid;
    };

    void take(const input::Begin& begin);
    void take(const input::Go& go);
    void take(const input::GotProposal& got);
    void take(const input::GotVote& got);
    void take(const input::GotCommit& got);
    void take(const input::BlockChecked& checked);
    void take(const input::Built& built);
    void take(const input::TimerFired& fired);
    void run_rules();

    bool line_49();
    bool line_55();
    bool start_when_others_did();
    bool line_22();
    bool line_28();
    bool line_34();
    bool line_36();
    bool line_44();
    bool line_47();

    void start_round(std::int32_t round);
    void propose();
    void prevote(const BlockId& id);
    void precommit(const BlockId& id);
    void want(const BlockId& id);
    bool is_my_turn() const;
    const Block* block(const BlockId& id) const;
    void emit(Effect effect) { effects_.push_back(std::move(effect)); }

    std::int64_t height_ = 0;
    ValidatorSet validators_;
    std::optional<std::size_t> self_;
    std::optional<VoteBook> book_;

    std::int32_t round_ = -1;
    Step step_ = Step::waiting;
    BlockId locked_;
    std::int32_t locked_round_ = -1;
    BlockId valid_;
    std::int32_t valid_round_ = -1;
    bool decided_ = true;  // nothing to do before the first Begin

    std::map<std::int32_t, Proposal> proposals_;
    std::vector<Block> blocks_;
    std::vector<BlockId> wanted_;
    mutable std::vector<std::size_t> turns_;    // proposers of rounds so far, by round
    mutable std::optional<ValidatorSet> turn_;  // the set as it stands at the last of them
    bool polka_seen_ = false;                   // line 36, of this round
    bool prevote_timer_set_ = false;            // line 34, of this round
    bool precommit_timer_set_ = false;          // line 47, of this round
    std::vector<Effect> effects_;
};

}  // namespace assay::consensus
