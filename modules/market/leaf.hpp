// Owns what one item of a submission is: the leaf that the item tree binds, and how it is hashed.
#pragma once

#include "chain/codec/record.hpp"
#include "chain/types/ids.hpp"

namespace assay::market {

// One item as the tree of RFC 6962 binds it; its 72 bytes (record encoding) are the leaf's data.
struct Leaf {
    std::uint64_t index = 0;  // position in the tree
    Hash256 content_id;       // what the item is about: see ItemKind
    Hash256 payload_hash;     // payload_hash(salt, payload): says nothing until opened
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (index, content_id, payload_hash))

inline constexpr std::size_t kLeafBytes = 72;
inline constexpr std::uint64_t kMaxItems = 1ULL << 32U;  // of one submission

// What the items of an order are, which decides what a content id means.
enum class ItemKind : std::uint8_t {
    original = 0,    // the payload itself: content id = SHA-256(payload), paid once in an order
    annotation = 1,  // something said about a task: content id = SHA-256(task), once a submission
};
BOOST_DESCRIBE_ENUM(ItemKind, original, annotation)

Bytes leaf_data(const Leaf& leaf);
// SHA-256 of the payload of an original, or of the task that an annotation is about.
Hash256 content_id(ByteView content);
// SHA-256("assay/payload/1" | salt | payload).
Hash256 payload_hash(const Hash256& salt, ByteView payload);

}  // namespace assay::market
