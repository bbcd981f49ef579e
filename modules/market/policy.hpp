// Owns the interface of quality policies: how work under one comes in, and what it has earned
// before anyone objects.
#pragma once

#include <optional>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "modules/market/objects.hpp"

namespace assay::market {

// What a policy says of a submission.
struct Score {
    std::uint32_t earned_ppm = kPpm;  // of its value, 0..10^6
    bool failed = false;              // rejected and slashed, unless a jury overturns it
    bool buyer_failed = false;        // the buyer did not do its part: its bond pays for it
};

class QualityPolicy {
  public:
    virtual ~QualityPolicy() = default;
    // True where an order's tasks are numbered and done in batches (batches.hpp).
    virtual bool in_batches() const { return false; }
    // When the verdict on work revealed at `revealed_s` is due; nullopt where there is none to wait
    // for, and the window opens at once with all of the value earned.
    virtual std::optional<std::uint64_t> verdict_due_s(const Order&,
                                                       std::uint64_t /*revealed_s*/) const {
        return std::nullopt;
    }
    // The submission was just revealed and its verdict is awaited.
    virtual void begin(State&, const BlockEnv&, const Order&, const Submission&) const {}
    // Right before score(): what comes in later counts no more.
    virtual void close(State&, const Order&, const Submission&) const {}
    // Items of a submission that its contributor must show before the verdict, ascending; empty
    // while they are not known.
    virtual std::vector<std::uint64_t> compared_items(const State&, const Submission&) const {
        return {};
    }
    // Asked once, when it is due.
    virtual Score score(const State&, const Order&, const Submission&) const { return {}; }
    // The submission was just accepted or rejected; the caller writes the order.
    virtual void end(State&, Order&, const Submission&) const {}
    // True where a verdict that a jury overturns is the buyer's fault.
    virtual bool answers_for_verdict() const { return false; }
};

// Every policy that an order can name has one.
const QualityPolicy* find_policy(Policy policy);

}  // namespace assay::market
