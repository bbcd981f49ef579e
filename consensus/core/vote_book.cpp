// Counting votes.
#include "consensus/core/vote_book.hpp"

#include <algorithm>

#include "chain/base/check.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxFurtherVotes = 3;  // conflicting ones of one validator, round and step

}  // namespace

bool is_quorum(std::int64_t weight, std::int64_t total) {
    return weight > total / 3 * 2 + total % 3 * 2 / 3;
}

bool holds_an_honest_one(std::int64_t weight, std::int64_t total) {
    return weight > total / 3;
}

VoteBook::VoteBook(const ValidatorSet& set)
    : total_(set.total_power()), reached_(set.size(), -1), ahead_(set.size()) {
    for (const auto& validator : set.validators()) powers_.push_back(validator.power);
}

const VoteBook::Votes* VoteBook::votes(std::int32_t round, VoteType type) const {
    const auto it = rounds_.find({round, type});
    return it == rounds_.end() ? nullptr : &it->second;
}

VoteBook::Outcome VoteBook::add(const Vote& vote) {
    const auto index = static_cast<std::size_t>(vote.validator_index);
    CHECK(index < powers_.size());
    heard(index, vote.round);
    if (vote.round <= open_) return keep(vote);
    keep_ahead(vote);
    return {.added = true, .equivocation = {}};
}

bool VoteBook::is_news(const Vote& vote) const {
    const auto index = static_cast<std::size_t>(vote.validator_index);
    if (vote.round > open_) {
        const Ahead& ahead = ahead_[index];
        const auto& slot = vote.type == VoteType::prevote ? ahead.prevote : ahead.precommit;
        return vote.round > ahead.round || (vote.round == ahead.round && !slot);
    }
    const Votes* found = votes(vote.round, vote.type);
    if (found == nullptr || !found->first[index]) return true;
    if (found->first[index]->block_id == vote.block_id || is_in(*found, vote)) return false;
    return !found->reported[index] || further_of(*found, index) < kMaxFurtherVotes ||
           is_expected(vote);
}

void VoteBook::expect(std::int32_t round, VoteType type, const BlockId& id) {
    const Expected one{.round = round, .type = type, .id = id};
    if (std::find(expected_.begin(), expected_.end(), one) == expected_.end())
        expected_.push_back(one);
}

bool VoteBook::is_expected(const Vote& vote) const {
    const Expected one{.round = vote.round, .type = vote.type, .id = vote.block_id};
    return std::find(expected_.begin(), expected_.end(), one) != expected_.end();
}

void VoteBook::heard(std::size_t validator, std::int32_t round) {
    reached_[validator] = std::max(reached_[validator], round);
}

std::size_t VoteBook::further_of(const Votes& votes, std::size_t validator) {
    return static_cast<std::size_t>(
        std::count_if(votes.further.begin(), votes.further.end(), [&](const Vote& other) {
            return static_cast<std::size_t>(other.validator_index) == validator;
        }));
}

bool VoteBook::is_in(const Votes& votes, const Vote& vote) {
    return std::any_of(votes.further.begin(), votes.further.end(), [&](const Vote& other) {
        return other.validator_index == vote.validator_index && other.block_id == vote.block_id;
    });
}

VoteBook::Outcome VoteBook::keep(const Vote& vote) {
    const auto index = static_cast<std::size_t>(vote.validator_index);
    Votes& votes = rounds_[{vote.round, vote.type}];
    if (votes.first.empty()) {
        votes.first.resize(powers_.size());
        votes.reported.resize(powers_.size());
    }
    auto& first = votes.first[index];
    if (!first) {
        first = vote;
        votes.weight += powers_[index];
        count(votes, vote);
        return {.added = true, .equivocation = {}};
    }
    if (first->block_id == vote.block_id || is_in(votes, vote)) return {};
    Outcome out;
    if (!votes.reported[index]) out.equivocation = Equivocation{*first, vote};
    votes.reported[index] = true;
    if (further_of(votes, index) >= kMaxFurtherVotes && !is_expected(vote)) return out;
    votes.further.push_back(vote);
    count(votes, vote);
    out.added = true;
    return out;
}

void VoteBook::count(Votes& votes, const Vote& vote) {
    auto tally = std::find_if(votes.tallies.begin(), votes.tallies.end(),
                              [&](const Tally& other) { return other.id == vote.block_id; });
    if (tally == votes.tallies.end()) tally = votes.tallies.insert(tally, Tally{vote.block_id, 0});
    tally->weight += powers_[static_cast<std::size_t>(vote.validator_index)];
    if (vote.type == VoteType::precommit && !vote.block_id.is_nil() && !decided_ &&
        is_quorum(tally->weight, total_))
        decided_ = {vote.round, vote.block_id};
}

void VoteBook::keep_ahead(const Vote& vote) {
    Ahead& ahead = ahead_[static_cast<std::size_t>(vote.validator_index)];
    if (vote.round < ahead.round) return;
    if (vote.round > ahead.round) ahead = {.round = vote.round, .prevote = {}, .precommit = {}};
    auto& slot = vote.type == VoteType::prevote ? ahead.prevote : ahead.precommit;
    if (!slot) slot = vote;
}

void VoteBook::open_rounds(std::int32_t round) {
    if (round + 1 <= open_) return;
    open_ = round + 1;
    for (Ahead& ahead : ahead_) {
        if (ahead.round < 0 || ahead.round > open_) continue;
        const Ahead taken = std::exchange(ahead, {});
        if (taken.prevote) keep(*taken.prevote);
        if (taken.precommit) keep(*taken.precommit);
    }
}

std::int64_t VoteBook::weight(std::int32_t round, VoteType type) const {
    const Votes* found = votes(round, type);
    return found == nullptr ? 0 : found->weight;
}

bool VoteBook::has_quorum_of_any(std::int32_t round, VoteType type) const {
    return is_quorum(weight(round, type), total_);
}

std::optional<BlockId> VoteBook::quorum(std::int32_t round, VoteType type) const {
    const Votes* found = votes(round, type);
    if (found == nullptr) return std::nullopt;
    for (const Tally& tally : found->tallies)
        if (is_quorum(tally.weight, total_)) return tally.id;
    return std::nullopt;
}

std::int32_t VoteBook::reached_by_an_honest_one() const {
    std::vector<std::pair<std::int32_t, std::int64_t>> ranked;
    for (std::size_t i = 0; i < powers_.size(); ++i)
        if (reached_[i] >= 0) ranked.emplace_back(reached_[i], powers_[i]);
    std::sort(ranked.begin(), ranked.end(),
              [](const auto& a, const auto& b) { return a.first > b.first; });
    std::int64_t weight = 0;
    for (const auto& [round, power] : ranked) {
        weight += power;
        if (holds_an_honest_one(weight, total_)) return round;
    }
    return -1;
}

const Vote* VoteBook::find(std::int32_t round, VoteType type, std::size_t validator) const {
    const Votes* found = votes(round, type);
    if (found == nullptr || !found->first[validator]) return nullptr;
    return &*found->first[validator];
}

const Vote* VoteBook::find(std::int32_t round, VoteType type, std::size_t validator,
                           const BlockId& id) const {
    const Votes* found = votes(round, type);
    if (found == nullptr) return nullptr;
    if (const auto& first = found->first[validator]; first && first->block_id == id) return &*first;
    for (const Vote& vote : found->further)
        if (static_cast<std::size_t>(vote.validator_index) == validator && vote.block_id == id)
            return &vote;
    return nullptr;
}

Commit VoteBook::commit(std::int64_t height, std::int32_t round, const BlockId& id) const {
    Commit out{.height = height, .round = round, .block_id = id, .signatures = {}};
    for (std::size_t i = 0; i < powers_.size(); ++i) {
        const Vote* vote = find(round, VoteType::precommit, i, id);
        if (vote == nullptr) vote = find(round, VoteType::precommit, i, BlockId{});
        if (vote == nullptr) {
            out.signatures.emplace_back();
            continue;
        }
        out.signatures.push_back(
            {.flag = vote->block_id == id ? CommitFlag::commit : CommitFlag::nil,
             .validator = vote->validator,
             .time = vote->time,
             .signature = vote->signature});
    }
    return out;
}

}  // namespace assay::consensus
