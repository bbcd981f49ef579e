// Owns the reading of CometBFT's golden vectors into consensus structures.
#pragma once

#include "consensus/types/block.hpp"
#include "tests/support/vectors.hpp"

namespace assay::consensus::test {

// tests/vectors/comet/vectors.json, parsed once.
inline const JsonValue& comet() {
    static const JsonDocument doc = assay::test::load_vectors("comet/vectors");
    return doc;
}

using assay::test::bytes_at;
using assay::test::fixed_at;
using assay::test::text_at;

inline BlockTime time_at(const JsonValue& value) {
    return {value["time"]["seconds"].GetInt64(), value["time"]["nanos"].GetInt()};
}
inline BlockId id_of(const JsonValue& value) {
    BlockId out;
    out.parts.total = value["total"].GetUint();
    if (out.is_nil()) return out;
    out.hash = fixed_at<32>(value, "hash");
    out.parts.hash = fixed_at<32>(value, "parts_hash");
    return out;
}

inline Header header_of(const JsonValue& value) {
    Header out;
    out.version_block = value["block"].GetUint64();
    out.version_app = value["app"].GetUint64();
    out.chain_id = text_at(value, "chain_id");
    out.height = value["height"].GetInt64();
    out.time = time_at(value);
    out.last_block_id = id_of(value["last_block_id"]);
    out.last_commit_hash = fixed_at<32>(value, "last_commit_hash");
    out.data_hash = fixed_at<32>(value, "data_hash");
    out.validators_hash = fixed_at<32>(value, "validators_hash");
    out.next_validators_hash = fixed_at<32>(value, "next_validators_hash");
    out.consensus_hash = fixed_at<32>(value, "consensus_hash");
    out.app_hash = fixed_at<32>(value, "app_hash");
    out.last_results_hash = fixed_at<32>(value, "last_results_hash");
    out.evidence_hash = fixed_at<32>(value, "evidence_hash");
    out.proposer_address = fixed_at<20>(value, "proposer_address");
    return out;
}

inline Commit commit_of(const JsonValue& value) {
    Commit out;
    out.height = value["height"].GetInt64();
    out.round = value["round"].GetInt();
    out.block_id = id_of(value["block_id"]);
    for (const auto& entry : value["signatures"].GetArray()) {
        CommitSig signature;
        signature.flag = static_cast<CommitFlag>(entry["flag"].GetInt());
        signature.time = time_at(entry);
        if (signature.flag != CommitFlag::absent) {
            signature.validator = fixed_at<20>(entry, "address");
            signature.signature = fixed_at<64>(entry, "signature");
        }
        out.signatures.push_back(signature);
    }
    return out;
}

// Decoding `proto` gives `value`, and `value` encodes to `proto`.
template <class T>
bool same_both_ways(const T& value, const Bytes& proto) {
    const auto decoded = decode<T>(proto);
    return decoded.has_value() && *decoded == value && encode(value) == proto;
}

}  // namespace assay::consensus::test
