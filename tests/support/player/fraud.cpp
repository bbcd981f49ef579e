// Proofs of fraud, most of real ones.
#include "modules/market/commit_fraud.hpp"
#include "modules/market/prove_fraud.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

// A pair of equal contents, the first in `work`; within one tree, two different places.
std::optional<std::pair<std::uint64_t, std::uint64_t>> same_contents(const ItemWork& work,
                                                                     const ItemWork& other) {
    for (std::uint64_t i = 0; i < work.contents.size(); ++i)
        for (std::uint64_t j = 0; j < other.contents.size(); ++j)
            if ((&work != &other || i < j) && work.contents[i] == other.contents[j])
                return std::pair{i, j};
    return std::nullopt;
}

bool is_fraud(const Stage& stage, const market::Submission& submission) {
    if (submission.root.is_zero()) return false;
    switch (submission.state) {
        case market::SubmissionState::window:
        case market::SubmissionState::disputed:
        case market::SubmissionState::accepted: break;
        default: return false;
    }
    const ItemWork* work = stage.work_of(submission.id);
    return work != nullptr && (work->misplaced || same_contents(*work, *work).has_value());
}

market::FraudKind kind_of(Stage& stage, const ItemWork& work) {
    if (same_contents(work, work) && stage.choices.below(8) != 0)
        return market::FraudKind::duplicate_content;
    if (work.misplaced && stage.choices.below(8) != 0) return market::FraudKind::malformed_leaf;
    return static_cast<market::FraudKind>(1 + stage.choices.below(4));
}

// Shows a proof. The prover of what was paid already gets a share of the holdback.
void send_proof(Stage& stage, const Address& prover, const market::ProveFraud& message) {
    const auto accused = stage.state().get(market::kSubmissions, message.submission);
    const Amount held = stage.chain.balance(prover);
    if (stage.send(prover, ModuleId::market, message) != TxCode::ok) return;
    const market::Order order = stage.state().must_get(market::kOrders, accused->order);
    if (accused->state != market::SubmissionState::accepted || prover == order.buyer) return;
    const Amount share = rate_of(accused->holdback, order.terms.slash_split.challenger_ppm);
    stage.expect(stage.gained(prover, held, share), "terms of orders",
                 "a prover got something else than " + to_string(share));
}

// A proof that its finder commits to; now and then it is shown without.
void commit_to(Stage& stage, const market::ProveFraud& proof) {
    const Address who = stage.anybody();
    if (stage.choices.one_in(8)) return send_proof(stage, who, proof);
    stage.proofs.insert_or_assign(who, proof);
    stage.send(
        who, ModuleId::market,
        market::CommitFraud{.commitment = market::fraud_commitment(kWiredChainId, who, proof)});
}

}  // namespace

void find_fraud(Stage& stage) {
    Choices& choices = stage.choices;
    const std::uint64_t id =
        stage.fitting(market::kSubmissions,
                      [&](const market::Submission& each) { return is_fraud(stage, each); });
    const std::uint64_t other_id = stage.submission_id();
    const ItemWork* work = stage.work_of(id);
    const ItemWork* other = stage.work_of(other_id);
    market::ProveFraud message{.submission = id, .kind = market::FraudKind::malformed_leaf};
    if (work == nullptr || other == nullptr) return commit_to(stage, message);
    message.kind = kind_of(stage, *work);
    const bool within = message.kind == market::FraudKind::duplicate_content;
    const ItemWork* where = within ? work : other;
    auto [first, second] =
        same_contents(*work, *where)
            .value_or(std::pair<std::uint64_t, std::uint64_t>{
                choices.byte() % work->contents.size(), choices.byte() % where->contents.size()});
    if (message.kind == market::FraudKind::malformed_leaf) first = work->contents.size() - 1;
    message.first = work->proof(first);
    if (within || message.kind == market::FraudKind::copied_content)
        message.second = where->proof(second);
    if (message.kind == market::FraudKind::copied_content) message.other_submission = other_id;
    if (message.kind == market::FraudKind::malformed_payload) {
        message.payload = ItemWork::payload(work->contents[first]);
        message.salt = ItemWork::item_salt(work->contents[first]);
    }
    if (choices.one_in(16)) message.first.index += 1;
    commit_to(stage, message);
}

void prove_fraud(Stage& stage) {
    if (stage.proofs.empty()) return find_fraud(stage);
    auto found = stage.proofs.begin();
    std::advance(found, stage.choices.below(static_cast<std::uint32_t>(stage.proofs.size())));
    const auto committed = stage.state().get(market::kFraudCommitments, found->first);
    const bool ripe = committed && committed->height + market::kFraudProofAge_blocks <=
                                       stage.chain.block().height;
    if (!ripe && !stage.choices.one_in(8)) return;
    const auto [prover, proof] = *found;
    if (committed) stage.proofs.erase(found);
    send_proof(stage, stage.mostly(prover), proof);
}

}  // namespace assay::test
