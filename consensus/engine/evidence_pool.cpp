// The rules of evidence.
#include "consensus/engine/evidence_pool.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxPending = 1'000;
constexpr std::int64_t kLongestWait = 1'024;  // heights between two offers of one item

// As CometBFT orders them: by BlockID.Key(), the hash followed by the encoded part set header.
bool ordered(const BlockId& a, const BlockId& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    return encode(a.parts) < encode(b.parts);
}

bool too_old(const DuplicateVoteEvidence& evidence, const EvidenceLimits& limits,
             std::int64_t next_height, const BlockTime& now) {
    return next_height - evidence.vote_a.height > limits.max_age_blocks &&
           now.seconds - evidence.time.seconds > limits.max_age_seconds;
}

Result<void> check_vote(std::string_view chain_id, const Vote& vote, const Validator& validator) {
    if (!verify_message(validator.key, vote.sign_bytes(chain_id), vote.signature))
        return failure("evidence: a vote's signature does not hold");
    return {};
}

}  // namespace

DuplicateVoteEvidence evidence_of(const Equivocation& votes, const HeightFacts& facts) {
    DuplicateVoteEvidence out;
    const bool in_order = ordered(votes.first.block_id, votes.second.block_id);
    out.vote_a = in_order ? votes.first : votes.second;
    out.vote_b = in_order ? votes.second : votes.first;
    out.total_power = facts.validators.total_power();
    const auto index = facts.validators.index_of(out.vote_a.validator);
    CHECK(index.has_value());
    out.validator_power = facts.validators.validators()[*index].power;
    out.time = facts.time;
    return out;
}

Result<void> check_form(const DuplicateVoteEvidence& evidence, const EvidenceLimits& limits,
                        std::int64_t next_height, const BlockTime& now) {
    const Vote& a = evidence.vote_a;
    const Vote& b = evidence.vote_b;
    if (a.height < 1) return failure("evidence: has no height");
    if (a.height >= next_height) return failure("evidence: is of a block that is not decided");
    if (a.height != b.height || a.round != b.round || a.type != b.type)
        return failure("evidence: the votes are of different steps");
    if (a.validator != b.validator || a.validator_index != b.validator_index)
        return failure("evidence: the votes are of different validators");
    if (!ordered(a.block_id, b.block_id))
        return failure("evidence: the votes are equal or in the wrong order");
    if (too_old(evidence, limits, next_height, now)) return failure("evidence: is too old");
    return {};
}

Result<void> verify_evidence(std::string_view chain_id, const DuplicateVoteEvidence& evidence,
                             const HeightFacts& facts) {
    const Vote& a = evidence.vote_a;
    const Vote& b = evidence.vote_b;
    if (evidence.time != facts.time) return failure("evidence: time is not its block's");
    const auto index = facts.validators.index_of(a.validator);
    if (!index || *index != static_cast<std::size_t>(a.validator_index))
        return failure("evidence: nobody had this address and index at that height");
    const Validator& validator = facts.validators.validators()[*index];
    if (evidence.validator_power != validator.power ||
        evidence.total_power != facts.validators.total_power())
        return failure("evidence: powers are not those of that height");
    if (auto signed_a = check_vote(chain_id, a, validator); !signed_a) return signed_a;
    return check_vote(chain_id, b, validator);
}

bool EvidencePool::add(const DuplicateVoteEvidence& evidence) {
    const Key key{evidence.vote_a.height, evidence.vote_a.validator};
    if (pending_.size() >= kMaxPending) return false;
    return pending_.emplace(key, Pending{.evidence = evidence}).second;
}

std::vector<DuplicateVoteEvidence> EvidencePool::to_propose(std::size_t most, std::int64_t height) {
    std::vector<DuplicateVoteEvidence> out;
    for (auto& [key, pending] : pending_) {
        if (out.size() == most) break;
        if (height < pending.next_offer) continue;
        pending.next_offer = height + pending.wait;
        pending.wait = std::min(2 * pending.wait, kLongestWait);
        out.push_back(pending.evidence);
    }
    return out;
}

void EvidencePool::committed(const std::vector<DuplicateVoteEvidence>& evidence,
                             const EvidenceLimits& limits, std::int64_t height,
                             const BlockTime& time) {
    for (const auto& item : evidence) pending_.erase({item.vote_a.height, item.vote_a.validator});
    std::erase_if(pending_, [&](const auto& entry) {
        return too_old(entry.second.evidence, limits, height + 1, time);
    });
}

}  // namespace assay::consensus
