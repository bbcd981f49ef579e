// Reads records by path and ordered copies by key.
#include "chain/state/snapshot_reader.hpp"

namespace assay {

std::optional<Bytes> SnapshotReader::get(ByteView key) const {
    const TreePath path = path_of(key);
    const auto stored = snapshot_->get(record_key(path));
    if (!stored) return std::nullopt;
    return value_of_stored(path, *stored);
}

std::optional<std::pair<Bytes, Bytes>> SnapshotReader::next(ByteView from, ByteView prefix) const {
    Iterator iterator = snapshot_->iterator();
    return next_ordered(iterator, from, prefix);
}

void SnapshotReader::scan(ByteView prefix, const ScanVisitor& visit) const {
    Iterator iterator = snapshot_->iterator();
    if (is_ordered_key(prefix)) {
        const Bytes from = ordered_key(prefix);
        for (iterator.seek(from);
             iterator.valid() && text_of(iterator.key()).starts_with(text_of(from));
             iterator.next())
            visit(iterator.key().subspan(1), iterator.value());
        CHECK(iterator.status().has_value());
        return;
    }
    RecordCursor cursor(std::move(iterator));
    for (cursor.seek({}); cursor.valid(); cursor.next()) {
        const StoredRecord record = cursor.record();
        if (text_of(record.key).starts_with(text_of(prefix))) visit(record.key, record.value);
    }
}

void RecordCursor::seek(const TreePath& path) {
    iterator_.seek(record_key(path));
    CHECK(iterator_.status().has_value());
}

void RecordCursor::seek_before(const TreePath& path) {
    iterator_.seek(record_key(path));
    if (iterator_.valid())
        iterator_.prev();
    else
        iterator_.seek_last();
    CHECK(iterator_.status().has_value());
}

bool RecordCursor::valid() const {
    if (!iterator_.valid()) {
        CHECK(iterator_.status().has_value());
        return false;
    }
    return iterator_.key().size() == RecordKey::kSize && iterator_.key()[0] == kRecordPrefix;
}

TreePath RecordCursor::path() const {
    return TreePath::from(iterator_.key().subspan(1));
}

StoredRecord RecordCursor::record() const {
    const auto record = decode_record(iterator_.value());
    CHECK(record.has_value());
    return *record;
}

TreePath lowest_below(const TreePath& path, std::size_t depth) {
    TreePath out;
    std::copy_n(path.begin(), (depth + 7) / 8, out.bytes.begin());
    if (depth % 8 != 0) out.bytes[depth / 8] &= static_cast<std::uint8_t>(0xFF00U >> depth % 8);
    return out;
}

bool shares_prefix(const TreePath& a, const TreePath& b, std::size_t depth) {
    return lowest_below(a, depth) == lowest_below(b, depth);
}

void read_leaves_below(RecordCursor& cursor, const TreePath& path, std::size_t depth,
                       std::vector<Leaf>& out) {
    cursor.seek(lowest_below(path, depth));
    for (; cursor.valid() && shares_prefix(cursor.path(), path, depth); cursor.next())
        out.push_back({cursor.path(), cursor.record().hash});
}

// A walk asks for what follows the key that the cursor is at: one step there, where a search would
// look into every table of the store.
std::optional<std::pair<Bytes, Bytes>> next_ordered(Iterator& iterator, ByteView from,
                                                    ByteView prefix) {
    const Bytes wanted = ordered_key(from);
    const bool follows =
        wanted.back() == 0 && iterator.valid() &&
        std::ranges::equal(iterator.key(), ByteView(wanted).first(wanted.size() - 1));
    if (follows)
        iterator.next();
    else
        iterator.seek(wanted);
    CHECK(iterator.status().has_value());
    if (!iterator.valid() || iterator.key()[0] != kOrderedPrefix) return std::nullopt;
    const ByteView key = iterator.key().subspan(1);
    if (!text_of(key).starts_with(text_of(prefix))) return std::nullopt;
    return std::pair{to_bytes(key), to_bytes(iterator.value())};
}

Bytes value_of_stored(const TreePath& path, ByteView stored) {
    const auto record = decode_record(stored);
    CHECK(record.has_value());
    CHECK(record->hash == leaf_hash(path, record->value));  // the disk kept what was written
    return to_bytes(record->value);
}

}  // namespace assay
