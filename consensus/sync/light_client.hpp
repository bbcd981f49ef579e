// Owns the light client: which headers follow from one that is trusted, by the rules of
// Tendermint's light client specification (verification: skipping, with bisection).
#pragma once

#include "consensus/sync/light_block.hpp"

namespace assay::consensus {

// From the operator's configuration, who has the hash from somebody to be trusted.
struct TrustOptions {
    std::int64_t height = 0;
    Hash256 hash;                     // of the header at `height`
    std::int64_t period_s = 604'800;  // shorter than what unbonding stake takes
    std::int64_t clock_drift_s = 10;
};

// Part of the trusted validators' power that must have signed a header that does not follow
// directly: more than this.
inline constexpr std::int64_t kTrustNumerator = 1;
inline constexpr std::int64_t kTrustDenominator = 3;

enum class LightVerdict : std::uint8_t {
    good,
    too_far,  // too few of the trusted validators signed: a header between is needed
    wrong,
};
struct LightCheck {
    LightVerdict verdict = LightVerdict::wrong;
    std::string reason;  // unless good
};

// The block fits together and to the chain: hash, set, and more than two thirds of it signed.
Result<void> check_light_block(std::string_view chain_id, const LightBlock& block);
bool has_expired(const LightBlock& trusted, const TrustOptions& trust, const BlockTime& now);
// `next` against `trusted`, which is lower.
LightCheck verify_light_block(std::string_view chain_id, const LightBlock& trusted,
                              const LightBlock& next, const TrustOptions& trust,
                              const BlockTime& now);

// A way from the trusted header to a target, through the blocks of one supplier. Bounded: each
// bisection halves the distance.
class LightSearch {
  public:
    LightSearch(std::string chain_id, TrustOptions trust, std::int64_t target)
        : chain_id_(std::move(chain_id)), trust_(trust), target_(target) {}

    // The height to ask the supplier for; nullopt once the target is verified.
    std::optional<std::int64_t> wants() const;
    // The block of height wants(). A failure says why the supplier cannot be believed, unless
    // is_expired() or is_misled() is the reason.
    Result<void> add(LightBlock block, const BlockTime& now);
    // What was trusted is too old by now, whoever supplies headers.
    bool is_expired() const { return expired_; }
    // The supplier has another header at the trusted height: one of the two is wrong.
    bool is_misled() const { return misled_; }
    // Goes on from what is verified to the next height.
    void extend() { ++target_; }
    // Those verified, by rising height; the first one is the trusted one.
    const std::vector<LightBlock>& verified() const { return verified_; }
    const LightBlock* at(std::int64_t height) const;

  private:
    Result<void> settle(const BlockTime& now);

    std::string chain_id_;
    TrustOptions trust_;
    std::int64_t target_;
    std::vector<LightBlock> verified_;
    std::vector<LightBlock> pending_;  // not reached yet, the lowest last
    bool expired_ = false;
    bool misled_ = false;
};

}  // namespace assay::consensus
