// Threads around one Asio context.
#include "rpc/server/worker_pool.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <vector>

namespace assay::rpc {

namespace asio = boost::asio;

struct WorkerPool::Impl {
    explicit Impl(unsigned count)
        : context(static_cast<int>(count)), work(context.get_executor()) {}
    asio::io_context context;
    asio::executor_work_guard<asio::io_context::executor_type> work;
    std::vector<std::thread> threads;
};

WorkerPool::WorkerPool(unsigned threads) : impl_(std::make_unique<Impl>(threads)) {
    for (unsigned i = 0; i < threads; ++i)
        impl_->threads.emplace_back([this] { impl_->context.run(); });
}

WorkerPool::~WorkerPool() {
    stop();
}

void WorkerPool::post(std::function<void()> task) {
    asio::post(impl_->context, std::move(task));
}

void WorkerPool::after(std::chrono::milliseconds delay, std::function<void()> task) {
    auto timer = std::make_shared<asio::steady_timer>(impl_->context, delay);
    timer->async_wait([timer, task = std::move(task)](const boost::system::error_code& error) {
        if (!error) task();
    });
}

void WorkerPool::stop() {
    impl_->context.stop();
    for (auto& thread : impl_->threads) thread.join();
    impl_->threads.clear();
}

asio::io_context& WorkerPool::context() {
    return impl_->context;
}

}  // namespace assay::rpc
