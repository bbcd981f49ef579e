// The rules between the numbers of reputation.
#include "modules/reputation/params.hpp"

#include <array>

#include "chain/state/state.hpp"

namespace assay::reputation {

namespace {

constexpr std::uint64_t kMaxStep_s = 31'536'000;  // a year
constexpr std::uint32_t kLeastBuyers = 2;         // "several"
constexpr std::uint32_t kMostBuyers = 1'000;

Result<void> within(const char* field, std::uint64_t value, std::uint64_t least,
                    std::uint64_t most) {
    if (value >= least && value <= most) return {};
    return failure(std::string("reputation.") + field + " is outside " + std::to_string(least) +
                   ".." + std::to_string(most));
}

bool asks_less(const TierRule& rule, const TierRule& below) {
    return rule.score_ppm < below.score_ppm || rule.buyers < below.buyers ||
           rule.stake < below.stake;
}

}  // namespace

Result<void> validate_tiers(const Params& params) {
    TierRule below{.score_ppm = 1, .buyers = kLeastBuyers, .stake = Amount(1)};
    std::size_t tier = 0;
    for (const TierRule& rule : std::array{params.t1, params.t2, params.t3, params.t4}) {
        const std::string name = "P11: reputation.t" + std::to_string(++tier);
        if (asks_less(rule, below))
            return failure(name + " asks less than the tier below, or not for two buyers");
        if (rule.buyers > kMostBuyers)
            return failure(name + ".buyers is above " + std::to_string(kMostBuyers));
        const std::uint64_t given = std::uint64_t{rule.buyers} * params.counterparty_cap_ppm;
        if (rule.score_ppm > kFullScore_ppm || rule.score_ppm > given)
            return failure(name + ".scorePpm is more than its buyers can give");
        if (rule.stake > tokens(1'000'000'000))
            return failure(name + ".stake is above the supply cap");
        below = rule;
    }
    return {};
}

Result<void> validate(const Params& params) {
    if (auto out = within("stepS", params.step_s, 1, kMaxStep_s); !out) return out;
    if (params.full_burn.is_zero() || params.full_burn > tokens(1'000'000'000))
        return failure("reputation.fullBurn is outside 1..10^27");
    if (auto out = within("counterpartyCapPpm", params.counterparty_cap_ppm, 1, kFullScore_ppm);
        !out)
        return out;
    // At least a point, so that no buyer counts for nothing burned.
    if (auto out =
            within("buyerCountsPpm", params.buyer_counts_ppm, 1, params.counterparty_cap_ppm);
        !out)
        return out;
    if (auto out = within("rejectionPpm", params.rejection_ppm, 1, kPpm); !out) return out;
    return validate_tiers(params);
}

Result<void> validate_change(const Params& before, const Params& after) {
    if (before.step_s != after.step_s)
        return failure("reputation.stepS may not change while the chain runs");
    return {};
}

Params devnet_params() {
    Params out;
    out.step_s = 20;
    out.full_burn = tokens(1);
    out.t1.stake = tokens(10);
    out.t2.stake = tokens(20);
    out.t3.stake = tokens(40);
    out.t4.stake = tokens(80);
    return out;
}

void init(State& state, const Params& params) {
    state.put(kParams, {}, params);
}

}  // namespace assay::reputation
