// Proofs of fraud, most of real ones.
#include "modules/market/commit_fraud.hpp"
#include "modules/market/prove_fraud.hpp"
#include "tests/support/player/acts.hpp"
#include "tests/support/player/terms.hpp"

namespace assay::test {

namespace {

constexpr std::uint64_t kReach = 30;

// A pair of equal contents, the first in `work`; within one tree, two different places.
std::optional<std::pair<std::uint64_t, std::uint64_t>> same_contents(const ItemWork& work,
                                                                     const ItemWork& other) {
    for (std::uint64_t i = 0; i < work.contents.size(); ++i)
        for (std::uint64_t j = 0; j < other.contents.size(); ++j)
            if ((&work != &other || i < j) && work.contents[i] == other.contents[j])
                return std::pair{i, j};
    return std::nullopt;
}

// May be convicted.
bool stands(const Stage& stage, const market::Submission& submission) {
    switch (submission.state) {
        case market::SubmissionState::revealed:
        case market::SubmissionState::window:
        case market::SubmissionState::accepted: return true;
        case market::SubmissionState::disputed:
            return !stage.state().contains(market::kConvictions, submission.id);
        default: return false;
    }
}

bool is_long(const Stage& stage, const ItemWork& work) {
    const auto order = stage.state().get(market::kOrders, work.order);
    return order && ItemWork::payload(0).size() > order->max_payload_bytes;
}

}  // namespace

bool is_fraud(const Stage& stage, const market::Submission& submission) {
    if (submission.root.is_zero() || !stands(stage, submission)) return false;
    const ItemWork* work = stage.work_of(submission.id);
    return work != nullptr &&
           (work->misplaced || same_contents(*work, *work).has_value() || is_long(stage, *work));
}

namespace {

market::FraudKind kind_of(Stage& stage, const ItemWork& work) {
    if (stage.choices.one_in(12)) return static_cast<market::FraudKind>(1 + stage.choices.below(4));
    if (work.misplaced) return market::FraudKind::malformed_leaf;
    if (same_contents(work, work)) return market::FraudKind::duplicate_content;
    if (is_long(stage, work)) return market::FraudKind::malformed_payload;
    return market::FraudKind::copied_content;
}

// What the proof brings its prover at once: a share of the bond and what is pledged beside it, or
// of the holdback that is not pledged.
Amount reward_of(const market::Submission& accused, const market::Order& order) {
    const std::uint32_t share = order.terms.slash_split.challenger_ppm;
    if (accused.state == market::SubmissionState::accepted) return rate_of(accused.holdback, share);
    if (accused.state == market::SubmissionState::disputed) return {};  // once it is ruled
    return rate_of(sum_of(accused.bond, accused.pledged), share);
}

// Shows a proof.
void send_proof(Stage& stage, const Address& prover, const market::ProveFraud& message) {
    const auto accused = stage.state().get(market::kSubmissions, message.submission);
    const Amount held = stage.chain.balance(prover);
    if (stage.send(prover, ModuleId::market, message) != TxCode::ok) return;
    const market::Order order = stage.state().must_get(market::kOrders, accused->order);
    ++stage.reached[accused->state == market::SubmissionState::accepted ? "fraud: after acceptance"
                                                                        : "fraud: before it"];
    if (!accused->pledged.is_zero()) ++stage.reached["fraud: with pledges behind it"];
    if (!accused->holdback_pledged.is_zero()) ++stage.reached["fraud: its holdback pledged"];
    if (prover == order.buyer || prover == accused->contributor) return;
    if (order.policy == market::Policy::audited) return;  // graders are paid with it
    const Amount share = reward_of(*accused, order);
    stage.expect(stage.gained(prover, held, share), "terms of orders",
                 "a prover got something else than " + to_string(share));
}

// Five blocks of little time; or the first lasts until the work is accepted.
void wait_for_age(Stage& stage, std::uint64_t submission) {
    const auto accused = stage.state().get(market::kSubmissions, submission);
    std::uint64_t first_s = stage.choices.below(2);
    if (accused && accused->state == market::SubmissionState::window &&
        accused->deadline_s > stage.now_s() && stage.choices.below(3) != 0)
        first_s = accused->deadline_s - stage.now_s();
    end_block_after(stage, first_s);
    for (std::uint64_t i = 1; i < market::kFraudProofAge_blocks; ++i)
        end_block_after(stage, stage.choices.below(2));
}

// A proof that its finder commits to; now and then it is shown without. Every second finder waits
// for nothing else than its time, so that much is shown before it is over.
void commit_to(Stage& stage, const market::ProveFraud& proof) {
    const Address who = stage.anybody();
    if (stage.choices.one_in(24)) return send_proof(stage, who, proof);
    const TxCode code = stage.send(
        who, ModuleId::market,
        market::CommitFraud{.commitment = market::fraud_commitment(kWiredChainId, who, proof)});
    if (code != TxCode::ok) return;
    if (stage.choices.below(2) == 0) {
        stage.proofs.insert_or_assign(who, proof);
        return;
    }
    stage.proofs.erase(who);
    wait_for_age(stage, proof.submission);
    send_proof(stage, who, proof);
}

// One that is guilty, mostly; and with pledges behind it, with its holdback behind others, or paid
// already, in a quarter of the cases each.
std::uint64_t suspect(Stage& stage) {
    const std::uint32_t taste = stage.choices.below(4);
    return stage.fitting(
        market::kSubmissions,
        [&](const market::Submission& each) {
            if (!is_fraud(stage, each)) return false;
            if (taste == 0) return !each.pledged.is_zero();
            if (taste == 1) return !each.holdback_pledged.is_zero();
            return taste == 3 || each.state == market::SubmissionState::accepted;
        },
        kReach);
}

}  // namespace

void find_fraud(Stage& stage) {
    Choices& choices = stage.choices;
    const std::uint64_t id = suspect(stage);
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
    if (choices.one_in(24)) message.first.index += 1;
    commit_to(stage, message);
}

// One whose commitment is old enough, mostly.
void prove_fraud(Stage& stage) {
    const bool careless = stage.choices.one_in(24);
    for (auto each = stage.proofs.begin(); each != stage.proofs.end(); ++each) {
        const auto committed = stage.state().get(market::kFraudCommitments, each->first);
        const bool ripe = committed && committed->height + market::kFraudProofAge_blocks <=
                                           stage.chain.block().height;
        if (!ripe && !careless) continue;
        const auto accused = stage.state().get(market::kSubmissions, each->second.submission);
        const auto [prover, proof] = *each;
        stage.proofs.erase(each);
        if (!accused || (!stands(stage, *accused) && !stage.choices.one_in(8))) return;
        return send_proof(stage, stage.mostly(prover), proof);
    }
}

}  // namespace assay::test
