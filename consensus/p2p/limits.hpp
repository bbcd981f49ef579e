// Owns the limits of links: what one message, one peer and all peers together may cost.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::consensus {

// Channel 0 is the link's own; the others are those of Channel.
inline constexpr std::uint8_t kLinkChannel = 0;
inline constexpr std::size_t kChannels = 6;

struct ChannelLimits {
    std::size_t max_message = 0;  // bytes of one payload
    std::size_t max_queued = 0;   // bytes that wait to be sent to one peer
    // What is read from one peer. Beyond it the peer waits; a second's worth may come at once.
    double bytes_per_s = 0;
    double messages_per_s = 0;
};
// nullptr for a number that is no channel.
const ChannelLimits* limits_of(std::uint8_t channel);

// What a queued or held message costs beside its payload, so that empty ones are bounded too.
inline constexpr std::size_t kMessageCost = 256;

struct LinkLimits {
    std::uint64_t handshake_ms = 5'000;
    std::uint64_t ping_ms = 10'000;     // of silence
    std::uint64_t silence_ms = 30'000;  // ends the link
    std::uint64_t stall_ms = 20'000;    // without a byte of a write that the peer takes
    std::uint64_t frame_ms = 20'000;    // for one frame, beside the time its bytes take
    std::uint64_t frame_bytes_per_ms = 128;
    // Of waiting for too many messages. Half of the time is forgiven: who keeps on for twice as
    // long floods.
    std::uint64_t flood_ms = 10'000;
};

}  // namespace assay::consensus
