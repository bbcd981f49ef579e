// Owns BlockAssembly: a block that is being put together from parts, each proven to belong to it.
#pragma once

#include <optional>

#include "consensus/types/part_set.hpp"

namespace assay::consensus {

class BlockAssembly {
  public:
    BlockAssembly(const BlockId& id, std::int64_t height)
        : id_(id), height_(height), missing_(id.parts.total), parts_(id.parts.total) {}

    const BlockId& id() const { return id_; }
    std::int64_t height() const { return height_; }
    bool is_whole() const { return missing_ == 0; }
    // False where the part does not belong here; true for one that was here already.
    bool add(const Part& part);
    const Part* part(std::size_t index) const { return parts_[index] ? &*parts_[index] : nullptr; }
    // Bits of the parts that are not here.
    Bytes missing() const;
    // The encoded block; it must be whole.
    Bytes bytes() const;

  private:
    BlockId id_;
    std::int64_t height_ = 0;
    std::size_t missing_ = 0;
    std::vector<std::optional<Part>> parts_;
};

}  // namespace assay::consensus
