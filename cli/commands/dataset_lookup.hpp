// Owns what commands about datasets look up on the chain, and how uses are written.
#pragma once

#include "cli/client/ask.hpp"
#include "modules/datasets/views.hpp"

namespace assay::cli {

// "train, evaluate" of the bits; "nothing" of none.
std::string words_of_uses(std::uint8_t uses);
// The bits of "train,evaluate" or "all".
Outcome<std::uint8_t> parse_uses(const std::string& text, const std::string& what);
// What a person is told --uses may name.
std::string known_uses();

Outcome<datasets::DatasetStatus> dataset_status(const RpcClient& rpc, std::uint64_t dataset);
// All submissions of a dataset.
Outcome<std::vector<datasets::SourceStatus>> sources_of(const RpcClient& rpc,
                                                        std::uint64_t dataset);
// All licences that the account holds, run out or not.
Outcome<std::vector<datasets::Licence>> licences_held(const RpcClient& rpc, const Address& holder);

}  // namespace assay::cli
