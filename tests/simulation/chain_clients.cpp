// What clients of the chain want, and how they sign it.
#include "tests/simulation/chain_clients.hpp"

#include "modules/bank/transfer.hpp"
#include "modules/disputes/messages.hpp"
#include "modules/disputes/views.hpp"
#include "modules/jurors/messages.hpp"
#include "modules/market/post_order.hpp"
#include "modules/market/tables.hpp"
#include "modules/market/views.hpp"
#include "modules/staking/messages.hpp"
#include "tests/simulation/keys.hpp"

namespace assay::simulation {

namespace {

constexpr std::uint64_t kFeeCap = 1'000'000'000'000'000;  // above what full blocks make of a gas
constexpr std::uint64_t kGasLimit = 600'000;
constexpr std::uint64_t kFarAhead = 20;  // nonces
constexpr std::uint64_t kRecent = 6;     // orders and submissions that somebody still looks at

Amount cents(std::uint64_t count) {
    return Amount::from_raw(static_cast<u128>(kTokenUnits) / 100 * count);
}

Bytes signed_tx(std::size_t from, Envelope envelope) {
    envelope.chain_id = test::kWiredChainId;
    sign_envelope(envelope, account_key(from));
    return encode_envelope(envelope);
}

template <Message M>
auto call(ModuleId module, const M& message, Amount value = {}) {
    return std::tuple(module_address(module), value, abi::encode_call(message));
}

std::uint64_t recent(Random& random, std::uint64_t newest) {
    const std::uint64_t back = random.below(kRecent);
    return back < newest ? newest - back : 1;
}

}  // namespace

const crypto::SecretKey& account_key(std::size_t number) {
    static std::map<std::size_t, crypto::SecretKey> keys;
    const auto at = keys.find(number);
    if (at != keys.end()) return at->second;
    const auto seed = sha256(record::encode(static_cast<std::uint64_t>(number)));
    return keys.emplace(number, crypto::secret_key_from(seed).value()).first->second;
}

Address account_address(std::size_t number) {
    static std::map<std::size_t, Address> addresses;
    auto& out = addresses[number];
    if (out == Address{}) out = crypto::address_of(*crypto::public_key_of(account_key(number)));
    return out;
}

Bytes signed_payment(const Payment& payment) {
    Envelope out;
    out.nonce = payment.nonce;
    out.max_fee_per_gas = Amount(kFeeCap);
    out.max_priority_fee_per_gas = payment.tip;
    out.gas_limit = kTxGas;
    out.to = payment.to;
    out.value = payment.value;
    return signed_tx(payment.from, out);
}

// Other versions of a nonce go about when a client asks again; one of them is taken.
std::uint64_t ChainClients::nonce(const Sight& sight) {
    const std::uint64_t taken = ledger::nonce(sight.state, account_address(sight.who));
    std::uint64_t& next = next_nonces_[sight.who];
    if (next < taken || next > taken + kFarAhead) next = taken;
    return sight.random.percent(15) ? taken : next++;
}

Bytes ChainClients::next(Random& random, const ChainApp& seen) {
    const auto latest = seen.store().latest();
    if (!latest) return {};
    const State state(*latest);
    const auto info = seen.index().block(seen.store().height());
    CHECK(info.has_value());
    BlockEnv block;
    block.height = info->header.number;
    block.time_s = info->header.timestamp_s;
    block.chain_id = test::kWiredChainId;
    const Sight sight{state, block, random, random.below(kClients)};
    if (plan_.changes_validators && plan_.powers.back() == 0 && random.percent(5))
        return join(sight);
    Wish wish = this->wish(sight);
    Envelope out;
    out.nonce = nonce(sight);
    out.max_fee_per_gas = Amount(kFeeCap + random.below(3) * kFeeCap / 5);
    out.max_priority_fee_per_gas = Amount(random.between(1, 1'000));
    out.gas_limit = kGasLimit;
    out.to = wish.to;
    out.value = wish.value;
    out.data = std::move(wish.data);
    return signed_tx(sight.who, out);
}

ChainClients::Wish ChainClients::wish(const Sight& sight) {
    switch (sight.random.below(12)) {
        case 0:
        case 1: return post_order(sight);
        case 2:
        case 3:
        case 4: return commit_work(sight);
        case 5:
        case 6:
        case 7: return reveal_work(sight);
        case 8: return challenge(sight);
        case 9: return change_stake(sight);
        default: return transfer(sight);
    }
}

ChainClients::Wish ChainClients::transfer(const Sight& sight) const {
    Random& random = sight.random;
    const Address to = account_address((sight.who + random.between(1, kClients - 1)) % kClients);
    if (random.percent(50)) return {to, cents(random.between(1, 5'000)), {}};
    // Now and then more than anybody has.
    const Amount amount = cents(random.percent(10) ? 1'000'000'000 : random.between(1, 5'000));
    return std::make_from_tuple<Wish>(
        call(ModuleId::bank, bank::Transfer{.to = to, .amount = amount}));
}

ChainClients::Wish ChainClients::post_order(const Sight& sight) const {
    Random& random = sight.random;
    const market::PostOrder message{.spec_hash = sha256(record::encode(random.next())),
                                    .spec_uri = "ipfs://spec",
                                    .item_quota = random.between(1, 20),
                                    .price_per_item = cents(random.between(1, 300)),
                                    .max_payload_bytes = 1'000,
                                    .deadline_s = sight.block.time_s + random.between(6, 300)};
    const auto value = market::QuotePostOrder{.item_quota = message.item_quota,
                                              .price_per_item = message.price_per_item}
                           .view(sight.state, sight.block);
    return std::make_from_tuple<Wish>(call(ModuleId::market, message, value.value()));
}

ChainClients::Wish ChainClients::commit_work(const Sight& sight) {
    Random& random = sight.random;
    const std::uint64_t newest = sight.state.get_or_default(market::kCounters, {}).orders;
    test::ItemWork work{.order = recent(random, newest),
                        .contributor = account_address(sight.who),
                        .contents = {},
                        .salt = sha256(record::encode(random.next()))};
    const auto first = static_cast<std::uint32_t>(random.below(1'000'000));
    for (std::uint32_t i = 0; i < random.between(1, 4); ++i) work.contents.push_back(first + i);
    const market::CommitSubmission message = work.commit();
    works_.insert_or_assign(message.commitment, work);
    const auto value =
        market::QuoteCommit{.order = message.order, .item_count = message.item_count}.view(
            sight.state, sight.block);
    return std::make_from_tuple<Wish>(
        call(ModuleId::market, message, value ? *value : cents(random.below(10))));
}

ChainClients::Wish ChainClients::reveal_work(const Sight& sight) const {
    const std::uint64_t newest = sight.state.get_or_default(market::kCounters, {}).submissions;
    for (std::uint64_t id = newest; id > 0 && id + 4 * kRecent > newest; --id) {
        const auto submission = sight.state.get(market::kSubmissions, id);
        if (!submission || submission->state != market::SubmissionState::committed) continue;
        if (submission->contributor != account_address(sight.who)) continue;
        const auto work = works_.find(submission->commitment);
        if (work == works_.end()) continue;
        return std::make_from_tuple<Wish>(call(ModuleId::market, work->second.reveal(id)));
    }
    return transfer(sight);
}

ChainClients::Wish ChainClients::challenge(const Sight& sight) const {
    Random& random = sight.random;
    const std::uint64_t newest = sight.state.get_or_default(market::kCounters, {}).submissions;
    const disputes::Challenge message{.submission = recent(random, newest),
                                      .claim = disputes::Claim::low_quality,
                                      .evidence_root = sha256(record::encode(random.next())),
                                      .evidence_uri = "ipfs://evidence"};
    const auto value =
        disputes::QuoteChallenge{.submission = message.submission}.view(sight.state, sight.block);
    if (!value) return transfer(sight);
    return std::make_from_tuple<Wish>(call(ModuleId::disputes, message, *value));
}

ChainClients::Wish ChainClients::change_stake(const Sight& sight) const {
    Random& random = sight.random;
    if (!plan_.changes_validators || random.percent(30))
        return std::make_from_tuple<Wish>(
            call(ModuleId::jurors, jurors::StakeJuror{}, cents(random.between(1'500, 3'000))));
    std::size_t key = random.below(plan_.powers.size());
    while (plan_.powers[key] == 0 || plan_.is_byzantine_key(key))
        key = (key + 1) % plan_.powers.size();
    const auto& validator = key_of(key).address;
    switch (random.below(6)) {
        case 0:
            return std::make_from_tuple<Wish>(
                call(ModuleId::staking, staking::WithdrawRewards{.validator = validator}));
        case 1:
            return std::make_from_tuple<Wish>(
                call(ModuleId::staking,
                     staking::Unbond{.validator = validator, .amount = cents(random.below(300))}));
        case 2: {
            const auto& to = key_of(random.below(plan_.powers.size())).address;
            const Amount amount = cents(random.between(1, 300));
            return std::make_from_tuple<Wish>(
                call(ModuleId::staking,
                     staking::Redelegate{.from = validator, .to = to, .amount = amount}));
        }
        default:
            return std::make_from_tuple<Wish>(call(ModuleId::staking,
                                                   staking::Delegate{.validator = validator},
                                                   cents(random.between(20, 600))));
    }
}

// The operator of the last key, which has no power yet, bonds.
Bytes ChainClients::join(const Sight& sight) const {
    const std::size_t key = plan_.powers.size() - 1;
    const Address who = account_address(kFirstOperator + key);
    const Hash256 digest = staking::possession_digest(test::kWiredChainId, who);
    const staking::Bond message{.public_key = to_bytes(key_of(key).public_key),
                                .proof = to_bytes(crypto::sign_compact(key_of(key).secret, digest)),
                                .fee_recipient = who,
                                .commission_ppm = 100'000};
    Envelope out;
    out.nonce = ledger::nonce(sight.state, who);
    out.max_fee_per_gas = Amount(kFeeCap);
    out.max_priority_fee_per_gas = Amount(100);
    out.gas_limit = kGasLimit;
    out.to = module_address(ModuleId::staking);
    out.value = cents(100 * sight.random.between(1, 30));
    out.data = abi::encode_call(message);
    return signed_tx(kFirstOperator + key, out);
}

}  // namespace assay::simulation
