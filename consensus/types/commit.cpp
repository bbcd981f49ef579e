// Hashing, checking and the wire form of commits.
#include "consensus/types/commit.hpp"

#include <algorithm>

#include "chain/crypto/rfc6962.hpp"

namespace assay::consensus {

Hash256 Commit::hash() const {
    rfc6962::RootBuilder tree;
    for (const CommitSig& signature : signatures) tree.add(encode(signature));
    return tree.root();
}

Vote Commit::vote(std::size_t index) const {
    CHECK(index < signatures.size() && signatures[index].flag != CommitFlag::absent);
    const CommitSig& from = signatures[index];
    Vote out;
    out.type = VoteType::precommit;
    out.height = height;
    out.round = round;
    if (from.flag == CommitFlag::commit) out.block_id = block_id;
    out.time = from.time;
    out.validator = from.validator;
    out.validator_index = static_cast<std::int32_t>(index);
    out.signature = from.signature;
    return out;
}

Result<void> verify_commit(std::string_view chain_id, const ValidatorSet& set, std::int64_t height,
                           const BlockId& block_id, const Commit& commit) {
    if (commit.height != height)
        return failure("commit is for height " + std::to_string(commit.height) + ", not " +
                       std::to_string(height));
    if (commit.block_id != block_id) return failure("commit is for another block");
    if (commit.signatures.size() != set.size())
        return failure("commit has " + std::to_string(commit.signatures.size()) +
                       " signatures for " + std::to_string(set.size()) + " validators");
    std::int64_t signed_power = 0;  // kMaxTotalPower leaves room for the factor 3
    for (std::size_t i = 0; i < set.size(); ++i) {
        const CommitSig& signature = commit.signatures[i];
        const Validator& validator = set.validators()[i];
        if (signature.flag == CommitFlag::absent) continue;
        if (signature.validator != validator.address)
            return failure("commit signature " + std::to_string(i) + " names another validator");
        if (!verify_message(validator.key, commit.vote(i).sign_bytes(chain_id),
                            signature.signature))
            return failure("commit signature " + std::to_string(i) + " is wrong");
        if (signature.flag == CommitFlag::commit) signed_power += validator.power;
    }
    if (signed_power * 3 <= set.total_power() * 2)
        return failure("commit is signed by two thirds of the power or less");
    return {};
}

BlockTime median_time(const Commit& commit, const ValidatorSet& set) {
    CHECK(commit.signatures.size() == set.size());
    struct Weighted {
        BlockTime time;
        std::int64_t power;
    };
    std::vector<Weighted> times;
    std::int64_t total = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (commit.signatures[i].flag == CommitFlag::absent) continue;
        times.push_back({commit.signatures[i].time, set.validators()[i].power});
        total += set.validators()[i].power;
    }
    CHECK(!times.empty());
    std::sort(times.begin(), times.end(),
              [](const Weighted& a, const Weighted& b) { return a.time < b.time; });
    std::int64_t left = total / 2;
    for (const Weighted& entry : times) {
        if (left <= entry.power) return entry.time;
        left -= entry.power;
    }
    return times.back().time;
}

void write(protobuf::Writer& out, const CommitSig& signature) {
    const bool present = signature.flag != CommitFlag::absent;
    out.varint(1, static_cast<std::uint64_t>(signature.flag));
    if (present) out.bytes(2, signature.validator);
    write_time(out, 3, signature.time);
    if (present) out.bytes(4, signature.signature);
}

void read(protobuf::Reader& in, CommitSig& signature) {
    const std::uint64_t flag = in.varint(1);
    if (flag < 1 || flag > 3) in.fail(1, "is no known flag");
    if (!in.ok()) return;
    signature.flag = static_cast<CommitFlag>(flag);
    const bool present = signature.flag != CommitFlag::absent;
    if (present) signature.validator = in.fixed<20>(2);
    signature.time = read_time(in, 3);
    if (!present && signature.time != kGoZeroTime) in.fail(3, "is set though nobody signed");
    if (present) signature.signature = in.fixed<64>(4);
}

void write(protobuf::Writer& out, const Commit& commit) {
    out.integer(1, commit.height);
    out.integer(2, commit.round);
    out.message(3, [&](protobuf::Writer& inner) { write(inner, commit.block_id); });
    for (const CommitSig& signature : commit.signatures)
        out.message(4, [&](protobuf::Writer& inner) { write(inner, signature); });
}

void read(protobuf::Reader& in, Commit& commit) {
    commit.height = in.int64(1);
    commit.round = in.int32(2);
    if (commit.height < 0) in.fail(1, "is negative");
    if (commit.round < 0) in.fail(2, "is negative");
    in.message(3, [&](protobuf::Reader& inner) { read(inner, commit.block_id); });
    if (commit.height > 0 && commit.block_id.is_nil()) in.fail(3, "is nil");
    while (in.has(4) && commit.signatures.size() < kMaxValidators)
        in.message(4,
                   [&](protobuf::Reader& inner) { read(inner, commit.signatures.emplace_back()); });
}

}  // namespace assay::consensus
