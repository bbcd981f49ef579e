// Owns the work of a contributor in tests: items, their tree, its commitment and proofs.
#pragma once

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/prove_fraud.hpp"
#include "modules/market/submit.hpp"
#include "tests/support/wired_chain.hpp"

namespace assay::test {

// Item `content` is a payload of that number; equal numbers are equal contents.
struct ItemWork {
    std::uint64_t order = 0;
    Address contributor;
    std::vector<std::uint32_t> contents;
    Hash256 salt;
    bool misplaced = false;  // the last leaf names another index than its place

    static Bytes payload(std::uint32_t content) { return record::encode(content); }
    static Hash256 item_salt(std::uint32_t content) { return sha256(payload(content)); }

    Bytes leaf(std::uint64_t index) const {
        const std::uint32_t content = contents.at(index);
        const bool moved = misplaced && index + 1 == contents.size();
        return market::leaf_data(
            {.index = moved ? index + 7 : index,
             .content_id = market::content_id(payload(content)),
             .payload_hash = market::payload_hash(item_salt(content), payload(content))});
    }
    std::vector<Hash256> hashes() const {
        std::vector<Hash256> out;
        for (std::uint64_t i = 0; i < contents.size(); ++i)
            out.push_back(rfc6962::leaf_hash(leaf(i)));
        return out;
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes()); }
    market::CommitSubmission commit() const {
        return {.order = order,
                .item_count = contents.size(),
                .commitment = market::commitment_of({.chain_id = kWiredChainId,
                                                     .order = order,
                                                     .contributor = contributor,
                                                     .item_count = contents.size(),
                                                     .root = root(),
                                                     .ciphertext_root = {},
                                                     .key_hash = {},
                                                     .salt = salt})};
    }
    market::RevealSubmission reveal(std::uint64_t submission) const {
        return {.submission = submission,
                .root = root(),
                .ciphertext_root = {},
                .key_hash = {},
                .salt = salt,
                .data_uri = "ipfs://data"};
    }
    market::LeafProof proof(std::uint64_t index) const {
        return {
            .index = index, .leaf = leaf(index), .path = rfc6962::inclusion_path(hashes(), index)};
    }
};

}  // namespace assay::test
