// Trees and proofs of data sets against the plain RFC 6962 of chain/crypto.
#include "cli/items/item_tree.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "chain/crypto/kdf.hpp"
#include "chain/crypto/rfc6962.hpp"

using namespace assay;
using namespace assay::cli;

namespace {

namespace fs = std::filesystem;

struct Fixture {
    fs::path folder = fs::temp_directory_path() / ("assay-tree-" + to_hex(crypto::random_bytes(8)));
    SaltSecret secret;
    Fixture() {
        fs::create_directories(folder);
        secret.bytes[0] = 7;
    }
    ~Fixture() { fs::remove_all(folder); }

    WorkSource source(const std::string& name, const std::string& content,
                      market::ItemKind kind = market::ItemKind::original) const {
        std::ofstream(folder / name, std::ios::binary) << content;
        WorkSource out;
        out.items = *item_source(folder / name, "");
        out.kind = kind;
        return out;
    }
    WorkSource numbered(std::size_t count) const {
        std::string lines;
        for (std::size_t i = 0; i < count; ++i) lines += std::to_string(i) + "\n";
        return source("n" + std::to_string(count) + ".jsonl", lines);
    }
    std::string refusal(const WorkSource& work) const {
        const auto tree = hash_items(work, secret);
        BOOST_REQUIRE(!tree);
        const std::string text = tree.error().message;
        const std::string start = folder.string() + "/";
        return text.starts_with(start) ? text.substr(start.size()) : text;
    }
};

// The leaves as the market's rules spell them, made without the code under test.
std::vector<Bytes> plain_leaves(const SaltSecret& secret, std::size_t count) {
    std::vector<Bytes> out;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string payload = std::to_string(i);
        Bytes number(8, 0);
        number[6] = static_cast<std::uint8_t>(i >> 8U);
        number[7] = static_cast<std::uint8_t>(i);
        const auto mac = crypto::hmac_sha512(secret, number);
        const Hash256 salt = Hash256::from(ByteView(mac.bytes).first(32));
        out.push_back(market::leaf_data({i, market::content_id(view_of(payload)),
                                         market::payload_hash(salt, view_of(payload))}));
    }
    return out;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_root_is_that_of_rfc_6962_over_the_leaves, Fixture) {
    for (const std::size_t count : {1U, 2U, 3U, 5U, 8U, 13U, 300U}) {
        const auto tree = hash_items(numbered(count), secret);
        BOOST_REQUIRE(tree);
        BOOST_TEST(tree->count == count);
        BOOST_TEST((tree->root == rfc6962::root_of(plain_leaves(secret, count))));
    }
}

BOOST_FIXTURE_TEST_CASE(every_item_of_every_shape_is_proven, Fixture) {
    for (const std::size_t count : {1U, 2U, 3U, 6U, 7U, 8U, 21U}) {
        std::vector<std::uint64_t> all;
        for (std::size_t i = 0; i < count; ++i) all.push_back(count - 1 - i);
        ItemTree tree;
        const auto proofs = prove_items(numbered(count), secret, all, tree);
        BOOST_REQUIRE(proofs);
        BOOST_REQUIRE(proofs->size() == count);
        std::vector<Hash256> hashes;
        for (const auto& leaf : plain_leaves(secret, count))
            hashes.push_back(rfc6962::leaf_hash(leaf));
        for (std::size_t i = 0; i < count; ++i) {
            const ItemProof& proof = (*proofs)[i];
            BOOST_TEST(proof.leaf.index == all[i]);
            BOOST_TEST(std::string(text_of(proof.payload)) == std::to_string(all[i]));
            BOOST_TEST(
                (proof.leaf.payload_hash == market::payload_hash(proof.salt, proof.payload)));
            BOOST_TEST((proof.path == rfc6962::inclusion_path(hashes, all[i])));
            BOOST_TEST(rfc6962::verify_inclusion(tree.root,
                                                 rfc6962::leaf_hash(market::leaf_data(proof.leaf)),
                                                 all[i], count, proof.path));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_not_there_is_not_proven, Fixture) {
    ItemTree tree;
    const auto beyond = prove_items(numbered(3), secret, {3}, tree);
    BOOST_REQUIRE(!beyond);
    BOOST_TEST(beyond.error().message == "there is no item 3: the data set has 3, counted from 0");
    BOOST_TEST(!prove_items(numbered(3), secret, std::vector<std::uint64_t>(1'001, 0), tree));
    BOOST_TEST(refusal(source("empty.jsonl", "")) == "empty.jsonl holds no items");
}

BOOST_FIXTURE_TEST_CASE(annotations_are_one_tree_in_jsonl_and_csv, Fixture) {
    const auto jsonl = source("a.jsonl",
                              "{\"task\":\"is it, spam?\",\"payload\":\"ham\"}\n"
                              "{\"payload\":\"spam\",\"task\":\"two\\nlines\",\"note\":1}\n",
                              market::ItemKind::annotation);
    auto csv = source("b.csv", "id,label,text\n1,ham,\"is it, spam?\"\n2,spam,\"two\nlines\"\n",
                      market::ItemKind::annotation);
    csv.task_field = "text";
    csv.payload_field = "label";
    std::vector<market::Leaf> leaves;
    const auto first = hash_items(jsonl, secret, {}, [&](const market::Leaf& leaf, const Work&) {
        leaves.push_back(leaf);
        return Result<void>();
    });
    const auto second = hash_items(csv, secret);
    BOOST_REQUIRE(first);
    BOOST_REQUIRE(second);
    BOOST_TEST((first->root == second->root));
    BOOST_TEST(second->count == 2U);
    BOOST_TEST((leaves[1].content_id == market::content_id(view_of("two\nlines"))));
    BOOST_TEST(
        (leaves[1].payload_hash == market::payload_hash(item_salt(secret, 1), view_of("spam"))));
}

BOOST_FIXTURE_TEST_CASE(an_item_that_is_no_annotation_is_named, Fixture) {
    const auto kind = market::ItemKind::annotation;
    BOOST_TEST(refusal(source("a.jsonl", "{\"task\":\"t\",\"payload\":\"p\"}\n{\"task\":\"t\"}\n",
                              kind)) == "a.jsonl, item 1: there is no member \"payload\"");
    BOOST_TEST(refusal(source("b.jsonl", "{\"task\":1,\"payload\":\"p\"}\n", kind)) ==
               "b.jsonl, item 0: the member \"task\" must be a string");
    BOOST_TEST(refusal(source("c.jsonl", "[1]\n", kind)) ==
               "c.jsonl, item 0: an annotation is a JSON object with the strings \"task\" and "
               "\"payload\"");
    BOOST_TEST(refusal(source("d.csv", "task,label\nx,y\n", kind)) ==
               "d.csv: the header has no column \"payload\"");
    BOOST_TEST(refusal(source("e.csv", "task,payload\n", kind)) == "e.csv holds no items");
    WorkSource whole;
    whole.items = *item_source(folder, "folder");
    whole.kind = kind;
    const auto refused = hash_items(whole, secret);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message.ends_with(
        "annotations are read from JSONL or CSV; a folder holds originals only"));
}
