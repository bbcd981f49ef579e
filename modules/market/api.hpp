// Owns what the rest of the chain may ask of the market; only modules/wiring calls it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chain/exec/env.hpp"
#include "chain/state/state.hpp"
#include "chain/types/tx_code.hpp"

namespace assay::market {

// What a challenge of one submission is about, frozen with its order.
struct ChallengeTerms {
    std::uint64_t submission = 0;
    std::uint64_t order = 0;
    Address contributor;
    Address buyer;
    Amount bond;            // the contributor's, held or pledged
    Amount value_at_stake;  // price times items: what the contributor is paid when accepted
    Hash256 root;           // of the item tree
    bool window_open = false;
    std::uint64_t window_ends_s = 0;  // a challenge must come before this second
    bool failed = false;              // by its order's policy: rejected unless a jury overturns it
    bool contestable = false;         // the policy's verdict gives it less than all of its value
};

// nullopt where no such submission was revealed. window_open is false once the window has ended,
// swept or not, and while a dispute runs.
std::optional<ChallengeTerms> challenge_terms(const State& state, const BlockEnv& block,
                                              std::uint64_t submission);

// Graders of its audit whose seats are not judged yet.
std::vector<Address> graders_of(const State& state, std::uint64_t submission);

// The order that a submission belongs to; nullopt where there is no such submission.
std::optional<std::uint64_t> order_of_submission(const State& state, std::uint64_t submission);

// The same of a request to show items.
std::optional<std::uint64_t> order_of_request(const State& state, std::uint64_t request);

// What an order's sponsor budget pays at most to who relays a contributor's message whose base fee
// is `base_fee`: that and the premium. Refused where there is no such order, its budget is too
// small or the contributor's cap is reached.
boost::system::result<Amount, TxCode> sponsored_fee(const State& state, std::uint64_t order,
                                                    const Address& contributor, Amount base_fee);
// A message that was relayed.
enum class RelayedStep : std::uint8_t { commit, reveal, opening };
struct RelayedMessage {
    RelayedStep step{};
    std::uint64_t submission = 0;  // that it was about; a commitment's is the newest
    Address contributor;
    Address relayer;
    Amount base_fee;
};
// Spends sponsored_fee() of the order's budget, after the message was executed; returns what is
// paid at once. Of a commitment and a reveal that is the base fee less the premium, and as much
// again as twice the premium when the work is accepted: who relays what is worth nothing loses by
// it.
Amount pay_sponsored_fee(State& state, std::uint64_t order, const RelayedMessage& message);
std::uint64_t newest_submission(const State& state);

// WINDOW -> DISPUTED; the window's deadline leaves the queue, the dispute carries the next one.
void mark_disputed(State& state, const BlockEnv& block, std::uint64_t submission,
                   std::uint64_t dispute);

// DISPUTED -> ACCEPTED: pays. Rejects instead where fraud was proven while the dispute ran.
void resolve_accepted(State& state, const BlockEnv& block, std::uint64_t submission);

// DISPUTED -> REJECTED: slashes the bond, the challenger's share to `challenger` (or to whoever
// proved fraud while the dispute ran). `claim` and `evidence` are recorded as the reason.
void resolve_rejected(State& state, const BlockEnv& block, std::uint64_t submission,
                      const Address& challenger, std::uint8_t claim, const Hash256& evidence);

// DISPUTED -> what the policy's verdict says, where it is upheld; else ACCEPTED with all of the
// value. Rejects instead where fraud was proven while the dispute ran.
void resolve_contest(State& state, const BlockEnv& block, std::uint64_t submission, bool upheld);

// A submission as those see it who build on the work.
struct Work {
    Address contributor;
    Address buyer;
    std::uint64_t items = 0;
    Hash256 root;         // of the item tree; zero before it is revealed
    bool stands = false;  // accepted or finalized
};
// nullopt where there is no such submission.
std::optional<Work> work_of(const State& state, std::uint64_t submission);

}  // namespace assay::market
