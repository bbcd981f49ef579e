// Agreement, validity, locks, signatures and durability.
#include "tests/simulation/judge.hpp"

#include "chain/crypto/hash.hpp"
#include "consensus/types/wire.hpp"
#include "tests/simulation/keys.hpp"

namespace assay::simulation {

using namespace consensus;

namespace {

// First bytes of a proposal and a vote on the wire: fields 2 and 4 of the oneof.
constexpr std::uint8_t kProposalTag = 0x12;
constexpr std::uint8_t kVoteTag = 0x22;

std::string at(std::size_t node, std::int64_t height) {
    return "node " + std::to_string(node) + ", height " + std::to_string(height) + ": ";
}

int step_of(VoteType type) {
    return type == VoteType::prevote ? 2 : 3;
}

}  // namespace

Judge::Judge(const Plan& plan, const ChainIdentity& identity, const Stage& stage)
    : plan_(plan),
      stage_(stage),
      chain_id_(identity.chain_id),
      acknowledged_(plan.members.size()),
      said_(plan.members.size()),
      locks_(plan.members.size()),
      last_message_(plan.members.size()) {
    chain_.push_back({.block = {}, .id = {}, .app_hash = {}, .time = {}});
    sets_ = {identity.validators, identity.validators};
    next_validators_ = identity.validators.hash();
}

void Judge::violate(const std::string& what) {
    if (violation_.empty()) violation_ = what;
}

// What leaves a node ------------------------------------------------------------------------------

void Judge::released(std::size_t node, const Bytes& message) {
    if (message.empty() || (message[0] != kVoteTag && message[0] != kProposalTag)) return;
    if (message == last_message_[node]) return;
    last_message_[node] = message;
    const auto decoded = decode_message(message);
    if (!decoded) return violate("node " + std::to_string(node) + " sends what it cannot read");
    if (const auto* vote = std::get_if<Vote>(&*decoded)) check_vote(node, *vote);
    if (const auto* proposal = std::get_if<Proposal>(&*decoded)) check_proposal(node, *proposal);
}

void Judge::once(std::size_t node, const Place& place, Bytes sign_bytes) {
    const auto [it, fresh] = said_[node].emplace(place, sign_bytes);
    if (!fresh && it->second != sign_bytes)
        violate(at(node, std::get<0>(place)) + "released two different signatures at round " +
                std::to_string(std::get<1>(place)) + ", step " +
                std::to_string(std::get<2>(place)) + ": " + to_hex(it->second) + " and " +
                to_hex(sign_bytes));
}

void Judge::check_proposal(std::size_t node, const Proposal& proposal) {
    const Bytes sign_bytes = proposal.sign_bytes(chain_id_);
    const Key& key = key_of(plan_.members[node].key);
    if (!verify_message(key.public_key, sign_bytes, proposal.signature)) {
        if (!is_signed_by_anybody(proposal))
            violate(at(node, proposal.height) + "passes on a proposal that nobody signed");
        return;
    }
    once(node, {proposal.height, proposal.round, 1}, sign_bytes);
}

bool Judge::is_signed_by_anybody(const Proposal& proposal) const {
    const Bytes sign_bytes = proposal.sign_bytes(chain_id_);
    for (std::size_t key = 0; key < plan_.powers.size(); ++key)
        if (verify_message(key_of(key).public_key, sign_bytes, proposal.signature)) return true;
    return false;
}

void Judge::check_vote(std::size_t node, const Vote& vote) {
    if (vote.validator != key_of(plan_.members[node].key).address) return;
    const Place place{vote.height, vote.round, step_of(vote.type)};
    const bool fresh = !said_[node].contains(place);
    once(node, place, vote.sign_bytes(chain_id_));
    if (!fresh || vote.block_id.is_nil()) return;
    check_lock(node, vote);
    if (vote.type == VoteType::precommit) locks_[node][vote.height][vote.round] = vote.block_id;
}

void Judge::signed_vote(const Vote& vote) {
    if (vote.type == VoteType::prevote && !vote.block_id.is_nil())
        prevotes_[{vote.height, vote.round, vote.block_id.hash}].insert(vote.validator);
}

bool Judge::had_polka(std::int64_t height, std::int32_t from, std::int32_t before,
                      const BlockId& id) const {
    const ValidatorSet& set = sets_.at(static_cast<std::size_t>(height));
    for (std::int32_t round = from; round < before; ++round) {
        const auto it = prevotes_.find({height, round, id.hash});
        if (it == prevotes_.end()) continue;
        std::int64_t weight = 0;
        for (const auto& address : it->second)
            if (const auto index = set.index_of(address)) weight += set.validators()[*index].power;
        if (3 * weight > 2 * set.total_power()) return true;
    }
    return false;
}

// A precommit needs a polka of its round; a prevote for another block than the one precommitted
// last needs a polka since then (lines 22, 28 and 36).
void Judge::check_lock(std::size_t node, const Vote& vote) {
    if (static_cast<std::size_t>(vote.height) >= sets_.size())
        return violate(at(node, vote.height) + "votes for a height that nobody has reached");
    if (vote.type == VoteType::precommit) {
        if (!had_polka(vote.height, vote.round, vote.round + 1, vote.block_id))
            violate(at(node, vote.height) + "precommits without a polka at round " +
                    std::to_string(vote.round));
        return;
    }
    const auto& locks = locks_[node][vote.height];
    const auto after = locks.lower_bound(vote.round);
    if (after == locks.begin()) return;
    const auto& [locked_round, locked] = *std::prev(after);
    if (locked == vote.block_id) return;
    if (!had_polka(vote.height, locked_round, vote.round, vote.block_id))
        violate(at(node, vote.height) + "prevotes against its lock at round " +
                std::to_string(vote.round));
}

void Judge::saw_vote(std::size_t node, const Vote& vote) {
    const Place place{vote.height, vote.round, step_of(vote.type)};
    const auto [it, fresh] =
        first_votes_.emplace(std::tuple(node, place, vote.validator), vote.block_id.hash);
    if (!fresh && it->second != vote.block_id.hash)
        seen_double_.insert({vote.height, vote.validator});
}

std::uint64_t Judge::double_votes_punished() const {
    std::uint64_t out = 0;
    for (const Offender& offender : seen_double_) out += punished_.contains(offender) ? 1U : 0U;
    return out;
}

// What nodes store --------------------------------------------------------------------------------

void Judge::committed(std::size_t node, const ChainPosition& position, const HostedApp& app) {
    const auto height = static_cast<std::int64_t>(position.height);
    acknowledged_[node] = std::max(acknowledged_[node], position.height);
    const auto raw = app.record(block_record_key(position.height));
    if (!raw) return violate(at(node, height) + "stores no block");
    if (position.height > chain_.size()) return violate(at(node, height) + "skips a height");
    if (position.height == chain_.size()) {
        const auto block = decode<Block>(*raw);
        if (!block) return violate(at(node, height) + "decides what is no block");
        check_block(position, *block);
        chain_.push_back({.block = *raw,
                          .id = position.last_block_id,
                          .app_hash = position.app_hash,
                          .time = position.last_time});
        if (position.validators.hash() != next_validators_)
            violate(at(node, height) + "the set announced a block before does not follow");
        next_validators_ = position.next_validators.hash();
        sets_.push_back(position.validators);
        for (const Bytes& tx : block->txs) txs_.insert(sha256(tx));
    }
    const Decided& known = chain_[position.height];
    if (known.id != position.last_block_id || known.block != *raw)
        return violate(at(node, height) + "DISAGREEMENT: decides another block than others");
    if (known.app_hash != position.app_hash)
        return violate(at(node, height) + "has another app hash than others");
    const auto held = verify_commit(chain_id_, sets_[position.height], height,
                                    position.last_block_id, position.last_commit);
    if (!held) violate(at(node, height) + "its commit does not hold: " + held.error().message);
}

void Judge::check_block(const ChainPosition& position, const Block& block) {
    const std::uint64_t height = position.height;
    const Decided& before = chain_[height - 1];
    const std::string where = "height " + std::to_string(height) + ": invalid block: ";
    const Header& header = block.header;
    if (const auto whole = check_contents(block); !whole) violate(where + whole.error().message);
    if (header.height != static_cast<std::int64_t>(height)) violate(where + "its height");
    if (header.last_block_id != before.id) violate(where + "its parent");
    if (height > 1 && header.app_hash != before.app_hash) violate(where + "its app hash");
    if (height > 1 && header.time <= before.time)
        violate(where + "its time is not later than its parent's");
    if (header.validators_hash != sets_[height].hash()) violate(where + "its validators");
    if (!sets_[height].index_of(header.proposer_address)) violate(where + "its proposer");
    if (height > 1) {
        const auto held =
            verify_commit(chain_id_, sets_[height - 1], static_cast<std::int64_t>(height - 1),
                          before.id, block.last_commit);
        if (!held) return violate(where + held.error().message);
        const BlockTime median = median_time(block.last_commit, sets_[height - 1]);
        if (header.time != std::max(median, plus_one_ms(before.time)))
            violate(where + "its time is not the median");
    }
    for (const Bytes& tx : block.txs)
        if (!stage_.is_tx(tx)) return violate(where + "a transaction");
    check_evidence(block);
}

void Judge::check_evidence(const Block& block) {
    const std::string where = "height " + std::to_string(block.header.height) + ": evidence ";
    for (const auto& evidence : block.evidence) {
        const Vote& vote = evidence.vote_a;
        if (!punished_.insert({vote.height, vote.validator}).second) violate(where + "twice");
        for (std::size_t key = 0; key < plan_.powers.size(); ++key) {
            if (key_of(key).address != vote.validator) continue;
            if (!plan_.is_byzantine_key(key)) violate(where + "against an honest validator");
            for (const Vote& one : {evidence.vote_a, evidence.vote_b})
                if (!verify_message(key_of(key).public_key, one.sign_bytes(chain_id_),
                                    one.signature))
                    violate(where + "without a signature");
        }
    }
}

void Judge::recovered(std::size_t node, std::uint64_t height) {
    if (height < acknowledged_[node])
        violate(at(node, static_cast<std::int64_t>(height)) +
                "has lost blocks that it told clients of: " + std::to_string(acknowledged_[node]));
}

void Judge::check_store(std::size_t node, const HostedApp& app) {
    recovered(node, app.height());
    for (std::uint64_t height = 1; height <= app.height(); ++height) {
        const auto raw = app.record(block_record_key(height));
        if (height >= chain_.size() || !raw || *raw != chain_[height].block)
            return violate(at(node, static_cast<std::int64_t>(height)) +
                           "stores another block than the chain's");
    }
}

}  // namespace assay::simulation
