// One message of each peer after the other.
#include "node/peer_turns.hpp"

namespace assay::node {

void PeerTurns::post(const consensus::PeerId& peer, std::function<void()> work) {
    {
        const std::lock_guard lock(mutex_);
        auto& queue = queues_[peer];
        queue.push_back(std::move(work));
        if (queue.size() > 1) return;
        turns_.push_back(peer);
        if (turns_.size() > 1) return;
    }
    loop_.post([this] { run_one(); });
}

void PeerTurns::run_one() {
    std::function<void()> work;
    bool more = false;
    {
        const std::lock_guard lock(mutex_);
        const auto at = queues_.find(turns_.front());
        turns_.pop_front();
        work = std::move(at->second.front());
        at->second.pop_front();
        if (at->second.empty())
            queues_.erase(at);
        else
            turns_.push_back(at->first);
        more = !turns_.empty();
    }
    work();
    if (more) loop_.post([this] { run_one(); });
}

}  // namespace assay::node
