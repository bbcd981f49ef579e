// The wire form of block ids: all fields, or none when nil.
#include "consensus/types/block_id.hpp"

namespace assay::consensus {

void write(protobuf::Writer& out, const PartSetHeader& header) {
    if (header.total == 0) return;
    out.varint(1, header.total);
    out.bytes(2, header.hash);
}

void read(protobuf::Reader& in, PartSetHeader& header) {
    header.total = in.uint32(1);
    if (header.total != 0) header.hash = in.fixed<32>(2);
}

void write(protobuf::Writer& out, const BlockId& id) {
    if (!id.is_nil()) out.bytes(1, id.hash);
    out.message(2, [&](protobuf::Writer& inner) { write(inner, id.parts); });
}

void read(protobuf::Reader& in, BlockId& id) {
    const bool complete = in.has(1);
    if (complete) id.hash = in.fixed<32>(1);
    in.message(2, [&](protobuf::Reader& inner) { read(inner, id.parts); });
    if (complete == id.is_nil()) in.fail(1, "and the part set header are not both there");
}

}  // namespace assay::consensus
