// Intents that others send.
#include "modules/relay/relay.hpp"

#include "modules/market/openings.hpp"
#include "modules/relay/intent.hpp"
#include "modules/wiring/sponsored.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

template <class Signed, class M>
void relay_as(Stage& stage, const Address& signer, std::uint64_t order, const M& message) {
    Choices& choices = stage.choices;
    const std::uint8_t number = actor_number(signer);
    if (number == kActors) return;
    std::uint64_t nonce = stage.state().get_or_default(relay::kNonces, signer);
    if (choices.one_in(24)) nonce += choices.below(2) == 0 ? 1 : ~std::uint64_t{0};
    const std::uint64_t by_s = stage.now_s() + (choices.one_in(24) ? 0U : 1U + choices.byte());
    const Hash256 digest = eip712::digest(relay::intent_domain(kWiredChainId),
                                          eip712::hash_struct(Signed{message, nonce, by_s}));
    relay::Relay intent{.signer = signer,
                        .call = abi::encode_call(message),
                        .nonce = nonce,
                        .deadline_s = by_s,
                        .signature = relay::signature_bytes(
                            crypto::sign_recoverable(actor_keys(number).secret, digest))};
    if (choices.one_in(32)) intent.signature[choices.below(65)] ^= 1;
    const Address relayer = stage.anybody();
    const market::OrderContributor key{.order = order, .contributor = signer};
    const Amount spent = stage.state().get_or_default(market::kSponsored, key);
    if (stage.send(relayer, ModuleId::relay, intent) != TxCode::ok) return;
    const auto terms = stage.state().must_get(market::kOrders, order).terms;
    const Amount cost =
        *checked_mul(stage.chain.block().base_fee, Amount(stage.chain.receipts().back().gas_used));
    const Amount fee = sum_of(cost, rate_of(cost, terms.relay_premium_ppm));
    stage.expect(stage.state().must_get(market::kSponsored, key) == sum_of(spent, fee),
                 "terms of relaying", "something else than " + to_string(fee) + " was spent");
}

// An order whose sponsor pays, mostly.
bool sponsors(const market::Order& each) {
    return each.sponsor_budget > Amount(kTokenUnits / 2'000) &&
           each.sponsor_cap > Amount(kTokenUnits / 2'000);
}

void relay_commit(Stage& stage) {
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        return sponsors(each) && each.state == market::OrderState::open &&
               stage.now_s() < each.deadline_s &&
               each.items_reserved + each.items_accepted < each.item_quota &&
               each.unbonded_items_held < each.unbonded_items && each.unbonded_cap > 0;
    });
    ItemWork work{.order = order,
                  .contributor = stage.anybody(),
                  .contents = {stage.choices.byte() * 8U},
                  .salt = stage.hash()};
    const auto bonded = work.commit();
    stage.works.insert_or_assign(bonded.commitment, work);
    relay_as<SponsoredCommit>(
        stage, work.contributor, order,
        market::CommitUnbonded{
            .order = order, .item_count = bonded.item_count, .commitment = bonded.commitment});
}

void relay_reveal(Stage& stage) {
    const std::uint64_t height = stage.chain.block().height;
    const std::uint64_t id =
        stage.fitting(market::kSubmissions, [&](const market::Submission& each) {
            return each.state == market::SubmissionState::committed &&
                   each.committed_height < height && stage.now_s() < each.deadline_s &&
                   sponsors(stage.state().must_get(market::kOrders, each.order));
        });
    const ItemWork* work = stage.work_of(id);
    if (work == nullptr) return;
    relay_as<SponsoredReveal>(stage, work->contributor, work->order, work->reveal(id));
}

void relay_opening(Stage& stage) {
    const auto answer = answer_of(stage);
    if (!answer) return;
    relay_as<SponsoredOpening>(stage, answer->first.contributor, answer->first.order,
                               answer->second);
}

}  // namespace

void relay_intent(Stage& stage) {
    switch (stage.choices.below(6)) {
        case 0:
        case 1: return relay_commit(stage);
        case 2: return relay_reveal(stage);
        case 3:
            if (const auto batch = sponsored_batch(stage))
                relay_as<SponsoredBatch>(stage, batch->first, batch->second.order, batch->second);
            return;
        case 4:
            if (const auto answers = sponsored_answers(stage))
                relay_as<SponsoredAnswer>(
                    stage, answers->first,
                    stage.state().must_get(market::kSubmissions, answers->second.submission).order,
                    answers->second);
            return;
        default: return relay_opening(stage);
    }
}

}  // namespace assay::test
