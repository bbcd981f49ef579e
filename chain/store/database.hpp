// Owns the key-value store on disk: atomic synced batches, ordered reads, point-in-time snapshots.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "chain/base/bytes.hpp"

namespace assay {

struct DatabaseOptions {
    std::size_t write_buffer_bytes = 32U << 20U;  // up to two of these are held in memory
    std::size_t cache_bytes = 64U << 20U;         // decoded blocks
    int open_files = 512;
    bool compress = false;
    bool create = true;  // a missing store is made rather than refused
};

// Writes that take effect together or not at all. May be moved, filled again after clear().
class Batch {
  public:
    Batch();
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) noexcept;
    ~Batch();
    // A later write to the same key wins.
    void put(ByteView key, ByteView value);
    void erase(ByteView key);
    // Adds the other batch's writes after those of this one.
    void append(const Batch& other);
    void clear();
    // Size of the log record it becomes.
    std::size_t bytes() const;

  private:
    friend class Database;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// A cursor over a fixed version. Views are valid until the next move. One thread at a time.
class Iterator {
  public:
    Iterator(Iterator&&) noexcept;
    Iterator& operator=(Iterator&&) noexcept;
    ~Iterator();
    // Moves to the first key >= `key`.
    void seek(ByteView key);
    void seek_last();
    void next();
    void prev();
    bool valid() const;
    ByteView key() const;
    ByteView value() const;
    // Why valid() became false, where a damaged block rather than the end is the reason.
    Result<void> status() const;

  private:
    friend class Database;
    friend class Snapshot;
    struct Impl;
    explicit Iterator(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// The store as it was when taken. Thread-safe. Holds disk space, so it should not live for ever;
// must not outlive its Database.
class Snapshot {
  public:
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    std::optional<Bytes> get(ByteView key) const;
    Iterator iterator() const;

  private:
    friend class Database;
    struct Impl;
    explicit Snapshot(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// Thread-safe. A read that meets a damaged table or a failing disk ends the process with the
// reason: no answer that the chain could act on exists. Cursors of snapshots compare the checksum
// of every block they pass; get() and iterator() leave that to the owner of the records.
class Database {
  public:
    // Refuses a store that another process holds or that fails its checksums.
    static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                  const DatabaseOptions& options = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    std::optional<Bytes> get(ByteView key) const;
    // True where the key is present; `out` is then its value. Keeps the capacity of `out`.
    bool get_into(ByteView key, std::string& out) const;
    // With `sync` the batch survives a power failure once this returns.
    Result<void> write(const Batch& batch, bool sync);
    Iterator iterator() const;
    std::shared_ptr<const Snapshot> snapshot() const;
    // Rewrites the whole store without the space of erased and replaced records. Takes long.
    void compact();

  private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace assay
