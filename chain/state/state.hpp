// Owns State: the working copy of the chain's records during a block, with checkpoints and logs.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "chain/state/reader.hpp"
#include "chain/state/table.hpp"
#include "chain/types/log.hpp"

namespace assay {

// A key that a block leaves different; no value means erased.
struct Change {
    Bytes key;
    std::optional<Bytes> value;
    friend bool operator==(const Change&, const Change&) = default;
};

// Reads fall through to `committed`, writes stay here until take_changes(). Not thread-safe; make
// one per reader. `committed` must outlive it.
class State {
  public:
    explicit State(const StateReader& committed) : committed_(committed) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    template <class K, class V>
    std::optional<V> get(const Table<K, V>& table, const std::type_identity_t<K>& key) const {
        const Bytes raw_key = table.key_of(key);
        if (const auto* pending = pending_value(raw_key)) return decode_optional<V>(*pending);
        return decode_optional<V>(committed_.get(raw_key));
    }
    // For a record that must be there: its absence is a bug.
    template <class K, class V>
    V must_get(const Table<K, V>& table, const std::type_identity_t<K>& key) const {
        auto out = get(table, key);
        CHECK(out.has_value());
        return std::move(*out);
    }
    // The stored record, or a default-constructed one.
    template <class K, class V>
    V get_or_default(const Table<K, V>& table, const std::type_identity_t<K>& key) const {
        return get(table, key).value_or(V{});
    }
    template <class K, class V>
    bool contains(const Table<K, V>& table, const std::type_identity_t<K>& key) const {
        const Bytes raw_key = table.key_of(key);
        if (const auto* pending = pending_value(raw_key)) return pending->has_value();
        return committed_.get(raw_key).has_value();
    }
    template <class K, class V>
    void put(const Table<K, V>& table, const std::type_identity_t<K>& key,
             const std::type_identity_t<V>& value) {
        write(table.key_of(key), record::encode(value));
    }
    template <class K, class V>
    void erase(const Table<K, V>& table, const std::type_identity_t<K>& key) {
        write(table.key_of(key), std::nullopt);
    }
    // The first record of an ordered table at or after `from`.
    template <class K, class V>
    std::optional<std::pair<K, V>> next(const Table<K, V>& table,
                                        const std::type_identity_t<K>& from) const {
        return next_after_bytes(table, table.key_of(from));
    }
    // The first record of an ordered table.
    template <class K, class V>
    std::optional<std::pair<K, V>> first(const Table<K, V>& table) const {
        return next_after_bytes(table, table.prefix());
    }
    // The first record of an ordered table strictly after `key`.
    template <class K, class V>
    std::optional<std::pair<K, V>> next_after(const Table<K, V>& table,
                                              const std::type_identity_t<K>& key) const {
        Bytes from = table.key_of(key);
        from.push_back(0);
        return next_after_bytes(table, from);
    }
    // Shows every record of a table, ordered or not, once, in an order that means nothing. For
    // invariants, verification and tools, never while executing.
    template <class K, class V, class Visit>
    void scan(const Table<K, V>& table, const Visit& visit) const {
        const Bytes prefix = table.prefix();
        scan_raw(prefix, [&](ByteView key, ByteView value) {
            visit(decode_stored<K>(key.subspan(prefix.size())), decode_stored<V>(value));
        });
    }

    // Untyped access for the store, proofs and tests.
    std::optional<Bytes> read(const Bytes& key) const;
    void write(const Bytes& key, std::optional<Bytes> value);
    std::optional<std::pair<Bytes, Bytes>> next_raw(const Bytes& from, const Bytes& prefix) const;
    void scan_raw(ByteView prefix, const ScanVisitor& visit) const;

    void emit(Log log) { logs_.push_back(std::move(log)); }
    // Logs emitted since the last call, in order.
    std::vector<Log> take_logs() { return std::exchange(logs_, {}); }
    std::size_t log_count() const { return logs_.size(); }

    // Marks a point to which rollback() returns records and logs. Checkpoints nest; a later
    // rollback to an earlier mark drops the later ones.
    struct Checkpoint {
        std::size_t undo_size = 0;
        std::size_t log_count = 0;
    };
    Checkpoint checkpoint() const { return {undo_.size(), logs_.size()}; }
    void rollback(const Checkpoint& mark);
    // Writes and erasures since the mark, one record as often as it was touched. The mark is of the
    // present block, and nothing before it was rolled back.
    std::size_t writes_since(const Checkpoint& mark) const {
        CHECK(mark.undo_size <= undo_.size());
        return undo_.size() - mark.undo_size;
    }
    // True when a write since the mark left some record different from what it was then.
    bool changed_since(const Checkpoint& mark) const;

    // Everything that differs from `committed`, sorted by key; the state is then empty again.
    std::vector<Change> take_changes();
    // Drops all pending writes and logs.
    void discard();

  private:
    struct KeyHash {
        std::size_t operator()(const Bytes& key) const;
    };
    struct Undo {
        Bytes key;
        std::optional<std::optional<Bytes>> before;  // outer nullopt: the key was not pending
    };

    template <class V>
    static V decode_stored(ByteView raw) {
        auto out = record::decode<V>(raw);
        CHECK(out.has_value());  // our own encoding: anything else is a damaged store
        return std::move(*out);
    }
    template <class V>
    static std::optional<V> decode_optional(const std::optional<Bytes>& raw) {
        if (!raw) return std::nullopt;
        return decode_stored<V>(*raw);
    }
    template <class K, class V>
    std::optional<std::pair<K, V>> next_after_bytes(const Table<K, V>& table,
                                                    const Bytes& from) const {
        CHECK(table.ordered());
        const Bytes prefix = table.prefix();
        const auto raw = next_raw(from, prefix);
        if (!raw) return std::nullopt;
        return std::pair<K, V>{decode_stored<K>(ByteView(raw->first).subspan(prefix.size())),
                               decode_stored<V>(raw->second)};
    }
    // What this block wrote last, nullopt inside where it erased; nullptr where it wrote nothing.
    const std::optional<Bytes>* pending_value(const Bytes& key) const;
    void set_pending(const Bytes& key, std::optional<std::optional<Bytes>> value);

    const StateReader& committed_;
    boost::unordered_flat_map<Bytes, std::optional<Bytes>, KeyHash> pending_;
    std::map<Bytes, std::optional<Bytes>> pending_ordered_;  // ordered tables
    std::vector<Undo> undo_;
    std::vector<Log> logs_;
};

}  // namespace assay
