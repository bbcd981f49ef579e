// Owns HeightBlocks: the blocks of the height being decided, whole or in parts.
#pragma once

#include "consensus/engine/block_assembly.hpp"
#include "consensus/types/block.hpp"

namespace assay::consensus {

class HeightBlocks {
  public:
    struct Held {
        BlockId id;
        Block block;
        Bytes encoded;
    };

    explicit HeightBlocks(std::int64_t height = 0, std::size_t max_parts = 0)
        : height_(height), max_parts_(max_parts) {}

    // Collects the parts of this block from now on. Nothing where it is here, too large, or where
    // too many blocks are being collected.
    void expect(const BlockId& id);
    enum class Added { unknown, wrong, kept, whole };
    // `whole`: take() will give the block's bytes.
    Added add(const PartSetHeader& header, const Part& part);
    std::optional<std::pair<BlockId, Bytes>> take_whole();

    void hold(Held held);
    // It must be held.
    Held take(const BlockId& id);
    const Held* find(const BlockId& id) const;
    const std::vector<Held>& held() const { return held_; }
    const std::vector<BlockAssembly>& assemblies() const { return assemblies_; }
    // What is here of the block with these parts.
    std::vector<Part> parts(const PartSetHeader& header) const;

  private:
    std::int64_t height_ = 0;
    std::size_t max_parts_ = 0;
    std::vector<Held> held_;
    std::vector<BlockAssembly> assemblies_;
};

}  // namespace assay::consensus
