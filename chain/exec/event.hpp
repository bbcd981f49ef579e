// Owns the way rules announce what happened: a described struct becomes one ABI log.
#pragma once

#include "chain/codec/abi_event.hpp"
#include "chain/state/state.hpp"

namespace assay {

// An event is a described struct; its first `static constexpr int kIndexed` fields (0..3) are
// topics.
template <class E>
void emit(State& state, ModuleId module, const E& event) {
    state.emit(abi::encode_event(module_address(module), event));
}

}  // namespace assay
