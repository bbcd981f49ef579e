// Prices, confirms, signs and sends.
#include "cli/client/sender.hpp"

#include <algorithm>
#include <ostream>

#include "chain/crypto/hash.hpp"
#include "cli/client/advice.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kLongestWait = 3'600;

Amount fee_limit(const Envelope& envelope) {
    const auto fee = checked_mul(envelope.max_fee_per_gas, Amount(envelope.gas_limit));
    return fee ? *fee : Amount::max();
}

std::string remedy(const std::string& refusal) {
    const std::string advice = advice_on(refusal);
    return advice.empty() ? "" : "\n" + advice;
}

// A refusal before sending, with what to do about it.
Problem explained(Problem problem) {
    constexpr std::string_view kStart = "refused: ";
    if (problem.code == Exit::refused && problem.message.starts_with(kStart))
        problem.message += remedy(problem.message.substr(kStart.size()));
    return problem;
}

// The amount of a flag, or `other` where it was not given.
Outcome<Amount> amount_or(const Arguments& arguments, const std::string& name, Amount other) {
    const auto text = arguments.maybe(name);
    if (!text) return other;
    const auto amount = parse_money(*text);
    if (!amount) return usage("--" + name + ": " + amount.error().message);
    return *amount;
}

}  // namespace

std::vector<Flag> sending_flags() {
    std::vector<Flag> out = {
        rpc_flag(),
        {"from", "KEY",
         "who signs: an address, its beginning or a name; may be left out where "
         "there is one key only",
         "", "ASSAY_FROM"},
    };
    const auto keys = keyring_flags();
    out.insert(out.end(), keys.begin(), keys.end());
    const std::vector<Flag> rest = {
        {"gas", "N", "gas limit; estimated unless given"},
        {"nonce", "N", "the sender's next nonce unless given"},
        {"max-fee", "AMOUNT",
         "most to pay for one gas, as 2gwei; twice the base fee plus the tip "
         "unless given"},
        {"tip", "AMOUNT", "to the proposer for one gas; the node's suggestion unless given"},
        {"timeout", "SECONDS", "how long to wait for the block", "60"},
        {"yes", "", "do not ask before sending"},
        {"dry-run", "",
         "show what would be sent and whether the chain would accept it; sign "
         "nothing"},
        {"no-wait", "", "return when the node took the transaction, not when it is in a block"},
    };
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

Outcome<Sender> Sender::open(const Session& session) {
    const auto rpc = rpc_of(session.arguments);
    if (!rpc) return rpc.error();
    const auto key = keyring_of(session.arguments).find(session.arguments.text("from"));
    if (!key) return key.error();
    const auto chain_id = rpc->chain_id();
    if (!chain_id) return chain_id.error();
    return Sender(session, *rpc, *key, *chain_id);
}

Outcome<Envelope> Sender::prepare(const Intent& intent) const {
    Envelope out;
    out.chain_id = chain_id_;
    out.to = intent.to;
    out.value = intent.value;
    out.data = intent.data;
    const auto nonce =
        arguments_->has("nonce") ? arguments_->number("nonce") : rpc_.pending_nonce(key_.address);
    if (!nonce) return nonce.error();
    out.nonce = *nonce;
    const auto hint = rpc_.fees();
    if (!hint) return hint.error();
    const auto tip = amount_or(*arguments_, "tip", hint->tip);
    if (!tip) return tip.error();
    const auto doubled = checked_mul(hint->base_fee, Amount(2));
    const auto most = doubled ? checked_add(*doubled, *tip) : std::nullopt;
    const auto max_fee = amount_or(*arguments_, "max-fee", most.value_or(Amount::max()));
    if (!max_fee) return max_fee.error();
    if (*max_fee < *tip) return usage("--max-fee is below the tip of " + show_gwei(*tip));
    out.max_priority_fee_per_gas = *tip;
    out.max_fee_per_gas = *max_fee;
    const auto gas = arguments_->has("gas")
                         ? arguments_->number("gas")
                         : rpc_.estimate_gas({key_.address, intent.to, intent.value, intent.data});
    if (!gas) return explained(gas.error());
    out.gas_limit = *gas;
    return out;
}

Outcome<void> Sender::check_funds(const Envelope& envelope) const {
    const auto balance = rpc_.balance(key_.address);
    if (!balance) return balance.error();
    const auto needed = checked_add(envelope.value, fee_limit(envelope));
    if (needed && *needed <= *balance) return {};
    return Problem{Exit::refused, "insufficient funds: " + checksummed(key_.address) + " holds " +
                                      show_money(*balance) + ", this needs " +
                                      show_money(envelope.value) + " and up to " +
                                      show_money(fee_limit(envelope)) + " of fee"};
}

void Sender::show(const Intent& intent, const Envelope& envelope) const {
    if (output_->json()) return;
    std::vector<std::pair<std::string, std::string>> lines = intent.details;
    lines.emplace_back(
        "from", checksummed(key_.address) + (key_.name.empty() ? "" : " (" + key_.name + ")"));
    lines.emplace_back("locks or pays", show_money(envelope.value));
    lines.emplace_back("fee at most", show_money(fee_limit(envelope)) + " (" +
                                          std::to_string(envelope.gas_limit) + " gas at up to " +
                                          show_gwei(envelope.max_fee_per_gas) + ")");
    std::size_t width = 0;
    for (const auto& [name, value] : lines) width = std::max(width, name.size());
    auto& err = output_->err();
    err << intent.title << " on chain " << chain_id_ << "\n";
    for (const auto& [name, value] : lines)
        err << "  " << name << std::string(width - name.size() + 2, ' ') << printable(value)
            << "\n";
    err.flush();
}

Outcome<crypto::SecretKey> Sender::open_key() const {
    const auto password =
        password_of(*arguments_, "Password of " + checksummed(key_.address), false);
    if (!password) return password.error();
    const auto secret = keyring_of(*arguments_).open(key_, *password);
    if (!secret) return secret.error();
    return *secret;
}

Outcome<crypto::RecoverableSignature> Sender::sign(const Hash256& digest) const {
    const auto secret = open_key();
    if (!secret) return secret.error();
    return crypto::sign_recoverable(*secret, digest);
}

Outcome<Sent> Sender::send(const Intent& intent,
                           const std::function<Result<void>()>& before_send) const {
    const auto timeout_s = arguments_->number("timeout", kLongestWait);
    if (!timeout_s) return timeout_s.error();
    const auto prepared = prepare(intent);
    if (!prepared) return prepared.error();
    Sent out;
    out.envelope = *prepared;
    show(intent, out.envelope);
    const auto funds = check_funds(out.envelope);
    if (!funds) return funds.error();
    if (is_dry_run()) {
        out.dry_run = true;
        return out;
    }
    if (!arguments_->has("yes") && stdin_is_terminal() && !ask_yes("Send it?"))
        return Problem{Exit::failed, "not sent"};
    const auto secret = open_key();
    if (!secret) return secret.error();
    if (before_send)
        if (const auto ready = before_send(); !ready) return ready.error();
    sign_envelope(out.envelope, *secret);
    const Bytes raw = encode_envelope(out.envelope);
    out.hash = keccak256(raw);
    if (arguments_->has("no-wait")) {
        const auto hash = rpc_.send(raw);
        if (!hash) return hash.error();
        return out;
    }
    auto receipt = rpc_.send_and_wait(raw, static_cast<std::uint32_t>(*timeout_s));
    if (!receipt) return receipt.error();
    if (!receipt->ok)
        return Problem{Exit::refused,
                       "refused in block " + std::to_string(receipt->block) + ": " +
                           (receipt->refusal.empty() ? "no reason given" : receipt->refusal) +
                           " (transaction " + to_hex0x(out.hash) + ")" + remedy(receipt->refusal)};
    out.receipt = std::move(*receipt);
    return out;
}

}  // namespace assay::cli
