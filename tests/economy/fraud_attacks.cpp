// Fraud that arithmetic shows, and who is paid for showing it.
#include "modules/market/commit_fraud.hpp"
#include "tests/economy/attack.hpp"

namespace assay::economy {

namespace {

// Reveals what was shown a moment ago; the author proves it.
double plagiarise(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), 3 * items);
    const std::uint64_t original = world.submit(world.ann(), order, items, Quality::good);
    ItemWork copy = world.work_of(original);
    copy.contributor = world.mallory();
    copy.contents.push_back(9'999'999);  // another root
    const std::uint64_t id = world.submit(copy, Quality::bad);
    CHECK(id != 0);
    const TxCode code = world.prove(world.ann(), {.submission = id,
                                                  .kind = market::FraudKind::copied_content,
                                                  .first = copy.proof(0),
                                                  .second = world.work_of(original).proof(0),
                                                  .other_submission = original});
    CHECK(code == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// A submission whose last item is its first once more, and the proof of it.
market::ProveFraud with_duplicate(World& world, const Address& who) {
    const std::uint32_t items = world.conditions().items + 1;
    const std::uint64_t order = world.post(world.buyer(), items);
    ItemWork work = world.work(who, order, items);
    work.contents.back() = work.contents.front();
    const std::uint64_t id = world.submit(work, Quality::bad);
    return {.submission = id,
            .kind = market::FraudKind::duplicate_content,
            .first = work.proof(0),
            .second = work.proof(items - 1)};
}

// Fraud on the own work, proven by a friend as soon as somebody might.
double recapture_fraud(World& world) {
    const market::ProveFraud proof = with_duplicate(world, world.mallory());
    CHECK(world.prove(world.friend_of_mallory(), proof) == TxCode::ok);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}),
                  world.conditions().items + 1);
}

// Sees a stranger's fraud proof, sends it first, and commits to it where that is refused.
double front_run(World& world) {
    const market::ProveFraud proof = with_duplicate(world, world.ann());
    world.commit_proof(world.watcher(), proof);
    (void)world.send_market(world.mallory(), proof);
    (void)world.send_market(world.mallory(),
                            market::CommitFraud{.commitment = market::fraud_commitment(
                                                    test::kWiredChainId, world.mallory(), proof)});
    CHECK(world.send_market(world.watcher(), proof) == TxCode::ok);
    for (std::uint64_t i = 0; i <= market::kFraudProofAge_blocks; ++i) world.end_block();
    (void)world.send_market(world.mallory(), proof);
    world.finish();
    return (world.gain(world.mallory()) - world.gas({world.mallory()})) / 1e18;
}

}  // namespace

std::vector<Attack> fraud_attacks() {
    return {
        {"plagiarism after a reveal", "reveals another's items beside one of its own", plagiarise,
         honest_work},
        {"recapturing the slash by fraud", "a friend proves its fraud", recapture_fraud,
         honest_work},
        {"front-running a fraud proof", "sends a stranger's proof first, and commits", front_run,
         nothing, Unit::token},
    };
}

}  // namespace assay::economy
