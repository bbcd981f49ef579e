// Owns what a play came to beside its messages: the ends that its objects met.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "chain/state/state.hpp"

namespace assay::test {

// By "object: end".
std::map<std::string, std::uint64_t> ends_of(const State& state);

}  // namespace assay::test
