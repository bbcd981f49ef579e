// Collecting parts.
#include "consensus/engine/block_assembly.hpp"

#include "chain/base/check.hpp"
#include "consensus/engine/messages.hpp"

namespace assay::consensus {

bool BlockAssembly::add(const Part& part) {
    if (part.index >= parts_.size()) return false;
    if (parts_[part.index]) return *parts_[part.index] == part;
    if (!part.verify(id_.parts)) return false;
    parts_[part.index] = part;
    --missing_;
    return true;
}

Bytes BlockAssembly::missing() const {
    Bytes out;
    for (std::size_t i = 0; i < parts_.size(); ++i)
        if (!parts_[i]) set_bit(out, i, parts_.size());
    return out;
}

Bytes BlockAssembly::bytes() const {
    CHECK(is_whole());
    Bytes out;
    for (const auto& part : parts_) append(out, part->bytes);
    return out;
}

}  // namespace assay::consensus
