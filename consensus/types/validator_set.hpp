// Owns ValidatorSet: who may vote with what power, and whose turn it is to propose.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "chain/types/ids.hpp"
#include "consensus/types/keys.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

inline constexpr std::int64_t kMaxTotalPower = INT64_MAX / 8;
inline constexpr std::size_t kMaxValidators = 10'000;  // MaxVotesCount

struct Validator {
    static constexpr const char* kName = "validator";
    ConsensusAddress address;
    ValidatorKey key;
    std::int64_t power = 0;
    std::int64_t priority = 0;  // of proposing; moved by rotate()
    friend bool operator==(const Validator&, const Validator&) = default;
};

// The address follows from the key.
Validator make_validator(const ValidatorKey& key, std::int64_t power);

// Sorted by power descending, then address. Proposers take turns in proportion to power, by the
// rule of the Tendermint specification (proposer selection).
class ValidatorSet {
  public:
    static constexpr const char* kName = "validator set";
    // Empty; holds nobody until it is read or assigned.
    ValidatorSet() = default;
    // Refuses an empty list, duplicates, powers below 1 and totals above kMaxTotalPower. The first
    // proposer is chosen.
    static Result<ValidatorSet> create(std::span<const Validator> validators);

    // Adds, changes and (power 0) removes. Refuses what create() refuses and unknown removals, and
    // then changes nothing. Call rotate() before asking for the proposer.
    Result<void> update(std::span<const Validator> changes);
    // Moves on `times` turns. The set must not be empty.
    void rotate(std::int32_t times);

    const std::vector<Validator>& validators() const { return validators_; }
    std::size_t size() const { return validators_.size(); }
    std::int64_t total_power() const;
    const Validator& proposer() const;
    std::optional<std::size_t> index_of(const ConsensusAddress& address) const;
    // Root over SimpleValidator {key, power} in order.
    Hash256 hash() const;
    friend bool operator==(const ValidatorSet&, const ValidatorSet&) = default;

    // As CometBFT does, the total is left out of the wire form.
    friend void write(protobuf::Writer& out, const ValidatorSet& set);
    friend void read(protobuf::Reader& in, ValidatorSet& set);

  private:
    void rescale();
    void centre();
    std::size_t take_turn();

    std::vector<Validator> validators_;
    std::size_t proposer_ = 0;
};

void write(protobuf::Writer& out, const Validator& validator);
void read(protobuf::Reader& in, Validator& validator);

}  // namespace assay::consensus
