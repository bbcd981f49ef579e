// A thread around an event loop.
#include "node/engine_loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>

namespace assay::node {

namespace asio = boost::asio;

struct EngineLoop::Impl {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> open{context.get_executor()};
    std::thread thread;
};

EngineLoop::EngineLoop() : impl_(std::make_unique<Impl>()) {}

EngineLoop::~EngineLoop() {
    stop();
}

void EngineLoop::post(std::function<void()> work) {
    asio::post(impl_->context, std::move(work));
}

void EngineLoop::start() {
    impl_->thread = std::thread([this] { impl_->context.run(); });
}

void EngineLoop::stop() {
    impl_->context.stop();
    if (impl_->thread.joinable()) impl_->thread.join();
}

BlockTime EngineLoop::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    const auto nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
    return {.seconds = nanos / 1'000'000'000,
            .nanos = static_cast<std::int32_t>(nanos % 1'000'000'000)};
}

std::uint64_t EngineLoop::monotonic_ms() const {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

struct LoopWorker::Impl {
    struct Work {
        std::function<void()> job;
        std::function<void()> done;
    };
    std::mutex mutex;
    std::deque<Work> first;
    std::deque<Work> others;
    asio::thread_pool pool{2};  // stopped before what it uses
};

LoopWorker::LoopWorker(EngineLoop& loop) : loop_(loop), impl_(std::make_unique<Impl>()) {}

LoopWorker::~LoopWorker() {
    impl_->pool.stop();
    impl_->pool.join();
}

void LoopWorker::run(std::function<void()> job, std::function<void()> done) {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->others.push_back({std::move(job), std::move(done)});
    }
    asio::post(impl_->pool, [this] { run_one(); });
}

void LoopWorker::run_first(std::function<void()> job, std::function<void()> done) {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->first.push_back({std::move(job), std::move(done)});
    }
    asio::post(impl_->pool, [this] { run_one(); });
}

// Called once for each piece of work that waits.
void LoopWorker::run_one() {
    Impl::Work work;
    {
        const std::lock_guard lock(impl_->mutex);
        auto& from = impl_->first.empty() ? impl_->others : impl_->first;
        work = std::move(from.front());
        from.pop_front();
    }
    work.job();
    loop_.post(std::move(work.done));
}

void LoopTimers::set(std::uint64_t delay_ms, std::uint64_t number) {
    auto timer = std::make_shared<asio::steady_timer>(loop_.impl_->context,
                                                      std::chrono::milliseconds(delay_ms));
    timer->async_wait([this, timer, number](const boost::system::error_code& error) {
        if (!error) fire_(number);
    });
}

}  // namespace assay::node
