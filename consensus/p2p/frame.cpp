// Cutting frames.
#include "consensus/p2p/frame.hpp"

#include <algorithm>

#include "chain/base/check.hpp"

namespace assay::consensus {

namespace {

constexpr std::size_t kKiB = 1'024;
constexpr std::size_t kMiB = 1'024 * kKiB;
constexpr std::size_t kFirstRoom = 64 * kKiB;

// The largest messages: a part of a block with its proof; a batch of transactions; a whole block
// with its commit; a chunk of a snapshot.
constexpr ChannelLimits kLimits[kChannels] = {
    {.max_message = 4 * kKiB, .max_queued = 64 * kKiB, .bytes_per_s = 64e3, .messages_per_s = 20},
    {.max_message = 2 * kMiB, .max_queued = 64 * kMiB, .bytes_per_s = 64e6, .messages_per_s = 20e3},
    {.max_message = 4 * kMiB, .max_queued = 32 * kMiB, .bytes_per_s = 32e6, .messages_per_s = 20e3},
    {.max_message = 104 * kMiB,
     .max_queued = 128 * kMiB,
     .bytes_per_s = 256e6,
     .messages_per_s = 2e3},
    {.max_message = 16 * kMiB,
     .max_queued = 64 * kMiB,
     .bytes_per_s = 256e6,
     .messages_per_s = 2e3},
    {.max_message = 64 * kKiB, .max_queued = 256 * kKiB, .bytes_per_s = 64e3, .messages_per_s = 5},
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

Result<std::size_t> FrameReader::push(ByteView data) {
    if (!head_) {
        const ByteView piece = data.first(std::min(data.size(), kFrameHeadBytes - start_.size()));
        append(start_, piece);
        if (start_.size() == kFrameHeadBytes)
            if (const auto good = read_head(); !good) return good.error();
        return piece.size();
    }
    const ByteView piece = data.first(std::min(data.size(), head_->length - payload_.size()));
    const std::size_t after = payload_.size() + piece.size();
    if (after > payload_.capacity())
        payload_.reserve(std::min(head_->length, std::max({after, kFirstRoom, 2 * after})));
    append(payload_, piece);
    return piece.size();
}

Result<void> FrameReader::read_head() {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8U | start_[i];
    const std::uint8_t channel = start_[4];
    const ChannelLimits* limits = limits_of(channel);
    if (limits == nullptr) return failure("frame: channel " + std::to_string(channel) + " is none");
    if (length > limits->max_message)
        return failure("frame: " + std::to_string(length) + " bytes on channel " +
                       std::to_string(channel) + "; the limit is " +
                       std::to_string(limits->max_message));
    head_ = FrameHead{.channel = channel, .length = length};
    start_.clear();
    return {};
}

Bytes FrameReader::take() {
    CHECK(is_whole());
    head_.reset();
    return std::exchange(payload_, {});
}

}  // namespace assay::consensus
