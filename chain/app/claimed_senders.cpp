// Claims of senders whose keys are known wait until there are enough of them for one joint check.
#include "chain/app/claimed_senders.hpp"

#include <set>

#include "chain/crypto/hash.hpp"
#include "chain/crypto/signature_batch.hpp"

namespace assay {

namespace {

constexpr std::size_t kKnownKeys = 65'536;
// Below, recovering each is as quick, unless keys repeat often (bench_block_costs).
constexpr std::size_t kWorthJoint = 512;
constexpr std::size_t kMostJoint = 16'384;  // bounds memory; more at once save nothing

crypto::RecoverableSignature signature_of(const Envelope& envelope) {
    return {.r = envelope.r, .s = envelope.s, .recovery_id = envelope.y_parity};
}

}  // namespace

struct ClaimedSenders::Waiting {
    std::shared_ptr<CheckedTx> tx;
    Hash256 digest;
    Address claimed;
    std::size_t block = 0;
};

// What waits for the next joint check: waiting[i] is behind claims[i].
struct ClaimedSenders::Group {
    std::vector<Waiting> waiting;
    std::vector<crypto::SignerClaim> claims;
    std::vector<crypto::PublicKey> keys;
    boost::unordered_flat_map<Address, std::uint32_t, FixedBytesHash> key_numbers;
    std::set<std::size_t> lies;  // blocks
};

ClaimedSenders::ClaimedSenders(const TxChecker& checker, TxCache& cache)
    : checker_(checker), cache_(cache), book_(kKnownKeys) {}

std::vector<std::size_t> ClaimedSenders::check(std::span<const ClaimedTxs> blocks) {
    Group group;
    for (std::size_t i = 0; i < blocks.size(); ++i) gather(group, i, blocks[i]);
    settle(group);
    return {group.lies.begin(), group.lies.end()};
}

void ClaimedSenders::gather(Group& group, std::size_t block, const ClaimedTxs& of) {
    const bool has_entry = !of.txs.empty() && is_block_entry(of.txs.front());
    const auto txs = of.txs.subspan(has_entry ? 1 : 0);
    const bool named = of.senders.size() == txs.size() * Address::kSize;
    for (std::size_t i = 0; i < txs.size(); ++i) {
        Waiting waiting{.tx = {}, .digest = {}, .claimed = {}, .block = block};
        if (named)
            waiting.claimed = Address::from(of.senders.subspan(i * Address::kSize, Address::kSize));
        if (const auto known = cache_.find(sha256(txs[i]))) {
            if (named && known->sender != waiting.claimed) group.lies.insert(block);
            continue;
        }
        auto tx = checker_.before_sender(txs[i]);
        if (!tx) continue;
        waiting.digest = signing_hash((*tx)->envelope);
        waiting.tx = std::move(*tx);
        if (named)
            add(group, std::move(waiting));
        else if (const auto sender = recover(waiting))
            keep(std::move(waiting.tx), *sender);
    }
}

// The first signature of a sender whose key is not known is recovered, those after it wait.
void ClaimedSenders::add(Group& group, Waiting waiting) {
    auto number = group.key_numbers.find(waiting.claimed);
    if (number == group.key_numbers.end()) {
        auto key = book_.find(waiting.claimed);
        if (!key) return recover_and_compare(group, waiting);
        number = group.key_numbers
                     .emplace(waiting.claimed, static_cast<std::uint32_t>(group.keys.size()))
                     .first;
        group.keys.push_back(*key);
    }
    group.claims.push_back({.digest = waiting.digest,
                            .signature = signature_of(waiting.tx->envelope),
                            .key = number->second});
    group.waiting.push_back(std::move(waiting));
    if (group.claims.size() == kMostJoint) settle(group);
}

void ClaimedSenders::settle(Group& group) {
    const bool hold =
        group.claims.size() >= kWorthJoint && crypto::all_hold(group.keys, group.claims);
    if (hold) held_jointly_ += group.claims.size();
    for (Waiting& waiting : group.waiting) {
        if (hold)
            keep(std::move(waiting.tx), waiting.claimed);
        else
            recover_and_compare(group, waiting);
    }
    group.waiting.clear();
    group.claims.clear();
    group.keys.clear();
    group.key_numbers.clear();
}

std::optional<Address> ClaimedSenders::recover(const Waiting& waiting) {
    const auto key = crypto::recover(waiting.digest, signature_of(waiting.tx->envelope));
    if (!key) return std::nullopt;
    const Address address = crypto::address_of(*key);
    book_.learn(address, *key);
    return address;
}

void ClaimedSenders::recover_and_compare(Group& group, Waiting& waiting) {
    const auto sender = recover(waiting);
    if (sender != waiting.claimed) group.lies.insert(waiting.block);
    if (sender) keep(std::move(waiting.tx), *sender);
}

void ClaimedSenders::keep(std::shared_ptr<CheckedTx> tx, const Address& sender) {
    if (auto checked = checker_.with_sender(std::move(tx), sender))
        cache_.insert(std::move(*checked));
}

}  // namespace assay
