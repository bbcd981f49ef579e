// Owns how views give lists: a page at a time, along an index or along ids.
#pragma once

#include <string>
#include <vector>

#include "chain/state/state.hpp"

namespace assay {

inline Error missing_record(const char* what, std::uint64_t id) {
    return failure(std::string(what) + " " + std::to_string(id) + " does not exist");
}

// Refuses a page of none or of more than `most`.
inline Result<void> page_holds(std::uint32_t limit, std::uint32_t most) {
    if (limit != 0 && limit <= most) return {};
    return failure("limit is outside 1.." + std::to_string(most));
}

// Records with ids after `after` up to `last`, where none is missing; at most `limit`.
template <class V>
std::vector<V> page_of(const State& state, const Table<std::uint64_t, V>& table,
                       std::uint64_t after, std::uint64_t last, std::uint32_t limit) {
    std::vector<V> out;
    for (std::uint64_t id = after; id < last && out.size() < limit; ++id)
        out.push_back(state.must_get(table, id + 1));
    return out;
}

// Records of `table` whose ids (member `id`) stand in `index` after `at` under the same `group`
// member; at most `limit`.
template <class K, class I, class V, class Group>
std::vector<V> page_under(const State& state, const Table<K, I>& index, K at, Group K::* group,
                          std::uint64_t K::* id, const Table<std::uint64_t, V>& table,
                          std::uint32_t limit) {
    std::vector<V> out;
    const Group wanted = at.*group;
    while (out.size() < limit) {
        const auto next = state.next_after(index, at);
        if (!next || next->first.*group != wanted) break;
        at = next->first;
        out.push_back(state.must_get(table, at.*id));
    }
    return out;
}

}  // namespace assay
