// Parts, their tree and their wire form.
#include "consensus/types/part_set.hpp"

#include <algorithm>

#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxAunts = 32;  // a tree over 2^32 parts

std::vector<Hash256> leaves_of(ByteView data) {
    std::vector<Hash256> out;
    for (std::size_t at = 0; at < data.size(); at += kPartBytes)
        out.push_back(rfc6962::leaf_hash(data.subspan(at, std::min(kPartBytes, data.size() - at))));
    return out;
}

}  // namespace

bool Part::verify(const PartSetHeader& header) const {
    if (proof.total < 0 || proof.index < 0) return false;
    if (index >= header.total || static_cast<std::uint64_t>(proof.index) != index) return false;
    if (static_cast<std::uint64_t>(proof.total) != header.total) return false;
    if (proof.leaf_hash != rfc6962::leaf_hash(bytes)) return false;
    return rfc6962::verify_inclusion(header.hash, proof.leaf_hash, index, header.total,
                                     proof.aunts);
}

PartSetHeader part_set_header(ByteView data) {
    const auto leaves = leaves_of(data);
    return {static_cast<std::uint32_t>(leaves.size()), rfc6962::root_of_hashes(leaves)};
}

std::vector<Part> cut_into_parts(ByteView data) {
    const auto leaves = leaves_of(data);
    std::vector<Part> out;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const std::size_t at = i * kPartBytes;
        const ByteView chunk = data.subspan(at, std::min(kPartBytes, data.size() - at));
        PartProof proof{static_cast<std::int64_t>(leaves.size()), static_cast<std::int64_t>(i),
                        leaves[i], rfc6962::inclusion_path(leaves, i)};
        out.push_back({static_cast<std::uint32_t>(i), to_bytes(chunk), std::move(proof)});
    }
    return out;
}

void write(protobuf::Writer& out, const Part& part) {
    out.varint(1, part.index);
    out.bytes(2, part.bytes);
    out.message(3, [&](protobuf::Writer& inner) {
        inner.integer(1, part.proof.total);
        inner.integer(2, part.proof.index);
        inner.bytes(3, part.proof.leaf_hash);
        for (const Hash256& aunt : part.proof.aunts) inner.element(4, aunt);
    });
}

void read(protobuf::Reader& in, Part& part) {
    part.index = in.uint32(1);
    const ByteView bytes = in.bytes(2);
    if (bytes.size() > kPartBytes) in.fail(2, "is larger than a part may be");
    if (in.ok()) part.bytes = to_bytes(bytes);
    in.message(3, [&](protobuf::Reader& inner) {
        part.proof.total = inner.int64(1);
        part.proof.index = inner.int64(2);
        part.proof.leaf_hash = inner.fixed<32>(3);
        while (inner.has(4) && part.proof.aunts.size() < kMaxAunts)
            part.proof.aunts.push_back(inner.fixed<32>(4));
    });
}

}  // namespace assay::consensus
