// Content hashes and the wire form of blocks.
#include "consensus/types/block.hpp"

#include "chain/crypto/hash.hpp"
#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

Hash256 data_hash(std::span<const Bytes> txs) {
    rfc6962::RootBuilder tree;
    for (const Bytes& tx : txs) tree.add(sha256(tx));
    return tree.root();
}

Hash256 data_hash_of_hashes(std::span<const Hash256> tx_hashes) {
    rfc6962::RootBuilder tree;
    for (const Hash256& hash : tx_hashes) tree.add(hash);
    return tree.root();
}

Result<void> check_contents(const Block& block) {
    if (block.header.last_commit_hash != block.last_commit.hash())
        return failure("block: last_commit_hash does not match the commit");
    if (block.header.data_hash != data_hash(block.txs))
        return failure("block: data_hash does not match the transactions");
    if (block.header.evidence_hash != evidence_hash(block.evidence))
        return failure("block: evidence_hash does not match the evidence");
    return {};
}

void write(protobuf::Writer& out, const Block& block) {
    std::size_t size = 2048 + 128 * block.last_commit.signatures.size();
    for (const Bytes& tx : block.txs) size += tx.size() + 8;
    out.reserve(size);
    out.message(1, [&](protobuf::Writer& inner) { write(inner, block.header); });
    out.message(2, [&](protobuf::Writer& inner) {
        for (const Bytes& tx : block.txs) inner.element(1, tx);
    });
    out.message(3, [&](protobuf::Writer& list) {
        for (const auto& item : block.evidence)
            list.message(1, [&](protobuf::Writer& sum) {
                sum.message(1, [&](protobuf::Writer& inner) { write(inner, item); });
            });
    });
    out.message(4, [&](protobuf::Writer& inner) { write(inner, block.last_commit); });
}

void read(protobuf::Reader& in, Block& block) {
    in.message(1, [&](protobuf::Reader& inner) { read(inner, block.header); });
    in.message(2, [&](protobuf::Reader& inner) {
        while (inner.has(1)) block.txs.push_back(to_bytes(inner.element(1)));
    });
    in.message(3, [&](protobuf::Reader& list) {
        while (list.has(1) && block.evidence.size() < kMaxEvidencePerBlock)
            list.message(1, [&](protobuf::Reader& sum) {
                sum.message(1, [&](protobuf::Reader& inner) {
                    read(inner, block.evidence.emplace_back());
                });
            });
    });
    in.message(4, [&](protobuf::Reader& inner) { read(inner, block.last_commit); });
}

}  // namespace assay::consensus
