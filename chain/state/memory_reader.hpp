// Owns a StateReader in memory, for tests and for building a genesis before a store exists.
#pragma once

#include <map>

#include "chain/state/reader.hpp"
#include "chain/state/state.hpp"

namespace assay {

class MemoryReader final : public StateReader {
  public:
    std::optional<Bytes> get(ByteView key) const override {
        const auto it = pairs_.find(to_bytes(key));
        if (it == pairs_.end()) return std::nullopt;
        return it->second;
    }
    std::optional<std::pair<Bytes, Bytes>> next(ByteView from, ByteView prefix) const override {
        const auto it = pairs_.lower_bound(to_bytes(from));
        if (it == pairs_.end() || !text_of(it->first).starts_with(text_of(prefix)))
            return std::nullopt;
        return *it;
    }
    void scan(ByteView prefix, const ScanVisitor& visit) const override {
        for (auto it = pairs_.lower_bound(to_bytes(prefix));
             it != pairs_.end() && text_of(it->first).starts_with(text_of(prefix)); ++it)
            visit(it->first, it->second);
    }
    void apply(const std::vector<Change>& changes) {
        for (const auto& change : changes) {
            if (change.value)
                pairs_[change.key] = *change.value;
            else
                pairs_.erase(change.key);
        }
    }
    const std::map<Bytes, Bytes>& pairs() const { return pairs_; }

  private:
    std::map<Bytes, Bytes> pairs_;
};

}  // namespace assay
