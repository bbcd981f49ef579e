// Strategies of contributors, buyers and challengers; those of jurors are in juror_strategies.cpp.
#include "tests/economy/strategies.hpp"

#include "modules/market/prove_fraud.hpp"
#include "tests/economy/juror_strategies.hpp"
#include "tests/economy/tier_strategies.hpp"

namespace assay::economy {

namespace {

using market::SubmissionState;

// A token beside the value: a dispute costs that much, however little is at stake.
double shares(const World& world, double units, std::uint64_t items) {
    return units / (world.value(items) + 1e18);
}

// Honest work of one submission, by whoever else would attack.
double honest_work(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(items), items);
}

double nothing(World&) {
    return 0;
}

// Everybody may look, and somebody does as often as the parameters promise.
void watch(World& world, std::uint64_t submission) {
    const double share = world.conditions().params.market.audit_share_ppm / 1e6;
    if (world.random().happens(share)) (void)world.challenge(world.watcher(), submission);
}

// Somebody else's commitment, sent under the own name.
double copy_commitment(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), 2 * items);
    ItemWork work = world.work(world.ann(), order, items);
    CHECK(world.commit(work).code == TxCode::ok);
    const market::CommitSubmission copied = work.commit();
    const auto bond =
        world.chain().ask(market::QuoteCommit{.order = order, .item_count = copied.item_count});
    const TxCode code = world.send_market(world.mallory(), copied, bond.value());
    CHECK(code == TxCode::duplicate_commitment);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// What one order got, delivered to another one. Whoever looks finds it in the first.
double replay_elsewhere(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t first = world.post(world.buyer(), items);
    const std::uint64_t second = world.post(world.buyer(), items);
    const std::uint64_t original = world.submit(world.ann(), first, items, Quality::good);
    ItemWork copy = world.work_of(original);
    copy.order = second;
    copy.contributor = world.mallory();
    watch(world, world.submit(copy, Quality::bad));
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

double withhold_reveal(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    CHECK(world.commit(world.work(world.mallory(), order, items)).code == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

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
    const TxCode code = world.send_market(
        world.ann(), market::ProveFraud{.submission = id,
                                        .kind = market::FraudKind::copied_content,
                                        .first = copy.proof(0),
                                        .second = world.work_of(original).proof(0),
                                        .other_submission = original});
    CHECK(code == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// Buys the own work for the reward that its fee mints.
double wash(World& world) {
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.friend_of_mallory(), items);
    world.submit(world.mallory(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

// The same by a coalition that is all validators, all jurors, the insured and the treasury too.
double wash_by_all(World& world) {
    const double before = world.growth(pool::kJurorFees) + world.growth(pool::kTreasury) +
                          world.growth(pool::kInsurance);
    const double own = wash(world);
    const double pools = world.growth(pool::kJurorFees) + world.growth(pool::kTreasury) +
                         world.growth(pool::kInsurance) - before;
    // The security emission comes without any order; only the fee's share counts.
    const auto& market = world.conditions().params.market;
    const double fee = market.fee_ppm / 1e6;
    const std::uint32_t items = world.conditions().items;
    const double validators = world.value(items) * fee * market.fee_split.validators_ppm / 1e6;
    return own + shares(world, pools + validators, items);
}

// A share of ten submissions is garbage that costs no effort.
double garbage_share(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const double garbage = world.random().between(0.1, 1);
    double effort = 0;
    constexpr std::uint32_t kSubmissions = 4;
    const std::uint64_t order = world.post(world.buyer(), kSubmissions * items);
    for (std::uint32_t i = 0; i < kSubmissions; ++i) {
        const bool bad = world.random().happens(garbage);
        const std::uint64_t id =
            world.submit(world.mallory(), order, items, bad ? Quality::bad : Quality::good);
        if (bad)
            watch(world, id);
        else
            effort += world.effort(items);
    }
    world.finish();
    return shares(world, world.gain(world.mallory()) - effort, items) / kSubmissions;
}

// Commits to a hundred items and has made a tenth of them.
double invent_items(World& world) {
    constexpr std::uint32_t kClaimed = 100;
    constexpr std::uint64_t kMade = 10;
    const std::uint64_t order = world.post(world.buyer(), kClaimed);
    const std::uint64_t id = world.submit(world.mallory(), order, kClaimed, Quality::bad);
    // Two strangers each name eight places that nobody named; what was never made cannot be shown.
    std::set<std::uint64_t> all;
    for (const Address& who : {world.watcher(), world.ann()}) {
        std::set<std::uint64_t> named;
        while (named.size() < market::kMaxIndices) {
            const std::uint64_t index = world.random().below(kClaimed);
            if (all.insert(index).second) named.insert(index);
        }
        const market::ForceOpen ask{.submission = id, .indices = {named.begin(), named.end()}};
        const auto value =
            world.chain().ask(market::QuoteForceOpen{.submission = id, .indices = ask.indices});
        CHECK(world.send_market(who, ask, value.value()) == TxCode::ok);
        market::OpenItems answer{
            .request = world.chain().state().get_or_default(market::kCounters, {}).openings};
        for (const std::uint64_t index : ask.indices)
            if (index < kMade) answer.items.push_back(world.work_of(id).proof(index));
        if (!answer.items.empty()) CHECK(world.send_market(world.mallory(), answer) == TxCode::ok);
    }
    world.finish();
    return shares(world, world.gain(world.mallory()) - world.effort(kMade), kClaimed);
}

// The buyer has good work contested by a friend, to have it for nothing when the jury errs.
double refuse_to_pay(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.mallory(), items);
    const std::uint64_t id = world.submit(world.ann(), order, items, Quality::good);
    CHECK(world.challenge(world.friend_of_mallory(), id) == TxCode::ok);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

double pay(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.mallory(), items);
    world.submit(world.ann(), order, items, Quality::good);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

double frivolous_challenge(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const std::uint64_t id = world.submit(world.ann(), order, items, Quality::good);
    CHECK(world.challenge(world.mallory(), id) == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

// Garbage, contested by a friend so that the challenger's share of the slash stays at home.
double recapture_slash(World& world) {
    world.hire();
    const std::uint32_t items = world.conditions().items;
    const std::uint64_t order = world.post(world.buyer(), items);
    const std::uint64_t id = world.submit(world.mallory(), order, items, Quality::bad);
    CHECK(world.challenge(world.friend_of_mallory(), id) == TxCode::ok);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

// Fraud on the own work, proven by a friend as soon as somebody might.
double recapture_fraud(World& world) {
    const std::uint32_t items = world.conditions().items + 1;
    const std::uint64_t order = world.post(world.buyer(), items);
    ItemWork work = world.work(world.mallory(), order, items);
    work.contents.back() = work.contents.front();
    const std::uint64_t id = world.submit(work, Quality::bad);
    const TxCode code = world.send_market(
        world.friend_of_mallory(), market::ProveFraud{.submission = id,
                                                      .kind = market::FraudKind::duplicate_content,
                                                      .first = work.proof(0),
                                                      .second = work.proof(items - 1)});
    CHECK(code == TxCode::ok);
    world.finish();
    return shares(world, world.gain({world.mallory(), world.friend_of_mallory()}), items);
}

// Sees a stranger's fraud proof and sends it first.
double front_run(World& world) {
    const std::uint32_t items = world.conditions().items + 1;
    const std::uint64_t order = world.post(world.buyer(), items);
    ItemWork work = world.work(world.ann(), order, items);
    work.contents.back() = work.contents.front();
    const std::uint64_t id = world.submit(work, Quality::bad);
    const TxCode code = world.send_market(
        world.mallory(), market::ProveFraud{.submission = id,
                                            .kind = market::FraudKind::duplicate_content,
                                            .first = work.proof(0),
                                            .second = work.proof(items - 1)});
    CHECK(code == TxCode::ok);
    world.finish();
    return shares(world, world.gain(world.mallory()), items);
}

}  // namespace

const std::vector<Attack>& attacks() {
    static const std::vector<Attack> all = [] {
        std::vector<Attack> out = {
            {"copying a commitment", "sends another's commitment as its own", copy_commitment,
             honest_work},
            {"replay on another order", "delivers what another order got", replay_elsewhere,
             honest_work},
            {"withholding a reveal", "commits and stays silent", withhold_reveal, honest_work},
            {"plagiarism after a reveal", "reveals another's items beside one of its own",
             plagiarise, honest_work},
            {"wash orders alone", "buys its own work for the mint", wash, nothing},
            {"wash orders by every role", "and owns all pools that a fee feeds", wash_by_all,
             nothing},
            {"a share of garbage", "a random share of its submissions is made up", garbage_share,
             honest_work},
            {"claiming items that do not exist", "has made ten of a hundred", invent_items,
             honest_work},
            {"refusing to pay", "a friend of the buyer contests good work", refuse_to_pay, pay},
            {"frivolous challenge", "contests good work", frivolous_challenge, nothing},
            {"recapturing the slash", "a friend contests its garbage", recapture_slash,
             honest_work},
            {"recapturing the slash by fraud", "a friend proves its fraud", recapture_fraud,
             honest_work},
            {"front-running a fraud proof", "sends a stranger's proof first", front_run, nothing,
             "a proof does not name its prover"},
        };
        for (const Attack& attack : tier_attacks()) out.push_back(attack);
        for (Attack attack : juror_attacks()) {
            attack.by_juror = true;
            out.push_back(attack);
        }
        return out;
    }();
    return all;
}

}  // namespace assay::economy
