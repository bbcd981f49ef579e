// Owns Block: header, transactions, evidence and the previous block's commit.
#pragma once

#include <span>
#include <vector>

#include "consensus/types/commit.hpp"
#include "consensus/types/evidence.hpp"
#include "consensus/types/header.hpp"

namespace assay::consensus {

struct Block {
    static constexpr const char* kName = "block";
    Header header;
    std::vector<Bytes> txs;
    std::vector<DuplicateVoteEvidence> evidence;
    Commit last_commit;
    friend bool operator==(const Block&, const Block&) = default;
};

// Root over the SHA-256 of each transaction.
Hash256 data_hash(std::span<const Bytes> txs);
// As data_hash, where the transactions' SHA-256 are known already.
Hash256 data_hash_of_hashes(std::span<const Hash256> tx_hashes);

// True where the header's last_commit_hash, data_hash and evidence_hash match the content; names
// the first that does not.
Result<void> check_contents(const Block& block);

void write(protobuf::Writer& out, const Block& block);
// Structure only; check_contents() and the rules of the chain come after.
void read(protobuf::Reader& in, Block& block);

}  // namespace assay::consensus
