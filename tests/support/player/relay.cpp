// Intents that others send.
#include "modules/relay/relay.hpp"

#include "modules/market/openings.hpp"
#include "modules/relay/intent.hpp"
#include "modules/wiring/sponsored.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

constexpr const char* kRule = "terms of relaying";

// What the premium of a message waits for: the acceptance of the work that it is about.
template <class M>
constexpr bool kIsCommit =
    std::is_same_v<M, market::CommitUnbonded> || std::is_same_v<M, market::CommitBatch>;
template <class M>
constexpr bool kHasDebt = kIsCommit<M> || std::is_same_v<M, market::RevealSubmission>;

template <class M>
Hash256 commitment_in(const M& message) {
    if constexpr (kIsCommit<M>)
        return message.commitment;
    else
        return {};
}

struct Owed {
    Amount commit;
    Amount reveal;
};

template <class M>
Owed owed_by(const Stage& stage, const M& message) {
    std::uint64_t submission = stage.state().get_or_default(market::kCounters, {}).submissions;
    if constexpr (std::is_same_v<M, market::RevealSubmission>) submission = message.submission;
    const auto debt = stage.state().get_or_default(market::kRelayDebts, submission);
    if (kIsCommit<M>) {  // the newest submission is another one before the message
        const auto record = stage.state().get(market::kSubmissions, submission);
        if (!record || record->commitment != commitment_in(message)) return {};
    }
    return {.commit = debt.for_commit, .reveal = debt.for_reveal};
}

// A reveal of what somebody copied and revealed first convicts the copy, and its author earns by
// it.
template <class M>
bool finds_copy(const Stage& stage, std::uint64_t order, const M& message) {
    if constexpr (std::is_same_v<M, market::RevealSubmission>)
        return stage.state().contains(market::kRoots, {.order = order, .root = message.root});
    else
        return false;
}

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
    const Amount held = stage.chain.balance(relayer);
    const Owed owed_before = owed_by(stage, message);
    const bool convicts = finds_copy(stage, order, message);
    if (stage.send(relayer, ModuleId::relay, intent) != TxCode::ok) return;
    ++stage.reached["relayed: " + abi::function_of<M>(is_payable<M>()).name];
    const auto terms = stage.state().must_get(market::kOrders, order).terms;
    const Amount cost =
        *checked_mul(stage.chain.block().base_fee, Amount(stage.chain.receipts().back().gas_used));
    const Amount premium = rate_of(cost, terms.relay_premium_ppm);
    const Amount fee = sum_of(cost, premium);
    stage.expect(stage.state().must_get(market::kSponsored, key) == sum_of(spent, fee), kRule,
                 "something else than " + to_string(fee) + " was spent");
    const Amount later = kHasDebt<M> ? sum_of(premium, premium) : Amount{};
    const Amount at_once = difference_of(fee, later);
    if (later.is_zero()) return;  // an answer may bring bonds of who asked
    const bool earns_too = convicts && relayer == signer;
    stage.expect(earns_too || stage.gained(relayer, held, at_once), kRule,
                 "a relayer got something else at once than " + to_string(at_once));
    const Owed owed = owed_by(stage, message);
    stage.expect(owed.commit == sum_of(owed_before.commit, kIsCommit<M> ? later : Amount{}) &&
                     owed.reveal == sum_of(owed_before.reveal, kIsCommit<M> ? Amount{} : later),
                 kRule, "a relayer is owed something else than " + to_string(later));
}

// An order whose sponsor pays, mostly.
bool sponsors(const market::Order& each) {
    return each.sponsor_budget > Amount(kTokenUnits / 500) &&
           each.sponsor_cap > Amount(kTokenUnits / 500);
}

void relay_commit(Stage& stage) {
    const std::uint64_t order = stage.fitting(market::kOrders, [&](const market::Order& each) {
        return sponsors(each) && each.state == market::OrderState::open &&
               stage.now_s() < each.deadline_s &&
               each.items_reserved + each.items_accepted < each.item_quota &&
               each.unbonded_items_held < each.unbonded_items && each.unbonded_cap > 0 &&
               !stage.state().contains(market::kBatchTerms, each.id);
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
    switch (stage.choices.below(8)) {
        case 0:
        case 1: return relay_commit(stage);
        case 2: return relay_reveal(stage);
        case 4:
            if (const auto answers = sponsored_answers(stage))
                relay_as<SponsoredAnswer>(
                    stage, answers->first,
                    stage.state().must_get(market::kSubmissions, answers->second.submission).order,
                    answers->second);
            return;
        case 5:
            if (const auto reveal = sponsored_batch_reveal(stage))
                relay_as<SponsoredReveal>(stage, reveal->first.contributor, reveal->first.order,
                                          reveal->second);
            return;
        case 3:
        case 6:
            if (const auto batch = sponsored_batch(stage))
                relay_as<SponsoredBatch>(stage, batch->first, batch->second.order, batch->second);
            return;
        default: return relay_opening(stage);
    }
}

}  // namespace assay::test
