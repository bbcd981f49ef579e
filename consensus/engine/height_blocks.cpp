// Blocks of one height.
#include "consensus/engine/height_blocks.hpp"

#include <algorithm>

#include "chain/base/check.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kMaxAssemblies = 16;  // proposals of so many rounds

}  // namespace

void HeightBlocks::expect(const BlockId& id) {
    if (find(id) != nullptr || id.parts.total > max_parts_) return;
    const bool known = std::any_of(assemblies_.begin(), assemblies_.end(),
                                   [&](const auto& one) { return one.id() == id; });
    if (known) return;
    if (assemblies_.size() == kMaxAssemblies) assemblies_.erase(assemblies_.begin());
    assemblies_.emplace_back(id, height_);
}

HeightBlocks::Added HeightBlocks::add(const PartSetHeader& header, const Part& part) {
    Added out = Added::unknown;
    for (BlockAssembly& assembly : assemblies_) {
        if (assembly.id().parts != header) continue;
        if (!assembly.add(part)) return Added::wrong;
        if (assembly.is_whole()) return Added::whole;
        out = Added::kept;
    }
    return out;
}

std::optional<std::pair<BlockId, Bytes>> HeightBlocks::take_whole() {
    const auto it = std::find_if(assemblies_.begin(), assemblies_.end(),
                                 [](const auto& one) { return one.is_whole(); });
    if (it == assemblies_.end()) return std::nullopt;
    std::pair<BlockId, Bytes> out{it->id(), it->bytes()};
    assemblies_.erase(it);
    return out;
}

void HeightBlocks::hold(Held held) {
    if (find(held.id) != nullptr) return;
    std::erase_if(assemblies_, [&](const auto& one) { return one.id() == held.id; });
    held_.push_back(std::move(held));
}

HeightBlocks::Held HeightBlocks::take(const BlockId& id) {
    const auto it =
        std::find_if(held_.begin(), held_.end(), [&](const Held& one) { return one.id == id; });
    CHECK(it != held_.end());
    Held out = std::move(*it);
    held_.erase(it);
    return out;
}

const HeightBlocks::Held* HeightBlocks::find(const BlockId& id) const {
    const auto it =
        std::find_if(held_.begin(), held_.end(), [&](const Held& one) { return one.id == id; });
    return it == held_.end() ? nullptr : &*it;
}

std::vector<Part> HeightBlocks::parts(const PartSetHeader& header) const {
    for (const Held& one : held_)
        if (one.id.parts == header) return cut_into_parts(one.encoded);
    std::vector<Part> out;
    for (const BlockAssembly& assembly : assemblies_) {
        if (assembly.id().parts != header) continue;
        for (std::size_t i = 0; i < header.total; ++i)
            if (const Part* part = assembly.part(i)) out.push_back(*part);
        return out;
    }
    return out;
}

}  // namespace assay::consensus
