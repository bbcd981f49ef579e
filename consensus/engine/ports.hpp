// Owns the ports through which an engine reaches the world: peers, clock and timers.
#pragma once

#include <cstdint>
#include <vector>

#include "chain/base/bytes.hpp"
#include "chain/types/block_time.hpp"

namespace assay::consensus {

// The first 20 bytes of SHA-256 over the node key's SubjectPublicKeyInfo.
using PeerId = FixedBytes<20>;

// Each has its own queue and quotas on a link. Numbers are part of the wire.
enum class Channel : std::uint8_t {
    consensus = 1,
    transactions = 2,
    blocks = 3,
    snapshots = 4,
    addresses = 5,
};

// Why a peer loses trust. A peer that loses all of it is disconnected and banned for a while.
enum class Offence : std::uint8_t {
    malformed = 1,  // bytes that no honest node sends
    invalid = 2,    // a signature or proof that does not hold
    useless = 3,    // answers nothing, or what was not asked for
    flood = 4,
};

// Calls come from the engine's thread and never block.
class PeerPort {
  public:
    virtual ~PeerPort() = default;
    // False where the peer is gone or its queue for this channel is full: the message is dropped.
    // True promises nothing: the link may break before the message has crossed it.
    virtual bool send(const PeerId& peer, Channel channel, const Bytes& message) = 0;
    virtual void report(const PeerId& peer, Offence offence) = 0;
    // Connected ones, sorted.
    virtual std::vector<PeerId> peers() const = 0;
};

class ClockPort {
  public:
    virtual ~ClockPort() = default;
    virtual BlockTime now() const = 0;               // wall clock, UTC
    virtual std::uint64_t monotonic_ms() const = 0;  // for rates and timeouts
};

// What was set comes back to the engine as a call with the same number, once.
class TimerPort {
  public:
    virtual ~TimerPort() = default;
    virtual void set(std::uint64_t delay_ms, std::uint64_t number) = 0;
};

}  // namespace assay::consensus
