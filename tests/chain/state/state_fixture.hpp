// Owns what the state tests share: a store on a temporary disk beside a plain map, and the root by
// the definition.
#pragma once

#include <boost/test/unit_test.hpp>
#include <map>
#include <random>

#include "chain/state/state_store.hpp"
#include "tests/support/temp_dir.hpp"

namespace assay {

using Records = std::map<Bytes, Bytes>;

// The hash rule written down once more, with nothing in common with the tree but SHA-256.
class ReferenceTree {
  public:
    explicit ReferenceTree(const Records& records) {
        for (const auto& [key, value] : records) {
            const Hash256 path = sha256(key);
            leaves_[path] = joined(0, path, sha256(value.empty() ? Bytes{0} : value));
        }
    }
    Hash256 root() const { return below(leaves_.begin(), leaves_.end(), 0); }

  private:
    using Leaves = std::map<Hash256, Hash256>;
    static Hash256 joined(std::uint8_t tag, const Hash256& a, const Hash256& b) {
        Bytes out{tag};
        append(out, a);
        append(out, b);
        return sha256(out);
    }
    static Hash256 below(Leaves::const_iterator from, Leaves::const_iterator to, unsigned bit) {
        if (from == to) return {};
        if (std::next(from) == to) return from->second;
        auto middle = from;
        while (middle != to && ((middle->first.bytes[bit / 8] << bit % 8) & 0x80) == 0) ++middle;
        return joined(1, below(from, middle, bit + 1), below(middle, to, bit + 1));
    }
    Leaves leaves_;
};

inline Hash256 reference_root(const Records& records) {
    return ReferenceTree(records).root();
}

// Blocks of random changes over a bounded set of keys, so that keys come and go.
class RandomBlocks {
  public:
    RandomBlocks(std::uint64_t seed, std::uint32_t keys) : random_(seed), keys_(keys) {}

    Bytes key(std::uint32_t number) const {
        // Every third key belongs to an ordered table.
        return {0x03, static_cast<std::uint8_t>(number % 3 == 0 ? 0x81 : 0x01),
                static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
    }
    Bytes any_key() { return key(below(keys_)); }
    std::uint32_t below(std::uint32_t limit) {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random_);
    }
    // About `size` changes; `erase_percent` of them erase, whether the key is there or not.
    std::vector<Change> next(std::uint32_t size, std::uint32_t erase_percent) {
        std::map<Bytes, std::optional<Bytes>> chosen;
        for (std::uint32_t i = 0; i < size; ++i) {
            std::optional<Bytes> value;
            if (below(100) >= erase_percent) {
                value.emplace(below(40));
                for (auto& byte : *value) byte = static_cast<std::uint8_t>(below(256));
            }
            chosen[any_key()] = std::move(value);
        }
        std::vector<Change> out;
        for (auto& [key, value] : chosen) out.push_back({key, std::move(value)});
        return out;
    }

  private:
    std::mt19937_64 random_;
    std::uint32_t keys_;
};

struct StoreFixture {
    StoreFixture() { reopen(); }

    void reopen(const StateStoreOptions& options = {}) {
        store.reset();
        database.reset();
        auto opened = Database::open(dir.path());
        BOOST_REQUIRE(opened.has_value());
        database = std::move(*opened);
        auto state = StateStore::open(*database, options);
        if (!state) BOOST_FAIL(state.error().message);
        store = std::move(*state);
    }
    std::uint64_t next_height() const { return store->empty() ? 0 : store->height() + 1; }
    void commit(const std::vector<Change>& changes) {
        Batch batch;
        auto prepared = store->prepare(next_height(), changes, batch);
        BOOST_REQUIRE(database->write(batch, false).has_value());
        store->commit(std::move(prepared));
        apply(changes);
    }
    void apply(const std::vector<Change>& changes) {
        for (const auto& change : changes) {
            if (change.value)
                records[change.key] = *change.value;
            else
                records.erase(change.key);
        }
    }

    TempDir dir;
    std::unique_ptr<Database> database;
    std::unique_ptr<StateStore> store;
    Records records;
};

}  // namespace assay
