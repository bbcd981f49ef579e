// The journal: pending writes over a committed reader, undone in reverse on rollback.
#include "chain/state/state.hpp"

#include <algorithm>

namespace assay {

std::size_t State::KeyHash::operator()(const Bytes& key) const {
    return std::hash<std::string_view>{}(text_of(key));
}

const std::optional<Bytes>* State::pending_value(const Bytes& key) const {
    const auto it = pending_.find(key);
    return it == pending_.end() ? nullptr : &it->second;
}

std::optional<Bytes> State::read(const Bytes& key) const {
    if (const auto* pending = pending_value(key)) return *pending;
    return committed_.get(key);
}

void State::set_pending(const Bytes& key, std::optional<std::optional<Bytes>> value) {
    if (is_ordered_key(key)) {
        if (value)
            pending_ordered_[key] = *value;
        else
            pending_ordered_.erase(key);
    }
    if (value)
        pending_[key] = std::move(*value);
    else
        pending_.erase(key);
}

void State::write(const Bytes& key, std::optional<Bytes> value) {
    if (is_ordered_key(key)) pending_ordered_[key] = value;
    const auto [at, first] = pending_.try_emplace(key);
    Undo& undo = undo_.emplace_back(key, std::nullopt);
    if (!first) undo.before.emplace(std::move(at->second));
    at->second = std::move(value);
}

std::optional<std::pair<Bytes, Bytes>> State::next_raw(const Bytes& from,
                                                       const Bytes& prefix) const {
    Bytes cursor = from;
    auto pending = pending_ordered_.lower_bound(from);
    while (true) {
        auto stored = committed_.next(cursor, prefix);
        const bool has_pending = pending != pending_ordered_.end() &&
                                 text_of(pending->first).starts_with(text_of(prefix));
        if (has_pending && (!stored || pending->first <= stored->first)) {
            if (pending->second) return std::pair{pending->first, *pending->second};
            cursor = pending->first;  // erased in this block: step over it
            cursor.push_back(0);
            ++pending;
            continue;
        }
        return stored;
    }
}

void State::scan_raw(ByteView prefix, const ScanVisitor& visit) const {
    committed_.scan(prefix, [&](ByteView key, ByteView value) {
        if (!pending_.contains(to_bytes(key))) visit(key, value);
    });
    for (const auto& [key, value] : pending_)
        if (value && text_of(key).starts_with(text_of(prefix))) visit(key, *value);
}

void State::rollback(const Checkpoint& mark) {
    CHECK(mark.undo_size <= undo_.size() && mark.log_count <= logs_.size());
    while (undo_.size() > mark.undo_size) {
        auto& last = undo_.back();
        set_pending(last.key, std::move(last.before));
        undo_.pop_back();
    }
    logs_.resize(mark.log_count);
}

bool State::changed_since(const Checkpoint& mark) const {
    std::map<Bytes, const Undo*> oldest;
    for (std::size_t i = mark.undo_size; i < undo_.size(); ++i)
        oldest.try_emplace(undo_[i].key, &undo_[i]);
    for (const auto& [key, undo] : oldest) {
        const auto before = undo->before ? *undo->before : committed_.get(key);
        if (before != read(key)) return true;
    }
    return false;
}

std::vector<Change> State::take_changes() {
    std::vector<Change> out;
    out.reserve(pending_.size());
    for (auto& [key, value] : pending_) {  // order restored by the sort below
        if (committed_.get(key) != value) out.push_back({key, std::move(value)});
    }
    std::sort(out.begin(), out.end(),
              [](const Change& a, const Change& b) { return a.key < b.key; });
    discard();
    return out;
}

void State::discard() {
    pending_.clear();
    pending_ordered_.clear();
    undo_.clear();
    logs_.clear();
}

}  // namespace assay
