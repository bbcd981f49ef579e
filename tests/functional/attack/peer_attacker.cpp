// peer_attacker: strangers that speak the peers' protocol to one node and mean it no good.
//   peer_attacker TARGET CHAIN GENESIS KIND SECONDS IDENTITIES
//   peer_attacker sign KEY COUNT     prints so many transfers of this account, one a line
// TARGET is id@host:port. Whoever is put out comes back under a new identity. Prints what was done
// as one line of JSON.
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "chain/codec/envelope.hpp"
#include "consensus/engine/messages.hpp"
#include "consensus/gossip/tx_messages.hpp"
#include "consensus/p2p/peer_network.hpp"
#include "consensus/sync/block_messages.hpp"
#include "consensus/sync/snapshot_messages.hpp"
#include "tests/functional/attack/raw_stranger.hpp"

using namespace assay;
using namespace assay::consensus;
using namespace assay::attack;

namespace {

Bytes junk(Random& random, std::size_t size) {
    Bytes out(size);
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random());
    return out;
}

template <std::size_t N>
FixedBytes<N> some(Random& random) {
    return FixedBytes<N>::from(junk(random, N));
}

Bytes transfer_of(const crypto::SecretKey& key, std::uint64_t nonce, const Address& to) {
    Envelope envelope;
    envelope.type = 2;
    envelope.chain_id = 31'337;
    envelope.nonce = nonce;
    envelope.gas_limit = 21'000;
    envelope.max_fee_per_gas = Amount(10'000'000'000U);
    envelope.max_priority_fee_per_gas = Amount(1U);
    envelope.to = to;
    envelope.value = Amount(1U);
    sign_envelope(envelope, key);
    return encode_envelope(envelope);
}

// Signed as it should be, of an account that has nothing.
Bytes poor_transaction(Random& random, std::uint64_t nonce) {
    return transfer_of(crypto::SecretKey(some<32>(random)), nonce, some<20>(random));
}

int print_transfers(const char* key, int count) {
    const auto secret = from_hex(key);
    if (!secret || secret->size() != 32) return 2;
    const crypto::SecretKey signer(FixedBytes<32>::from(*secret));
    for (int i = 0; i < count; ++i)
        std::puts(to_hex0x(transfer_of(signer, static_cast<std::uint64_t>(i), {{9}})).c_str());
    return 0;
}

Bytes forged_vote(Random& random, std::int64_t height) {
    return encode_message(Vote{.type = VoteType::prevote,
                               .height = height,
                               .round = 0,
                               .block_id = {},
                               .time = {.seconds = 1'800'000'000, .nanos = 0},
                               .validator = some<20>(random),
                               .validator_index = static_cast<std::int32_t>(random() % 4),
                               .signature = some<64>(random)});
}

struct Said {
    Channel channel;
    Bytes message;
};

// `height`: at which the other side is.
Said next_of(const std::string& kind, Random& random, std::uint64_t number, std::int64_t height) {
    if (kind == "transactions") {
        TxPush push;
        for (int i = 0; i < 50; ++i) push.raw.push_back(poor_transaction(random, number));
        return {Channel::transactions, encode_tx_message(push)};
    }
    if (kind == "announcements") {
        TxAnnounce announce;
        for (std::size_t i = 0; i < kMaxTxsInMessage; ++i)
            announce.hashes.push_back(some<32>(random));
        return {Channel::transactions, encode_tx_message(announce)};
    }
    if (kind == "blocks")
        return {Channel::blocks, encode_block_message(BlockRequest{.height = 1 + number % 50,
                                                                   .count = kMaxBlocksAsked})};
    if (kind == "votes")
        return {Channel::consensus,
                forged_vote(random, height + static_cast<std::int64_t>(number % 3))};
    if (kind == "snapshots")
        return {Channel::snapshots, encode_snapshot_message(SnapshotsRequest{})};
    return {static_cast<Channel>(1 + random() % 5), junk(random, 1 + random() % 65'536)};
}

// One stranger until it is put out or time is up.
void attack_once(const Order& order, Random& random, Tally& tally) {
    const auto key = NodeKey::make();
    PeerConfig config;
    config.address = "127.0.0.1";
    config.persistent_peers = {order.target};
    config.chain_id = order.chain;
    config.genesis = order.genesis;
    auto network = PeerNetwork::create(config, *key);
    if (!key || !network) return;
    std::mutex mutex;
    std::condition_variable changed;
    int state = 0;  // 1: linked, 2: ended
    PeerId target;
    std::atomic<std::int64_t> height{1};
    const auto become = [&](int to, const PeerId& peer) {
        const std::lock_guard lock(mutex);
        target = peer;
        state = to;
        changed.notify_all();
    };
    const auto started =
        (*network)->start({.up = [&](const PeerId& peer) { become(1, peer); },
                           .down = [&](const PeerId& peer) { become(2, peer); },
                           .message =
                               [&](const PeerId& peer, Channel channel, const Bytes& payload) {
                                   if (channel == Channel::consensus)
                                       if (const auto said = decode_message(payload))
                                           if (const auto* status = std::get_if<Status>(&*said))
                                               height = status->height;
                                   (*network)->release(peer, payload.size());
                               },
                           .log = {}});
    if (!started) return;
    std::unique_lock lock(mutex);
    const auto give_up = std::min(order.end, Clock::now() + std::chrono::seconds(2));
    if (changed.wait_until(lock, give_up, [&] { return state > 0; })) {
        ++tally.links;
        for (std::uint64_t number = random() % 1'000; state == 1 && Clock::now() < order.end;
             ++number) {
            lock.unlock();
            const Said said = next_of(order.kind, random, number, height);
            const bool sent = (*network)->send(target, said.channel, said.message);
            tally.messages += sent ? 1 : 0;
            tally.bytes += sent ? said.message.size() : 0;
            lock.lock();
            // A full queue: the other side reads no faster.
            if (!sent) changed.wait_for(lock, std::chrono::milliseconds(5));
        }
        tally.ended += state == 2 ? 1 : 0;
    }
    lock.unlock();
    (*network)->stop();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "sign")
        return print_transfers(argv[2], std::atoi(argv[3]));
    if (argc != 7) {
        std::fprintf(
            stderr,
            "peer_attacker TARGET CHAIN GENESIS KIND SECONDS IDENTITIES | sign KEY COUNT\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    const auto genesis = from_hex(argv[3]);
    if (!genesis || genesis->size() != 32) return 2;
    const Order order{.target = argv[1],
                      .chain = argv[2],
                      .genesis = Hash256::from(*genesis),
                      .kind = argv[4],
                      .end = Clock::now() + std::chrono::seconds(std::atoi(argv[5]))};
    Tally tally;
    std::vector<std::jthread> strangers;
    for (int i = 0; i < std::atoi(argv[6]); ++i)
        strangers.emplace_back([&order, &tally, i] {
            Random random(static_cast<std::uint64_t>(i));
            const auto attack = is_raw(order.kind) ? attack_raw_once : attack_once;
            while (Clock::now() < order.end) attack(order, random, tally);
        });
    strangers.clear();
    std::printf(
        "{\"kind\":\"%s\",\"links\":%llu,\"ended\":%llu,\"messages\":%llu,\"bytes\":%llu}\n",
        order.kind.c_str(), static_cast<unsigned long long>(tally.links),
        static_cast<unsigned long long>(tally.ended),
        static_cast<unsigned long long>(tally.messages),
        static_cast<unsigned long long>(tally.bytes));
    return 0;
}
