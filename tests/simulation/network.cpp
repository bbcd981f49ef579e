// The way of a message.
#include "tests/simulation/network.hpp"

namespace assay::simulation {

namespace {

constexpr Micros kSlowMicrosPerByte = 20;
constexpr Micros kLongestQueue = 2'000'000;  // a slow link's queue, by the time that it takes

}  // namespace

Network::Network(std::size_t nodes, Scheduler& scheduler, Random random, Deliver deliver)
    : scheduler_(scheduler),
      random_(random),
      deliver_(std::move(deliver)),
      slow_(nodes),
      links_(nodes * nodes) {}

Micros Network::delay() {
    const Micros usual = random_.between(faults_.delay_low, faults_.delay_high);
    return random_.per_mille(faults_.late_per_mille) ? 20 * usual : usual;
}

bool Network::send(std::size_t from, std::size_t to, consensus::Channel channel,
                   const Bytes& message) {
    Link& way = link(from, to);
    ++counts_.sent;
    counts_.bytes += message.size();
    if (way.cuts > 0 || random_.per_mille(faults_.loss_per_mille)) {
        ++counts_.lost;
        return true;
    }
    Micros wait = 0;
    if (slow_[from] || slow_[to]) {
        const Micros now = scheduler_.now();
        way.free_at = std::max(way.free_at, now) + kSlowMicrosPerByte * message.size();
        wait = way.free_at - now;
        if (wait > kLongestQueue) {
            way.free_at = now + kLongestQueue;
            return false;
        }
    }
    const auto copy = std::make_shared<const Bytes>(message);
    const int copies = random_.per_mille(faults_.duplicate_per_mille) ? 2 : 1;
    counts_.duplicated += static_cast<std::uint64_t>(copies - 1);
    for (int i = 0; i < copies; ++i)
        scheduler_.after(wait + delay(),
                         [this, from, to, channel, copy] { deliver_(from, to, channel, *copy); });
    return true;
}

void Network::mend(std::size_t from, std::size_t to) {
    Link& way = link(from, to);
    if (way.cuts > 0) --way.cuts;
}

void Network::mend_all() {
    for (Link& way : links_) way.cuts = 0;
    std::fill(slow_.begin(), slow_.end(), false);
}

}  // namespace assay::simulation
