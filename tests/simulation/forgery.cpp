// One broken rule at a time.
#include "tests/simulation/forgery.hpp"

#include "chain/crypto/hash.hpp"
#include "consensus/types/wire.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

constexpr std::uint64_t kWaysToSpoil = 15;

void flip(Hash256& hash) {
    hash.bytes[3] ^= 1;
}

void spoil_commit(Block& block, std::uint64_t way, Random& random) {
    auto& signatures = block.last_commit.signatures;
    if (signatures.empty()) return flip(block.header.app_hash);
    CommitSig& one = signatures[random.below(signatures.size())];
    if (way == 0) one.signature.bytes[5] ^= 1;
    if (way == 1)
        for (std::size_t i = 0; 2 * i < signatures.size(); ++i) signatures[i] = {};
    if (way == 2) one.time.seconds += 5;
    if (way == 3) block.last_commit.round += 1;
}

// Evidence that is right in everything but its signatures.
void accuse(Block& block, const ChainPosition& position, const ConsensusAddress& victim) {
    const ValidatorSet& set = position.height == 0 ? position.validators : position.last_validators;
    const auto index = set.index_of(victim);
    if (!index) return flip(block.header.app_hash);
    Vote vote{.type = VoteType::precommit,
              .height = std::max<std::int64_t>(block.header.height - 1, 1),
              .time = position.last_time,
              .validator = victim,
              .validator_index = static_cast<std::int32_t>(*index)};
    vote.signature.bytes.fill(0x17);
    Vote other = vote;
    other.block_id = {.hash = sha256(victim), .parts = {.total = 1, .hash = sha256(victim)}};
    block.evidence.push_back({.vote_a = vote,
                              .vote_b = other,
                              .total_power = set.total_power(),
                              .validator_power = set.validators()[*index].power,
                              .time = position.last_time});
}

void spoil(Block& block, const World& world, const ChainPosition& position, Random& random) {
    const std::uint64_t way = random.below(kWaysToSpoil);
    Header& header = block.header;
    if (way == 0) flip(header.app_hash);
    if (way == 1) header.time.seconds += 1;
    if (way == 2) block.txs.push_back(random.bytes(20));
    if (way == 3) block.txs.push_back(world.stage->forged_tx(1'000'000, 0));
    if (way >= 4 && way <= 7) spoil_commit(block, way - 4, random);
    if (way == 8) header.proposer_address.bytes[0] ^= 1;
    if (way == 9) flip(header.validators_hash);
    if (way == 10) flip(header.last_results_hash);
    if (way == 11) header.height += 1;
    if (way == 12) flip(header.last_block_id.hash);
    if (way == 13)
        block.txs.assign(2, Bytes(static_cast<std::size_t>(world.plan.max_block_bytes) / 2));
    if (way == 14) accuse(block, position, key_of(random.below(world.plan.powers.size())).address);
    header.last_commit_hash = block.last_commit.hash();
    header.data_hash = data_hash(block.txs);
    header.evidence_hash = evidence_hash(block.evidence);
}

}  // namespace

ForgedBlock forge_block(const World& world, const Replica& replica, HostedApp& host,
                        Application& app, const ConsensusAddress& proposer, bool invalid,
                        Random& random) {
    Mempool mempool;
    const std::uint64_t nonce = host.nonce_of(world.stage->forger());
    const auto own = host.admit(world.stage->forged_tx(nonce, random.next()));
    if (own.tx) (void)mempool.add(own.tx, nonce);
    Draft draft = draft_block(
        world.identity, replica.position(), app, mempool,
        {.last_commit = replica.position().last_commit, .evidence = {}, .proposer = proposer});
    if (!invalid) return {std::move(draft.encoded), draft.id};
    if (random.percent(8)) {
        Bytes garbage = random.bytes(200);
        return {garbage, {.hash = draft.id.hash, .parts = part_set_header(garbage)}};
    }
    spoil(draft.block, world, replica.position(), random);
    ForgedBlock out{.encoded = encode(draft.block), .id = {}};
    out.id = block_id_of(draft.block, out.encoded);
    return out;
}

}  // namespace assay::simulation
