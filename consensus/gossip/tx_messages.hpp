// Owns what nodes say to each other on the transactions channel, and its wire form.
#pragma once

#include <variant>
#include <vector>

#include "chain/exec/checked_tx.hpp"
#include "chain/types/ids.hpp"

namespace assay::consensus {

inline constexpr std::size_t kMaxTxsInMessage = 1'024;          // or hashes
inline constexpr std::size_t kMaxTxMessageBytes = 256U << 10U;  // of raw transactions

// Keccak hashes of transactions that the sender has and can give.
struct TxAnnounce {
    std::vector<Hash256> hashes;
    friend bool operator==(const TxAnnounce&, const TxAnnounce&) = default;
};

struct TxRequest {
    std::vector<Hash256> hashes;
    friend bool operator==(const TxRequest&, const TxRequest&) = default;
};

// To a request, perhaps in several messages: every hash asked for is answered once.
struct TxAnswer {
    std::vector<Bytes> raw;
    std::vector<Hash256> gone;  // not here any more
    friend bool operator==(const TxAnswer&, const TxAnswer&) = default;
};

// Transactions that the receiver did not ask for, sent at once so that they arrive early.
struct TxPush {
    std::vector<Bytes> raw;
    friend bool operator==(const TxPush&, const TxPush&) = default;
};

// Names the set of nodes that consists of the sender and all its peers. Where it is the receiver's
// own as well, whatever the one gives to all its peers has reached the other's.
struct TxNeighbours {
    FixedBytes<8> digest;
    friend bool operator==(const TxNeighbours&, const TxNeighbours&) = default;
};

using TxMessage = std::variant<TxAnnounce, TxRequest, TxAnswer, TxPush, TxNeighbours>;

Bytes encode_tx_message(const TxMessage& message);
// Refuses whatever encode_tx_message() cannot have made from legal values.
Result<TxMessage> decode_tx_message(ByteView data);

}  // namespace assay::consensus
