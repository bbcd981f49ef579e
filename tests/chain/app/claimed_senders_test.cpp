// Checking with claimed senders gives what recovering gives, whatever is claimed.
#include "chain/app/claimed_senders.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <thread>

#include "chain/crypto/hash.hpp"
#include "tests/support/deposit_module.hpp"

using namespace assay;
using namespace assay::test;

namespace {

crypto::SecretKey key_of(std::size_t signer) {
    return crypto::SecretKey(sha256(view_of("signer" + std::to_string(signer))));
}

Address address_of(std::size_t signer) {
    return crypto::address_of(*crypto::public_key_of(key_of(signer)));
}

struct ClaimedBlock {
    std::vector<Bytes> txs;
    Bytes senders;
    operator ClaimedTxs() const { return {.txs = txs, .senders = senders}; }
};

Envelope deposit(std::size_t number) {
    Envelope out;
    out.type = static_cast<std::uint8_t>(number % 3);
    out.chain_id = kChain;
    out.nonce = number;
    out.max_fee_per_gas = 2'000;
    out.max_priority_fee_per_gas = out.type == 2 ? 1 : 2'000;
    out.gas_limit = 60'000;
    out.to = module_address(ModuleId::market);
    out.value = 1'000;
    out.data = assay::abi::encode_call(Deposit{.refuse = number % 5 == 0});
    if (out.type > 0 && number % 7 == 0) out.access_list = {{.address = kSink, .storage_keys = {}}};
    return out;
}

Bytes sign(Envelope envelope, std::size_t signer) {
    sign_envelope(envelope, key_of(signer));
    return encode_envelope(envelope);
}

// Numbered from `first`, by the signers in turn.
ClaimedBlock block_of(std::size_t first, std::size_t count, std::size_t signers) {
    ClaimedBlock out;
    for (std::size_t i = first; i < first + count; ++i) {
        out.txs.push_back(sign(deposit(i), i % signers));
        append(out.senders, address_of(i % signers));
    }
    return out;
}

void name(ClaimedBlock& block, std::size_t at, const Address& sender) {
    std::copy(sender.begin(), sender.end(),
              block.senders.begin() + static_cast<std::ptrdiff_t>(at * Address::kSize));
}

struct Fixture {
    Registry registry{{deposit_module()}};
    TxChecker checker{.registry = registry, .chain_id = kChain, .block_gas_limit = 30'000'000};
    TxCache cache{100'000};
    ClaimedSenders claimed{checker, cache};

    std::vector<std::size_t> check(const std::vector<ClaimedBlock>& blocks) {
        return claimed.check(std::vector<ClaimedTxs>(blocks.begin(), blocks.end()));
    }
    // The cache holds what check() makes of each of these, and nothing where it refuses.
    void holds_what_recovery_gives(const ClaimedBlock& block) const {
        for (const Bytes& raw : block.txs) {
            const auto expected = checker.check(raw);
            const auto found = cache.find(sha256(raw));
            BOOST_REQUIRE(expected.has_value() == (found != nullptr));
            if (!found) continue;
            BOOST_REQUIRE(found->sender == (*expected)->sender);
            BOOST_REQUIRE(found->raw == raw);
            BOOST_REQUIRE(found->hash == (*expected)->hash);
            BOOST_REQUIRE(found->sha256 == (*expected)->sha256);
            BOOST_REQUIRE(found->envelope == (*expected)->envelope);
            BOOST_REQUIRE(found->gas == (*expected)->gas);
            BOOST_REQUIRE(found->message != nullptr);
        }
    }
};

using Blocks = std::vector<std::size_t>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(claims_that_hold_are_checked_together_over_several_blocks, Fixture) {
    std::vector<ClaimedBlock> blocks;
    for (std::size_t i = 0; i < 3; ++i) blocks.push_back(block_of(i * 250, 250, 20));
    blocks[1].txs.insert(blocks[1].txs.begin(), encode_block_entry({}));
    BOOST_TEST(check(blocks).empty());
    BOOST_TEST(claimed.held_jointly() == 730u);  // the first of each signer is recovered
    for (const auto& block : blocks) {
        if (is_block_entry(block.txs[0])) BOOST_TEST(!cache.find(sha256(block.txs[0])));
        holds_what_recovery_gives(block);
    }
    const ClaimedBlock later = block_of(750, 600, 20);
    BOOST_TEST(check({later}).empty());
    BOOST_TEST(claimed.held_jointly() == 1'330u);
    holds_what_recovery_gives(later);
}

BOOST_FIXTURE_TEST_CASE(too_few_for_a_joint_check_are_recovered, Fixture) {
    const ClaimedBlock block = block_of(0, 100, 4);
    BOOST_TEST(check({block}).empty());
    BOOST_TEST(claimed.held_jointly() == 0u);
    holds_what_recovery_gives(block);
}

BOOST_FIXTURE_TEST_CASE(more_than_one_joint_check_may_take, Fixture) {
    const ClaimedBlock block = block_of(0, 17'000, 3);
    BOOST_TEST(check({block}).empty());
    BOOST_TEST(claimed.held_jointly() == 16'997u);
    for (const std::size_t at : {0U, 16'383U, 16'386U, 16'387U, 16'999U})
        BOOST_TEST((cache.find(sha256(block.txs[at]))->sender == address_of(at % 3)));
}

BOOST_AUTO_TEST_CASE(a_false_claim_changes_nothing_and_its_block_is_named) {
    const auto last = [](auto& block) { return block.txs.size() - 1; };
    struct Lie {
        const char* what;
        std::function<void(ClaimedBlock&)> tell;
        bool spoils_the_rest = true;  // of the claims that are checked with it
    };
    const std::vector<Lie> lies{
        {"another signer's address", [&](auto& block) { name(block, 300, address_of(4)); }},
        {"the last one's only", [&](auto& block) { name(block, last(block), address_of(0)); }},
        {"the first one's only", [&](auto& block) { name(block, 0, address_of(1)); }},
        {"an address of nobody", [&](auto& block) { name(block, 300, Address{{0x99}}); }, false},
        {"all of nobody", [](auto& block) { block.senders.assign(block.senders.size(), 0); }},
        {"two that change places",
         [](auto& block) {
             name(block, 300, address_of(1));
             name(block, 301, address_of(0));
         }},
        {"each the next one's",
         [](auto& block) {
             std::rotate(block.senders.begin(), block.senders.begin() + 20, block.senders.end());
         }},
    };
    const ClaimedBlock honest = block_of(0, 200, 5);
    const ClaimedBlock true_block = block_of(200, 600, 5);
    for (const bool known : {false, true})
        for (const auto& lie : lies) {
            BOOST_TEST_CONTEXT(lie.what << (known ? ", keys known" : "")) {
                Fixture fixture;
                if (known) fixture.check({block_of(1'000, 5, 5)});
                ClaimedBlock block = true_block;
                lie.tell(block);
                BOOST_TEST((fixture.check({honest, block}) == Blocks{1}));
                BOOST_TEST((fixture.claimed.held_jointly() == 0) == lie.spoils_the_rest);
                fixture.holds_what_recovery_gives(honest);
                fixture.holds_what_recovery_gives(block);
            }
        }
}

BOOST_AUTO_TEST_CASE(a_wrong_number_of_senders_says_nothing) {
    const ClaimedBlock good = block_of(0, 520, 5);
    for (const std::size_t bytes : {0U, 20U, 519U * 20U, 521U * 20U, 520U * 20U - 1U}) {
        Fixture fixture;
        ClaimedBlock block = good;
        block.senders.resize(bytes);
        BOOST_TEST(fixture.check({block}).empty());
        BOOST_TEST(fixture.claimed.held_jointly() == 0u);
        fixture.holds_what_recovery_gives(block);
    }
}

BOOST_FIXTURE_TEST_CASE(a_false_claim_about_a_known_transaction_is_noticed_too, Fixture) {
    ClaimedBlock block = block_of(0, 10, 5);
    for (const Bytes& raw : block.txs) cache.insert(*checker.check(raw));
    BOOST_TEST(check({block}).empty());
    name(block, 3, address_of(4));
    BOOST_TEST((check({block}) == Blocks{0}));
    holds_what_recovery_gives(block);
}

BOOST_FIXTURE_TEST_CASE(what_the_rules_refuse_stays_refused_and_blames_nobody, Fixture) {
    ClaimedBlock block = block_of(0, 600, 5);
    block.txs[7] = {1, 2, 3};
    Envelope tx = deposit(8);
    tx.chain_id = kChain + 1;
    block.txs[8] = sign(tx, 8 % 5);
    tx = deposit(409);
    tx.value = 0;  // amount_zero, after the signature
    block.txs[409] = sign(tx, 409 % 5);
    BOOST_TEST(check({block}).empty());
    BOOST_TEST(claimed.held_jointly() == 593u);
    for (const std::size_t at : {7U, 8U, 409U}) BOOST_TEST(!cache.find(sha256(block.txs[at])));
    holds_what_recovery_gives(block);
}

BOOST_FIXTURE_TEST_CASE(a_signature_of_nobody_is_not_taken_for_its_claimed_sender, Fixture) {
    for (const std::uint8_t r :
         {std::uint8_t{5}, std::uint8_t{1}}) {  // 5: no point of the curve has this x; 1: one has
        ClaimedBlock block = block_of(0, 600, 5);
        Envelope tx = deposit(500);
        sign_envelope(tx, key_of(0));
        tx.r = {};
        tx.r.bytes[31] = r;
        block.txs[500] = encode_envelope(tx);
        BOOST_TEST(checker.check(block.txs[500]).has_value() == (r == 1));
        BOOST_TEST((check({block}) == Blocks{0}));
        holds_what_recovery_gives(block);
    }
}

BOOST_FIXTURE_TEST_CASE(several_threads_check_at_once, Fixture) {
    std::vector<ClaimedBlock> blocks;
    for (std::size_t i = 0; i < 4; ++i) blocks.push_back(block_of(i * 600, 600, 6));
    name(blocks[2], 599, address_of(0));
    std::vector<std::vector<std::size_t>> found(blocks.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < blocks.size(); ++i)
            threads.emplace_back([&, i] { found[i] = check({blocks[i]}); });
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        BOOST_TEST((found[i] == (i == 2 ? Blocks{0} : Blocks{})));
        holds_what_recovery_gives(blocks[i]);
    }
}

BOOST_AUTO_TEST_CASE(the_book_of_keys_is_bounded_and_keeps_what_is_asked_for) {
    KeyBook book(4);
    const auto key = [](std::size_t i) { return *crypto::public_key_of(key_of(i)); };
    for (std::size_t i = 0; i < 40; ++i) {
        book.learn(address_of(i), key(i));
        BOOST_TEST(book.size() <= 8u);
        BOOST_TEST((book.find(address_of(i)) == key(i)));
        BOOST_TEST((book.find(address_of(0)) == key(0)));  // asked for again and again
        if (i >= 9) BOOST_TEST(!book.find(address_of(i - 8)).has_value());
    }
    BOOST_TEST((book.find(address_of(38)) == key(38)));
}
