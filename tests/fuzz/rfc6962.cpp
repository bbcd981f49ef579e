// Fuzzes inclusion proofs: a proof that verifies is the one proof, and no other position verifies.
#include "chain/crypto/rfc6962.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    if (size < 4) return 0;
    const std::uint64_t count = data[0] % 40U + 1U;
    const std::uint64_t index = data[1];
    const std::uint64_t claimed_size = data[2];
    std::vector<Hash256> leaves;
    for (std::uint64_t i = 0; i < count; ++i)
        leaves.push_back(rfc6962::leaf_hash(Bytes{static_cast<std::uint8_t>(i)}));
    const Hash256 root = rfc6962::root_of_hashes(leaves);

    // The true path, then the input's changes to it: bytes flipped, hashes dropped or added.
    const std::uint64_t leaf = index % count;
    const auto good = rfc6962::inclusion_path(leaves, leaf);
    CHECK(rfc6962::verify_inclusion(root, leaves[leaf], leaf, count, good));
    auto path = good;
    for (std::size_t i = 3; i + 1 < size && i < 16; i += 2) {
        if (data[i] == 0xff)
            path.emplace_back().bytes[0] = data[i + 1];
        else if (data[i] == 0xfe && !path.empty())
            path.pop_back();
        else if (!path.empty())
            path[data[i] % path.size()].bytes[data[i] / 8] ^= data[i + 1];
    }
    const bool valid = rfc6962::verify_inclusion(root, leaves[leaf], leaf, count, path);
    CHECK(valid == (path == good));
    // Another claimed shape may only verify where it walks the tree the same way.
    if (rfc6962::verify_inclusion(root, leaves[leaf], index, claimed_size, path))
        CHECK(path == good && index % count == leaf);
    return 0;
}
