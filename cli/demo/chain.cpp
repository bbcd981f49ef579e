// Waits, signs and sends.
#include "cli/demo/chain.hpp"

#include <thread>

#include "chain/codec/envelope.hpp"

namespace assay::cli {

namespace {

using Clock = std::chrono::steady_clock;

// How often the node is asked whether there is a new block.
constexpr std::chrono::milliseconds kPoll(50);
constexpr std::uint32_t kBlockTimeoutS = 30;

}  // namespace

Outcome<Chain> Chain::open(RpcClient rpc) {
    const auto chain_id = rpc.chain_id();
    if (!chain_id) return chain_id.error();
    return Chain(std::move(rpc), *chain_id);
}

Outcome<std::uint64_t> Chain::height() const {
    const auto answer = rpc_.call("eth_blockNumber", "[]");
    if (!answer) return answer.error();
    const auto height = quantity_of(*answer, "eth_blockNumber");
    if (!height) return height.error();
    return height->low();
}

Outcome<void> Chain::until(const std::string& what, std::chrono::seconds limit,
                           const std::function<Outcome<bool>()>& done) const {
    const auto end = Clock::now() + limit;
    auto seen = height();
    if (!seen) return seen.error();
    for (;;) {
        const auto yes = done();
        if (!yes) return yes.error();
        if (*yes) return {};
        for (auto now = height();; now = height()) {
            if (!now) return now.error();
            if (*now > *seen) {
                seen = now;
                break;
            }
            if (Clock::now() > end)
                return Problem{Exit::failed, "waited " + std::to_string(limit.count()) +
                                                 " s in vain for this: " + what};
            std::this_thread::sleep_for(kPoll);
        }
        if (Clock::now() > end)
            return Problem{Exit::failed, "waited " + std::to_string(limit.count()) +
                                             " s in vain for this: " + what};
    }
}

Actor::Actor(std::string name, crypto::SecretKey key, const Chain& chain, Narrator& narrator)
    : name_(std::move(name)),
      key_(std::move(key)),
      address_(crypto::address_of(*crypto::public_key_of(key_))),
      chain_(&chain),
      narrator_(&narrator) {}

Outcome<TxReceipt> Actor::send_call(ModuleId module, const std::string& message, Bytes data,
                                    Amount value, const std::string& what) const {
    const RpcClient& rpc = chain_->rpc();
    const auto refused = [&](const Problem& problem) {
        return Problem{problem.code, name_ + ", " + message + ": " + problem.message};
    };
    Envelope envelope;
    envelope.chain_id = chain_->chain_id();
    envelope.to = module_address(module);
    envelope.value = value;
    envelope.data = std::move(data);
    const auto nonce = rpc.pending_nonce(address_);
    if (!nonce) return refused(nonce.error());
    const auto fees = rpc.fees();
    if (!fees) return refused(fees.error());
    const auto gas = rpc.estimate_gas({address_, *envelope.to, value, envelope.data});
    if (!gas) return refused(gas.error());
    envelope.nonce = *nonce;
    envelope.max_priority_fee_per_gas = fees->tip;
    envelope.max_fee_per_gas = sum_of(sum_of(fees->base_fee, fees->base_fee), fees->tip);
    // The state may have moved on before the transaction runs.
    envelope.gas_limit = *gas + *gas / 5;
    sign_envelope(envelope, key_);
    auto receipt = rpc.send_and_wait(encode_envelope(envelope), kBlockTimeoutS);
    if (!receipt) return refused(receipt.error());
    if (!receipt->ok)
        return refused(Problem{Exit::refused, "refused in block " + std::to_string(receipt->block) +
                                                  ": " + receipt->refusal});
    narrator_->did(name_, what, *receipt);
    return receipt;
}

}  // namespace assay::cli
