// Blocks under their height, transactions and receipts in chunks, hashes as pointers to them.
#include "chain/index/chain_index.hpp"

#include "chain/codec/record.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/index/packed.hpp"
#include "chain/index/trie_root.hpp"

namespace assay {

namespace {

// Transactions (or receipts) stored in one record: large enough to be cheap to write, small enough
// that reading one transaction does not read its whole block.
constexpr std::uint32_t kChunk = 64;

enum class Kind : std::uint8_t {
    block = 'b',
    txs = 't',
    receipts = 'r',
    tx_hash = 'x',
    tx_sha256 = 's',
    consensus_hash = 'z',
    block_hash = 'y',
    latest = 'l',
    earliest = 'e',
    attested = 'a'
};

Bytes key_of(Kind kind) {
    return {'i', static_cast<std::uint8_t>(kind)};
}

Bytes block_key(std::uint64_t height) {
    Bytes key = key_of(Kind::block);
    record::put_integer(key, height);
    return key;
}

Bytes attested_key(std::uint64_t height) {
    Bytes key = key_of(Kind::attested);
    record::put_integer(key, height);
    return key;
}

Bytes chunk_key(Kind kind, std::uint64_t height, std::uint32_t chunk) {
    Bytes key = key_of(kind);
    record::put_integer(key, height);
    record::put_integer(key, chunk);
    return key;
}

// Sixteen bytes of the hash: too many for anybody to find two alike, half the size of the whole.
Bytes hash_key(Kind kind, const Hash256& hash) {
    Bytes key = key_of(kind);
    append(key, ByteView(hash).first(16));
    return key;
}

template <class T>
std::optional<T> load(Database& database, ByteView key) {
    const auto raw = database.get(key);
    if (!raw) return std::nullopt;
    auto out = record::decode<T>(*raw);
    CHECK(out.has_value());  // our own encoding: anything else is a damaged store
    return std::move(*out);
}

template <class T>
std::optional<std::vector<T>> load_chunk(Database& database, Kind kind, std::uint64_t height,
                                         std::uint32_t chunk) {
    auto stored = database.get(chunk_key(kind, height, chunk));
    if (!stored) return std::nullopt;
    const auto plain = unpacked(std::move(*stored));
    CHECK(plain.has_value());
    auto out = record::decode<std::vector<T>>(*plain);
    CHECK(out.has_value());
    return std::move(*out);
}

template <class T>
void stage_chunks(Kind kind, std::uint64_t height, const std::vector<T>& items, Batch& batch) {
    for (std::size_t start = 0; start < items.size(); start += kChunk) {
        const std::size_t count = std::min<std::size_t>(kChunk, items.size() - start);
        Bytes value;
        const std::span<const T> chunk(items.data() + start, count);
        std::size_t size = 4;
        for (const T& item : chunk) size += record::encoded_size(item);
        value.reserve(size);
        record::put_integer(value, static_cast<std::uint32_t>(count));
        for (const T& item : chunk) record::encode_into(value, item);
        batch.put(chunk_key(kind, height, static_cast<std::uint32_t>(start / kChunk)),
                  packed(value));
    }
}

template <class T>
std::vector<T> load_all(Database& database, Kind kind, std::uint64_t height, std::uint32_t count) {
    std::vector<T> out;
    out.reserve(count);
    for (std::uint32_t chunk = 0; chunk * kChunk < count; ++chunk) {
        auto part = load_chunk<T>(database, kind, height, chunk);
        CHECK(part.has_value());
        for (auto& item : *part) out.push_back(std::move(item));
    }
    return out;
}

template <class T>
std::optional<T> load_one(Database& database, Kind kind, const TxLocation& at) {
    auto part = load_chunk<T>(database, kind, at.height, at.index / kChunk);
    if (!part || at.index % kChunk >= part->size()) return std::nullopt;
    return std::move((*part)[at.index % kChunk]);
}

}  // namespace

BlockInfo seal(ExecutedBlock& block) {
    CHECK(block.txs.size() == block.receipts.size() && block.txs.size() == block.types.size());
    std::vector<Bytes> raws;
    std::vector<Bytes> encoded_receipts;
    raws.reserve(block.txs.size());
    encoded_receipts.reserve(block.txs.size());
    std::uint64_t body_bytes = 0;
    BloomMaker blooms;
    for (std::size_t i = 0; i < block.txs.size(); ++i) {
        const Receipt& receipt = block.receipts[i];
        const Bloom bloom = blooms.bloom_of(receipt.logs);
        merge_bloom(block.header.logs_bloom, bloom);
        encoded_receipts.push_back(encode_receipt_rlp(receipt, block.types[i], bloom));
        raws.push_back(block.txs[i].raw);
        body_bytes += block.txs[i].raw.size();
        block.header.gas_used = receipt.cumulative_gas;
    }
    block.header.transactions_root = ordered_trie_root(raws);
    block.header.receipts_root = ordered_trie_root(encoded_receipts);
    const Bytes header_rlp = encode_header_rlp(block.header);
    return {.header = block.header,
            .hash = keccak256(header_rlp),
            .proposer = block.proposer,
            .size = header_rlp.size() + body_bytes,
            .tx_count = static_cast<std::uint32_t>(block.txs.size()),
            .entry = block.entry};
}

ChainIndex::ChainIndex(Database& database) : database_(database) {
    if (const auto latest = load<std::uint64_t>(database_, key_of(Kind::latest)))
        published_ = *latest + 1;
    earliest_ = load<std::uint64_t>(database_, key_of(Kind::earliest)).value_or(0);
}

std::optional<std::uint64_t> ChainIndex::latest_height() const {
    const std::uint64_t published = published_.load(std::memory_order_acquire);
    if (published == 0) return std::nullopt;
    return published - 1;
}

std::optional<BlockInfo> ChainIndex::block(std::uint64_t height) const {
    if (height >= published_.load(std::memory_order_acquire)) return std::nullopt;
    return load<BlockInfo>(database_, block_key(height));
}

std::optional<std::uint64_t> ChainIndex::height_of(const Hash256& block_hash) const {
    const auto height = load<std::uint64_t>(database_, hash_key(Kind::block_hash, block_hash));
    const auto info = height ? block(*height) : std::nullopt;
    if (!info || info->hash != block_hash) return std::nullopt;
    return height;
}

std::optional<TxLocation> ChainIndex::locate(const Hash256& tx_hash) const {
    const auto at = load<TxLocation>(database_, hash_key(Kind::tx_hash, tx_hash));
    if (!at || at->height >= published_.load(std::memory_order_acquire)) return std::nullopt;
    const auto found = tx(*at);
    if (!found || found->hash != tx_hash) return std::nullopt;
    return at;
}

std::optional<std::uint64_t> ChainIndex::height_of_consensus(const Hash256& header_hash) const {
    const auto height = load<std::uint64_t>(database_, hash_key(Kind::consensus_hash, header_hash));
    const auto info = height ? block(*height) : std::nullopt;
    if (!info || info->header.mix_hash != header_hash) return std::nullopt;
    return height;
}

std::optional<TxLocation> ChainIndex::locate_sha256(const Hash256& tx_sha256) const {
    const auto at = load<TxLocation>(database_, hash_key(Kind::tx_sha256, tx_sha256));
    if (!at || at->height >= published_.load(std::memory_order_acquire)) return std::nullopt;
    const auto found = tx(*at);
    if (!found || sha256(found->raw) != tx_sha256) return std::nullopt;
    return at;
}

std::optional<StoredTx> ChainIndex::tx(const TxLocation& at) const {
    if (at.height >= published_.load(std::memory_order_acquire)) return std::nullopt;
    return load_one<StoredTx>(database_, Kind::txs, at);
}

std::optional<Receipt> ChainIndex::receipt(const TxLocation& at) const {
    if (at.height >= published_.load(std::memory_order_acquire)) return std::nullopt;
    return load_one<Receipt>(database_, Kind::receipts, at);
}

std::vector<StoredTx> ChainIndex::txs(std::uint64_t height) const {
    if (height < earliest_height()) return {};
    const auto info = block(height);
    if (!info) return {};
    return load_all<StoredTx>(database_, Kind::txs, height, info->tx_count);
}

std::vector<Receipt> ChainIndex::receipts(std::uint64_t height) const {
    if (height < earliest_height()) return {};
    const auto info = block(height);
    if (!info) return {};
    return load_all<Receipt>(database_, Kind::receipts, height, info->tx_count);
}

Bytes ChainIndex::senders(std::uint64_t height) const {
    if (height < earliest_height()) return {};
    const auto info = block(height);
    if (!info) return {};
    Bytes out;
    out.reserve(info->tx_count * Address::kSize);
    StoredTx tx;  // one for all: its buffer is allocated once
    for (std::uint32_t chunk = 0; chunk * kChunk < info->tx_count; ++chunk) {
        auto stored = database_.get(chunk_key(Kind::txs, height, chunk));
        CHECK(stored.has_value());
        const auto plain = unpacked(std::move(*stored));
        CHECK(plain.has_value());
        record::Reader in(*plain);
        std::uint32_t count = 0;
        CHECK(in.read(count));
        for (std::uint32_t i = 0; i < count; ++i) {
            CHECK(in.read(tx));
            if (!is_boundary_tx(tx)) append(out, tx.sender);
        }
    }
    return out;
}

Attested ChainIndex::attested(std::uint64_t height) const {
    if (height >= published_.load(std::memory_order_acquire)) return {};
    return load<Attested>(database_, attested_key(height)).value_or(Attested{});
}

void ChainIndex::stage_contents(const ExecutedBlock& block, Batch& batch) {
    const std::uint64_t height = block.header.number;
    stage_chunks(Kind::txs, height, block.txs, batch);
    stage_chunks(Kind::receipts, height, block.receipts, batch);
    for (std::uint32_t i = 0; i < block.txs.size(); ++i)
        batch.put(hash_key(Kind::tx_hash, block.txs[i].hash),
                  record::encode(TxLocation{.height = height, .index = i}));
    for (std::uint32_t i = 0; i < block.sha256s.size(); ++i)
        batch.put(hash_key(Kind::tx_sha256, block.sha256s[i]),
                  record::encode(TxLocation{.height = height, .index = i}));
    if (!block.attested.last_commit.empty() || !block.attested.misbehaviour.empty())
        batch.put(attested_key(height), record::encode(block.attested));
}

void ChainIndex::stage_info(const BlockInfo& info, Batch& batch) const {
    const std::uint64_t height = info.header.number;
    batch.put(block_key(height), record::encode(info));
    batch.put(hash_key(Kind::block_hash, info.hash), record::encode(height));
    if (!info.header.mix_hash.is_zero())
        batch.put(hash_key(Kind::consensus_hash, info.header.mix_hash), record::encode(height));
    batch.put(key_of(Kind::latest), record::encode(height));
}

void ChainIndex::publish(std::uint64_t height) {
    published_.store(height + 1, std::memory_order_release);
}

void ChainIndex::stage_base(const BlockInfo& info, Batch& batch) const {
    const std::uint64_t height = info.header.number;
    batch.put(block_key(height), record::encode(info));
    batch.put(key_of(Kind::earliest), record::encode(height + 1));
    batch.put(key_of(Kind::latest), record::encode(height));
}

void ChainIndex::publish_base(std::uint64_t height) {
    earliest_.store(height + 1, std::memory_order_release);
    publish(height);
}

}  // namespace assay
