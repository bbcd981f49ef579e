// Hashes data sets and proves single items of them.
#include "cli/items/item_tree.hpp"

#include <algorithm>
#include <bit>

#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"

namespace assay::cli {

namespace {

// The largest power of two below `n`, where a tree of n > 1 leaves splits.
std::uint64_t split_of(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

// Gathers the siblings on one leaf's way to the root while all leaves pass by in order.
class PathBuilder {
  public:
    PathBuilder(std::uint64_t index, std::uint64_t count) : index_(index) {
        std::uint64_t first = 0;
        std::uint64_t last = count;
        while (last - first > 1) {
            const std::uint64_t middle = first + split_of(last - first);
            const bool left = index < middle;
            siblings_.push_back(left ? Sibling{middle, last, {}} : Sibling{first, middle, {}});
            (left ? last : first) = middle;
        }
        for (std::size_t i = 0; i < siblings_.size(); ++i) in_order_.push_back(i);
        std::sort(in_order_.begin(), in_order_.end(), [&](std::size_t a, std::size_t b) {
            return siblings_[a].first < siblings_[b].first;
        });
    }

    void add(std::uint64_t index, const Hash256& hash) {
        if (index == index_) return;
        while (index >= siblings_[in_order_[at_]].last) ++at_;
        siblings_[in_order_[at_]].root.add_hash(hash);
    }
    // From the leaf upwards: the widest sibling was found first.
    std::vector<Hash256> path() const {
        std::vector<Hash256> out;
        for (auto it = siblings_.rbegin(); it != siblings_.rend(); ++it)
            out.push_back(it->root.root());
        return out;
    }

  private:
    struct Sibling {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        rfc6962::RootBuilder root;
    };
    std::uint64_t index_;
    std::vector<Sibling> siblings_;
    std::vector<std::size_t> in_order_;
    std::size_t at_ = 0;
};

Result<ItemTree> finished(const rfc6962::RootBuilder& builder, const WorkSource& source) {
    if (builder.size() == 0) return failure(source.items.path.string() + " holds no items");
    return ItemTree{builder.root(), builder.size()};
}

}  // namespace

Hash256 item_salt(const SaltSecret& secret, std::uint64_t index) {
    Bytes number;
    for (int shift = 56; shift >= 0; shift -= 8)
        number.push_back(static_cast<std::uint8_t>(index >> static_cast<unsigned>(shift)));
    const auto mac = crypto::hmac_sha512(secret, number);
    Hash256 out;
    std::copy_n(mac.bytes.begin(), out.bytes.size(), out.bytes.begin());
    return out;
}

market::Leaf leaf_of(std::uint64_t index, const Work& work, const Hash256& salt) {
    const bool annotates = work.kind == market::ItemKind::annotation;
    return {.index = index,
            .content_id = market::content_id(annotates ? work.task : work.payload),
            .payload_hash = market::payload_hash(salt, work.payload)};
}

Result<ItemTree> hash_items(const WorkSource& source, const SaltSecret& secret,
                            const ItemProgress& progress, const LeafSink& on_leaf) {
    rfc6962::RootBuilder builder;
    const auto read = read_work(
        source,
        [&](std::uint64_t index, const Work& work) -> Result<void> {
            if (index >= market::kMaxItems)
                return failure("a submission holds at most " + std::to_string(market::kMaxItems) +
                               " items");
            const market::Leaf leaf = leaf_of(index, work, item_salt(secret, index));
            builder.add(market::leaf_data(leaf));
            if (!on_leaf) return {};
            return on_leaf(leaf, work);
        },
        progress);
    if (!read) return read.error();
    return finished(builder, source);
}

Result<std::vector<ItemProof>> prove_items(const WorkSource& source, const SaltSecret& secret,
                                           const std::vector<std::uint64_t>& indices,
                                           ItemTree& tree, const ItemProgress& progress) {
    if (indices.size() > kMaxProofs)
        return failure("at most " + std::to_string(kMaxProofs) + " items are proven at once");
    const auto hashed = hash_items(source, secret, progress);
    if (!hashed) return hashed.error();
    std::vector<PathBuilder> paths;
    for (const std::uint64_t index : indices) {
        if (index >= hashed->count)
            return failure("there is no item " + std::to_string(index) + ": the data set has " +
                           std::to_string(hashed->count) + ", counted from 0");
        paths.emplace_back(index, hashed->count);
    }
    std::vector<ItemProof> out(indices.size());
    rfc6962::RootBuilder again;
    const auto read = read_work(
        source,
        [&](std::uint64_t index, const Work& work) -> Result<void> {
            if (index >= hashed->count) return failure("the data set grew while it was read");
            const Hash256 salt = item_salt(secret, index);
            const market::Leaf leaf = leaf_of(index, work, salt);
            const Hash256 hash = rfc6962::leaf_hash(market::leaf_data(leaf));
            again.add_hash(hash);
            for (std::size_t i = 0; i < paths.size(); ++i) {
                paths[i].add(index, hash);
                if (indices[i] == index) out[i] = {leaf, salt, to_bytes(work.payload), {}};
            }
            return {};
        },
        progress);
    if (!read) return read.error();
    if (again.root() != hashed->root) return failure("the data set changed while it was read");
    for (std::size_t i = 0; i < paths.size(); ++i) out[i].path = paths[i].path();
    tree = *hashed;
    return out;
}

}  // namespace assay::cli
