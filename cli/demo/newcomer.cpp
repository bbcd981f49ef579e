// The newcomers' part.
#include "cli/demo/newcomer.hpp"

#include <algorithm>

#include "chain/crypto/kdf.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/events.hpp"
#include "modules/market/views_policy.hpp"
#include "modules/relay/intent.hpp"
#include "modules/relay/relay.hpp"
#include "modules/wiring/sponsored.hpp"

namespace assay::cli {

namespace {

constexpr std::uint64_t kIntentHolds_s = 600;

}  // namespace

Newcomer::Newcomer(std::string name, Assignment work, const Actor& relayer, Narrator& narrator)
    : name_(std::move(name)),
      key_(crypto::random_hash()),
      address_(crypto::address_of(*crypto::public_key_of(key_))),
      work_(std::move(work)),
      relayer_(relayer),
      narrator_(&narrator) {}

template <class S, class M>
Outcome<TxReceipt> Newcomer::relay(S signed_form, const M& message, const std::string& what) {
    const Chain& chain = relayer_.chain();
    const auto nonce =
        ask(chain.rpc(), ModuleId::relay, relay::NextIntentNonce{.signer = address_});
    if (!nonce) return nonce.error();
    const auto now = chain.time_s();
    if (!now) return now.error();
    signed_form.nonce = *nonce;
    signed_form.deadline_s = *now + kIntentHolds_s;
    const Hash256 digest =
        eip712::digest(relay::intent_domain(chain.chain_id()), eip712::hash_struct(signed_form));
    return relayer_.send(
        ModuleId::relay,
        relay::Relay{.signer = address_,
                     .call = abi::encode_call(message),
                     .nonce = *nonce,
                     .deadline_s = signed_form.deadline_s,
                     .signature = relay::signature_bytes(crypto::sign_recoverable(key_, digest))},
        Amount(), "sends what the " + name_ + " signed: " + what);
}

Outcome<void> Newcomer::commit(std::uint64_t order, std::uint64_t batch, Labels answers,
                               const std::string& how) {
    answers_ = std::move(answers);
    delivery_ = std::make_unique<Delivery>(work_, answers_, crypto::random_hash());
    salt_ = crypto::random_hash();
    const market::CommitBatch message{
        .order = order,
        .batch = batch,
        .unbonded = true,
        .commitment = market::commitment_of({.chain_id = relayer_.chain().chain_id(),
                                             .order = order,
                                             .contributor = address_,
                                             .item_count = delivery_->size(),
                                             .root = delivery_->root(),
                                             .ciphertext_root = {},
                                             .key_hash = {},
                                             .salt = salt_})};
    const auto receipt = relay(
        SponsoredBatch{.commit = message}, message,
        grouped(delivery_->size()) + " labels of batch " + std::to_string(batch) + ", " + how);
    if (!receipt) return receipt.error();
    const auto id = id_in<market::SubmissionCommitted>(*receipt, ModuleId::market);
    if (!id) return id.error();
    submission_ = *id;
    committed_at_ = receipt->block;
    return {};
}

Outcome<void> Newcomer::reveal() {
    const Chain& chain = relayer_.chain();
    const auto later = chain.until("a block after the commitment's", std::chrono::seconds(60),
                                   [&]() -> Outcome<bool> {
                                       const auto height = chain.height();
                                       if (!height) return height.error();
                                       return *height > committed_at_;
                                   });
    if (!later) return later.error();
    const market::RevealSubmission message{.submission = submission_,
                                           .root = delivery_->root(),
                                           .ciphertext_root = {},
                                           .key_hash = {},
                                           .salt = salt_,
                                           .data_uri = ""};
    const auto receipt = relay(SponsoredReveal{.reveal = message}, message,
                               "the reveal of submission " + std::to_string(submission_));
    if (!receipt) return receipt.error();
    return {};
}

Outcome<bool> Newcomer::answer() {
    if (answered_) return true;
    const auto asked = ask(relayer_.chain().rpc(), ModuleId::market,
                           market::GetComparedItems{.submission = submission_});
    if (!asked) return asked.error();
    if (asked->empty()) return false;
    market::AnswerItems message{.submission = submission_, .answers = {}};
    for (const std::uint64_t index : *asked) {
        const OpenedItem item = delivery_->open(index);
        message.answers.push_back({.item = {.index = index, .leaf = item.leaf, .path = item.path},
                                   .salt = item.salt,
                                   .payload = to_bytes(view_of(item.payload))});
    }
    const auto receipt =
        relay(SponsoredAnswer{.answer = message}, message,
              "its answers to the " + std::to_string(asked->size()) + " tasks that were drawn");
    if (!receipt) return receipt.error();
    answered_ = true;
    return true;
}

}  // namespace assay::cli
