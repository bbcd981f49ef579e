// Owns how the commands that post orders are told the terms that all orders have.
#pragma once

#include "chain/types/amount.hpp"
#include "cli/client/rpc_client.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

Flag price_flag();
// --spec, --spec-hash, --spec-uri, --price and --deadline.
std::vector<Flag> order_term_flags();

Outcome<Amount> price_of(const Arguments& arguments);
// The SHA-256 of --spec, or what --spec-hash says.
Outcome<Hash256> spec_hash_of(const Arguments& arguments);
// Seconds since 1970; --deadline may count from the newest block.
Outcome<std::uint64_t> deadline_in(const Arguments& arguments, const RpcClient& rpc);

}  // namespace assay::cli
