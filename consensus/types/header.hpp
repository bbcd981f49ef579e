// Owns Header: the fourteen fields that a block's hash covers.
#pragma once

#include "consensus/types/block_id.hpp"
#include "consensus/types/keys.hpp"

namespace assay::consensus {

inline constexpr std::uint64_t kBlockProtocol = 11;  // CometBFT 0.34 to 0.38
inline constexpr std::size_t kMaxChainIdBytes = 50;  // MaxChainIDLen

struct Header {
    static constexpr const char* kName = "header";
    std::uint64_t version_block = kBlockProtocol;
    std::uint64_t version_app = 0;
    std::string chain_id;
    std::int64_t height = 0;
    BlockTime time;
    BlockId last_block_id;
    Hash256 last_commit_hash;
    Hash256 data_hash;
    Hash256 validators_hash;
    Hash256 next_validators_hash;
    Hash256 consensus_hash;
    Hash256 app_hash;           // after the previous block
    Hash256 last_results_hash;  // of the previous block
    Hash256 evidence_hash;
    ConsensusAddress proposer_address;

    // Root of the RFC 6962 tree over the fields in this order.
    Hash256 hash() const;
    friend bool operator==(const Header&, const Header&) = default;
};

void write(protobuf::Writer& out, const Header& header);
// Refuses what no valid header has: heights below 1, long chain ids.
void read(protobuf::Reader& in, Header& header);

}  // namespace assay::consensus
