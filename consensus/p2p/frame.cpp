// Cutting frames.
#include "consensus/p2p/frame.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kKiB = 1'024;
constexpr std::size_t kMiB = 1'024 * kKiB;

// The largest messages: a part of a block with its proof; a batch of transactions; a whole block
// with its commit; a chunk of a snapshot.
constexpr ChannelLimits kLimits[kChannels] = {
    {.max_message = 4 * kKiB, .max_queued = 64 * kKiB},
    {.max_message = 2 * kMiB, .max_queued = 64 * kMiB},
    {.max_message = 4 * kMiB, .max_queued = 32 * kMiB},
    {.max_message = 104 * kMiB, .max_queued = 128 * kMiB},
    {.max_message = 16 * kMiB, .max_queued = 64 * kMiB},
    {.max_message = 64 * kKiB, .max_queued = 256 * kKiB},
};

}  // namespace

const ChannelLimits* limits_of(std::uint8_t channel) {
    return channel < kChannels ? &kLimits[channel] : nullptr;
}

Bytes frame_head(std::uint8_t channel, std::size_t payload_bytes) {
    Bytes out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(payload_bytes >> shift));
    out.push_back(channel);
    return out;
}

Result<std::optional<Frame>> FrameReader::next() {
    const ByteView rest = ByteView(buffer_).subspan(at_);
    if (rest.size() < kFrameHeadBytes) return std::optional<Frame>();
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8U | rest[i];
    const ChannelLimits* limits = limits_of(rest[4]);
    if (limits == nullptr) return failure("frame: channel " + std::to_string(rest[4]) + " is none");
    if (length > limits->max_message)
        return failure("frame: " + std::to_string(length) + " bytes on channel " +
                       std::to_string(rest[4]) + "; the limit is " +
                       std::to_string(limits->max_message));
    if (rest.size() < kFrameHeadBytes + length) {
        // Room for the whole frame at once, and none kept for what was read.
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
        at_ = 0;
        return std::optional<Frame>();
    }
    Frame out{.channel = rest[4], .payload = to_bytes(rest.subspan(kFrameHeadBytes, length))};
    at_ += kFrameHeadBytes + length;
    if (at_ == buffer_.size()) {
        buffer_.clear();
        at_ = 0;
    }
    return std::optional<Frame>(std::move(out));
}

}  // namespace assay::consensus
