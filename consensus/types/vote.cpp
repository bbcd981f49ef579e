// Canonical sign bytes and the wire form of votes and proposals.
#include "consensus/types/vote.hpp"

namespace assay::consensus {

namespace {

Bytes delimited(const protobuf::Writer& body) {
    Bytes out;
    out.reserve(body.view().size() + 2);
    protobuf::append_varint(out, body.view().size());
    append(out, body.view());
    return out;
}

// CanonicalBlockID is nullable, unlike BlockID in votes.
void write_canonical_id(protobuf::Writer& out, std::uint32_t field, const BlockId& id) {
    if (id.is_nil()) return;
    out.message(field, [&](protobuf::Writer& inner) { write(inner, id); });
}

}  // namespace

Bytes Vote::sign_bytes(std::string_view chain_id) const {
    protobuf::Writer out;
    out.varint(1, static_cast<std::uint64_t>(type));
    out.sfixed64(2, height);
    out.sfixed64(3, round);
    write_canonical_id(out, 4, block_id);
    write_time(out, 5, time);
    out.text(6, chain_id);
    return delimited(out);
}

Bytes Proposal::sign_bytes(std::string_view chain_id) const {
    protobuf::Writer out;
    out.varint(1, kProposalType);
    out.sfixed64(2, height);
    out.sfixed64(3, round);
    out.integer(4, pol_round);
    write_canonical_id(out, 5, block_id);
    write_time(out, 6, time);
    out.text(7, chain_id);
    return delimited(out);
}

std::optional<BlockTime> time_in_sign_bytes(ByteView sign_bytes) {
    // The body is under 128 bytes plus a chain id of at most 50, so its length takes 1 or 2 bytes.
    const std::size_t prefix = !sign_bytes.empty() && (sign_bytes[0] & 0x80) != 0 ? 2 : 1;
    if (sign_bytes.size() <= prefix) return std::nullopt;
    protobuf::Reader in(sign_bytes.subspan(prefix));
    const bool proposal = in.varint(1) == kProposalType;
    in.sfixed64(2);
    in.sfixed64(3);
    if (proposal) in.int64(4);
    const std::uint32_t id_field = proposal ? 5 : 4;
    if (in.has(id_field)) in.element(id_field);
    const BlockTime time = read_time(in, id_field + 1);
    in.text(id_field + 2);
    if (!in.finish()) return std::nullopt;
    return time;
}

void write(protobuf::Writer& out, const Vote& vote) {
    out.varint(1, static_cast<std::uint64_t>(vote.type));
    out.integer(2, vote.height);
    out.integer(3, vote.round);
    out.message(4, [&](protobuf::Writer& inner) { write(inner, vote.block_id); });
    write_time(out, 5, vote.time);
    out.bytes(6, vote.validator);
    out.integer(7, vote.validator_index);
    out.bytes(8, vote.signature);
}

void read(protobuf::Reader& in, Vote& vote) {
    const std::uint64_t type = in.varint(1);
    if (type != 1 && type != 2) in.fail(1, "is neither prevote nor precommit");
    vote.type = type == 2 ? VoteType::precommit : VoteType::prevote;
    vote.height = in.int64(2);
    vote.round = in.int32(3);
    if (vote.height < 1) in.fail(2, "is below 1");
    if (vote.round < 0) in.fail(3, "is negative");
    in.message(4, [&](protobuf::Reader& inner) { read(inner, vote.block_id); });
    vote.time = read_time(in, 5);
    vote.validator = in.fixed<20>(6);
    vote.validator_index = in.int32(7);
    if (vote.validator_index < 0) in.fail(7, "is negative");
    vote.signature = in.fixed<64>(8);
}

void write(protobuf::Writer& out, const Proposal& proposal) {
    out.varint(1, kProposalType);
    out.integer(2, proposal.height);
    out.integer(3, proposal.round);
    out.integer(4, proposal.pol_round);
    out.message(5, [&](protobuf::Writer& inner) { write(inner, proposal.block_id); });
    write_time(out, 6, proposal.time);
    out.bytes(7, proposal.signature);
}

void read(protobuf::Reader& in, Proposal& proposal) {
    if (in.varint(1) != kProposalType) in.fail(1, "is not a proposal");
    proposal.height = in.int64(2);
    proposal.round = in.int32(3);
    if (proposal.height < 1) in.fail(2, "is below 1");
    if (proposal.round < 0) in.fail(3, "is negative");
    proposal.pol_round = in.int32(4);
    if (proposal.pol_round < -1 ||
        (in.ok() && proposal.pol_round >= proposal.round && proposal.pol_round != -1))
        in.fail(4, "is not an earlier round");
    in.message(5, [&](protobuf::Reader& inner) { read(inner, proposal.block_id); });
    if (proposal.block_id.is_nil()) in.fail(5, "is nil");
    proposal.time = read_time(in, 6);
    proposal.signature = in.fixed<64>(7);
}

}  // namespace assay::consensus
