// Proofs at every height of the window, accepted for what they show and for nothing else.
#include "chain/state/proof.hpp"
#include "tests/chain/state/state_fixture.hpp"

using namespace assay;

namespace {

// What the records say about the key, as verify_proof takes it.
std::optional<ByteView> value_in(const Records& records, const Bytes& key) {
    const auto it = records.find(key);
    if (it == records.end()) return std::nullopt;
    return ByteView(it->second);
}

void check_proof(const StateStore& store, std::uint64_t height, const Hash256& root,
                 const Records& records, const Bytes& key) {
    const auto proof = store.prove(height, key);
    BOOST_REQUIRE(proof.has_value());
    const auto verified = verify_proof(root, key, value_in(records, key), *proof);
    BOOST_TEST(verified.has_value(), (verified ? "" : verified.error().message));
    const auto again = decode_ics23(encode_ics23(*proof));
    BOOST_TEST((again && *again == *proof));
}

// Every single change to a proof must make it fail.
void check_tampering(const Hash256& root, const Bytes& key, std::optional<ByteView> value,
                     const StateProof& proof) {
    const auto refused = [&](const StateProof& changed) {
        return !verify_proof(root, key, value, changed).has_value();
    };
    Hash256 other_root = root;
    other_root.bytes[31] ^= 1;
    BOOST_TEST(!verify_proof(other_root, key, value, proof).has_value());
    BOOST_TEST(!verify_proof(root, Bytes{9, 9}, value, proof).has_value());
    BOOST_TEST(!verify_proof(root, key, value ? std::nullopt : std::optional(view_of("x")), proof)
                    .has_value());
    for (auto part : {&StateProof::leaf, &StateProof::left, &StateProof::right}) {
        if (!(proof.*part)) continue;
        StateProof changed = proof;
        (changed.*part).reset();
        BOOST_TEST(refused(changed));
        changed = proof;
        (changed.*part)->value.push_back(0);
        BOOST_TEST(refused(changed));
        for (std::size_t i = 0; i < (proof.*part)->path.size(); ++i) {
            changed = proof;
            (changed.*part)->path[i].sibling.bytes[3] ^= 4;
            BOOST_TEST(refused(changed));
            changed = proof;
            (changed.*part)->path[i].sibling_on_left ^= true;
            BOOST_TEST(refused(changed));
        }
    }
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(small_trees_are_proven_at_their_edges, StoreFixture) {
    RandomBlocks blocks(11, 200);
    commit({});
    for (std::uint32_t size = 0; size < 60; ++size) {
        for (std::uint32_t number = 0; number < 120; ++number)
            check_proof(*store, store->height(), store->root(), records, blocks.key(number));
        commit({{blocks.key(size), Bytes{static_cast<std::uint8_t>(size)}}});
    }
}

BOOST_FIXTURE_TEST_CASE(a_proof_shows_nothing_else, StoreFixture) {
    RandomBlocks blocks(12, 600);
    commit(blocks.next(400, 0));
    for (int i = 0; i < 60; ++i) {
        const Bytes key = blocks.any_key();
        const auto proof = store->prove(store->height(), key);
        BOOST_REQUIRE(proof.has_value());
        check_tampering(store->root(), key, value_in(records, key), *proof);
    }
}

BOOST_FIXTURE_TEST_CASE(only_what_is_written_is_read_as_ics23, StoreFixture) {
    RandomBlocks blocks(13, 60);
    commit(blocks.next(40, 0));
    for (std::uint32_t number = 0; number < 60; ++number) {
        const Bytes good = encode_ics23(*store->prove(store->height(), blocks.key(number)));
        for (std::size_t i = 0; i < good.size(); ++i)
            BOOST_TEST(!decode_ics23(ByteView(good).first(i)).has_value());
        Bytes longer = good;
        longer.push_back(0);
        BOOST_TEST(!decode_ics23(longer).has_value());
        // What a changed byte still gives is another proof, never the same one in another form.
        for (std::size_t i = 0; i < good.size(); ++i) {
            Bytes changed = good;
            changed[i] ^= 1;
            const auto read = decode_ics23(changed);
            BOOST_TEST((!read || encode_ics23(*read) == changed));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(an_absent_key_is_not_proven_by_records_further_apart, StoreFixture) {
    RandomBlocks blocks(13, 500);
    commit(blocks.next(300, 0));
    std::map<Hash256, Bytes> by_path;
    for (const auto& [key, value] : records) by_path[path_of(key)] = key;
    std::vector<LeafProof> leaves;
    for (const auto& [path, key] : by_path) leaves.push_back(*store->prove(0, key)->leaf);
    for (std::size_t i = 0; i + 2 < leaves.size(); ++i) {
        const Bytes hidden = leaves[i + 1].key;
        BOOST_TEST(!verify_proof(store->root(), hidden, std::nullopt,
                                 {hidden, std::nullopt, leaves[i], leaves[i + 2]})
                        .has_value());
    }
    const Bytes first = leaves.front().key;
    BOOST_TEST(!verify_proof(store->root(), first, std::nullopt,
                             {first, std::nullopt, std::nullopt, leaves[1]})
                    .has_value());
    const Bytes last = leaves.back().key;
    BOOST_TEST(!verify_proof(store->root(), last, std::nullopt,
                             {last, std::nullopt, leaves[leaves.size() - 2], std::nullopt})
                    .has_value());
}

BOOST_FIXTURE_TEST_CASE(earlier_heights_are_proven_whatever_came_after, StoreFixture) {
    RandomBlocks blocks(14, 4000);
    std::vector<Records> history;
    std::vector<Hash256> roots;
    for (std::size_t height = 0; height < kHistoryHeights + 60; ++height) {
        // Waves that fill and empty the tree, so that nodes split, merge and come again.
        const bool shrinking = height % 60 >= 40;
        commit(blocks.next(height % 7 == 0 ? 1500 : 60, shrinking ? 95 : 10));
        history.push_back(records);
        roots.push_back(store->root());
        for (int i = 0; i < 10; ++i) {
            const std::uint64_t oldest =
                height + 1 > kHistoryHeights ? height + 1 - kHistoryHeights : 0;
            const std::uint64_t at =
                oldest + blocks.below(static_cast<std::uint32_t>(height + 1 - oldest));
            check_proof(*store, at, roots[at], history[at], blocks.any_key());
        }
    }
    for (std::uint64_t at = 60; at < history.size(); ++at)
        for (int i = 0; i < 20; ++i)
            check_proof(*store, at, roots[at], history[at], blocks.any_key());
    BOOST_TEST(!store->prove(59, blocks.key(0)).has_value());
    BOOST_TEST(!store->prove(history.size(), blocks.key(0)).has_value());
}
