// Fees, refusals, value and deadlines, run through signed envelopes and a module made for the test.
#include "chain/exec/executor.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/state/memory_reader.hpp"
#include "tests/support/deposit_module.hpp"

using namespace assay;
using namespace assay::test;

namespace {

const Address kProposer{{0x99}};

struct Fixture {
    Registry registry{{deposit_module()}};
    Executor executor{registry};
    TxChecker checker{.registry = registry, .chain_id = kChain, .block_gas_limit = 30'000'000};
    MemoryReader committed;
    State state{committed};
    BlockEnv block{.height = 1,
                   .time_s = 10,
                   .chain_id = kChain,
                   .proposer = kProposer,
                   .hash = {},
                   .base_fee = 10};
    crypto::SecretKey key = *crypto::secret_key_from(sha256(view_of("alice")));
    Address alice = crypto::address_of(*crypto::public_key_of(key));

    Fixture() {
        state.put(kFeeParams, {}, {});
        ledger::grant_at_genesis(state, alice, Amount(10'000'000));
    }
    Envelope deposit(bool refuse, std::uint64_t nonce) const {
        Envelope out;
        out.chain_id = kChain;
        out.nonce = nonce;
        out.max_fee_per_gas = 20;
        out.max_priority_fee_per_gas = 3;
        out.gas_limit = 40'000;
        out.to = module_address(ModuleId::market);
        out.value = 1'000;
        out.data = assay::abi::encode_call(Deposit{.refuse = refuse});
        return out;
    }
    boost::system::result<CheckedTxPtr, TxRejection> check(Envelope envelope) const {
        sign_envelope(envelope, key);
        return checker.check(encode_envelope(envelope));
    }
    Receipt run(const Envelope& envelope) {
        const auto tx = check(envelope);
        BOOST_REQUIRE(tx.has_value());
        return executor.run(state, block, **tx);
    }
    std::string rejection(const Envelope& envelope) const {
        const auto tx = check(envelope);
        return tx ? "" : tx.error().message;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_pays_base_fee_to_nobody_and_tip_to_the_proposer, Fixture) {
    const Receipt receipt = run(deposit(false, 0));
    BOOST_TEST(receipt.code == TxCode::ok);
    BOOST_TEST(receipt.effective_gas_price == Amount(13));
    const std::uint64_t gas = receipt.gas_used;
    BOOST_TEST(gas > 26'000u);
    BOOST_TEST(ledger::balance(state, kProposer) == Amount(3 * gas));
    BOOST_TEST(ledger::supply(state).burned_fees == Amount(10 * gas));
    BOOST_TEST(ledger::balance(state, alice) == Amount(10'000'000 - 13 * gas - 1'000));
    BOOST_TEST(ledger::balance(state, kSink) == Amount(1'000));
    BOOST_TEST(ledger::nonce(state, alice) == 1u);
    BOOST_TEST(receipt.logs.size() == 4u);  // burn, tip, value in, value onward
}

BOOST_FIXTURE_TEST_CASE(a_refusal_leaves_only_nonce_and_fee, Fixture) {
    const Receipt receipt = run(deposit(true, 0));
    BOOST_TEST(receipt.code == TxCode::wrong_state);
    BOOST_TEST(ledger::balance(state, alice) == Amount(10'000'000 - 13 * receipt.gas_used));
    BOOST_TEST(ledger::balance(state, module_address(ModuleId::market)) == Amount(0));
    BOOST_TEST(ledger::nonce(state, alice) == 1u);
    BOOST_TEST(receipt.logs.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_transaction_that_cannot_be_included_changes_nothing, Fixture) {
    BOOST_TEST(run(deposit(false, 5)).code == TxCode::nonce_mismatch);
    Envelope poor = deposit(false, 0);
    poor.value = 10'000'000;
    BOOST_TEST(run(poor).code == TxCode::insufficient_funds_for_fee);
    block.base_fee = 21;
    BOOST_TEST(run(deposit(false, 0)).code == TxCode::insufficient_funds_for_fee);
    BOOST_TEST(ledger::balance(state, alice) == Amount(10'000'000));
    BOOST_TEST(ledger::nonce(state, alice) == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_plain_transfer_moves_value_or_is_refused, Fixture) {
    Envelope transfer = deposit(false, 0);
    transfer.to = kSink;
    transfer.data.clear();
    BOOST_TEST(run(transfer).code == TxCode::ok);
    BOOST_TEST(ledger::balance(state, kSink) == Amount(1'000));
}

BOOST_FIXTURE_TEST_CASE(malformed_transactions_are_named, Fixture) {
    Envelope tx = deposit(false, 0);
    tx.to.reset();
    BOOST_TEST(rejection(tx) == "execution reverted: contract_creation");
    tx = deposit(false, 0);
    tx.to = kSink;
    BOOST_TEST(rejection(tx) == "execution reverted: data_to_account");
    tx.to = module_address(ModuleId::datasets);
    BOOST_TEST(rejection(tx) == "execution reverted: unknown_module");
    tx = deposit(false, 0);
    tx.data[0] ^= 1;
    BOOST_TEST(rejection(tx) == "execution reverted: unknown_selector");
    tx = deposit(false, 0);
    tx.data.push_back(0);
    BOOST_TEST(rejection(tx).starts_with("execution reverted: malformed_calldata: "));
    tx = deposit(false, 0);
    tx.value = 0;
    BOOST_TEST(rejection(tx) == "execution reverted: amount_zero");
    tx = deposit(false, 0);
    tx.data = assay::abi::encode_call(Withdraw{});
    BOOST_TEST(rejection(tx) == "execution reverted: value_not_payable");
    tx = deposit(false, 0);
    tx.chain_id = 1;
    BOOST_TEST(rejection(tx) == "invalid chain id for signer: have 1 want 31337");
    tx = deposit(false, 0);
    tx.gas_limit = 21'000;
    BOOST_TEST(rejection(tx).starts_with("intrinsic gas too low"));
    tx = deposit(false, 0);
    tx.max_priority_fee_per_gas = 21;
    BOOST_TEST(rejection(tx) == "max priority fee per gas higher than max fee per gas");
    BOOST_TEST(checker.check(Bytes(kMaxTxBytes + 1)).error().message.starts_with("oversized data"));
}

BOOST_FIXTURE_TEST_CASE(due_deadlines_run_at_the_end_of_a_block, Fixture) {
    run(deposit(false, 0));
    executor.end_block(state, block, 0);
    BOOST_TEST(!state.contains(kDone, {}));
    block.time_s = 50;
    executor.end_block(state, block, 0);
    BOOST_TEST(state.must_get(kDone, {}) == 7u);
    BOOST_TEST(!state.first(kDeadlines).has_value());
}

// A deadline of the test's module is taken from the queue and puts one record: two writes.
BOOST_FIXTURE_TEST_CASE(a_block_handles_deadlines_up_to_its_writes, Fixture) {
    constexpr std::uint64_t kFit = kDeadlineWritesPerBlock / 2;
    const auto at = [](std::uint64_t time_s, std::uint64_t id) {
        return Deadline{.time_s = time_s, .kind = DeadlineKind::order_closes, .id = id};
    };
    for (std::uint64_t id = 1; id <= 2 * kFit; ++id) schedule(state, at(50, id));
    block.time_s = 60;
    executor.end_block(state, block, 0);
    BOOST_TEST((state.first(kDeadlines)->first == at(50, kFit + 1)));
    schedule(state, at(50, 7));  // what is set behind the walk goes first in the next block
    schedule(state, at(51, 1));  // and what is due later waits for all that was due before
    executor.end_block(state, block, 0);
    BOOST_TEST((state.first(kDeadlines)->first == at(50, 2 * kFit)));
    executor.end_block(state, block, 0);
    BOOST_TEST(!state.first(kDeadlines).has_value());
}

BOOST_FIXTURE_TEST_CASE(the_gas_of_a_block_buys_writes_of_its_deadlines, Fixture) {
    constexpr std::uint64_t kMore = 500;
    const std::uint64_t fit = (kDeadlineWritesPerBlock + 2 * kMore) / 2;
    for (std::uint64_t id = 1; id <= 2 * fit; ++id)
        schedule(state, {.time_s = 50, .kind = DeadlineKind::order_closes, .id = id});
    block.time_s = 60;
    executor.end_block(state, block, 2 * kMore * kGasPerDeadlineWrite);
    BOOST_TEST(state.first(kDeadlines)->first.id == fit + 1);
}

BOOST_FIXTURE_TEST_CASE(a_sender_budget_stops_what_could_not_pay, Fixture) {
    SenderBudget budget(state, block.base_fee);
    Envelope large = deposit(false, 0);
    large.value = 8'000'000;
    BOOST_TEST(budget.take(**check(large)) == TxCode::ok);
    BOOST_TEST(budget.take(**check(deposit(false, 0))) == TxCode::nonce_mismatch);
    Envelope second = deposit(false, 1);
    second.value = 2'000'000;
    BOOST_TEST(budget.take(**check(second)) == TxCode::insufficient_funds_for_fee);
    BOOST_TEST(budget.take(**check(deposit(false, 1))) == TxCode::ok);
}
