// Owns a whole chain with validators, delegators and a treasury, for tests of governance; every
// block's invariants are checked.
#pragma once

#include <boost/test/unit_test.hpp>

#include "modules/governance/messages.hpp"
#include "modules/governance/tally.hpp"
#include "modules/governance/views.hpp"
#include "modules/staking/messages.hpp"
#include "modules/staking/objects.hpp"
#include "modules/staking/stake.hpp"
#include "tests/support/wired_chain.hpp"

namespace assay::test {

inline Amount tokens(std::uint64_t count) {
    return *checked_mul(Amount(kTokenUnits), Amount(count));
}

inline const Address kAnn{{0xa1}};
inline const Address kBob{{0xa2}};
inline const Address kCat{{0xa3}};

inline FixedBytes<33> consensus_key(std::uint64_t number) {
    FixedBytes<33> out;
    out.bytes[0] = 2;
    out.bytes[1] = static_cast<std::uint8_t>(number);
    return out;
}
inline staking::Consensus validator(std::uint64_t number) {
    return staking::consensus_of(consensus_key(number));
}
inline Address operator_of(std::uint64_t number) {
    return Address{{0x0e, static_cast<std::uint8_t>(number)}};
}

using Changes = std::vector<governance::ParamChange>;

// Validators 1, 2, 3 with 30, 20 and 10 tokens of their operators; 100 tokens in the treasury.
struct GovernanceFixture {
    WiredChain chain;

    explicit GovernanceFixture(const ModuleParams& params = devnet_params())
        : chain({.params = params,
                 .people = {kAnn, kBob, kCat, operator_of(1), operator_of(2), operator_of(3)},
                 .more = [](State& state) {
                     for (std::uint64_t i = 1; i <= 3; ++i)
                         init_validator(state, consensus_key(i), 40 - 10 * i, operator_of(i));
                     ledger::grant_at_genesis(state, pool::kTreasury, tokens(100));
                 }}) {}

    governance::Params params() const { return *chain.ask(governance::GetGovernanceParams{}); }
    governance::Proposal proposal(std::uint64_t id) const {
        return *chain.ask(governance::GetProposal{.proposal = id});
    }
    governance::Status status(std::uint64_t id) const { return proposal(id).status; }
    governance::Tally tally(std::uint64_t id) const {
        return chain.ask(governance::GetTally{.proposal = id})->tally;
    }
    Amount deposits() const { return chain.balance(pool::kGovernanceDeposits); }

    template <Message M>
    TxCode send(const Address& who, const M& message, Amount value = {}) {
        return chain.send(who, ModuleId::governance, message, value);
    }
    template <Message M>
    TxCode stake(const Address& who, const M& message, Amount value = {}) {
        return chain.send(who, ModuleId::staking, message, value);
    }
    template <Message M>
    TxCode propose(const M& message) {
        return send(kCat, message, params().deposit);
    }
    TxCode propose(const Changes& changes) {
        return propose(governance::ProposeParams{
            .title = "Other numbers", .details_uri = {}, .changes = changes});
    }
    TxCode propose_grant(const Address& to, Amount amount) {
        return propose(governance::ProposeGrant{
            .title = "A grant", .details_uri = {}, .recipient = to, .amount = amount});
    }
    TxCode propose_upgrade(const std::string& name, std::uint64_t height) {
        return propose(governance::ProposeUpgrade{.title = "New rules",
                                                  .details_uri = {},
                                                  .height = height,
                                                  .name = name,
                                                  .info_hash = Hash256{{7}}});
    }
    TxCode vote(const Address& who, std::uint64_t id, governance::Choice choice,
                const std::vector<std::uint64_t>& validators) {
        governance::Vote message{.proposal = id, .choice = choice, .validators = {}};
        for (const std::uint64_t number : validators)
            message.validators.push_back(validator(number));
        return send(who, message);
    }
    // Validators 1 and 2 say yes.
    void accept(std::uint64_t id) {
        for (const std::uint64_t number : {1U, 2U})
            BOOST_TEST(vote(operator_of(number), id, governance::Choice::yes, {number}) ==
                       TxCode::ok);
    }
    TxCode delegate(const Address& who, std::uint64_t number, Amount amount) {
        return stake(who, staking::Delegate{.validator = validator(number)}, amount);
    }
    void pass(std::uint64_t seconds) {
        for (const auto& each : chain.end_block(seconds)) BOOST_ERROR(each.rule + ": " + each.what);
    }
    // Ends the block in which the vote ends.
    void end_vote() {
        pass(params().voting_s);
        pass(1);
    }
    // From a vote that all accept to its execution.
    void carry(std::uint64_t id) {
        accept(id);
        end_vote();
        BOOST_TEST((status(id) == governance::Status::timelock));
        pass(params().timelock_s);
        pass(1);
        BOOST_TEST(!governance::is_open(status(id)));
    }
};

}  // namespace assay::test
