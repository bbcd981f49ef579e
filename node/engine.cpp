// Calls from other threads, brought onto the replica's.
#include "node/engine.hpp"

#include <spdlog/spdlog.h>

namespace assay::node {

using namespace consensus;

Engine::Engine(Parts parts)
    : replica_(std::move(parts.identity), parts.config,
               {.app = parts.app,
                .mempool = parts.mempool,
                .wal = parts.wal,
                .signer = parts.signer,
                .peers = *this,
                .clock = loop_,
                .timers = timers_},
               {.committed =
                    [this](const CommittedBlock& block) {
                        if (events_.committed) events_.committed(block);
                    },
                .failed =
                    [this](const Error& error) {
                        if (events_.failed) events_.failed(error);
                    },
                .refused = [](const std::string& what) { spdlog::warn("consensus: {}", what); }}) {
    timers_.on_fire([this](std::uint64_t number) { replica_.timer(number); });
}

Engine::~Engine() {
    stop();
}

Result<void> Engine::recover() {
    return replica_.recover();
}

void Engine::start(Events events) {
    events_ = std::move(events);
    loop_.post([this] { replica_.start(); });
    loop_.start();
}

void Engine::stop() {
    loop_.stop();
}

// Many transactions between two looks at the mempool are one piece of work.
void Engine::wake() {
    if (woken_.exchange(true)) return;
    loop_.post([this] {
        woken_ = false;
        replica_.work();
    });
}

bool Engine::send(const PeerId&, Channel, const Bytes&) {
    return false;
}

void Engine::report(const PeerId&, Offence) {}

std::vector<PeerId> Engine::peers() const {
    return {};
}

}  // namespace assay::node
