// The light client: what follows, what is too far, and what is false.
#include "tests/consensus/sync/light_chain.hpp"

namespace assay::consensus::test {

namespace {

using Labels = std::vector<std::uint8_t>;

const BlockTime kNow{2'000, 0};

Labels always(std::int64_t) {
    return {1, 2, 3, 4};
}

// One validator in four goes every four heights: sets eight apart share half, sixteen apart none.
Labels moving(std::int64_t height) {
    const auto first = static_cast<std::uint8_t>(1 + height / 4);
    return {first, static_cast<std::uint8_t>(first + 1), static_cast<std::uint8_t>(first + 2),
            static_cast<std::uint8_t>(first + 3)};
}

LightCheck check(const LightChain& chain, std::int64_t from, const LightBlock& next,
                 const BlockTime& now = kNow) {
    return verify_light_block(kLightChain, chain.blocks.at(from), next, chain.trust(from), now);
}

// Returns the heights that were asked for.
std::vector<std::int64_t> search(const LightChain& chain, LightSearch& light,
                                 Result<void>& outcome) {
    std::vector<std::int64_t> asked;
    while (const auto wanted = light.wants()) {
        asked.push_back(*wanted);
        outcome = light.add(chain.blocks.at(*wanted), kNow);
        if (!outcome) break;
    }
    return asked;
}

void sign_again(LightBlock& block, std::size_t signers) {
    block.commit = signed_commit(block.header, block.validators, signers);
}

}  // namespace

BOOST_AUTO_TEST_CASE(headers_near_and_far_follow_while_the_validators_stay) {
    const LightChain chain(30, always);
    BOOST_TEST((check(chain, 1, chain.blocks.at(2)).verdict == LightVerdict::good));
    BOOST_TEST((check(chain, 1, chain.blocks.at(30)).verdict == LightVerdict::good));
    LightSearch light(kLightChain, chain.trust(3), 28);
    Result<void> outcome;
    BOOST_TEST((search(chain, light, outcome) == std::vector<std::int64_t>{3, 28}));
    BOOST_TEST(outcome.has_value());
    light.extend();
    BOOST_TEST((light.wants() == 29));
}

BOOST_AUTO_TEST_CASE(changed_validators_need_headers_between) {
    const LightChain chain(60, moving);
    BOOST_TEST((check(chain, 1, chain.blocks.at(8)).verdict == LightVerdict::good));
    BOOST_TEST((check(chain, 1, chain.blocks.at(13)).verdict == LightVerdict::too_far));
    BOOST_TEST((check(chain, 1, chain.blocks.at(60)).verdict == LightVerdict::too_far));
    LightSearch light(kLightChain, chain.trust(1), 60);
    Result<void> outcome;
    const auto asked = search(chain, light, outcome);
    BOOST_TEST(outcome.has_value());
    BOOST_TEST(asked.size() > 4u);
    BOOST_TEST(asked.size() < 30u);
    BOOST_TEST((light.verified().back() == chain.blocks.at(60)));
}

BOOST_AUTO_TEST_CASE(a_third_of_the_trusted_power_is_not_more_than_a_third) {
    const LightChain chain(
        10, [](std::int64_t height) { return height < 5 ? Labels{1, 2, 3} : Labels{3, 4, 5, 6}; });
    BOOST_TEST((check(chain, 1, chain.blocks.at(10)).verdict == LightVerdict::too_far));
    const LightChain two(
        10, [](std::int64_t height) { return height < 5 ? Labels{1, 2, 3} : Labels{2, 3, 4, 5}; });
    BOOST_TEST((check(two, 1, two.blocks.at(10)).verdict == LightVerdict::good));
}

BOOST_AUTO_TEST_CASE(false_headers_are_wrong) {
    const LightChain chain(10, always);
    const auto wrong = [&](const LightBlock& block, const char* why) {
        for (const std::int64_t from : {1, 4}) {
            if (from >= block.header.height) continue;
            const LightCheck got = check(chain, from, block);
            BOOST_TEST((got.verdict == LightVerdict::wrong));
            BOOST_TEST_INFO(got.reason);
            BOOST_TEST(got.reason.find(why) != std::string::npos);
        }
    };
    LightBlock block = chain.blocks.at(5);
    sign_again(block, 2);
    wrong(block, "two thirds");
    block = chain.blocks.at(5);
    block.header.app_hash.bytes[0] ^= 1U;
    wrong(block, "another one");
    block = chain.blocks.at(5);
    block.commit.signatures[1].signature.bytes[9] ^= 1U;
    wrong(block, "is wrong");
    block = chain.blocks.at(5);
    block.validators = Keys::set({1, 2, 3, 5});
    wrong(block, "set");
    block = chain.blocks.at(5);
    block.header.chain_id = "assay-2-1";
    sign_again(block, 4);
    wrong(block, "another chain");
    block = chain.blocks.at(5);
    block.header.time = {1'000, 0};
    sign_again(block, 4);
    wrong(block, "time does not rise");
    block.header.time = {9'000, 0};
    sign_again(block, 4);
    wrong(block, "future");
    // Signed by validators that the header before did not announce.
    block = chain.blocks.at(5);
    block.validators = Keys::set({1, 2, 3, 9});
    block.header.validators_hash = block.validators.hash();
    sign_again(block, 4);
    BOOST_TEST((check(chain, 4, block).verdict == LightVerdict::wrong));
    // A fork of the header before.
    block = chain.blocks.at(5);
    block.header.last_block_id.hash.bytes[0] ^= 1U;
    sign_again(block, 4);
    BOOST_TEST((check(chain, 4, block).verdict == LightVerdict::wrong));
    BOOST_TEST((check(chain, 5, chain.blocks.at(5)).verdict == LightVerdict::wrong));
    BOOST_TEST((check(chain, 6, chain.blocks.at(5)).verdict == LightVerdict::wrong));
    // Strangers sign all of their own set: trust does not reach them, however far one looks.
    LightBlock forged = chain.blocks.at(9);
    forged.validators = Keys::set({11, 12, 13});
    forged.header.validators_hash = forged.validators.hash();
    sign_again(forged, 3);
    BOOST_TEST((check(chain, 1, forged).verdict == LightVerdict::too_far));
}

BOOST_AUTO_TEST_CASE(trust_expires_and_must_match_the_configuration) {
    const LightChain chain(10, always);
    TrustOptions trust = chain.trust(1);
    trust.period_s = 999;
    BOOST_TEST(
        (verify_light_block(kLightChain, chain.blocks.at(1), chain.blocks.at(5), trust, {2'000, 0})
             .verdict == LightVerdict::wrong));
    BOOST_TEST((verify_light_block(kLightChain, chain.blocks.at(1), chain.blocks.at(5), trust,
                                   {1'999, 999'999'999})
                    .verdict == LightVerdict::good));
    LightSearch old(kLightChain, trust, 5);
    BOOST_TEST(!old.add(chain.blocks.at(1), {2'001, 0}).has_value());
    BOOST_TEST(old.is_expired());
    trust.hash.bytes[0] ^= 1U;
    LightSearch other(kLightChain, trust, 5);
    BOOST_TEST(!other.add(chain.blocks.at(1), {1'500, 0}).has_value());
    BOOST_TEST(other.is_misled());
    BOOST_TEST(!other.is_expired());
    LightSearch unasked(kLightChain, chain.trust(1), 5);
    BOOST_TEST(!unasked.add(chain.blocks.at(2), kNow).has_value());
}

// Bisection ends at the header that cannot be reached: the adjacent one.
BOOST_AUTO_TEST_CASE(a_forged_target_is_found_out) {
    LightChain chain(40, always);
    LightBlock& forged = chain.blocks.at(40);
    forged.validators = Keys::set({11, 12, 13});
    forged.header.validators_hash = forged.validators.hash();
    sign_again(forged, 3);
    LightSearch light(kLightChain, chain.trust(1), 40);
    Result<void> outcome;
    const auto asked = search(chain, light, outcome);
    BOOST_TEST(!outcome.has_value());
    BOOST_TEST(asked.size() < 10u);
    BOOST_TEST(light.at(40) == nullptr);
}

}  // namespace assay::consensus::test
