// The contributors' part.
#include "cli/demo/contributor.hpp"

#include <algorithm>

#include "chain/crypto/kdf.hpp"
#include "cli/terminal/units.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/events.hpp"
#include "modules/market/submit.hpp"
#include "modules/market/views.hpp"

namespace assay::cli {

Outcome<void> Contributor::commit(std::uint64_t order, Labels answers, const std::string& how) {
    const Chain& chain = actor_.chain();
    answers_ = std::move(answers);
    delivery_ = std::make_unique<Delivery>(*assignment_, answers_, crypto::random_hash());
    salt_ = crypto::random_hash();
    const Hash256 commitment = market::commitment_of({.chain_id = chain.chain_id(),
                                                      .order = order,
                                                      .contributor = actor_.address(),
                                                      .item_count = delivery_->size(),
                                                      .root = delivery_->root(),
                                                      .ciphertext_root = {},
                                                      .key_hash = {},
                                                      .salt = salt_});
    const auto bond = ask(chain.rpc(), ModuleId::market,
                          market::QuoteCommit{.order = order, .item_count = delivery_->size()});
    if (!bond) return bond.error();
    const auto receipt =
        actor_.send(ModuleId::market,
                    market::CommitSubmission{
                        .order = order, .item_count = delivery_->size(), .commitment = commitment},
                    *bond,
                    "commits to " + grouped(delivery_->size()) + " labels, " + how + "; bond " +
                        show_money(*bond));
    if (!receipt) return receipt.error();
    const auto id = id_in<market::SubmissionCommitted>(*receipt, ModuleId::market);
    if (!id) return id.error();
    submission_ = *id;
    committed_at_ = receipt->block;
    return {};
}

Outcome<void> Contributor::reveal() {
    const Chain& chain = actor_.chain();
    const auto later = chain.until("a block after the commitment's", std::chrono::seconds(60),
                                   [&]() -> Outcome<bool> {
                                       const auto height = chain.height();
                                       if (!height) return height.error();
                                       return *height > committed_at_;
                                   });
    if (!later) return later.error();
    const auto receipt = actor_.send(
        ModuleId::market,
        market::RevealSubmission{.submission = submission_,
                                 .root = delivery_->root(),
                                 .ciphertext_root = {},
                                 .key_hash = {},
                                 .salt = salt_,
                                 .data_uri = ""},
        Amount(),
        "reveals submission " + std::to_string(submission_) + "; the challenge window begins");
    if (!receipt) return receipt.error();
    return {};
}

Result<Labels> copy_of(const Delivery& delivery, const Assignment& assignment) {
    Labels out;
    for (std::uint64_t i = 0; i < delivery.size(); ++i) {
        const auto label =
            read_opened(delivery.open(i), assignment, delivery.root(), delivery.size());
        if (!label) return label.error();
        out.push_back(*label);
    }
    return out;
}

}  // namespace assay::cli
