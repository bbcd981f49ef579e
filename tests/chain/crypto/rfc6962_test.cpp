// Merkle trees against the reference vectors of Certificate Transparency, and proofs of every leaf.
#include "chain/crypto/rfc6962.hpp"

#include <boost/test/unit_test.hpp>

#include "chain/crypto/hash.hpp"

namespace assay::rfc6962 {

namespace {

std::vector<Bytes> reference_leaves() {
    std::vector<Bytes> out;
    for (const char* leaf : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                             "606162636465666768696a6b6c6d6e6f"})
        out.push_back(*from_hex(leaf));
    return out;
}

constexpr const char* kReferenceRoots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash256> numbered_leaves(std::size_t count) {
    std::vector<Hash256> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(leaf_hash(view_of("leaf " + std::to_string(i))));
    return out;
}

// The definition as RFC 6962 states it, by recursion.
Hash256 defined_root(std::span<const Hash256> leaves) {
    if (leaves.empty()) return sha256({});
    if (leaves.size() == 1) return leaves[0];
    std::size_t split = 1;
    while (split * 2 < leaves.size()) split *= 2;
    return inner_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(roots_meet_the_reference) {
    const auto leaves = reference_leaves();
    BOOST_TEST((root_of({}) == sha256({})));
    RootBuilder builder;
    for (std::size_t n = 1; n <= leaves.size(); ++n) {
        builder.add(leaves[n - 1]);
        BOOST_TEST(to_hex(builder.root()) == kReferenceRoots[n - 1]);
        BOOST_TEST(to_hex(root_of(std::span(leaves).first(n))) == kReferenceRoots[n - 1]);
    }
    BOOST_TEST(builder.size() == leaves.size());
}

BOOST_AUTO_TEST_CASE(every_size_meets_the_definition) {
    const auto leaves = numbered_leaves(130);
    for (std::size_t n = 0; n <= leaves.size(); ++n) {
        const auto part = std::span(leaves).first(n);
        BOOST_TEST((root_of_hashes(part) == defined_root(part)));
    }
}

BOOST_AUTO_TEST_CASE(every_leaf_has_a_proof_and_only_its_own) {
    for (const std::size_t n : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 31U, 32U, 33U, 70U}) {
        const auto leaves = numbered_leaves(n);
        const Hash256 root = root_of_hashes(leaves);
        for (std::size_t i = 0; i < n; ++i) {
            auto path = inclusion_path(leaves, i);
            BOOST_TEST(verify_inclusion(root, leaves[i], i, n, path));
            BOOST_TEST(!verify_inclusion(root, leaves[i], i, i, path));
            BOOST_TEST(!verify_inclusion(root, leaf_hash({}), i, n, path));
            for (std::size_t other = 0; other < n; ++other)
                BOOST_TEST((other == i || !verify_inclusion(root, leaves[i], other, n, path)));
            path.push_back(root);
            BOOST_TEST(!verify_inclusion(root, leaves[i], i, n, path));
            path.pop_back();
            if (path.empty()) continue;
            path.back().bytes[0] ^= 1;
            BOOST_TEST(!verify_inclusion(root, leaves[i], i, n, path));
            path.pop_back();
            BOOST_TEST(!verify_inclusion(root, leaves[i], i, n, path));
        }
    }
}

// RFC 6962, 2.1.3: with seven leaves, the path of leaf 3 is c, g, l.
BOOST_AUTO_TEST_CASE(the_rfc_example_paths) {
    const auto d = numbered_leaves(7);
    const Hash256 g = inner_hash(d[0], d[1]);
    const Hash256 h = inner_hash(d[2], d[3]);
    const Hash256 i = inner_hash(d[4], d[5]);
    const Hash256 k = inner_hash(g, h);
    const Hash256 l = inner_hash(i, d[6]);
    BOOST_TEST((inclusion_path(d, 0) == std::vector{d[1], h, l}));
    BOOST_TEST((inclusion_path(d, 3) == std::vector{d[2], g, l}));
    BOOST_TEST((inclusion_path(d, 4) == std::vector{d[5], d[6], k}));
    BOOST_TEST((inclusion_path(d, 6) == std::vector{i, k}));
}

}  // namespace assay::rfc6962
