// Owns the published ABI: functions and events as the JSON that ethers and viem load.
#pragma once

#include <vector>

#include "chain/codec/abi_type.hpp"
#include "chain/codec/json.hpp"

namespace assay::abi {

// An array of functions, events and the error Refused(uint16 code, string name), which carries the
// refusal of a message.
void write_abi_json(JsonWriter& out, const std::vector<Function>& functions,
                    const std::vector<Event>& events);

// Calldata-like bytes of that error, as eth_call and eth_estimateGas return them.
Bytes encode_refused(std::uint16_t code, const std::string& name);

}  // namespace assay::abi
