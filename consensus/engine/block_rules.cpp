// Drafting and judging blocks.
#include "consensus/engine/block_rules.hpp"

#include <algorithm>
#include <set>

#include "chain/crypto/hash.hpp"
#include "consensus/types/wire.hpp"

namespace assay::consensus {

namespace {

// Room for header, block entry and commit beside transactions and evidence.
constexpr std::uint64_t kHeadBytes = 2'048;
constexpr std::uint64_t kCommitSigBytes = 128;
constexpr std::uint64_t kEvidenceBytes = 1'024;

// Bytes of raw transactions in a block: framing adds at most one twentieth to the smallest.
std::uint64_t data_bytes(const ChainIdentity& identity, const DraftInputs& inputs) {
    const std::uint64_t beside = kHeadBytes +
                                 kCommitSigBytes * inputs.last_commit.signatures.size() +
                                 kEvidenceBytes * inputs.evidence.size();
    const auto most = static_cast<std::uint64_t>(identity.block.max_bytes);
    return most <= beside ? 0 : (most - beside) / 21 * 20;
}

Result<void> check_last_commit(const ChainIdentity& identity, const ChainPosition& position,
                               const Block& block) {
    if (position.height == 0) {
        if (block.last_commit == Commit{}) return {};
        return failure("the first block carries a commit");
    }
    if (block.last_commit == position.last_commit) return {};
    return verify_commit(identity.chain_id, position.last_validators,
                         static_cast<std::int64_t>(position.height), position.last_block_id,
                         block.last_commit);
}

Result<BlockFinding> check_evidence(const ChainIdentity& identity, const ChainPosition& position,
                                    const Application& app, const Block& block) {
    if (block.evidence.size() > kMaxEvidencePerBlock)
        return failure("holds more than " + std::to_string(kMaxEvidencePerBlock) + " evidence");
    const auto next = static_cast<std::int64_t>(position.height) + 1;
    auto finding = BlockFinding::valid;
    std::set<Bytes> seen;
    for (const auto& evidence : block.evidence) {
        if (auto whole = check_form(evidence, EvidenceLimits{}, next, position.last_time); !whole)
            return whole.error();
        Bytes key = evidence_record_key(evidence.vote_a.height, evidence.vote_a.validator);
        if (app.engine_record(key) || !seen.insert(std::move(key)).second)
            return failure("evidence: is in a block already");
        if (const auto facts = load_facts(app, evidence.vote_a.height); !facts)
            finding = BlockFinding::unjudged;
        else if (auto held = verify_evidence(identity.chain_id, evidence, *facts); !held)
            return held.error();
    }
    return finding;
}

// The proof that the block begins with; empty where this validator's key does not count, or is not
// here.
Bytes entry_of(const Application& app, const DraftInputs& inputs) {
    if (inputs.prover == nullptr) return {};
    const auto asked = app.proof_request(inputs.proposer);
    if (!asked) return {};
    const auto proof = inputs.prover->prove(asked->public_key, asked->alpha);
    return proof ? encode_block_entry(*proof) : Bytes();
}

}  // namespace

Draft draft_block(const ChainIdentity& identity, const ChainPosition& position, Application& app,
                  Mempool& mempool, const DraftInputs& inputs) {
    const std::uint64_t max_bytes = data_bytes(identity, inputs);
    const std::uint64_t gas_limit = app.block_gas_limit();
    auto candidates =
        mempool.select(app.next_base_fee(), std::min(inputs.max_gas, gas_limit), max_bytes);
    if (candidates.empty()) candidates = mempool.select(app.next_base_fee(), gas_limit, max_bytes);
    const auto txs = app.prepare_proposal({.height = position.height + 1,
                                           .time = position.last_time,
                                           .max_bytes = max_bytes,
                                           .candidates = candidates});
    auto taken = txs.begin();
    for (const auto& tx : candidates) {
        if (taken != txs.end() && *taken == tx)
            ++taken;
        else
            mempool.drop(tx->hash);
    }
    Draft out;
    std::vector<Hash256> hashes;
    hashes.reserve(txs.size() + 1);
    out.block.txs.reserve(txs.size() + 1);
    if (Bytes entry = entry_of(app, inputs); !entry.empty()) {
        hashes.push_back(sha256(entry));
        out.block.txs.push_back(std::move(entry));
    }
    for (const auto& tx : txs) {
        hashes.push_back(tx->sha256);
        out.block.txs.push_back(tx->raw);
    }
    out.block.evidence = inputs.evidence;
    out.block.last_commit = inputs.last_commit;
    out.block.header = next_header(identity, position,
                                   {.data_hash = data_hash_of_hashes(hashes),
                                    .evidence_hash = evidence_hash(inputs.evidence),
                                    .last_commit = inputs.last_commit,
                                    .proposer = inputs.proposer});
    out.encoded = encode(out.block);
    out.id = block_id_of(out.block, out.encoded);
    return out;
}

Result<BlockFinding> check_final_block(const ChainIdentity& identity, const ChainPosition& position,
                                       const Application& app, const Block& block,
                                       std::size_t encoded_bytes) {
    if (encoded_bytes > static_cast<std::size_t>(identity.block.max_bytes))
        return failure("block: has " + std::to_string(encoded_bytes) + " bytes; the limit is " +
                       std::to_string(identity.block.max_bytes));
    if (block.header.height != static_cast<std::int64_t>(position.height) + 1)
        return failure("block: height is not the next one");
    if (auto whole = check_contents(block); !whole) return whole.error();
    if (auto held = check_last_commit(identity, position, block); !held) return held.error();
    if (block.header != next_header(identity, position, content_of(block)))
        return failure("block: the header does not follow the block before");
    if (!position.validators.index_of(block.header.proposer_address))
        return failure("block: its proposer is no validator");
    return check_evidence(identity, position, app, block);
}

Result<BlockFinding> check_block(const ChainIdentity& identity, const ChainPosition& position,
                                 Application& app, const Block& block, std::size_t encoded_bytes) {
    const auto found = check_final_block(identity, position, app, block, encoded_bytes);
    if (found && !app.process_proposal(finalize_request(block, position.last_validators)))
        return failure("block: the application refuses it");
    return found;
}

Result<HeightFacts> load_facts(const Application& app, std::int64_t height) {
    const auto header = load_header(app, static_cast<std::uint64_t>(height));
    if (!header) return header.error();
    auto validators = load_validators(app, static_cast<std::uint64_t>(height));
    if (!validators) return validators.error();
    return HeightFacts{.validators = std::move(*validators), .time = header->time};
}

}  // namespace assay::consensus
