// Owns what a contributor delivers beside the chain: labels with their salts, and single items
// opened with a proof.
#pragma once

#include <map>

#include "cli/demo/assignment.hpp"
#include "cli/items/item_tree.hpp"

namespace assay::cli {

// One item shown to somebody who will not take its giver's word for it.
struct OpenedItem {
    std::uint64_t index = 0;
    Bytes leaf;
    Hash256 salt;
    std::string payload;  // the label, by name
    std::vector<Hash256> path;
};

class Delivery {
  public:
    // The tree of the answers to all tasks, in their order.
    Delivery(const Assignment& assignment, const Labels& answers, const SaltSecret& secret);

    const Hash256& root() const { return levels_.back().front(); }
    std::uint64_t size() const { return leaves_.size(); }
    // `index` is below size().
    OpenedItem open(std::uint64_t index) const;

  private:
    std::vector<market::Leaf> leaves_;
    std::vector<Hash256> salts_;
    std::vector<std::string> payloads_;
    // From the leaves' hashes up to the root; a hash without a partner is carried up as it is.
    std::vector<std::vector<Hash256>> levels_;
};

// Where those who may look at a submission ask for its items, by its number on the chain.
using Deliveries = std::map<std::uint64_t, const Delivery*>;

// What the item answers, as an index into the assignment's labels; refuses an item that the root on
// the chain does not bind, that is about another task, or whose answer is no label.
Result<std::uint8_t> read_opened(const OpenedItem& item, const Assignment& assignment,
                                 const Hash256& root, std::uint64_t size);

}  // namespace assay::cli
