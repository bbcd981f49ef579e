// What the relay needs: the messages that may be relayed, and the budgets that pay for them.
#include "chain/codec/abi.hpp"
#include "modules/market/api.hpp"
#include "modules/relay/needs.hpp"
#include "modules/wiring/sponsored.hpp"

namespace assay::relay::needs {

namespace {

std::optional<std::uint64_t> order_of(const State&, const market::CommitUnbonded& message) {
    return message.order;
}
std::optional<std::uint64_t> order_of(const State& state, const market::RevealSubmission& message) {
    return market::order_of_submission(state, message.submission);
}
std::optional<std::uint64_t> order_of(const State& state, const market::OpenItems& message) {
    return market::order_of_request(state, message.request);
}

std::optional<std::uint64_t> order_of(const State&, const market::CommitBatch& message) {
    return message.order;
}
std::optional<std::uint64_t> order_of(const State& state, const market::AnswerItems& message) {
    return market::order_of_submission(state, message.submission);
}

// What was relayed, after it was executed.
market::RelayedMessage relayed(const State& state, const market::CommitUnbonded&) {
    return {.step = market::RelayedStep::commit, .submission = market::newest_submission(state)};
}
market::RelayedMessage relayed(const State& state, const market::CommitBatch&) {
    return {.step = market::RelayedStep::commit, .submission = market::newest_submission(state)};
}
market::RelayedMessage relayed(const State&, const market::RevealSubmission& message) {
    return {.step = market::RelayedStep::reveal, .submission = message.submission};
}
market::RelayedMessage relayed(const State&, const market::OpenItems&) {
    return {.step = market::RelayedStep::opening};
}
market::RelayedMessage relayed(const State&, const market::AnswerItems&) {
    return {.step = market::RelayedStep::opening};
}

Hash256 hash_of(const market::CommitUnbonded& message, std::uint64_t nonce, std::uint64_t by_s) {
    return eip712::hash_struct(
        SponsoredCommit{.commit = message, .nonce = nonce, .deadline_s = by_s});
}
Hash256 hash_of(const market::RevealSubmission& message, std::uint64_t nonce, std::uint64_t by_s) {
    return eip712::hash_struct(
        SponsoredReveal{.reveal = message, .nonce = nonce, .deadline_s = by_s});
}
Hash256 hash_of(const market::OpenItems& message, std::uint64_t nonce, std::uint64_t by_s) {
    return eip712::hash_struct(
        SponsoredOpening{.open = message, .nonce = nonce, .deadline_s = by_s});
}

Hash256 hash_of(const market::CommitBatch& message, std::uint64_t nonce, std::uint64_t by_s) {
    return eip712::hash_struct(
        SponsoredBatch{.commit = message, .nonce = nonce, .deadline_s = by_s});
}
Hash256 hash_of(const market::AnswerItems& message, std::uint64_t nonce, std::uint64_t by_s) {
    return eip712::hash_struct(
        SponsoredAnswer{.answer = message, .nonce = nonce, .deadline_s = by_s});
}

// The message, if the calldata is one of type M.
template <class M>
std::optional<M> read(ByteView call) {
    static const FixedBytes<4> selector = abi::function_of<M>(false).selector;
    if (call.size() < 4 || !std::equal(selector.begin(), selector.end(), call.begin()))
        return std::nullopt;
    auto message = abi::decode<M>(call.subspan(4));
    if (!message) return std::nullopt;
    return std::move(*message);
}

// Calls `use` with the message, whichever it is; returns `otherwise` where it is none.
template <class R, class F>
R with_message(ByteView call, R otherwise, F&& use) {
    if (const auto message = read<market::CommitUnbonded>(call)) return use(*message);
    if (const auto message = read<market::RevealSubmission>(call)) return use(*message);
    if (const auto message = read<market::OpenItems>(call)) return use(*message);
    if (const auto message = read<market::CommitBatch>(call)) return use(*message);
    if (const auto message = read<market::AnswerItems>(call)) return use(*message);
    return otherwise;
}

}  // namespace

bool is_sponsored(ByteView call) {
    return with_message(call, false, [](const auto&) { return true; });
}

std::uint64_t gas_of(ByteView call) {
    return with_message(call, std::uint64_t{0},
                        [](const auto& message) { return assay::gas_of(message); });
}

TxCode check(ByteView call, const TxEnv& env) {
    return with_message(call, TxCode::malformed_calldata,
                        [&](const auto& message) { return message.check(env); });
}

TxCode execute(State& state, ByteView call, const TxEnv& env) {
    return with_message(call, TxCode::malformed_calldata,
                        [&](const auto& message) { return message.execute(state, env); });
}

Hash256 struct_hash(ByteView call, std::uint64_t nonce, std::uint64_t deadline_s) {
    return with_message(call, Hash256{},
                        [&](const auto& message) { return hash_of(message, nonce, deadline_s); });
}

std::optional<std::uint64_t> order_of(const State& state, ByteView call) {
    return with_message(call, std::optional<std::uint64_t>{},
                        [&](const auto& message) { return order_of(state, message); });
}

boost::system::result<Amount, TxCode> sponsored_fee(const State& state, std::uint64_t order,
                                                    const Address& contributor, Amount base_fee) {
    return market::sponsored_fee(state, order, contributor, base_fee);
}

Amount pay_sponsored_fee(State& state, std::uint64_t order, ByteView call,
                         const Address& contributor, const Address& relayer, Amount base_fee) {
    return with_message(call, Amount{}, [&](const auto& message) {
        market::RelayedMessage about = relayed(state, message);
        about.contributor = contributor;
        about.relayer = relayer;
        about.base_fee = base_fee;
        return market::pay_sponsored_fee(state, order, about);
    });
}

}  // namespace assay::relay::needs
