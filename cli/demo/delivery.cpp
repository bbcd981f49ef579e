// Builds, opens and checks the trees of labels.
#include "cli/demo/delivery.hpp"

#include <algorithm>

#include "chain/crypto/rfc6962.hpp"

namespace assay::cli {

Delivery::Delivery(const Assignment& assignment, const Labels& answers, const SaltSecret& secret) {
    CHECK(answers.size() == assignment.tasks.size());
    std::vector<Hash256> hashes;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const std::string& label = assignment.labels[answers[i]];
        salts_.push_back(item_salt(secret, i));
        payloads_.push_back(label);
        leaves_.push_back({.index = i,
                           .content_id = assignment.tasks[i].content_id,
                           .payload_hash = market::payload_hash(salts_[i], view_of(label))});
        hashes.push_back(rfc6962::leaf_hash(market::leaf_data(leaves_[i])));
    }
    levels_.push_back(std::move(hashes));
    while (levels_.back().size() > 1) {
        const auto& below = levels_.back();
        std::vector<Hash256> level;
        for (std::size_t i = 0; i < below.size(); i += 2)
            level.push_back(i + 1 < below.size() ? rfc6962::inner_hash(below[i], below[i + 1])
                                                 : below[i]);
        levels_.push_back(std::move(level));
    }
}

OpenedItem Delivery::open(std::uint64_t index) const {
    CHECK(index < leaves_.size());
    OpenedItem out{.index = index,
                   .leaf = market::leaf_data(leaves_[index]),
                   .salt = salts_[index],
                   .payload = payloads_[index]};
    std::uint64_t at = index;
    for (const auto& level : levels_) {
        if ((at ^ 1U) < level.size()) out.path.push_back(level[at ^ 1U]);
        at >>= 1U;
    }
    return out;
}

Result<std::uint8_t> read_opened(const OpenedItem& item, const Assignment& assignment,
                                 const Hash256& root, std::uint64_t size) {
    if (!rfc6962::verify_inclusion(root, rfc6962::leaf_hash(item.leaf), item.index, size,
                                   item.path))
        return failure("the path does not lead to the root on the chain");
    const auto leaf = record::decode<market::Leaf>(item.leaf);
    if (!leaf) return leaf.error();
    if (leaf->index != item.index || item.index >= assignment.tasks.size() ||
        leaf->content_id != assignment.tasks[item.index].content_id)
        return failure("the leaf is about another task");
    if (leaf->payload_hash != market::payload_hash(item.salt, view_of(item.payload)))
        return failure("salt and payload are not those of the leaf");
    if (!std::binary_search(assignment.labels.begin(), assignment.labels.end(), item.payload))
        return failure("the answer is no label of the order");
    return label_index(assignment.labels, item.payload);
}

}  // namespace assay::cli
