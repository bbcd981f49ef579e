// The protobuf form of proofs: cosmos.ics23.v1, the few messages and fields that the SMT spec uses.
#include <algorithm>

#include "chain/codec/protobuf.hpp"
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

ProofStep decode_step(protobuf::Reader& in) {
    ProofStep out;
    (void)in.varint(1);
    const ByteView prefix = in.bytes(2);
    const ByteView suffix = in.bytes(3);
    out.sibling_on_left = suffix.empty();
    const ByteView sibling = out.sibling_on_left && !prefix.empty() ? prefix.subspan(1) : suffix;
    if (sibling.size() == Hash256::kSize)
        out.sibling = Hash256::from(sibling);
    else
        in.fail(2, "names no sibling");
    return out;
}

LeafProof decode_leaf(protobuf::Reader& in) {
    LeafProof out;
    out.key = to_bytes(in.bytes(1));
    out.value = to_bytes(in.bytes(2));
    (void)in.element(3);
    while (in.has(4))
        in.message(4, [&](protobuf::Reader& step) { out.path.push_back(decode_step(step)); });
    return out;
}

void decode_absence(protobuf::Reader& in, StateProof& out) {
    out.key = to_bytes(in.bytes(1));
    const auto neighbour = [&](std::uint32_t field, std::optional<LeafProof>& into) {
        if (in.has(field))
            in.message(field, [&](protobuf::Reader& leaf) { into = decode_leaf(leaf); });
    };
    neighbour(2, out.left);
    neighbour(3, out.right);
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

Result<StateProof> decode_ics23(ByteView bytes) {
    StateProof out;
    protobuf::Reader in(bytes);
    if (in.has(1)) {
        in.message(1, [&](protobuf::Reader& leaf) { out.leaf = decode_leaf(leaf); });
        if (out.leaf) out.key = out.leaf->key;
    } else {
        in.message(2, [&](protobuf::Reader& absence) { decode_absence(absence, out); });
    }
    if (const auto done = in.finish(); !done) return failure("proof: " + done.error().message);
    const Bytes again = encode_ics23(out);
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()))
        return failure("proof: not an ICS-23 proof under the SMT spec");
    return out;
}

}  // namespace assay
