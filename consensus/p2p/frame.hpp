// Owns the form in which messages cross a link.
#pragma once

#include <optional>

#include "chain/base/bytes.hpp"
#include "chain/base/result.hpp"
#include "consensus/p2p/limits.hpp"

namespace assay::consensus {

// Bytes: payload length 4 (big-endian), channel 1, payload.
inline constexpr std::size_t kFrameHeadBytes = 5;

struct FrameHead {
    std::uint8_t channel = 0;
    std::size_t length = 0;  // of the payload
    friend bool operator==(const FrameHead&, const FrameHead&) = default;
};

Bytes frame_head(std::uint8_t channel, std::size_t payload_bytes);

// Cuts a stream into frames, one at a time. Memory grows with what has arrived, not with what a
// head promises.
class FrameReader {
  public:
    // Takes bytes up to the end of the head or, once there is one, of the payload; returns how
    // many. Refuses a head that breaks its channel's limits; after that nothing can be read.
    Result<std::size_t> push(ByteView data);
    const std::optional<FrameHead>& head() const { return head_; }
    bool is_whole() const { return head_ && payload_.size() == head_->length; }
    // The payload of a whole frame; the next head comes after it.
    Bytes take();

  private:
    Result<void> read_head();

    Bytes start_;
    std::optional<FrameHead> head_;
    Bytes payload_;
};

}  // namespace assay::consensus
