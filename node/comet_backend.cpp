// Consensus blocks from the engine's records, results from the index, state from its store.
#include "node/comet_backend.hpp"

#include <algorithm>
#include <fstream>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "chain/exec/block_entry.hpp"

namespace assay::node {

namespace {

using namespace consensus;

constexpr std::uint64_t kHeldGenesisBytes = 16U << 20U;
// Turns that are counted again for one request; a set that is older shows the turns it began with.
constexpr std::uint64_t kMaxTurns = 20'000;

template <class T>
std::optional<T> load(const Application& app, const Bytes& key) {
    const auto raw = app.engine_record(key);
    if (!raw) return std::nullopt;
    auto out = decode<T>(*raw);
    if (!out) return std::nullopt;
    return std::move(*out);
}

template <class T>
std::optional<T> optional_of(Result<T> result) {
    if (!result) return std::nullopt;
    return std::move(*result);
}

std::vector<rpc::CometEvent> events_of(const std::vector<Log>& logs) {
    std::vector<rpc::CometEvent> out;
    for (const Log& log : logs) {
        rpc::CometEvent event{.type = "log", .attributes = {}};
        event.attributes.push_back({"address", to_hex0x(log.address), true});
        for (std::size_t i = 0; i < log.topics.size(); ++i)
            event.attributes.push_back(
                {"topic" + std::to_string(i), to_hex0x(log.topics[i]), true});
        event.attributes.push_back({"data", to_hex0x(log.data), false});
        out.push_back(std::move(event));
    }
    return out;
}

rpc::CometTxResult result_of(const StoredTx& tx, const Receipt& receipt) {
    const auto envelope = decode_envelope(tx.raw);
    rpc::CometTxResult out{.code = static_cast<std::uint32_t>(receipt.code),
                           .gas_used = static_cast<std::int64_t>(receipt.gas_used),
                           .events = events_of(receipt.logs)};
    if (envelope) out.gas_wanted = static_cast<std::int64_t>(envelope->gas_limit);
    if (receipt.code != TxCode::ok) {
        out.log = name_of(receipt.code);
        out.codespace = "assay";
    }
    return out;
}

// Of an item that is no transaction, which no honest validator lets into a block.
rpc::CometTxResult malformed_result(const ChainApp& app, const Bytes& raw) {
    const auto checked = app.checker().check(raw);
    rpc::CometTxResult out{.code = static_cast<std::uint32_t>(TxCode::malformed_calldata),
                           .codespace = "assay"};
    if (!checked) {
        out.log = checked.error().message;
        out.data = to_bytes(view_of(out.log));
    }
    return out;
}

}  // namespace

GenesisFile::GenesisFile(std::filesystem::path path) : path_(std::move(path)) {
    std::error_code error;
    size_ = std::filesystem::file_size(path_, error);
    if (error) size_ = 0;
    if (size_ == 0 || size_ > kHeldGenesisBytes) return;
    std::string text(size_, '\0');
    std::ifstream(path_, std::ios::binary).read(text.data(), static_cast<std::streamsize>(size_));
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (document.HasParseError()) return;
    rapidjson::StringBuffer compact;
    rapidjson::Writer<rapidjson::StringBuffer> writer(compact);
    document.Accept(writer);
    held_.assign(compact.GetString(), compact.GetSize());
    size_ = held_.size();
}

Result<std::string> GenesisFile::part(std::uint64_t from, std::size_t bytes) const {
    if (!held_.empty()) return held_.substr(from, bytes);
    std::ifstream file(path_, std::ios::binary);
    std::string out(bytes, '\0');
    file.seekg(static_cast<std::streamoff>(from));
    if (!file.read(out.data(), static_cast<std::streamsize>(bytes)))
        return failure("cannot read " + path_.string());
    return out;
}

NodeComet::NodeComet(Parts parts)
    : parts_(std::move(parts)), pool_(parts_.app, parts_.mempool), genesis_(parts_.genesis) {}

std::uint64_t NodeComet::height() const {
    return parts_.app.index().latest_height().value_or(0);
}

std::uint64_t NodeComet::base() const {
    if (height() == 0) return 0;
    return std::max<std::uint64_t>(1, parts_.app.index().earliest_height());
}

std::optional<rpc::CometBlock> NodeComet::block(std::uint64_t height) const {
    if (height == 0 || height > this->height()) return std::nullopt;
    const auto raw = parts_.app.engine_record(block_record_key(height));
    const auto commit = seen_commit(height);
    if (!raw || !commit) return std::nullopt;
    auto block = decode<Block>(*raw);
    if (!block) return std::nullopt;
    return rpc::CometBlock{
        .id = commit->block_id, .bytes = raw->size(), .block = std::move(*block)};
}

std::optional<Commit> NodeComet::seen_commit(std::uint64_t height) const {
    if (height > this->height()) return std::nullopt;
    return load<Commit>(parts_.app, commit_record_key(height));
}

std::optional<ValidatorSet> NodeComet::validators_to_come(std::uint64_t height) const {
    const std::uint64_t newest = this->height();
    if (newest == 0) {
        auto set = optional_of(ValidatorSet::create(parts_.node.genesis_validators));
        if (set && height > 1) set->rotate(1);
        return set;
    }
    // A block may be committed between the two reads: its record of the sets to come is then one
    // height on, and the header tells.
    const auto header = load_header(parts_.app, newest);
    auto position = load_position(parts_.app, newest);
    if (!header || !position) return std::nullopt;
    if (header->next_validators_hash != position->validators.hash()) return std::nullopt;
    return height == newest + 1 ? std::move(position->validators)
                                : std::move(position->next_validators);
}

std::optional<ValidatorSet> NodeComet::validators_at(std::uint64_t height) const {
    const std::uint64_t newest = this->height();
    if (height == 0 || height > newest + 2) return std::nullopt;
    if (height > newest) return validators_to_come(height);
    auto dated = load_dated_validators(parts_.app, height);
    if (!dated) return std::nullopt;
    const std::lock_guard lock(turned_mutex_);
    Turned start{.since = dated->since, .height = dated->since, .set = std::move(dated->set)};
    if (turned_ && turned_->since == start.since && turned_->height <= height)
        start = std::move(*turned_);
    if (height - start.height > kMaxTurns) return std::move(start.set);
    for (; start.height < height; ++start.height) start.set.rotate(1);
    turned_ = start;
    return std::move(start.set);
}

// What the block at `height` changed is what sets its second successor's validators apart.
std::vector<Validator> NodeComet::updates_of(std::uint64_t height) const {
    const auto before = validators_at(height + 1);
    const auto after = validators_at(height + 2);
    std::vector<Validator> out;
    if (!before || !after || before->hash() == after->hash()) return out;
    for (const auto& validator : after->validators()) {
        const auto at = before->index_of(validator.address);
        if (!at || before->validators()[*at].power != validator.power) out.push_back(validator);
    }
    for (const auto& validator : before->validators()) {
        if (after->index_of(validator.address)) continue;
        out.push_back(validator);
        out.back().power = 0;
    }
    return out;
}

std::optional<rpc::CometOutcome> NodeComet::outcome(const rpc::CometBlock& block) const {
    const auto height = static_cast<std::uint64_t>(block.block.header.height);
    const auto info = parts_.app.index().block(height);
    if (!info) return std::nullopt;
    const auto txs = parts_.app.index().txs(height);
    const auto receipts = parts_.app.index().receipts(height);
    rpc::CometOutcome out;
    out.app_hash = info->header.state_root;
    out.updates = updates_of(height);
    std::size_t next = 0;
    for (const auto& raw : block.block.txs) {
        if (is_block_entry(raw) && out.results.empty())
            out.results.emplace_back();
        else if (next < txs.size() && txs[next].raw == raw)
            out.results.push_back(result_of(txs[next], receipts[next])), ++next;
        else
            out.results.push_back(malformed_result(parts_.app, raw));
    }
    for (; next < txs.size(); ++next)  // the boundary's, which is in no consensus block
        for (auto& event : events_of(receipts[next].logs)) out.events.push_back(std::move(event));
    return out;
}

std::optional<std::uint64_t> NodeComet::height_of(const Hash256& header_hash) const {
    return parts_.app.index().height_of_consensus(header_hash);
}

std::optional<rpc::CometTxPlace> NodeComet::locate(const Hash256& tx_sha256) const {
    const auto at = parts_.app.index().locate_sha256(tx_sha256);
    const auto info = at ? parts_.app.index().block(at->height) : std::nullopt;
    if (!info) return std::nullopt;
    return rpc::CometTxPlace{.height = at->height,
                             .index = at->index + (info->entry.empty() ? 0 : 1)};
}

Hash256 NodeComet::app_hash() const {
    const auto info = parts_.app.index().block(height());
    return info ? info->header.state_root : Hash256{};
}

Result<rpc::CometStoreValue> NodeComet::prove(ByteView key, std::uint64_t height) const {
    rpc::CometStoreValue out{.height = height == 0 ? this->height() : height};
    const auto proof = parts_.app.store().prove(out.height, key);
    if (!proof) return proof.error();
    if (proof->leaf) out.value = proof->leaf->value;
    out.proof = encode_ics23(*proof);
    return out;
}

std::vector<rpc::CometPeer> NodeComet::peers() const {
    std::vector<rpc::CometPeer> out;
    for (const auto& peer : parts_.engine.peers())
        out.push_back({.id = peer.id,
                       .remote_ip = peer.host,
                       .outbound = peer.dialled,
                       .connected_ms = peer.connected_ms,
                       .bytes_in = peer.bytes_in,
                       .bytes_out = peer.bytes_out});
    return out;
}

rpc::CometWaiting NodeComet::waiting() const {
    return {.count = parts_.mempool.size(), .bytes = parts_.mempool.bytes()};
}

std::vector<Bytes> NodeComet::waiting_txs(std::size_t limit) const {
    constexpr std::uint64_t kMaxReplyBytes = 4U << 20U;
    std::vector<Bytes> out;
    for (const auto& tx : parts_.mempool.select({}, UINT64_MAX, kMaxReplyBytes)) {
        if (out.size() == limit) break;
        out.push_back(tx->raw);
    }
    return out;
}

boost::system::result<CheckedTxPtr, TxRejection> NodeComet::check(Bytes raw) const {
    return parts_.app.check_tx(std::move(raw));
}

boost::system::result<Hash256, TxRejection> NodeComet::submit(Bytes raw) {
    return pool_.submit(std::move(raw));
}

Result<std::string> NodeComet::genesis_part(std::uint64_t from, std::size_t bytes) const {
    return genesis_.part(from, bytes);
}

}  // namespace assay::node
