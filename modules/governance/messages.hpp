// Owns the messages of governance.
#pragma once

#include "chain/exec/message.hpp"
#include "modules/governance/objects.hpp"

namespace assay::governance {

// What the end of a vote and the carrying out cost, in gas: paid ahead by who proposes.
inline constexpr std::uint64_t kProposalEndsGas = 160'000;

// The value of each proposal is the deposit. It comes back when the vote ends, unless the quorum
// was missed or the proposal vetoed: then it is burned.

// Changes parameters of any module, or of the fees, all together or none.
struct ProposeParams {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kProposalEndsGas;
    static constexpr std::uint64_t kChangeGas = 5'000;
    std::string title;
    std::string details_uri;
    std::vector<ParamChange> changes;

    std::uint64_t gas() const { return kGas + kChangeGas * changes.size(); }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ProposeParams, (), (title, details_uri, changes))

// Pays out of the treasury.
struct ProposeGrant {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kProposalEndsGas;
    std::string title;
    std::string details_uri;
    Address recipient;
    Amount amount;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ProposeGrant, (), (title, details_uri, recipient, amount))

// From the block of that height on, only programs that know the upgrade go on. It takes the place
// of a plan that waits; height 0 with an empty name takes that back.
struct ProposeUpgrade {
    static constexpr bool kPayable = true;
    static constexpr std::uint64_t kGas = 40'000 + kProposalEndsGas;
    std::string title;
    std::string details_uri;
    std::uint64_t height = 0;
    std::string name;
    Hash256 info_hash;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(ProposeUpgrade, (), (title, details_uri, height, name, info_hash))

// Votes with the sender's stake at each of the validators, whatever it is when the vote ends. Where
// the sender operates the validator, it votes for all stake there whose delegators do not vote.
// Voting again changes the choice.
struct Vote {
    static constexpr std::uint64_t kGas = 10'000;
    static constexpr std::uint64_t kValidatorGas = 20'000;
    static constexpr std::size_t kMaxValidators = 32;
    std::uint64_t proposal = 0;
    Choice choice{};
    std::vector<Consensus> validators;

    std::uint64_t gas() const { return kGas + kValidatorGas * validators.size(); }
    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Vote, (), (proposal, choice, validators))

// Does what was decided, once the timelock is over. The end of that block does it too; this serves
// when more is due there than a block may do.
struct Execute {
    static constexpr std::uint64_t kGas = 120'000;
    std::uint64_t proposal = 0;

    TxCode check(const TxEnv& env) const;
    TxCode execute(State& state, const TxEnv& env) const;
};
BOOST_DESCRIBE_STRUCT(Execute, (), (proposal))

}  // namespace assay::governance
