// The first validators begin with stake, within the cap.
#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "chain/exec/ledger.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"
#include "genesis/genesis.hpp"
#include "modules/staking/views.hpp"

namespace assay {

namespace {

GenesisDoc two_validators(std::uint64_t power) {
    std::vector<GenesisValidator> validators;
    for (const auto* name : {"one", "two"}) {
        const auto secret = crypto::secret_key_from(sha256(view_of(name)));
        const auto key = crypto::public_key_of(*secret);
        validators.push_back({.public_key = key->compressed(),
                              .power = power,
                              .fee_recipient = crypto::address_of(*key)});
    }
    return devnet_genesis(std::move(validators), 1'000'000);
}

std::string refusal_of(const GenesisDoc& doc) {
    const auto good = validate(doc);
    return good ? std::string() : good.error().message;
}

}  // namespace

BOOST_AUTO_TEST_CASE(power_is_stake_of_the_fee_recipient) {
    const GenesisDoc doc = two_validators(7);
    BOOST_TEST(refusal_of(doc).empty());
    MemoryReader committed;
    State state(committed);
    app_config(doc).build_genesis(state);
    const Amount each = *checked_mul(Amount(kTokenUnits), Amount(7));
    BOOST_TEST(ledger::balance(state, pool::kStake) == sum_of(each, each));
    for (const auto& validator : doc.validators) {
        const auto address = consensus_address(validator.public_key);
        const auto stake =
            staking::GetDelegation{.delegator = validator.fee_recipient, .validator = address}.view(
                state, {});
        BOOST_REQUIRE(stake.has_value());
        BOOST_TEST(stake->stake == each);
        const auto status = staking::GetValidator{.validator = address}.view(state, {});
        BOOST_TEST(status->validator.power == 7u);
        BOOST_TEST((status->validator.public_key == to_bytes(validator.public_key)));
    }
}

BOOST_AUTO_TEST_CASE(stakes_are_issued_too) {
    // Ten accounts hold a million each: 990 million are left.
    BOOST_TEST(refusal_of(two_validators(495'000'000)).empty());
    BOOST_TEST(refusal_of(two_validators(495'000'001)) ==
               "validators: balances and stakes exceed the cap of 10^27 base units");
    GenesisDoc doc = two_validators(1);
    doc.modules.staking.max_validators = 1;
    BOOST_TEST(refusal_of(doc) == "validators: more than staking.maxValidators");
    doc = two_validators(1);
    doc.modules.staking.min_self_bond = sum_of(doc.modules.staking.power_unit, 1);
    BOOST_TEST(refusal_of(doc).ends_with("staking.powerUnit is below staking.minSelfBond"));
}

}  // namespace assay
