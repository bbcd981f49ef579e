// Owns PendingReader: a State with its pending writes, seen through the StateReader port.
#pragma once

#include "chain/state/state.hpp"

namespace assay {

// For what walks a state before it is committed. The state must outlive it.
class PendingReader final : public StateReader {
  public:
    explicit PendingReader(const State& state) : state_(state) {}
    std::optional<Bytes> get(ByteView key) const override { return state_.read(to_bytes(key)); }
    std::optional<std::pair<Bytes, Bytes>> next(ByteView from, ByteView prefix) const override {
        return state_.next_raw(to_bytes(from), to_bytes(prefix));
    }
    void scan(ByteView prefix, const ScanVisitor& visit) const override {
        state_.scan_raw(prefix, visit);
    }

  private:
    const State& state_;
};

}  // namespace assay
