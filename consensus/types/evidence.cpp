// The wire form and the hash of evidence.
#include "consensus/types/evidence.hpp"

#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

Hash256 evidence_hash(const std::vector<DuplicateVoteEvidence>& evidence) {
    rfc6962::RootBuilder tree;
    for (const auto& item : evidence) tree.add(encode(item));
    return tree.root();
}

void write(protobuf::Writer& out, const DuplicateVoteEvidence& evidence) {
    out.message(1, [&](protobuf::Writer& inner) { write(inner, evidence.vote_a); });
    out.message(2, [&](protobuf::Writer& inner) { write(inner, evidence.vote_b); });
    out.integer(3, evidence.total_power);
    out.integer(4, evidence.validator_power);
    write_time(out, 5, evidence.time);
}

void read(protobuf::Reader& in, DuplicateVoteEvidence& evidence) {
    in.message(1, [&](protobuf::Reader& inner) { read(inner, evidence.vote_a); });
    in.message(2, [&](protobuf::Reader& inner) { read(inner, evidence.vote_b); });
    evidence.total_power = in.int64(3);
    evidence.validator_power = in.int64(4);
    if (evidence.total_power < 1) in.fail(3, "is below 1");
    if (evidence.validator_power < 1) in.fail(4, "is below 1");
    evidence.time = read_time(in, 5);
}

}  // namespace assay::consensus
