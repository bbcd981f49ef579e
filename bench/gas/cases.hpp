// Owns what the stories of several modules have in common: numbers of new objects, and intents.
#pragma once

#include <algorithm>

#include "bench/gas/story.hpp"
#include "chain/crypto/hash.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/market/tables.hpp"
#include "modules/relay/intent.hpp"
#include "modules/relay/relay.hpp"
#include "modules/wiring/sponsored.hpp"
#include "tests/support/item_work.hpp"

namespace assay::bench {

// What a dispute of one round costs beside its votes.
inline const std::vector<std::string> kJuryOfThree{
    "dispute_phase_ends evidence 3", "dispute_phase_ends commit 3", "dispute_phase_ends reveal 3",
    "dispute_phase_ends appealable 3"};

inline market::Counters market_counters(Story& story) {
    return story.chain().state().get_or_default(market::kCounters, {});
}
inline std::uint64_t last_order(Story& story) {
    return market_counters(story).orders;
}
inline std::uint64_t last_submission(Story& story) {
    return market_counters(story).submissions;
}
inline std::uint64_t last_opening(Story& story) {
    return market_counters(story).openings;
}

inline std::uint64_t intent_nonce(Story& story, std::size_t lane) {
    return story.ask(relay::NextIntentNonce{person(lane, Role::poor)});
}
// What the lane's poor person signed, sent by the lane's stranger.
template <class S, class M>
Call relayed(std::size_t lane, const S& signed_form, const M& message) {
    const auto poor = static_cast<std::size_t>(Role::poor);
    const Hash256 digest =
        eip712::digest(relay::intent_domain(kChainId), eip712::hash_struct(signed_form));
    return call(person(lane, Role::stranger), ModuleId::relay,
                relay::Relay{.signer = person(lane, poor),
                             .call = abi::encode_call(message),
                             .nonce = signed_form.nonce,
                             .deadline_s = signed_form.deadline_s,
                             .signature = relay::signature_bytes(
                                 crypto::sign_recoverable(key_of(lane, poor), digest))});
}

// The author of a submission contests its verdict, with the quoted value.
inline Call contest_by(Story& story, const Address& author, std::uint64_t submission) {
    return call(author, ModuleId::disputes,
                disputes::Contest{.submission = submission,
                                  .evidence_root = sha256(view_of("why")),
                                  .evidence_uri = "ipfs://why"},
                story.ask(disputes::QuoteContest{.submission = submission}));
}

// Validators of tell_of_stake(), and more stake of each lane's delegator there.
Bytes consensus_key(std::size_t lane);
FixedBytes<20> validator_of(std::size_t lane);
void delegate(Story& story, const std::string& what, std::uint64_t amount, bool measured);

}  // namespace assay::bench
