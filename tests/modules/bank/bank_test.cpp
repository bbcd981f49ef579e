// The token's ERC-20 face: transfers, what they refuse, and what wallets read.
#include <boost/test/unit_test.hpp>

#include "chain/exec/ledger.hpp"
#include "chain/exec/registry.hpp"
#include "chain/state/memory_reader.hpp"
#include "chain/types/pools.hpp"
#include "modules/bank/allowance.hpp"
#include "modules/bank/transfer.hpp"
#include "modules/bank/views.hpp"
#include "modules/wiring/modules.hpp"

using namespace assay;
using namespace assay::bank;

namespace {

const Address kAlice{{0x0a}};
const Address kBob{{0x0b}};

struct Fixture {
    MemoryReader committed;
    State state{committed};
    TxEnv env{.block = {}, .sender = kAlice, .value = {}, .hash = {}};
    BlockEnv block;

    Fixture() { ledger::grant_at_genesis(state, kAlice, Amount(100)); }
    TxCode run(const Transfer& message) {
        const TxCode checked = message.check(env);
        return checked == TxCode::ok ? message.execute(state, env) : checked;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_transfer_moves_or_refuses, Fixture) {
    BOOST_TEST(run({.to = kBob, .amount = 100}) == TxCode::ok);
    BOOST_TEST(run({.to = kBob, .amount = 1}) == TxCode::insufficient_balance);
    BOOST_TEST(ledger::balance(state, kBob) == Amount(100));
    BOOST_TEST(ledger::balance(state, kAlice) == Amount(0));
    const auto logs = state.take_logs();
    BOOST_REQUIRE(logs.size() == 1u);
    BOOST_TEST(to_hex0x(logs[0].topics[0]) ==
               "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
}

BOOST_FIXTURE_TEST_CASE(malformed_transfers_are_refused_before_state_is_read, Fixture) {
    BOOST_TEST(run({.to = kBob, .amount = 0}) == TxCode::amount_zero);
    BOOST_TEST(run({.to = Address{}, .amount = 1}) == TxCode::address_zero);
    BOOST_TEST(run({.to = kAlice, .amount = 1}) == TxCode::self_transfer);
    BOOST_TEST(run({.to = pool::kTreasury, .amount = 1}) == TxCode::reserved_recipient);
    BOOST_TEST(ledger::balance(state, kAlice) == Amount(100));
}

BOOST_FIXTURE_TEST_CASE(allowances_are_refused_by_name, Fixture) {
    BOOST_TEST((Approve{.spender = kBob, .amount = 1}.check(env)) ==
               TxCode::allowance_not_supported);
    BOOST_TEST((TransferFrom{.from = kBob, .to = kAlice, .amount = 1}.check(env)) ==
               TxCode::allowance_not_supported);
    BOOST_TEST(*(Allowance{.owner = kAlice, .spender = kBob}.view(state, block)) == Amount(0));
}

BOOST_FIXTURE_TEST_CASE(selectors_are_those_of_erc_20, Fixture) {
    const Registry registry(all_modules());
    const Address bank = module_address(ModuleId::bank);
    for (const char* selector : {"a9059cbb", "095ea7b3", "23b872dd"})
        BOOST_TEST(registry.message(bank, *from_hex(selector)) != nullptr);
    for (const char* selector : {"06fdde03", "95d89b41", "313ce567", "18160ddd", "70a08231"})
        BOOST_TEST(registry.view(bank, *from_hex(selector)) != nullptr);
}

BOOST_FIXTURE_TEST_CASE(supply_is_genesis_and_minted_less_burned, Fixture) {
    ledger::mint(state, kBob, Amount(50));
    ledger::burn(state, kAlice, Amount(30), BurnReason::slash);
    BOOST_TEST(*TotalSupply{}.view(state, block) == Amount(120));
    BOOST_TEST(GetSupply{}.view(state, block)->burned_slashes == Amount(30));
    BOOST_TEST(*(BalanceOf{.account = kBob}.view(state, block)) == Amount(50));
    BOOST_TEST(*Decimals{}.view(state, block) == 18);
    BOOST_TEST(*Symbol{}.view(state, block) == "ASSAY");
    BOOST_TEST(*Name{}.view(state, block) == "Assay");
}
