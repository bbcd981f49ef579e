// The supply identity holds through every movement of money, and names what breaks it.
#include "chain/exec/invariants.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/exec/ledger.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"

using namespace assay;

namespace {

const Address kAlice{{0x01}};

struct SupplyFixture {
    MemoryReader committed;
    State state{committed};
    Registry registry{{}};

    SupplyFixture() {
        ledger::grant_at_genesis(state, kAlice, 1'000);
        ledger::mint(state, pool::kVesting, 500);
        ledger::move(state, kAlice, pool::kTreasury, 300);
        ledger::burn(state, pool::kVesting, 20, BurnReason::other);
        ledger::burn(state, kAlice, 7, BurnReason::base_fee);
    }
    std::string finding() const {
        const auto failures = check_invariants(registry, state);
        BOOST_TEST(failures.size() <= 1U);
        return failures.empty() ? "" : failures[0].rule + ": " + failures[0].what;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_identity_holds_before_and_after_a_commit, SupplyFixture) {
    BOOST_TEST(finding() == "");
    committed.apply(state.take_changes());
    BOOST_TEST(finding() == "");
    ledger::move(state, pool::kTreasury, kAlice, 300);
    BOOST_TEST(finding() == "");
}

BOOST_FIXTURE_TEST_CASE(one_unit_too_many_is_reported_with_every_pool, SupplyFixture) {
    committed.apply(state.take_changes());
    state.put(kAccounts, pool::kTreasury, {.balance = 301, .nonce = 0});
    const std::string text = finding();
    BOOST_TEST(
        text.starts_with("1 supply identity: genesis 1000 + minted 500 - burned 27 is not "
                         "free 693 + market escrow 0"));
    for (const auto& each : pool::kAll)
        BOOST_TEST(text.find(std::string(each.name)) != std::string::npos);
    BOOST_TEST(text.find("treasury 301") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(money_may_not_rest_outside_accounts_and_pools, SupplyFixture) {
    ledger::move(state, kAlice, module_address(ModuleId::market), 5);
    BOOST_TEST(finding().find("5 rest at 0xa55a") != std::string::npos);
    ledger::move(state, module_address(ModuleId::market), kAlice, 5);
    BOOST_TEST(finding() == "");
}

BOOST_FIXTURE_TEST_CASE(balances_that_wrap_are_reported, SupplyFixture) {
    state.put(kAccounts, Address{{0x02}}, {.balance = Amount::max(), .nonce = 0});
    BOOST_TEST(check_invariants(registry, state).size() == 2U);
}
