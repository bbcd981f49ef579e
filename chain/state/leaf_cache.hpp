// Owns the memory of recently changed buckets' leaves, so that hot ones are not read again.
#pragma once

#include <optional>

#include "chain/state/upper_tree.hpp"

namespace assay {

// Holds the committed leaves of up to `buckets` buckets; forgets those not used for longest,
// roughly (clock). The writer's alone.
class LeafCache {
  public:
    explicit LeafCache(std::size_t buckets) : limit_(buckets) {}

    // False where the bucket is not held; else its leaves are appended.
    bool find(NodeIndex node, std::vector<Leaf>& out);
    // Whether the bucket has a leaf at `path`; nullopt where the bucket is not held.
    std::optional<bool> has_leaf(NodeIndex node, const TreePath& path);
    void store(NodeIndex node, std::span<const Leaf> leaves);
    void erase(NodeIndex node);
    // True where a further bucket makes it forget one.
    bool full() const { return slots_.size() >= limit_; }

  private:
    struct Slot {
        NodeIndex node = 0;
        std::uint8_t count = 0;
        bool held = false;
        bool used = false;
        std::array<Leaf, kBucketLeaves> leaves;
    };
    static constexpr std::uint32_t kNoSlot = 0xFFFFFFFF;

    std::uint32_t slot_for(NodeIndex node);

    std::size_t limit_;
    std::vector<std::unique_ptr<Slot>> slots_;
    std::vector<std::uint32_t> slot_of_;  // by node
    std::size_t hand_ = 0;
};

}  // namespace assay
