// Owns the making of a Byzantine proposer's second block, valid or spoilt.
#pragma once

#include "tests/simulation/life.hpp"

namespace assay::simulation {

struct ForgedBlock {
    Bytes encoded;
    consensus::BlockId id;
};

// A block for the height after the process's last one, unlike any other. An invalid one breaks one
// of the rules, and its hashes agree with each other where that is possible.
ForgedBlock forge_block(const World& world, const consensus::Replica& replica, HostedApp& host,
                        Application& app, const consensus::ConsensusAddress& proposer, bool invalid,
                        Random& random);

}  // namespace assay::simulation
