// Catching up among peers that lie, boast, keep silent or flood.
#include <boost/test/unit_test.hpp>

#include "tests/consensus/sync/sync_net.hpp"

namespace assay::consensus::test {

namespace {

using Lie = std::function<std::vector<Bytes>(BlockResponse)>;

std::vector<Bytes> sent(const BlockMessage& message) {
    return {encode_block_message(message)};
}

// Lies about every block from `from` on, and is honest about all else.
std::function<std::vector<Bytes>(const Bytes&)> about_blocks(Lie lie, std::uint64_t from = 0) {
    return [lie = std::move(lie), from](const Bytes& message) -> std::vector<Bytes> {
        auto decoded = decode_block_message(message);
        auto* response = std::get_if<BlockResponse>(&*decoded);
        if (response == nullptr || response->height < from) return {message};
        return lie(std::move(*response));
    };
}

struct NamedLie {
    const char* name;
    Lie lie;
};

// A block that follows the chain's rules and that its validators never signed.
BlockResponse forged(const ChainMaker& chain, std::uint64_t height) {
    Block block = chain.at(height).block;
    block.txs.push_back({1, 2, 3});
    block.header.data_hash = data_hash(block.txs);
    Bytes encoded = encode(block);
    Commit commit = chain.at(height).commit;
    commit.block_id = block_id_of(block, encoded);
    return {.height = height, .block = std::move(encoded), .commit = std::move(commit)};
}

std::vector<NamedLie> lies_about_senders() {
    return {
        {"a sender who did not sign",
         [](BlockResponse r) {
             r.senders[3] ^= 1U;
             return sent(r);
         }},
        {"part of a sender",
         [](BlockResponse r) {
             r.senders.pop_back();
             return sent(r);
         }},
        {"more senders than a block has room for",
         [](BlockResponse r) {
             r.senders.resize((r.block.size() / Address::kSize + 1) * Address::kSize);
             return sent(r);
         }},
    };
}

std::vector<NamedLie> lies_about_blocks(const ChainMaker& chain) {
    return {
        {"a byte of the block",
         [](BlockResponse r) {
             r.block[r.block.size() / 2] ^= 1U;
             return sent(r);
         }},
        {"a signature of the commit",
         [](BlockResponse r) {
             r.commit.signatures[0].signature.bytes[5] ^= 1U;
             return sent(r);
         }},
        {"a commit of too few",
         [](BlockResponse r) {
             for (std::size_t i = 1; i < r.commit.signatures.size(); ++i)
                 r.commit.signatures[i] = {};
             return sent(r);
         }},
        {"a commit of another set's size",
         [](BlockResponse r) {
             r.commit.signatures.pop_back();
             return sent(r);
         }},
        {"another block's commit",
         [&chain](BlockResponse r) {
             r.commit = chain.at(r.height == 1 ? 2 : r.height - 1).commit;
             return sent(r);
         }},
        {"another height",
         [&chain](BlockResponse r) {
             const MadeBlock& other = chain.at(r.height == 1 ? 2 : r.height - 1);
             r.block = other.encoded;
             r.commit = other.commit;
             r.commit.height = static_cast<std::int64_t>(r.height);
             return sent(r);
         }},
        {"a forged block", [&chain](BlockResponse r) { return sent(forged(chain, r.height)); }},
        {"an empty set of validators",
         [&chain](BlockResponse r) {
             Block block = chain.at(r.height).block;
             block.header.validators_hash = {};
             r.block = encode(block);
             r.commit.block_id = block_id_of(block, r.block);
             return sent(r);
         }},
        {"a cut message",
         [](const BlockResponse& r) {
             Bytes bytes = encode_block_message(r);
             bytes.resize(bytes.size() / 2);
             return std::vector<Bytes>{bytes};
         }},
        {"a cut block",
         [](BlockResponse r) {
             r.block.resize(r.block.size() - 10);
             return sent(r);
         }},
        {"too many bytes",
         [](BlockResponse r) {
             r.block.resize(30U << 20U);
             return sent(r);
         }},
        {"nothing", [](const BlockResponse&) { return std::vector<Bytes>(); }},
        {"no block", [](const BlockResponse& r) { return sent(NoBlock{r.height}); }},
        {"what nobody asked for",
         [&chain](const BlockResponse& r) {
             const std::uint64_t other = chain.blocks.size() + 5;
             return sent(BlockResponse{.height = other, .block = r.block, .commit = r.commit});
         }},
    };
}

std::vector<NamedLie> lies(const ChainMaker& chain) {
    std::vector<NamedLie> out = lies_about_blocks(chain);
    for (NamedLie& lie : lies_about_senders()) out.push_back(std::move(lie));
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_lie_is_found_and_charged_to_the_liar_alone) {
    ChainMaker chain;
    chain.make(60);
    for (const auto& [name, lie] : lies(chain)) {
        BOOST_TEST_CONTEXT(name) {
            SyncNet net;
            for (std::uint8_t label = 1; label <= 2; ++label) net.add(label, chain, true);
            net.nodes[peer_id(1)]->lie = about_blocks(lie);
            SyncNode& node = net.add(9, chain, false);
            for (std::uint8_t label = 1; label <= 2; ++label) net.link(9, label);
            BOOST_REQUIRE(net.run_until([&] { return node.height() == 60; }, 30'000));
            BOOST_TEST(node.reports.contains(peer_id(1)));
            BOOST_TEST(!node.reports.contains(peer_id(2)));
            BOOST_TEST(!node.failed.has_value());
        }
    }
}

// Who signed need not be told, and a count that does not fit is no proof of anything.
BOOST_AUTO_TEST_CASE(peers_that_name_no_senders_are_blamed_for_nothing) {
    ChainMaker chain;
    chain.make(60);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 3; ++label) net.add(label, chain, true);
    for (std::uint8_t label = 1; label <= 2; ++label)
        net.nodes[peer_id(label)]->lie = about_blocks([label](BlockResponse r) {
            r.senders.resize(label == 1 ? 0 : 2 * r.senders.size());
            return sent(r);
        });
    SyncNode& node = net.add(9, chain, false);
    for (std::uint8_t label = 1; label <= 3; ++label) net.link(9, label);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 60; }, 10'000));
    BOOST_TEST(node.reports.empty());
    BOOST_TEST(node.named > 0u);
    BOOST_TEST(node.named < 60u);
}

BOOST_AUTO_TEST_CASE(one_honest_peer_is_enough_among_liars) {
    ChainMaker chain;
    chain.make(120);
    SyncNet net;
    const auto all = lies(chain);
    for (std::uint8_t label = 1; label <= all.size(); ++label) {
        net.add(label, chain, true);
        // Some are honest at first.
        net.nodes[peer_id(label)]->lie = about_blocks(all[label - 1U].lie, label * 5U);
    }
    net.add(100, chain, true);
    SyncNode& node = net.add(200, chain, false);
    for (std::uint8_t label = 1; label <= all.size(); ++label) net.link(200, label);
    net.link(200, 100);
    BOOST_REQUIRE(net.run_until([&] { return node.height() == 120; }, 120'000));
    BOOST_TEST(!node.reports.contains(peer_id(100)));
    BOOST_TEST(!node.failed.has_value());
    BOOST_TEST(net.disk(200).store.app_hash == chain.store.app_hash);
}

BOOST_AUTO_TEST_CASE(a_boaster_keeps_nobody_from_voting) {
    ChainMaker chain;
    chain.make(10);
    SyncNet net;
    net.add(1, chain, true);
    net.nodes[peer_id(1)]->lie = [](const Bytes& message) {
        const auto decoded = decode_block_message(message);
        if (std::holds_alternative<BlockHeights>(*decoded))
            return sent(BlockHeights{.base = 1, .height = 1'000'000});
        return std::vector<Bytes>();
    };
    SyncNode& node = net.add(9, chain, true);
    net.link(9, 1);
    for (std::size_t second = 0; second < 60; ++second) {
        net.run(1'000);
        BOOST_TEST(!node.sync.is_catching_up());
    }
    BOOST_TEST(node.pauses == 0u);
    BOOST_TEST(node.reports[peer_id(1)].contains(Offence::useless));
}

BOOST_AUTO_TEST_CASE(a_flood_of_requests_is_bounded_and_reported) {
    ChainMaker chain(4, {}, 50'000);
    chain.make(100);
    SyncNet net;
    SyncNode& server =
        net.add(1, chain, true,
                {.sync = {.server = {.bytes_per_second = 2'000'000, .bytes_at_once = 500'000}}});
    server.linked = {peer_id(5)};
    server.sync.peer_up(peer_id(5));
    const Bytes request = encode_block_message(BlockRequest{.height = 1, .count = 64});
    net.block_bytes = 0;
    for (std::size_t i = 0; i < 1'000; ++i) server.sync.receive(peer_id(5), request);
    BOOST_TEST(server.reports[peer_id(5)].contains(Offence::flood));
    BOOST_TEST(net.block_bytes < 600'000u);
    net.run(5'000);
    BOOST_TEST(net.block_bytes < 2'000'000u * 5 + 600'000u);
    BOOST_TEST(net.block_bytes > 2'000'000u * 4);
    server.sync.peer_down(peer_id(5));
}

BOOST_AUTO_TEST_CASE(what_waits_for_its_turn_is_bounded_in_bytes) {
    ChainMaker chain(4, {}, 50'000);
    chain.make(200);
    SyncNet net;
    for (std::uint8_t label = 1; label <= 3; ++label) net.add(label, chain, true);
    // Nobody gives the first block, so that nothing can be ingested.
    for (std::uint8_t label = 1; label <= 3; ++label)
        net.nodes[peer_id(label)]->lie = [](const Bytes& message) {
            const auto decoded = decode_block_message(message);
            const auto* response = std::get_if<BlockResponse>(&*decoded);
            if (response != nullptr && response->height == 1) return std::vector<Bytes>();
            return std::vector<Bytes>{message};
        };
    SyncNode& node = net.add(9, chain, false, {.sync = {.pool = {.window_bytes = 1'000'000}}});
    for (std::uint8_t label = 1; label <= 3; ++label) net.link(9, label);
    std::uint64_t most = 0;
    net.run_until(
        [&] {
            most = std::max(most, node.sync.metrics().held_bytes);
            return node.height() > 0;
        },
        20'000);
    BOOST_TEST_MESSAGE("most bytes held: " << most << " of 1000000 wanted");
    BOOST_TEST(most < 3'000'000u);
}

}  // namespace assay::consensus::test
