// Owns how an operator adds a VRF key and registers it on a running chain (ADR 8).
#pragma once

#include "node/home.hpp"

namespace assay::node {

// Makes another key in the home's file and returns its registration. A running node reads the file
// when it starts: it must be started anew before the key counts.
Result<std::string> add_vrf_key(const Home& home);

// The transaction by which the validator's operator registers the file's newest key: recipient,
// calldata and the message's fields, in JSON.
Result<std::string> vrf_registration(const Home& home);

}  // namespace assay::node
