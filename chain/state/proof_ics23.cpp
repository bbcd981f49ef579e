// The protobuf form of proofs: cosmos.ics23.v1, the few messages and fields that the SMT spec uses.
#include "chain/state/proof.hpp"

namespace assay {

namespace {

// HashOp.SHA256 and LengthOp.NO_PREFIX (the default, so not written).
constexpr std::uint64_t kSha256 = 1;

void put_varint(Bytes& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) out.push_back(static_cast<std::uint8_t>(value | 0x80U));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put_number(Bytes& out, unsigned field, std::uint64_t value) {
    put_varint(out, field << 3U);
    put_varint(out, value);
}

void put_bytes(Bytes& out, unsigned field, ByteView value) {
    put_varint(out, field << 3U | 2U);
    put_varint(out, value.size());
    append(out, value);
}

Bytes encode_leaf_op() {
    Bytes out;
    put_number(out, 1, kSha256);  // hash
    put_number(out, 2, kSha256);  // prehash_key
    put_number(out, 3, kSha256);  // prehash_value
    put_bytes(out, 5, Bytes{0});  // prefix
    return out;
}

Bytes encode_step(const ProofStep& step) {
    Bytes out;
    put_number(out, 1, kSha256);
    Bytes prefix{1};
    if (step.sibling_on_left) append(prefix, step.sibling);
    put_bytes(out, 2, prefix);
    if (!step.sibling_on_left) put_bytes(out, 3, step.sibling);
    return out;
}

Bytes encode_leaf(const LeafProof& proof) {
    Bytes out;
    put_bytes(out, 1, proof.key);
    put_bytes(out, 2, proof.value);
    put_bytes(out, 3, encode_leaf_op());
    for (const auto& step : proof.path) put_bytes(out, 4, encode_step(step));
    return out;
}

}  // namespace

Bytes encode_ics23(const StateProof& proof) {
    Bytes out;
    if (proof.leaf) {
        put_bytes(out, 1, encode_leaf(*proof.leaf));
        return out;
    }
    Bytes absence;
    put_bytes(absence, 1, proof.key);
    if (proof.left) put_bytes(absence, 2, encode_leaf(*proof.left));
    if (proof.right) put_bytes(absence, 3, encode_leaf(*proof.right));
    put_bytes(out, 2, absence);
    return out;
}

}  // namespace assay
