// Owns VoteBook: the votes of one height, their weights, and what they prove.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "consensus/types/commit.hpp"

namespace assay::consensus {

// More than two thirds, and more than one third: 2f + 1 and f + 1 of the paper in voting power.
bool is_quorum(std::int64_t weight, std::int64_t total);
bool holds_an_honest_one(std::int64_t weight, std::int64_t total);

// Two votes of one validator for different blocks at one height, round and step.
struct Equivocation {
    Vote first;
    Vote second;
    friend bool operator==(const Equivocation&, const Equivocation&) = default;
};

// Takes votes whose signatures were checked. Each validator counts once towards "any" and once
// towards each block that it voted for: who votes twice is faulty, and counting both of its votes
// lets every node see the quorum that another one saw. Rounds beyond the next are remembered for
// each validator's highest alone, so that nobody can fill the memory.
class VoteBook {
  public:
    explicit VoteBook(const ValidatorSet& set);

    struct Outcome {
        bool added = false;
        std::optional<Equivocation> equivocation;  // told once a validator, round and step
    };
    // The index must be one of the set.
    Outcome add(const Vote& vote);
    // False where add() would change nothing.
    bool is_news(const Vote& vote) const;
    // Votes for this block are kept however many others their validators cast: it is known, from a
    // proposal or a commit, that they may be needed.
    void expect(std::int32_t round, VoteType type, const BlockId& id);
    // Another message of this round, signed by the validator: it counts for skipping rounds.
    void heard(std::size_t validator, std::int32_t round);
    // Votes of rounds up to the one after `round` are kept whole from now on.
    void open_rounds(std::int32_t round);

    // Weight of those who voted at all.
    std::int64_t weight(std::int32_t round, VoteType type) const;
    bool has_quorum_of_any(std::int32_t round, VoteType type) const;
    // The block, or nil, that more than two thirds voted for.
    std::optional<BlockId> quorum(std::int32_t round, VoteType type) const;
    // Every round with a quorum of precommits for a block; at most one with honest validators.
    const std::optional<std::pair<std::int32_t, BlockId>>& decided() const { return decided_; }
    // The highest round that more than a third of the power has reached or passed; -1 for none.
    std::int32_t reached_by_an_honest_one() const;

    // The first vote of a validator, or nullptr.
    const Vote* find(std::int32_t round, VoteType type, std::size_t validator) const;
    // A validator's vote for this very block, or nullptr.
    const Vote* find(std::int32_t round, VoteType type, std::size_t validator,
                     const BlockId& id) const;
    // The precommits of this round as a commit for `id`.
    Commit commit(std::int64_t height, std::int32_t round, const BlockId& id) const;

  private:
    struct Tally {
        BlockId id;
        std::int64_t weight = 0;
    };
    struct Votes {
        std::vector<std::optional<Vote>> first;  // by validator
        std::vector<Vote> further;               // conflicting ones, a few a validator
        std::vector<Tally> tallies;
        std::int64_t weight = 0;
        std::vector<bool> reported;  // equivocation
    };
    struct Ahead {
        std::int32_t round = -1;
        std::optional<Vote> prevote;
        std::optional<Vote> precommit;
    };

    const Votes* votes(std::int32_t round, VoteType type) const;
    Outcome keep(const Vote& vote);
    void keep_ahead(const Vote& vote);
    void count(Votes& votes, const Vote& vote);
    bool is_expected(const Vote& vote) const;
    static bool is_in(const Votes& votes, const Vote& vote);
    static std::size_t further_of(const Votes& votes, std::size_t validator);

    std::vector<std::int64_t> powers_;
    std::int64_t total_ = 0;
    std::int32_t open_ = 1;  // rounds up to this one are kept whole
    std::map<std::pair<std::int32_t, VoteType>, Votes> rounds_;
    std::vector<std::int32_t> reached_;  // by validator: the highest round heard of
    std::vector<Ahead> ahead_;           // by validator
    struct Expected {
        std::int32_t round = 0;
        VoteType type = VoteType::prevote;
        BlockId id;
        friend bool operator==(const Expected&, const Expected&) = default;
    };
    std::vector<Expected> expected_;  // at most one a proposal, and one a commit
    std::optional<std::pair<std::int32_t, BlockId>> decided_;
};

}  // namespace assay::consensus
