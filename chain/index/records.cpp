// RLP forms of headers, receipts and the boundary transaction.
#include "chain/index/records.hpp"

#include "chain/codec/rlp.hpp"
#include "chain/crypto/hash.hpp"
#include "chain/index/trie_root.hpp"

namespace assay {

Bytes encode_header_rlp(const EthHeader& header) {
    rlp::Encoder out;
    out.begin_list();
    out.bytes(header.parent_hash);
    out.bytes(kEmptyUnclesHash);
    out.bytes(header.miner);
    out.bytes(header.state_root);
    out.bytes(header.transactions_root);
    out.bytes(header.receipts_root);
    out.bytes(header.logs_bloom);
    out.integer(0);  // difficulty
    out.integer(header.number);
    out.integer(header.gas_limit);
    out.integer(header.gas_used);
    out.integer(header.timestamp_s);
    out.bytes(header.extra_data);
    out.bytes(header.mix_hash);
    out.bytes(FixedBytes<8>{});  // nonce
    out.integer(header.base_fee);
    out.end_list();
    return std::move(out).take();
}

Hash256 hash_of(const EthHeader& header) {
    return keccak256(encode_header_rlp(header));
}

BlockInfo with_state_root(BlockInfo info, const Hash256& state_root) {
    info.header.state_root = state_root;
    info.hash = hash_of(info.header);
    return info;
}

StoredTx boundary_tx(std::uint64_t height) {
    rlp::Encoder out;
    out.begin_list();
    out.integer(height);         // nonce
    out.integer(0);              // gas price
    out.integer(0);              // gas limit
    out.bytes(kBoundarySender);  // to
    out.integer(0);              // value
    out.bytes({});               // data
    out.integer(0);              // v, r and s: nobody signs it
    out.integer(0);
    out.integer(0);
    out.end_list();
    StoredTx tx{.raw = std::move(out).take(), .hash = {}, .sender = kBoundarySender};
    tx.hash = keccak256(tx.raw);
    return tx;
}

bool is_boundary_tx(const StoredTx& tx) {
    return tx.sender == kBoundarySender;
}

Bytes encode_receipt_rlp(const Receipt& receipt, std::uint8_t type, const Bloom& bloom) {
    rlp::Encoder out;
    out.begin_list();
    out.integer(receipt.code == TxCode::ok ? 1 : 0);
    out.integer(receipt.cumulative_gas);
    out.bytes(bloom);
    out.begin_list();
    for (const auto& log : receipt.logs) {
        out.begin_list();
        out.bytes(log.address);
        out.begin_list();
        for (const auto& topic : log.topics) out.bytes(topic);
        out.end_list();
        out.bytes(log.data);
        out.end_list();
    }
    out.end_list();
    out.end_list();
    Bytes body = std::move(out).take();
    if (type != 0) body.insert(body.begin(), type);
    return body;
}

}  // namespace assay
