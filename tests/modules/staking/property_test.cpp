// Careers of random validators and delegators: whatever they do, every block keeps every invariant,
// nobody gains a unit from rounding, and in the end everything can be taken out.
#include "tests/modules/staking/staking_fixture.hpp"

namespace assay::test {

namespace {

constexpr std::uint64_t kValidators = 6;

struct Careers : StakingFixture {
    std::uint64_t seed;
    std::uint64_t drawn = 0;

    explicit Careers(std::uint64_t number) : StakingFixture({30, 20, 10}), seed(number) {}

    std::uint64_t draw(std::uint64_t below) {
        Bytes text = record::encode(seed);
        record::encode_into(text, ++drawn);
        const Hash256 hash = sha256(text);
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < 8; ++i) out = out << 8U | hash.bytes[i];
        return out % below;
    }
    Address person() {
        const std::uint64_t number = draw(2 + kValidators);
        if (number == 0) return kAnn;
        return number == 1 ? kBob : operator_of(number - 1);
    }
    // Now and then a round number, else any.
    Amount amount() {
        if (draw(2) == 0) return tokens(1 + draw(20));
        return sum_of(params.min_delegation, Amount(draw(30 * kTokenUnits / 10)));
    }
    TxCode act() {
        const Address who = person();
        const std::uint64_t number = 1 + draw(kValidators);
        const auto at = validator(number);
        switch (draw(11)) {
            case 0: return send(who, bond(number, who), amount());
            case 1:
            case 2: return delegate(who, number, amount());
            case 3: {
                if (!state.contains(staking::kValidators, at)) return TxCode::validator_not_found;
                const Amount held = delegation(who, number).stake;
                return unbond(who, number, draw(3) == 0 ? held : min_of(held, amount()));
            }
            case 4: return withdraw(who, number);
            case 5: return send(who, staking::Unjail{.validator = at});
            case 6:
                return send(who, staking::EditValidator{
                                     .validator = at,
                                     .fee_recipient = who,
                                     .commission_ppm = static_cast<std::uint32_t>(draw(30'000))});
            case 7:
            case 8:
            case 9: {
                if (!state.contains(staking::kValidators, at)) return TxCode::validator_not_found;
                const Amount held = delegation(who, number).stake;
                return redelegate(who, number, 1 + draw(kValidators),
                                  draw(3) == 0 ? held : min_of(held, amount()));
            }
            default: return unbond(operator_of(number), number, amount());
        }
    }
    // Of one that stake left not long ago, where there is such.
    std::uint64_t somebody_left() {
        std::vector<std::uint64_t> sources;
        for (std::uint64_t number = 1; number <= kValidators; ++number)
            state.scan(staking::kDelegations, [&](const auto&, const auto& delegation) {
                for (const auto& entry : delegation.redelegations)
                    if (entry.lien.source == validator(number)) sources.push_back(number);
            });
        return sources.empty() ? 1 + draw(kValidators) : sources[draw(sources.size())];
    }
    void accuse_of_the_past(std::uint64_t number) {
        const std::uint64_t back = draw(std::min<std::uint64_t>(block.height, 20));
        accuse(number, block.height - back, block.time_s - 3 * back);
    }
    void misfortune() {
        const auto at = validator(1 + draw(kValidators));
        switch (draw(12)) {
            case 0: absent = {at}; break;
            case 1: absent.clear(); break;
            case 2: staking::punish_missing_proofs(state, block, at, 100); break;
            case 3: pay_pool(sum_of(Amount(draw(1'000)), tokens(draw(3)))); break;
            case 4:
                if (draw(10) == 0) accuse_of_the_past(somebody_left());
                break;
            default: break;
        }
    }
    void everybody_leaves() {
        for (std::uint64_t number = 1; number <= kValidators; ++number) {
            if (!state.contains(staking::kValidators, validator(number))) continue;
            std::vector<Address> people{kAnn, kBob};
            for (std::uint64_t i = 1; i <= kValidators; ++i) people.push_back(operator_of(i));
            for (const Address& who : people) {
                (void)withdraw(who, number);
                const Amount held = delegation(who, number).stake;
                if (!held.is_zero()) BOOST_TEST(unbond(who, number, held) == TxCode::ok);
            }
        }
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(random_careers_keep_every_invariant) {
    std::map<TxCode, std::uint64_t> codes;
    std::size_t moves_slashed = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Careers careers(seed);
        careers.params.window_blocks = 20;
        careers.state.put(staking::kParams, {}, careers.params);
        const Amount minted = ledger::supply(careers.state).genesis;
        for (int height = 0; height < 250; ++height) {
            for (std::uint64_t i = careers.draw(4); i > 0; --i) ++codes[careers.act()];
            careers.misfortune();
            careers.next_block(1 + careers.draw(6));
        }
        careers.next_block(careers.params.unbonding_s);
        careers.next_block();
        careers.everybody_leaves();
        careers.next_block(careers.params.unbonding_s);
        careers.next_block();
        BOOST_TEST(careers.balance(pool::kStake) == Amount{});
        const Amount burned = ledger::total_burned(ledger::supply(careers.state));
        Amount held = careers.balance(pool::kValidators);
        for (const Address& who : {kAnn, kBob, kMint}) held = sum_of(held, careers.balance(who));
        for (std::uint64_t i = 1; i <= 9; ++i) held = sum_of(held, careers.balance(operator_of(i)));
        BOOST_TEST(sum_of(held, burned) == minted);
        moves_slashed += careers.moves_slashed;
    }
    BOOST_TEST(moves_slashed > 15u);
    for (const TxCode code :
         {TxCode::ok, TxCode::no_stake, TxCode::nothing_to_claim, TxCode::not_owner,
          TxCode::already_exists, TxCode::validator_not_found, TxCode::validator_not_jailed,
          TxCode::validator_tombstoned, TxCode::redelegation_immature, TxCode::same_validator,
          TxCode::commission_step_too_large, TxCode::too_early})
        BOOST_TEST(codes[code] > 0u, code);
    BOOST_TEST(codes[TxCode::ok] > 1'000u);
}

}  // namespace assay::test
