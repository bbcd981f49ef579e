// Owns a made-up chain of signed headers whose validators may change at every height.
#pragma once

#include <boost/test/unit_test.hpp>
#include <map>

#include "chain/crypto/hash.hpp"
#include "consensus/sync/light_client.hpp"

namespace assay::consensus::test {

inline constexpr const char* kLightChain = "assay-1-1";

// Validator `label` of a set, power 1 each, and its key.
class Keys {
  public:
    static crypto::SecretKey secret(std::uint8_t label) {
        FixedBytes<32> scalar;
        scalar.bytes[31] = label;
        return crypto::SecretKey(scalar);
    }
    static ValidatorSet set(const std::vector<std::uint8_t>& labels) {
        std::vector<Validator> list;
        for (const auto label : labels)
            list.push_back(make_validator(crypto::public_key_of(secret(label))->compressed(), 1));
        return *ValidatorSet::create(list);
    }
    static crypto::SecretKey of(const Validator& validator) {
        for (std::uint8_t label = 1; label < 100; ++label)
            if (crypto::public_key_of(secret(label))->compressed() == validator.key)
                return secret(label);
        BOOST_FAIL("no such validator");
        return secret(1);
    }
};

inline Commit signed_commit(const Header& header, const ValidatorSet& set, std::size_t signers) {
    Commit out{header.height, 0, {header.hash(), {1, header.hash()}}, {}};
    for (std::size_t i = 0; i < set.size(); ++i) {
        CommitSig entry;
        if (i < signers) {
            entry.flag = CommitFlag::commit;
            entry.validator = set.validators()[i].address;
            entry.time = {header.time.seconds + 1, 0};
        }
        out.signatures.push_back(entry);
        if (i < signers)
            out.signatures[i].signature =
                sign_message(Keys::of(set.validators()[i]), out.vote(i).sign_bytes(kLightChain));
    }
    return out;
}

// Heights 1 to `last`; who decides each height is told by `labels_at`.
struct LightChain final : LightBlocks {
    std::map<std::int64_t, LightBlock> blocks;

    using LabelsAt = std::function<std::vector<std::uint8_t>(std::int64_t)>;
    using AppHashAt = std::function<Hash256(std::int64_t)>;  // stated by the header
    LightChain(std::int64_t last, const LabelsAt& labels_at, const AppHashAt& app_hash_at = {}) {
        for (std::int64_t height = 1; height <= last; ++height) {
            LightBlock block;
            block.validators = Keys::set(labels_at(height));
            Header& header = block.header;
            header.chain_id = kLightChain;
            header.height = height;
            header.time = {1'000 + height, 0};
            if (height > 1) header.last_block_id = blocks.at(height - 1).commit.block_id;
            header.validators_hash = block.validators.hash();
            header.next_validators_hash = Keys::set(labels_at(height + 1)).hash();
            header.proposer_address = block.validators.proposer().address;
            if (app_hash_at) header.app_hash = app_hash_at(height);
            block.commit = signed_commit(header, block.validators, block.validators.size());
            blocks[height] = std::move(block);
        }
    }
    std::optional<LightBlock> light_block(std::int64_t height) const override {
        const auto found = blocks.find(height);
        if (found == blocks.end()) return std::nullopt;
        return found->second;
    }
    TrustOptions trust(std::int64_t height) const {
        return {.height = height, .hash = blocks.at(height).header.hash(), .period_s = 100'000};
    }
};

}  // namespace assay::consensus::test
