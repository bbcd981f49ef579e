// Owns the memory of hot records across blocks, so that an account in use is not read from disk.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <optional>
#include <string_view>

#include "chain/base/bytes.hpp"

namespace assay {

// Holds committed values, and that a key has none, within about `limit_bytes`; forgets those not
// used for longest, roughly (clock). One thread.
class RecordCache {
  public:
    explicit RecordCache(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

    // nullptr where the cache does not know. Valid until the next store().
    const std::optional<Bytes>* find(ByteView key);
    void store(ByteView key, std::optional<Bytes> value);
    std::size_t bytes() const { return bytes_; }

  private:
    struct Entry {
        Bytes key;
        std::optional<Bytes> value;
        bool used = false;
    };
    struct ViewHash {
        std::size_t operator()(std::string_view key) const {
            return std::hash<std::string_view>{}(key);
        }
    };
    static std::size_t cost_of(const Entry& entry);
    void evict_one();

    std::size_t limit_bytes_;
    std::size_t bytes_ = 0;
    std::deque<Entry> entries_;
    std::vector<std::uint32_t> free_;
    boost::unordered_flat_map<std::string_view, std::uint32_t, ViewHash> index_;  // into entries_
    std::size_t hand_ = 0;
};

}  // namespace assay
