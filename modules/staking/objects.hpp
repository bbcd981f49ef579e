// Owns the records of staking: validators, delegations, what is on its way out, and their tables.
#pragma once

#include <vector>

#include "chain/exec/deadlines.hpp"
#include "chain/state/table.hpp"
#include "chain/types/ids.hpp"
#include "modules/staking/params.hpp"

namespace assay::staking {

using Consensus = FixedBytes<20>;  // RIPEMD160(SHA256(key)): how consensus knows a validator

// What leaves in one block stands behind the votes of the next one still: consensus counts a change
// of power two blocks later.
inline constexpr std::uint64_t kVotesAfter = 1;

struct Validator {
    Consensus address;
    Bytes public_key;          // 33 bytes, compressed secp256k1
    Address operator_account;  // speaks for it
    Address fee_recipient;     // of the tips of its blocks
    std::uint32_t commission_ppm = 0;
    std::uint64_t commission_since_s = 0;
    Amount tokens;            // delegated and left after slashes; unbonding not included
    Amount shares;            // of `tokens`, held by delegators
    std::uint64_t power = 0;  // as consensus was last told; 0: not in the set
    bool jailed = false;
    bool tombstoned = false;  // for ever
    std::uint64_t jailed_until_s = 0;
    Amount commission;        // earned by the operator and not paid
    Amount reward_per_share;  // 2^-64: all that a share ever earned
    Amount reward_from;       // Totals::reward_per_power up to which it has been credited
};
BOOST_DESCRIBE_STRUCT(Validator, (),
                      (address, public_key, operator_account, fee_recipient, commission_ppm,
                       commission_since_s, tokens, shares, power, jailed, tombstoned,
                       jailed_until_s, commission, reward_per_share, reward_from))

struct DelegationKey {
    Address delegator;
    Consensus validator;
};
BOOST_DESCRIBE_STRUCT(DelegationKey, (), (delegator, validator))

// On stake that left `source` without waiting: until ends_s it loses what it would have lost there.
struct Lien {
    Consensus source;
    std::uint64_t until_height = 0;  // the last whose votes it stood behind
    std::uint64_t ends_s = 0;
    Amount shares;  // of where it is now: of a validator or of a bucket
};
BOOST_DESCRIBE_STRUCT(Lien, (), (source, until_height, ends_s, shares))

struct Redelegation {
    std::uint64_t id = 0;
    Lien lien;  // on shares of the validator that it came to
};
BOOST_DESCRIBE_STRUCT(Redelegation, (), (id, lien))

struct Delegation {
    Amount shares;
    Amount reward_from;  // Validator::reward_per_share up to which it has been credited
    Amount rewards;      // credited and not paid
    std::vector<std::uint64_t> unbondings;
    std::vector<Redelegation> redelegations;  // that came here, the oldest first
};
BOOST_DESCRIBE_STRUCT(Delegation, (), (shares, reward_from, rewards, unbondings, redelegations))

// All that left one validator in one span of bucket_s seconds: slashed with it for what it did
// while any of that stood behind its votes. One division serves every owner.
struct BucketKey {
    Consensus validator;
    std::uint64_t number = 0;  // time / bucket_s
};
BOOST_DESCRIBE_STRUCT(BucketKey, (), (validator, number))

struct Bucket {
    Amount tokens;
    Amount shares;
    std::uint64_t until_height = 0;  // the last whose votes some of it stood behind
};
BOOST_DESCRIBE_STRUCT(Bucket, (), (tokens, shares, until_height))

struct Unbonding {
    Address delegator;
    Consensus validator;
    std::uint64_t bucket = 0;
    Amount shares;  // of the bucket
    std::uint64_t ends_s = 0;
    std::vector<Lien> liens;  // on shares of the bucket
};
BOOST_DESCRIBE_STRUCT(Unbonding, (), (delegator, validator, bucket, shares, ends_s, liens))

// The one double signing that a validator is ever punished for: what liens on its stake owe.
struct Fault {
    std::uint64_t height = 0;
    std::uint64_t punished_s = 0;
    std::uint32_t ppm = 0;
};
BOOST_DESCRIBE_STRUCT(Fault, (), (height, punished_s, ppm))

struct Totals {
    Amount tokens;            // of all validators
    Amount unbonding;         // of all buckets
    std::uint64_t power = 0;  // of the set
    Amount reward_per_power;  // 2^-32: all that a unit of power ever earned
    Amount rewards_owed;      // distributed and not paid
    std::uint64_t next_unbonding = 1;
    std::uint64_t next_redelegation = 1;
};
BOOST_DESCRIBE_STRUCT(Totals, (),
                      (tokens, unbonding, power, reward_per_power, rewards_owed, next_unbonding,
                       next_redelegation))

// The blocks of the present window that a validator did not sign; none where it signed all.
struct Absences {
    std::uint32_t missed = 0;
    Bytes bits;  // by height modulo the window
};
BOOST_DESCRIBE_STRUCT(Absences, (), (missed, bits))

// Orders by power, the greatest first, then by address.
struct Rank {
    std::uint64_t lacks = 0;  // 2^64 - 1 - power
    Consensus validator;
};
BOOST_DESCRIBE_STRUCT(Rank, (), (lacks, validator))

inline constexpr Table<Only, Params> kParams{ModuleId::staking, 1};
inline constexpr Table<Consensus, Validator> kValidators{ModuleId::staking, 2};
inline constexpr Table<Only, Totals> kTotals{ModuleId::staking, 3};
inline constexpr Table<DelegationKey, Delegation> kDelegations{ModuleId::staking, 4};
inline constexpr Table<std::uint64_t, Unbonding> kUnbondings{ModuleId::staking, 5};
inline constexpr Table<BucketKey, Bucket> kBuckets{ModuleId::staking, 6};
inline constexpr Table<Consensus, Absences> kAbsences{ModuleId::staking, 7};
// Who is in the set, in the order of its last change.
inline constexpr Table<Only, std::vector<Consensus>> kSet{ModuleId::staking, 8};
// Present while the ranking moved and the set was not decided anew: never between blocks.
inline constexpr Table<Only, Nothing> kRankingMoved{ModuleId::staking, 9};
// Where a redelegation came to.
inline constexpr Table<std::uint64_t, DelegationKey> kRedelegations{ModuleId::staking, 10};
inline constexpr Table<Consensus, Fault> kFaults{ModuleId::staking, 11};
// Everybody who may be in the set: not jailed, with at least one unit of power.
inline constexpr Table<Rank, Nothing> kRanking{ModuleId::staking, 0x80};
// Every validator, for listings.
inline constexpr Table<Consensus, Nothing> kListing{ModuleId::staking, 0x81};
// Every delegation by its delegator, for listings.
inline constexpr Table<DelegationKey, Nothing> kDelegationListing{ModuleId::staking, 0x82};

}  // namespace assay::staking
