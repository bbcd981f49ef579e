// Many disputes at once with random juries: money is conserved, invariants hold after every block,
// every ruling replays.
#include "tests/support/jury_fixture.hpp"

using namespace assay;
using namespace assay::disputes;
using namespace assay::test;

namespace {

// Jurors who vote, err, hide and stay away at random; disputes open at random.
struct World : JuryFixture {
    static constexpr std::uint32_t kPeople = 12;
    explicit World(std::uint64_t seed) : random(seed) {
        terms.jury_fee = Amount(1 + random.below(150));
        terms.penalty_to_coherent_ppm = static_cast<std::uint32_t>(random.below(1'000'001));
        terms.lost_bond_to_winner_ppm = static_cast<std::uint32_t>(random.below(1'000'001));
        terms.review_ppm = static_cast<std::uint32_t>(random.below(600'000));
        init(state, terms);
        fund(pool::kJurorFees, Amount(random.below(3'000)));
        hire(kPeople, 2 + random.below(4));
        granted = ledger::supply(state).genesis;
    }

    void act() {
        if (random.below(3) == 0) open_one();
        for (std::uint64_t id = 1; id <= opened; ++id) act_in(id);
        if (random.below(10) == 0) set_epoch(epoch() + 1);
        if (random.below(4) == 0) {
            const Address who = person(static_cast<std::uint32_t>(random.below(kPeople)));
            (void)unstake(who, Amount(1 + random.below(900)));
            (void)stake(who, Amount(1 + random.below(900)));
        }
        end_block(random.below(4));
    }
    void open_one() {
        const std::uint64_t id = opened + 1;
        submit(id, random.below(9'000));
        granted = ledger::supply(state).genesis;
        const Amount quote = *QuoteChallenge{.submission = id}.view(state, block);
        if (challenge(kChallenger, claim_of(id), quote) == TxCode::ok) opened = id;
    }
    void act_in(std::uint64_t id) {
        if (dispute(id).phase == Phase::evidence) return join_in(id);
        if (dispute(id).phase == Phase::appealable) return appeal_in(id);
        if (dispute(id).phase == Phase::ruled || dispute(id).phase == Phase::settling) return;
        for (std::uint8_t i = 0; i < panel(id).size(); ++i) {
            if (random.below(3) == 0) continue;
            const Choice choice = salt_choice(id, i);
            (void)(dispute(id).phase == Phase::commit ? commit(i, choice, id)
                                                      : reveal(i, choice, id));
        }
    }
    void join_in(std::uint64_t id) {
        if (random.below(4) != 0) return;
        const Address who = random.below(2) == 0 ? kFriend : kBuyer;
        (void)join(who, random.below(2) == 0 ? Choice::accept : Choice::reject, id);
    }
    void appeal_in(std::uint64_t id) {
        if (random.below(6) != 0) return;
        const Address people[] = {kContributor, kChallenger, kFriend, kBuyer};
        (void)appeal(people[random.below(4)], id);
    }
    // What the seat votes: fixed, so that its reveal opens its commitment.
    static Choice salt_choice(std::uint64_t id, std::uint8_t seat) {
        return (id * 7 + seat * 3U) % 5 < 3 ? Choice::reject : Choice::accept;
    }
    Amount held() const {
        Amount sum;
        for (const auto& pool_address : {pool::kDisputeBonds, pool::kDisputeFees, pool::kJurorStake,
                                         pool::kJurorFees, pool::kContributorBonds})
            sum = sum_of(sum, balance(pool_address));
        for (const Address& who : {kContributor, kBuyer, kChallenger, kFriend})
            sum = sum_of(sum, balance(who));
        for (std::uint32_t i = 0; i < kPeople; ++i) sum = sum_of(sum, balance(person(i)));
        return sum;
    }

    Numbers random;
    std::uint64_t opened = 0;
    Amount granted;
};

}  // namespace

BOOST_AUTO_TEST_CASE(random_disputes_conserve_money) {
    std::uint64_t ruled = 0;
    std::uint64_t defaults = 0;
    std::uint64_t redraws = 0;
    std::uint64_t appealed = 0;
    std::uint64_t joined = 0;
    std::uint64_t reviewed = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            World world(seed);
            for (int step = 0; step < 150; ++step) {
                world.act();
                BOOST_REQUIRE(sum_of(world.held(), Amount(world.burned())) == world.granted);
            }
            for (std::uint64_t id = 1; id <= world.opened; ++id) {
                const Dispute record = world.dispute(id);
                if (record.phase != Phase::ruled) continue;
                ++ruled;
                if (record.by_default) ++defaults;
                if (record.draws > record.round + 1) ++redraws;
                if (record.round > 0) ++appealed;
                if (record.joiners > 0) ++joined;
                if (record.reviewed) ++reviewed;
                const auto replayed = replay(world.record_of(id));
                BOOST_TEST(replayed.has_value());
                if (!replayed) BOOST_TEST_MESSAGE(replayed.error().message);
            }
        }
    }
    BOOST_TEST_MESSAGE(ruled << " ruled, " << redraws << " redrawn, " << defaults << " defaults, "
                             << appealed << " appealed, " << joined << " joined, " << reviewed
                             << " reviewed");
    BOOST_TEST(ruled > 200u);
    BOOST_TEST(redraws > 20u);
    BOOST_TEST(appealed > 20u);
    BOOST_TEST(joined > 20u);
    BOOST_TEST(reviewed > 5u);
    BOOST_TEST(defaults > 5u);
    BOOST_TEST(ruled > 2 * defaults);
}
