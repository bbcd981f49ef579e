// Owns the beginnings of plays.
#pragma once

#include "tests/support/choices.hpp"
#include "tests/support/wired_chain.hpp"

namespace assay::test {

// The devnet, or a chain whose rates divide nothing evenly and whose epochs end often; with
// validators of different powers, some with keys of block proofs, and something in the treasury.
WiredGenesis played_genesis(Choices& choices);

}  // namespace assay::test
