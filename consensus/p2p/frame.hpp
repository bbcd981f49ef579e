// Owns the form in which messages cross a link, and the limits of each channel.
#pragma once

#include <optional>

#include "consensus/engine/ports.hpp"

namespace assay::consensus {

// Bytes: payload length 4 (big-endian), channel 1, payload. Channel 0 is the link's own.
inline constexpr std::size_t kFrameHeadBytes = 5;
inline constexpr std::uint8_t kLinkChannel = 0;
inline constexpr std::size_t kChannels = 6;

struct ChannelLimits {
    std::size_t max_message = 0;  // bytes of one payload
    std::size_t max_queued = 0;   // bytes that wait to be sent to one peer
};
// nullptr for a number that is no channel.
const ChannelLimits* limits_of(std::uint8_t channel);

Bytes frame_head(std::uint8_t channel, std::size_t payload_bytes);

struct Frame {
    std::uint8_t channel = 0;
    Bytes payload;
};

// Cuts a stream into frames. A head that breaks its channel's limit is refused before anything is
// allocated for its payload.
class FrameReader {
  public:
    void append(ByteView data) { assay::append(buffer_, data); }
    // The next whole frame; nullopt where more bytes are needed. After an error nothing is read.
    Result<std::optional<Frame>> next();

  private:
    Bytes buffer_;
    std::size_t at_ = 0;
};

}  // namespace assay::consensus
