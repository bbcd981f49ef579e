// Random people stake, move, vote, propose and execute: every block keeps every invariant, votes
// are what a count of each delegation alone finds, and the chain says the same when executed again.
#include <set>

#include "tests/support/choices.hpp"
#include "tests/support/governance_fixture.hpp"

namespace assay::test {

using namespace governance;

namespace {

struct Assembly : GovernanceFixture {
    Bytes bytes;
    Choices choices;
    std::map<TxCode, std::uint64_t> codes;

    explicit Assembly(std::uint64_t seed)
        : bytes(bytes_of_seed(seed, 6'000)), choices(ByteView(bytes)) {}

    Address person() {
        const std::vector<Address> all{kAnn,           kBob,           kCat,
                                       operator_of(1), operator_of(2), operator_of(3)};
        return choices.of(all);
    }
    std::uint64_t place() { return 1 + choices.below(3); }
    Amount held(const Address& who, std::uint64_t number) const {
        return staking::stake_of(chain.state(), {.delegator = who, .validator = validator(number)});
    }
    Amount part(const Address& who, std::uint64_t number) {
        const Amount all = held(who, number);
        return choices.one_in(3) ? all : *mul_div_floor(all, choices.byte(), 255);
    }
    std::uint64_t some_proposal() {
        const std::uint64_t made = chain.state().get_or_default(kOpen, {}).made;
        return made - std::min<std::uint64_t>(made, choices.below(4));
    }
    Choice some_choice() {
        return choices.below(3) != 0 ? Choice::yes : static_cast<Choice>(1 + choices.below(4));
    }
    TxCode propose_something() {
        switch (choices.below(5)) {
            case 0: return propose_grant(person(), tokens(1 + choices.below(90)));
            case 1:
                return propose(
                    Changes{{"market.feePpm", std::to_string(1 + 100 * choices.below(256))}});
            case 2:
                return propose(
                    Changes{{"staking.maxValidators", std::to_string(1 + choices.below(4))}});
            case 3:
                return propose_upgrade("v" + std::to_string(choices.below(9)),
                                       chain.block().height + 1 + choices.below(12));
            default:
                return propose(
                    Changes{{"governance.votingS", std::to_string(20 + choices.below(20))}});
        }
    }
    TxCode act() {
        const Address who = person();
        const std::uint64_t at = place();
        switch (choices.below(10)) {
            case 0: return propose_something();
            case 1: return send(who, Execute{.proposal = some_proposal()});
            case 2: return delegate(who, at, tokens(1 + choices.below(30)));
            case 3:
                return stake(who,
                             staking::Unbond{.validator = validator(at), .amount = part(who, at)});
            case 4:
            case 5:
                return stake(who, staking::Redelegate{.from = validator(at),
                                                      .to = validator(place()),
                                                      .amount = part(who, at)});
            case 6: return stake(who, staking::Unjail{.validator = validator(at)});
            default:
                return vote(who, some_proposal(), some_choice(),
                            choices.one_in(3) ? std::vector<std::uint64_t>{at, place()}
                                              : std::vector<std::uint64_t>{at});
        }
    }
    // Each delegation to the set on its own; nothing was slashed, so a share is a unit.
    Tally counted_one_by_one(std::uint64_t id) const {
        const State& state = chain.state();
        const auto set = state.get_or_default(staking::kSet, {});
        Tally out;
        state.scan(staking::kDelegations, [&](const staking::DelegationKey& key,
                                              const staking::Delegation& delegation) {
            if (std::find(set.begin(), set.end(), key.validator) == set.end()) return;
            out.total = sum_of(out.total, delegation.shares);
            auto choice = state.get(
                kVotes, {.proposal = id, .validator = key.validator, .voter = key.delegator});
            if (!choice)
                choice =
                    state.get_or_default(kBallots, {.proposal = id, .validator = key.validator})
                        .of_operator;
            if (!choice) return;
            Amount* parts[] = {&out.yes, &out.no, &out.abstain, &out.veto};
            Amount& into = *parts[static_cast<std::size_t>(*choice) - 1];
            into = sum_of(into, delegation.shares);
        });
        return out;
    }
    void expect_votes() const {
        for (const std::uint64_t id : chain.state().get_or_default(kOpen, {}).voting)
            BOOST_TEST(json::to_string(tally(id)) == json::to_string(counted_one_by_one(id)));
    }
    void live() {
        while (!choices.empty()) {
            for (std::uint32_t i = choices.below(6); i > 0; --i) ++codes[act()];
            expect_votes();
            pass(1 + choices.below(7));
        }
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(random_assemblies_keep_every_invariant) {
    std::map<TxCode, std::uint64_t> codes;
    std::set<Status> ends;
    std::set<std::uint16_t> failures;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Assembly assembly(seed);
        assembly.live();
        assembly.chain.state().scan(kProposals, [&](std::uint64_t, const Proposal& each) {
            ends.insert(each.status);
            failures.insert(each.failure);
        });
        for (const auto& [code, count] : assembly.codes) codes[code] += count;
        BOOST_TEST(!assembly.chain.first_difference_on_replay().has_value(), "seed " << seed);
    }
    for (const Status end : {Status::rejected, Status::vetoed, Status::executed, Status::failed})
        BOOST_TEST(ends.contains(end), static_cast<int>(end));
    BOOST_TEST(failures.size() > 2u);
    for (const auto& [code, count] : codes) BOOST_TEST_MESSAGE(code << " " << count);
    for (const TxCode code : {TxCode::ok, TxCode::no_stake, TxCode::wrong_state, TxCode::too_early})
        BOOST_TEST(codes[code] > 0u, code);
    BOOST_TEST(codes[TxCode::ok] > 500u);
}

}  // namespace assay::test
