// Frames in, as fast as quotas and room allow; frames out, votes first.
#include <boost/asio/write.hpp>

#include "consensus/p2p/link.hpp"

namespace assay::consensus {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t kWriteBytes = 131'072;  // gathered into one write
constexpr std::size_t kCopied = 65'536;       // payloads above it are written from where they lie
// Votes before all else; what is large and patient last.
constexpr std::uint8_t kOrder[kChannels] = {1, 0, 2, 5, 4, 3};

std::size_t cost_of(std::size_t payload_bytes) {
    return payload_bytes + kMessageCost;
}

}  // namespace

// Reading -----------------------------------------------------------------------------------------

void Link::read() {
    if (closed_ || reading_ || paused_ || blocked_) return;
    reading_ = true;
    stream_.async_read_some(asio::buffer(piece_),
                            [self = shared_from_this()](const error_code& error, std::size_t n) {
                                self->reading_ = false;
                                if (self->closed_) return;
                                if (error) return self->close("reading: " + error.message());
                                self->heard_ms_ = self->events_.now_ms();
                                self->pinged_ = false;
                                self->at_ = 0;
                                self->end_ = n;
                                self->work_off();
                            });
}

void Link::work_off() {
    while (!closed_ && !paused_ && !blocked_ && step()) {
    }
    read();
}

// One head or one payload. False where it takes more bytes than there are.
bool Link::step() {
    const ByteView rest(piece_.data() + at_, end_ - at_);
    if (reader_.head() && !admitted_ && !begin_frame()) return true;
    const auto taken = reader_.push(rest);
    if (!taken) {
        offend(Offence::malformed, taken.error().message);
        return true;
    }
    at_ += *taken;
    if (reader_.is_whole() && admitted_) take_frame();
    return at_ < end_ || (reader_.head() && !admitted_) || reader_.is_whole();
}

// A head is there. False where its payload may not be read now.
bool Link::begin_frame() {
    const FrameHead head = *reader_.head();
    if (head.channel != kLinkChannel) {
        if (!greeted_) {
            offend(Offence::malformed, "a message came before the greeting");
            return false;
        }
        if (!events_.admit(*this, head.length)) {
            blocked_ = true;
            return false;
        }
    }
    admitted_ = true;
    frame_began_ms_ = events_.now_ms();
    return true;
}

void Link::take_frame() {
    const FrameHead head = *reader_.head();
    Bytes payload = reader_.take();
    admitted_ = false;
    if (head.channel == kLinkChannel)
        take_own(payload);
    else
        events_.message(*this, static_cast<Channel>(head.channel), std::move(payload));
    if (!closed_) charge(head.channel, head.length + kFrameHeadBytes);
}

void Link::charge(std::uint8_t channel, std::size_t bytes) {
    const std::uint64_t now = events_.now_ms();
    Quota& quota = quotas_[channel];
    const std::uint64_t for_bytes = quota.bytes.take(static_cast<double>(bytes), now);
    const std::uint64_t for_messages = quota.messages.take(1, now);
    if (for_messages > 0 && patience_.take(static_cast<double>(for_messages), now) > 0)
        return offend(Offence::flood,
                      "floods channel " + std::to_string(channel) + " with messages");
    const std::uint64_t wait = std::max(for_bytes, for_messages);
    if (wait == 0) return;
    paused_ = true;
    pause_.expires_after(std::chrono::milliseconds(wait));
    pause_.async_wait([self = shared_from_this()](const error_code& error) {
        if (error || self->closed_) return;
        self->paused_ = false;
        self->work_off();
    });
}

void Link::wake() {
    if (closed_ || !std::exchange(blocked_, false)) return;
    work_off();
}

// Writing -----------------------------------------------------------------------------------------

bool Link::reserve(Channel channel, std::size_t bytes) {
    const auto index = static_cast<std::size_t>(channel);
    const ChannelLimits* limits = limits_of(static_cast<std::uint8_t>(channel));
    if (limits == nullptr || bytes > limits->max_message) return false;
    const std::size_t cost = cost_of(bytes);
    const std::size_t before = queued_[index].fetch_add(cost);
    std::size_t of_peer = 0;
    for (const auto& queued : queued_) of_peer += queued.load();
    if (before + bytes <= limits->max_queued && outbox_.reserve(cost, of_peer, named_)) return true;
    queued_[index].fetch_sub(cost);
    return false;
}

void Link::queue(std::uint8_t channel, Bytes payload) {
    if (closed_) return;
    if (channel == kLinkChannel) {
        const std::size_t cost = cost_of(payload.size());
        outbox_.reserve(cost, 0, true);
        if (queued_[channel].fetch_add(cost) + cost > limits_of(channel)->max_queued)
            return close("it asks for more answers than it reads");
    }
    queues_[channel].push_back(std::move(payload));
    if (!writing_ && shaken_) write();
}

bool Link::gather() {
    outgoing_.clear();
    large_outgoing_.clear();
    in_outgoing_ = {};
    for (const std::uint8_t channel : kOrder) {
        auto& queue = queues_[channel];
        while (!queue.empty() && outgoing_.size() < kWriteBytes && large_outgoing_.empty()) {
            Bytes& payload = queue.front();
            in_outgoing_[channel] += cost_of(payload.size());
            append(outgoing_, frame_head(channel, payload.size()));
            if (payload.size() > kCopied)
                large_outgoing_ = std::move(payload);
            else
                append(outgoing_, payload);
            queue.pop_front();
        }
    }
    return !outgoing_.empty();
}

void Link::write() {
    if (closed_ || !gather()) return;
    writing_ = true;
    progress_ms_ = events_.now_ms();
    const std::array<asio::const_buffer, 2> all{asio::buffer(outgoing_),
                                                asio::buffer(large_outgoing_)};
    asio::async_write(
        stream_, all,
        [self = shared_from_this()](const error_code& error, std::size_t) {
            self->progress_ms_ = self->events_.now_ms();
            return error ? std::size_t{0} : kWriteBytes;
        },
        [self = shared_from_this()](const error_code& error, std::size_t) {
            self->writing_ = false;
            self->wrote();
            if (self->closed_) return;
            if (error) return self->close("writing: " + error.message());
            self->write();
        });
}

void Link::wrote() {
    for (std::size_t i = 0; i < kChannels; ++i) {
        queued_[i].fetch_sub(in_outgoing_[i]);
        outbox_.release(in_outgoing_[i]);
    }
    in_outgoing_ = {};
}

}  // namespace assay::consensus
