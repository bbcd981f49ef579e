// The rules of the light client.
#include "consensus/sync/light_client.hpp"

#include <set>

namespace assay::consensus {

namespace {

BlockTime later(const BlockTime& time, std::int64_t seconds) {
    return {.seconds = time.seconds + seconds, .nanos = time.nanos};
}

// Power of the trusted set's validators that signed for the block. Their signatures were verified
// with the keys of the block's own set; an address stands for one key.
std::int64_t trusted_power(const ValidatorSet& trusted, const Commit& commit) {
    std::int64_t out = 0;
    std::set<ConsensusAddress> counted;
    for (const CommitSig& signature : commit.signatures) {
        if (signature.flag != CommitFlag::commit) continue;
        const auto index = trusted.index_of(signature.validator);
        if (index && counted.insert(signature.validator).second)
            out += trusted.validators()[*index].power;
    }
    return out;
}

LightCheck wrong(std::string reason) {
    return {LightVerdict::wrong, std::move(reason)};
}

}  // namespace

void write(protobuf::Writer& out, const LightBlock& block) {
    out.message(1, [&](protobuf::Writer& inner) { write(inner, block.header); });
    out.message(2, [&](protobuf::Writer& inner) { write(inner, block.commit); });
    out.message(3, [&](protobuf::Writer& inner) { write(inner, block.validators); });
}

void read(protobuf::Reader& in, LightBlock& block) {
    in.message(1, [&](protobuf::Reader& inner) { read(inner, block.header); });
    in.message(2, [&](protobuf::Reader& inner) { read(inner, block.commit); });
    in.message(3, [&](protobuf::Reader& inner) { read(inner, block.validators); });
}

Result<void> check_light_block(std::string_view chain_id, const LightBlock& block) {
    if (block.header.chain_id != chain_id) return failure("header: is of another chain");
    if (block.header.hash() != block.commit.block_id.hash)
        return failure("header: the commit is for another one");
    if (block.validators.size() == 0 || block.validators.hash() != block.header.validators_hash)
        return failure("header: names another validator set");
    return verify_commit(chain_id, block.validators, block.header.height, block.commit.block_id,
                         block.commit);
}

bool has_expired(const LightBlock& trusted, const TrustOptions& trust, const BlockTime& now) {
    return later(trusted.header.time, trust.period_s) <= now;
}

LightCheck verify_light_block(std::string_view chain_id, const LightBlock& trusted,
                              const LightBlock& next, const TrustOptions& trust,
                              const BlockTime& now) {
    if (has_expired(trusted, trust, now))
        return wrong("the trusted header of height " + std::to_string(trusted.header.height) +
                     " is older than the trusting period");
    if (next.header.height <= trusted.header.height) return wrong("header: height does not rise");
    if (next.header.time <= trusted.header.time) return wrong("header: time does not rise");
    if (next.header.time >= later(now, trust.clock_drift_s))
        return wrong("header: time is in the future");
    const bool adjacent = next.header.height == trusted.header.height + 1;
    if (adjacent && next.header.validators_hash != trusted.header.next_validators_hash)
        return wrong("header: the validators are not those that the one before announced");
    if (auto sound = check_light_block(chain_id, next); !sound) return wrong(sound.error().message);
    if (adjacent) {
        if (next.header.last_block_id != trusted.commit.block_id)
            return wrong("header: does not follow the one before");
        return {LightVerdict::good, {}};
    }
    const std::int64_t power = trusted_power(trusted.validators, next.commit);
    if (power * kTrustDenominator <= trusted.validators.total_power() * kTrustNumerator)
        return {LightVerdict::too_far, "too few of the trusted validators signed"};
    return {LightVerdict::good, {}};
}

std::optional<std::int64_t> LightSearch::wants() const {
    if (verified_.empty()) return trust_.height;
    const std::int64_t from = verified_.back().header.height;
    if (!pending_.empty()) return from + (pending_.back().header.height - from) / 2;
    if (from >= target_) return std::nullopt;
    return target_;
}

Result<void> LightSearch::add(LightBlock block, const BlockTime& now) {
    const auto wanted = wants();
    CHECK(wanted.has_value());
    if (block.header.height != *wanted) return failure("header: is of another height");
    if (verified_.empty()) {
        misled_ = block.header.hash() != trust_.hash;
        if (misled_)
            return failure("header " + std::to_string(trust_.height) +
                           " is not the trusted one of the configuration");
        if (auto sound = check_light_block(chain_id_, block); !sound) return sound;
        expired_ = has_expired(block, trust_, now);
        if (expired_)
            return failure("the trusted header of height " + std::to_string(trust_.height) +
                           " is older than the trusting period");
        verified_.push_back(std::move(block));
        return {};
    }
    pending_.push_back(std::move(block));
    return settle(now);
}

// Moves on over what is pending as far as trust reaches.
Result<void> LightSearch::settle(const BlockTime& now) {
    while (!pending_.empty()) {
        expired_ = has_expired(verified_.back(), trust_, now);
        const LightCheck check =
            verify_light_block(chain_id_, verified_.back(), pending_.back(), trust_, now);
        if (check.verdict == LightVerdict::too_far) return {};
        if (check.verdict == LightVerdict::wrong) return failure(check.reason);
        verified_.push_back(std::move(pending_.back()));
        pending_.pop_back();
    }
    return {};
}

const LightBlock* LightSearch::at(std::int64_t height) const {
    for (const auto& block : verified_)
        if (block.header.height == height) return &block;
    return nullptr;
}

}  // namespace assay::consensus
