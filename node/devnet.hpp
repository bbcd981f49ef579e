// Owns a devnet of several validators: their homes, their processes, and one ready line for all.
#pragma once

#include <filesystem>
#include <optional>

#include "chain/base/result.hpp"

namespace assay::node {

struct DevnetSettings {
    std::filesystem::path home;
    std::uint32_t validators = 4;
    // Node i serves JSON-RPC on this port + i; 0 takes free ports for everything. Counts when the
    // devnet is made: later starts use what each home's configuration says.
    std::uint16_t rpc_port = 8545;
    std::string program;  // this one
};

inline constexpr std::uint32_t kMaxDevnetValidators = 64;

// Makes what is missing in `home`/node0, node1 and so on. Refuses a home made for another number.
Result<void> prepare_devnet(const DevnetSettings& settings, std::uint64_t time_s);
// Runs every node as a process of its own until SIGINT or SIGTERM, or until all have ended. One
// that is killed may be started again with `assayd start`. Returns the exit code.
int run_devnet(const DevnetSettings& settings);

}  // namespace assay::node
