// Many nodes at once: every transaction reaches everybody, about once each, over queues that fail.
#include <memory>
#include <random>

#include "tests/consensus/gossip/lone_gossip.hpp"

using namespace assay;
using namespace assay::consensus;
using namespace assay::consensus::test;

namespace {

struct Town {
    Town(std::size_t count, std::uint64_t seed, const std::vector<std::pair<int, int>>& links)
        : random(seed) {
        for (std::size_t i = 0; i < count; ++i) {
            TxGossipConfig config;
            nodes.push_back(
                std::make_unique<LoneGossip>(config, 0, peer_id(static_cast<std::uint8_t>(i + 1))));
        }
        for (const auto& [a, b] : links) {
            nodes[static_cast<std::size_t>(a)]->join(id(b));
            nodes[static_cast<std::size_t>(b)]->join(id(a));
        }
    }
    static PeerId id(int number) { return peer_id(static_cast<std::uint8_t>(number + 1)); }

    void carry(const std::map<Bytes, CheckedTxPtr>& txs) {
        for (std::size_t from = 0; from < nodes.size(); ++from) {
            for (auto& [peer, messages] : std::exchange(nodes[from]->said, {})) {
                LoneGossip& to = *nodes[peer.bytes[0] - std::size_t{1}];
                for (const TxMessage& message : messages)
                    to.receive(id(static_cast<int>(from)), encode_tx_message(message));
            }
        }
        for (const auto& node : nodes)
            while (!node->submitted.empty())
                node->judge(TxVerdict::accepted, txs.at(node->submitted.front().second));
    }
    // A link breaks with what was on its way, and is there again.
    void renew_some_link() {
        const auto a = random() % nodes.size();
        const auto b = random() % nodes.size();
        if (a == b) return;
        for (const auto& [near, far] : {std::pair{a, b}, std::pair{b, a}}) {
            nodes[near]->said.erase(id(static_cast<int>(far)));
            nodes[near]->leave(id(static_cast<int>(far)));
        }
        nodes[a]->join(id(static_cast<int>(b)));
        nodes[b]->join(id(static_cast<int>(a)));
    }
    void run(std::uint64_t for_ms, const std::map<Bytes, CheckedTxPtr>& txs) {
        for (std::uint64_t ms = 0; ms < for_ms; ms += 5) {
            for (const auto& node : nodes) {
                node->full.clear();
                if (random() % 100 < full_percent)
                    node->full.insert(node->linked.begin(), node->linked.end());
                node->pass(5);
            }
            if (random() % 100 < broken_percent) renew_some_link();
            carry(txs);
        }
    }

    std::mt19937_64 random;
    std::size_t broken_percent = 0;
    std::size_t full_percent = 0;
    std::vector<std::unique_ptr<LoneGossip>> nodes;
};

std::vector<std::pair<int, int>> all_pairs(int count) {
    std::vector<std::pair<int, int>> out;
    for (int a = 0; a < count; ++a)
        for (int b = a + 1; b < count; ++b) out.emplace_back(a, b);
    return out;
}

// Sizes around everything that is treated differently.
std::map<Bytes, CheckedTxPtr> make_load(std::uint32_t count) {
    std::map<Bytes, CheckedTxPtr> out;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto tx = make_tx(i, i % 50 == 0 ? 100'000 : i % 7 == 0 ? 6'000 : 150);
        out[tx->raw] = tx;
    }
    return out;
}

void give(Town& town, const std::map<Bytes, CheckedTxPtr>& txs) {
    for (const auto& [raw, tx] : txs) {
        town.nodes[town.random() % town.nodes.size()]->add(tx);
        if (town.random() % 4 == 0) town.run(5, txs);
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(where_all_know_all_each_gets_each_transaction_once) {
    Town town(4, 1, all_pairs(4));
    const auto txs = make_load(400);
    town.run(100, txs);  // all know their neighbours
    give(town, txs);
    town.run(3'000, txs);
    for (const auto& node : town.nodes) {
        BOOST_TEST(node->pool.size() == txs.size());
        BOOST_TEST(node->reports.empty());
        BOOST_TEST(node->gossip.metrics().duplicates == 0u);
    }
}

BOOST_AUTO_TEST_CASE(transactions_cross_a_line_of_nodes) {
    Town town(5, 1, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
    const auto txs = make_load(200);
    give(town, txs);
    town.run(3'000, txs);
    for (const auto& node : town.nodes) {
        BOOST_TEST(node->pool.size() == txs.size());
        BOOST_TEST(node->reports.empty());
        BOOST_TEST(node->gossip.metrics().duplicates == 0u);
    }
}

BOOST_AUTO_TEST_CASE(what_queues_refuse_arrives_all_the_same) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            Town town(5, seed, all_pairs(5));
            town.full_percent = 30;
            const auto txs = make_load(200);
            give(town, txs);
            town.run(10'000, txs);
            for (const auto& node : town.nodes) BOOST_TEST(node->pool.size() == txs.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(what_broken_links_lost_arrives_all_the_same) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed) {
            Town town(5, seed, all_pairs(5));
            const auto txs = make_load(200);
            town.run(100, txs);
            town.broken_percent = 20;
            give(town, txs);
            town.broken_percent = 0;
            town.run(5'000, txs);
            for (const auto& node : town.nodes) BOOST_TEST(node->pool.size() == txs.size());
        }
    }
}
