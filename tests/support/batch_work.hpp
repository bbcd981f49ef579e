// Owns the work of a contributor and of a buyer whose order compares work, in tests: answers, their
// tree and proofs, and hidden gold.
#pragma once

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"
#include "modules/market/commitment.hpp"
#include "modules/market/gold.hpp"
#include "modules/market/redundant.hpp"
#include "modules/market/submit.hpp"
#include "tests/support/wired_chain.hpp"

namespace assay::test {

// Answers to the tasks of one batch, a character each; task t's content is the number t.
struct BatchWork {
    std::uint64_t order = 0;
    std::uint64_t batch = 0;
    Address contributor;
    std::string labels;

    static Bytes task(std::uint64_t number) { return record::encode(number); }
    static Bytes label(char letter) { return Bytes{static_cast<std::uint8_t>(letter)}; }
    Hash256 salt(std::uint64_t index) const {
        Bytes bytes = record::encode(index);
        record::encode_into(bytes, contributor);
        return sha256(bytes);
    }
    Bytes leaf(std::uint64_t index) const {
        return market::leaf_data(
            {.index = index,
             .content_id = market::content_id(task(batch * labels.size() + index)),
             .payload_hash = market::payload_hash(salt(index), label(labels[index]))});
    }
    std::vector<Hash256> hashes() const {
        std::vector<Hash256> out;
        for (std::uint64_t i = 0; i < labels.size(); ++i)
            out.push_back(rfc6962::leaf_hash(leaf(i)));
        return out;
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes()); }
    market::CommitBatch commit(bool unbonded = false) const {
        return {.order = order,
                .batch = batch,
                .unbonded = unbonded,
                .commitment = market::commitment_of({.chain_id = kWiredChainId,
                                                     .order = order,
                                                     .contributor = contributor,
                                                     .item_count = labels.size(),
                                                     .root = root(),
                                                     .ciphertext_root = {},
                                                     .key_hash = {},
                                                     .salt = sha256(view_of("salt"))})};
    }
    market::RevealSubmission reveal(std::uint64_t submission) const {
        return {.submission = submission,
                .root = root(),
                .ciphertext_root = {},
                .key_hash = {},
                .salt = sha256(view_of("salt")),
                .data_uri = "ipfs://labels"};
    }
    market::Answer answer(std::uint64_t index) const {
        return {.item = {.index = index,
                         .leaf = leaf(index),
                         .path = rfc6962::inclusion_path(hashes(), index)},
                .salt = salt(index),
                .payload = label(labels[index])};
    }
};

// The buyer's hidden answers: `right` has one for each task of the order, every task of a batch is
// gold.
struct HiddenGold {
    std::uint64_t batch_items = 0;
    std::string right;

    market::GoldLeaf leaf(std::uint64_t index) const {
        return {.index = index,
                .task = index,
                .content_id = market::content_id(BatchWork::task(index)),
                .answer = BatchWork::label(right[index]),
                .salt = sha256(record::encode(index))};
    }
    std::vector<Hash256> hashes() const {
        std::vector<Hash256> out;
        for (std::uint64_t i = 0; i < right.size(); ++i)
            out.push_back(rfc6962::leaf_hash(record::encode(leaf(i))));
        return out;
    }
    Hash256 root() const { return rfc6962::root_of_hashes(hashes()); }
    market::GoldProof proof(std::uint64_t index) const {
        return {.leaf = leaf(index), .path = rfc6962::inclusion_path(hashes(), index)};
    }
};

}  // namespace assay::test
