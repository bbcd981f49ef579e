// Owns reading the stored state at one version, and walking the leaves of a part of its tree.
#pragma once

#include "chain/state/reader.hpp"
#include "chain/state/state_record.hpp"

namespace assay {

// Thread-safe; keeps its version readable for as long as it lives.
class SnapshotReader final : public StateReader {
  public:
    explicit SnapshotReader(std::shared_ptr<const Snapshot> snapshot)
        : snapshot_(std::move(snapshot)) {}
    std::optional<Bytes> get(ByteView key) const override;
    std::optional<std::pair<Bytes, Bytes>> next(ByteView from, ByteView prefix) const override;
    void scan(ByteView prefix, const ScanVisitor& visit) const override;

  private:
    std::shared_ptr<const Snapshot> snapshot_;
};

// Steps through stored records in path order. A damaged record ends the process: no answer that
// the chain could act on exists.
class RecordCursor {
  public:
    explicit RecordCursor(Iterator iterator) : iterator_(std::move(iterator)) {}
    // The first record at or after the path; seek_before: the last one before it.
    void seek(const TreePath& path);
    void seek_before(const TreePath& path);
    void next() { iterator_.next(); }
    // False past either end of the records.
    bool valid() const;
    TreePath path() const;
    // Borrowed until the cursor moves.
    StoredRecord record() const;

  private:
    Iterator iterator_;
};

// The path with all bits from `depth` on zero: the lowest below that node.
TreePath lowest_below(const TreePath& path, std::size_t depth);
bool shares_prefix(const TreePath& a, const TreePath& b, std::size_t depth);
// Appends the leaves below the node, in path order.
void read_leaves_below(RecordCursor& cursor, const TreePath& path, std::size_t depth,
                       std::vector<Leaf>& out);
// The first ordered record at or after `from` that starts with `prefix`, by a cursor the caller
// may keep.
std::optional<std::pair<Bytes, Bytes>> next_ordered(Iterator& iterator, ByteView from,
                                                    ByteView prefix);
// The value in a stored record; a record that its leaf hash does not fit ends the process.
Bytes value_of_stored(const TreePath& path, ByteView stored);

}  // namespace assay
