// Proposers who try to choose a panel: by the one bit that withholding a proof is, or by a key.
#include <algorithm>
#include <memory>

#include "chain/crypto/ecvrf.hpp"
#include "chain/crypto/secp256k1.hpp"
#include "modules/beacon/api.hpp"
#include "modules/beacon/beacon.hpp"
#include "modules/disputes/params.hpp"
#include "modules/disputes/ruling.hpp"
#include "modules/disputes/seating.hpp"
#include "modules/jurors/api.hpp"
#include "tests/economy/attack.hpp"
#include "tests/economy/juror_plays.hpp"

namespace assay::economy {

namespace {

constexpr std::uint8_t kKeys = 8;

// The attacker's validators have a key each.
FixedBytes<20> validator(std::uint8_t number) {
    return FixedBytes<20>{{0x77, number}};
}

crypto::SecretKey key_of(std::uint8_t number) {
    return *crypto::secret_key_from(sha256(ByteView(&number, 1)));
}

void with_keys(State& state) {
    for (std::uint8_t i = 0; i < kKeys; ++i)
        beacon::init_key(state, validator(i), crypto::public_key_of(key_of(i))->compressed());
}

const disputes::Dispute* waiting_dispute(const State& state, disputes::Dispute& out) {
    const auto found = state.get(disputes::kDisputes, 1);
    if (!found || found->phase != disputes::Phase::evidence) return nullptr;
    out = *found;
    return &out;
}

// Friends whom a beacon value would seat in the dispute that waits for its panel.
std::ptrdiff_t friends_by(const World& world, const State& state, const Hash256& beacon) {
    disputes::Dispute dispute;
    if (waiting_dispute(state, dispute) == nullptr) return 0;
    const auto draw = static_cast<std::uint8_t>(dispute.draws + 1);
    const auto panel = jurors::draw(
        state, {.seed = disputes::panel_seed(test::kWiredChainId, dispute.id, draw, beacon),
                .seats = 3,
                .lock = disputes::seat_lock(dispute.terms),
                .excluded = disputes::excluded_from(state, dispute)});
    std::ptrdiff_t out = 0;
    for (std::uint8_t i = 0; i < World::kJurors / 5; ++i)
        out += std::count(panel.begin(), panel.end(), world.juror(i));
    return out;
}

Hash256 output_of(std::uint8_t number, const State& state, std::uint64_t height) {
    const auto proof = ecvrf::prove(
        key_of(number), beacon::beacon_alpha(test::kWiredChainId, beacon::value(state), height));
    return *ecvrf::proof_to_hash(proof);
}

// Proposes the block that draws the panel; others, who have no keys, propose the rest. In the
// attacker's favour: it is his turn whenever it matters, and a miss costs him nothing.
class Proposer {
  public:
    Proposer(const World& world, std::uint8_t number, bool may_withhold)
        : world_(world), number_(number), may_withhold_(may_withhold) {}
    void operator()(const State& state, BlockEnv& block) {
        disputes::Dispute dispute;
        block.validator = {};
        if (waiting_dispute(state, dispute) == nullptr || dispute.deadline_s > block.time_s) return;
        block.validator = validator(number_);
        *proof_ =
            ecvrf::prove(key_of(number_),
                         beacon::beacon_alpha(block.chain_id, beacon::value(state), block.height));
        const Hash256 before = beacon::value(state);
        const Hash256 with = beacon::proven_value(before, *ecvrf::proof_to_hash(*proof_));
        if (may_withhold_ && friends_by(world_, state, beacon::unproven_value(before)) >
                                 friends_by(world_, state, with))
            return;
        block.vrf_proof = *proof_;
    }

  private:
    const World& world_;
    std::uint8_t number_;
    bool may_withhold_;
    std::shared_ptr<ecvrf::Proof> proof_ = std::make_shared<ecvrf::Proof>();  // outlives the block
};

double withhold(World& world) {
    world.propose_by(Proposer(world, 0, true));
    return capture(world);
}

// Until a key that is named now counts.
void wait_for_key(World& world) {
    const std::uint64_t blocks = 2 * world.conditions().params.beacon.epoch_blocks;
    for (std::uint64_t i = 0; i < blocks; ++i) world.end_block(0);
}

// Of all keys, the one that would seat most friends if it counted in the next block.
double grind(World& world) {
    return capture(world, [](World& at) {
        std::uint8_t best = 0;
        std::ptrdiff_t most = -1;
        const State& state = at.chain().state();
        for (std::uint8_t i = 0; i < kKeys; ++i) {
            const Hash256 value = beacon::proven_value(
                beacon::value(state), output_of(i, state, at.chain().block().height + 1));
            const std::ptrdiff_t friends = friends_by(at, state, value);
            if (friends > most) best = i;
            most = std::max(most, friends);
        }
        wait_for_key(at);
        at.propose_by(Proposer(at, best, false));
    });
}

double any_key(World& world) {
    return capture(world, [](World& at) {
        wait_for_key(at);
        at.propose_by(Proposer(at, 0, false));
    });
}

}  // namespace

std::vector<Attack> beacon_attacks() {
    const Setting keys{.more = with_keys};
    return {
        {.name = "withholding the beacon",
         .strategy = "a captor of panels proposes each draw, the better of two",
         .attack = withhold,
         .honest = honest_with_jurors,
         .setting = keys},
        {.name = "grinding VRF keys",
         .strategy = "the same with the best of eight keys, against any",
         .attack = grind,
         .honest = any_key,
         .useless = 0.1,
         .setting = keys},
    };
}

}  // namespace assay::economy
