// Owns StateReader: the port through which state is read from disk, a snapshot or memory.
#pragma once

#include <functional>
#include <optional>
#include <utility>

#include "chain/base/bytes.hpp"

namespace assay {

using ScanVisitor = std::function<void(ByteView key, ByteView value)>;

// A fixed version of the key-value state. Keys are [module][table][encoded key]; a table number of
// 0x80 or more is ordered: only those can be walked.
class StateReader {
  public:
    virtual ~StateReader() = default;
    virtual std::optional<Bytes> get(ByteView key) const = 0;
    // The first pair whose key is >= from and starts with prefix; prefix names one ordered table.
    virtual std::optional<std::pair<Bytes, Bytes>> next(ByteView from, ByteView prefix) const = 0;
    // Shows every pair whose key starts with `prefix` ([module][table], ordered or not) once, in an
    // order that means nothing. For invariants, verification and tools, never while executing: an
    // unordered table costs a walk over the whole state.
    virtual void scan(ByteView prefix, const ScanVisitor& visit) const = 0;
};

// True where the key belongs to a table that can be walked in key order.
inline bool is_ordered_key(ByteView key) {
    return key.size() >= 2 && key[1] >= 0x80;
}

}  // namespace assay
