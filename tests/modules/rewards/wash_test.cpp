// Who burns fees to mint rewards for himself always has less afterwards.
#include "modules/rewards/params.hpp"
#include "tests/support/rewards_fixture.hpp"

using namespace assay;
using namespace assay::test;

namespace {

// splitmix64 with a fixed seed, so that failures repeat.
class Numbers {
  public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t below(std::uint64_t bound) {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return (z ^ (z >> 31)) % bound;
    }
    std::uint32_t ppm(std::uint32_t most = kPpm) {
        return static_cast<std::uint32_t>(below(most + 1ULL));
    }
    // Of any magnitude up to 2^bits.
    Amount amount(std::uint32_t bits) { return Amount(1 + below(1ULL << (1 + below(bits)))); }

  private:
    std::uint64_t state_;
};

rewards::Params random_params(Numbers& numbers) {
    rewards::Params out;
    out.epoch_s = 1 + numbers.below(100'000);
    out.half_life_s = out.epoch_s * (16 + numbers.below(10'000));
    out.mu_ppm = numbers.below(3) == 0 ? rewards::kMaxMu_ppm : numbers.ppm(rewards::kMaxMu_ppm);
    out.split.contributors_ppm = numbers.ppm();
    out.split.jurors_ppm = numbers.ppm(kPpm - out.split.contributors_ppm);
    out.split.treasury_ppm = kPpm - out.split.contributors_ppm - out.split.jurors_ppm;
    out.at_once_ppm = numbers.ppm();
    out.vesting_s = 1 + numbers.below(200'000);
    BOOST_REQUIRE(rewards::validate(out).has_value());
    return out;
}

}  // namespace

// The actor is buyer, contributor under several names, and every juror; as treasury he is not.
// Other people burn fees beside him.
BOOST_AUTO_TEST_CASE(an_actor_in_every_role_loses_by_minting_for_himself) {
    Numbers numbers(2'026);
    for (int game = 0; game < 60; ++game) {
        const auto params = random_params(numbers);
        RewardsFixture chain(params);
        const Address kOther{{0xc1}};
        const auto holdings = [&] {
            Amount sum = sum_of(chain.balance(kBuyer), chain.balance(pool::kJurorFees));
            for (std::uint8_t name = 0; name < 4; ++name)
                sum = sum_of(sum, chain.balance(Address{{0xd0, name}}));
            return sum;
        };
        Amount others_burned;
        const Amount before = holdings();
        std::uint64_t submission = 0;
        for (std::uint64_t round = 0; round < 3; ++round) {
            for (std::uint64_t i = numbers.below(6) + 1; i > 0; --i) {
                const bool own = numbers.below(4) != 0 || submission == 0;
                const Amount burned = numbers.amount(62);
                const auto name = static_cast<std::uint8_t>(numbers.below(4));
                chain.burn_fee(++submission, own ? Address{{0xd0, name}} : kOther, burned);
                if (!own) others_burned = sum_of(others_burned, burned);
            }
            chain.end_epoch(numbers.below(params.epoch_s));
        }
        chain.next_block(chain.block.time_s + params.vesting_s + 3 * params.epoch_s);
        for (std::uint64_t id = 1; id <= submission; ++id) {
            const auto reward = chain.reward(id);
            BOOST_TEST(reward.granted <= ppm_floor(reward.grant.burned_fees, params.mu_ppm));
            const TxCode code = chain.claim(id);
            BOOST_TEST((code == TxCode::ok) == !reward.granted.is_zero());
        }
        chain.next_block(chain.block.time_s + 1);
        // The fees of others passed through the buyer's hands here: not his loss. Even their part
        // of the jurors' mint he keeps, as the only juror.
        const Amount after = sum_of(holdings(), others_burned);
        const Amount own_jurors = ppm_floor(others_burned, params.mu_ppm);
        BOOST_TEST(after < sum_of(before, own_jurors), "game " << game);
        if (others_burned.is_zero()) BOOST_TEST(after < before);
    }
}
