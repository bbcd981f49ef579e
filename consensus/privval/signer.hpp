// Owns Signer: the port to whoever holds the validator's key, in this process or beside it.
#pragma once

#include "consensus/types/vote.hpp"

namespace assay::consensus {

// Never signs two different blocks, nor two different times, at one height, round and step. What
// was signed since the last flush() must not leave this node before the next one: only then is it
// remembered across crashes.
class Signer {
  public:
    virtual ~Signer() = default;
    virtual const ValidatorKey& key() const = 0;
    // Fills `signature`. Where the same vote was signed before with another time, takes that time.
    virtual Result<void> sign(std::string_view chain_id, Vote& vote) = 0;
    virtual Result<void> sign(std::string_view chain_id, Proposal& proposal) = 0;
    // Makes the newest signature durable, and with it the refusal of everything before it.
    virtual Result<void> flush() = 0;
};

}  // namespace assay::consensus
