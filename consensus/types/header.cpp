// The header's tree of leaves and its wire form.
#include "consensus/types/header.hpp"

#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

namespace {

void write_version(protobuf::Writer& out, const Header& header) {
    out.varint(1, header.version_block);
    out.varint(2, header.version_app);
}

// A leaf is the protobuf wrapper message (StringValue, Int64Value, BytesValue) around the field.
template <class Write>
void add_leaf(rfc6962::RootBuilder& tree, Write write_leaf) {
    protobuf::Writer leaf;
    write_leaf(leaf);
    tree.add(leaf.view());
}

}  // namespace

Hash256 Header::hash() const {
    rfc6962::RootBuilder tree;
    add_leaf(tree, [&](protobuf::Writer& leaf) { write_version(leaf, *this); });
    add_leaf(tree, [&](protobuf::Writer& leaf) { leaf.text(1, chain_id); });
    add_leaf(tree, [&](protobuf::Writer& leaf) { leaf.integer(1, height); });
    add_leaf(tree, [&](protobuf::Writer& leaf) {
        leaf.integer(1, time.seconds);
        leaf.integer(2, time.nanos);
    });
    add_leaf(tree, [&](protobuf::Writer& leaf) { write(leaf, last_block_id); });
    for (const Hash256* field :
         {&last_commit_hash, &data_hash, &validators_hash, &next_validators_hash, &consensus_hash,
          &app_hash, &last_results_hash, &evidence_hash})
        add_leaf(tree, [&](protobuf::Writer& leaf) { leaf.bytes(1, *field); });
    add_leaf(tree, [&](protobuf::Writer& leaf) { leaf.bytes(1, proposer_address); });
    return tree.root();
}

void write(protobuf::Writer& out, const Header& header) {
    out.message(1, [&](protobuf::Writer& inner) { write_version(inner, header); });
    out.text(2, header.chain_id);
    out.integer(3, header.height);
    write_time(out, 4, header.time);
    out.message(5, [&](protobuf::Writer& inner) { write(inner, header.last_block_id); });
    out.bytes(6, header.last_commit_hash);
    out.bytes(7, header.data_hash);
    out.bytes(8, header.validators_hash);
    out.bytes(9, header.next_validators_hash);
    out.bytes(10, header.consensus_hash);
    out.bytes(11, header.app_hash);
    out.bytes(12, header.last_results_hash);
    out.bytes(13, header.evidence_hash);
    out.bytes(14, header.proposer_address);
}

void read(protobuf::Reader& in, Header& header) {
    in.message(1, [&](protobuf::Reader& inner) {
        header.version_block = inner.varint(1);
        header.version_app = inner.varint(2);
    });
    header.chain_id = in.text(2);
    if (header.chain_id.size() > kMaxChainIdBytes) in.fail(2, "is longer than 50 bytes");
    header.height = in.int64(3);
    if (header.height < 1) in.fail(3, "is below 1");
    header.time = read_time(in, 4);
    in.message(5, [&](protobuf::Reader& inner) { read(inner, header.last_block_id); });
    header.last_commit_hash = in.fixed<32>(6);
    header.data_hash = in.fixed<32>(7);
    header.validators_hash = in.fixed<32>(8);
    header.next_validators_hash = in.fixed<32>(9);
    header.consensus_hash = in.fixed<32>(10);
    header.app_hash = in.fixed<32>(11);
    header.last_results_hash = in.fixed<32>(12);
    header.evidence_hash = in.fixed<32>(13);
    header.proposer_address = in.fixed<20>(14);
}

}  // namespace assay::consensus
