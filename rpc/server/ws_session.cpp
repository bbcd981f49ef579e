// One WebSocket connection: calls as they come, replies and pushed messages through one queue.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>

#include "rpc/server/sessions.hpp"

namespace assay::rpc {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

namespace {

// No further call is read from a client while this much waits for it to take.
constexpr std::size_t kPauseBytes = 4U << 20U;

// A message on its way out: a reply, or a pushed head and shared body.
struct Outgoing {
    JsonBuffer reply;
    std::string head;
    std::shared_ptr<const std::string> body;

    std::array<asio::const_buffer, 2> buffers() const {
        if (!body) return {asio::const_buffer(reply.GetString(), reply.GetSize()), {}};
        return {asio::buffer(head), asio::buffer(*body)};
    }
    std::size_t size() const { return body ? head.size() + body->size() : reply.GetSize(); }
};

class WsSession final : public Session {
  public:
    WsSession(beast::tcp_stream stream, std::shared_ptr<ServerCore> core,
              std::shared_ptr<TokenBucket> bucket)
        : Session(std::move(bucket)),
          core_(std::move(core)),
          executor_(stream.get_executor()),
          stream_(std::move(stream)),
          write_timer_(executor_) {}
    ~WsSession() override { core_->delist(this); }

    void start(const HttpRequest& request) {
        core_->enlist(shared_from_this());
        beast::get_lowest_layer(stream_).expires_never();
        const auto& config = core_->config;
        stream_.set_option(websocket::stream_base::timeout{
            .handshake_timeout = std::chrono::milliseconds(config.read_timeout_ms),
            .idle_timeout = std::chrono::milliseconds(config.idle_timeout_ms),
            .keep_alive_pings = true});
        stream_.read_message_max(config.max_message_bytes);
        stream_.async_accept(request, [self = self()](const error_code& error) {
            if (error) return self->drop();
            self->accepted();
        });
    }

    bool can_push() const override { return true; }

    void push(std::string head, std::shared_ptr<const std::string> body) override {
        if (pushed_.fetch_add(1) >= core_->config.push_buffer) return abort();
        asio::post(executor_,
                   [self = self(), head = std::move(head), body = std::move(body)]() mutable {
                       self->send({.reply = {}, .head = std::move(head), .body = std::move(body)});
                   });
    }

    void shut_down() override {
        asio::post(executor_, [self = self()] {
            self->closing_ = true;
            self->advance();
        });
    }

    void abort() override {
        asio::post(executor_, [self = self()] { self->drop(); });
    }

  private:
    std::shared_ptr<WsSession> self() {
        return std::static_pointer_cast<WsSession>(shared_from_this());
    }

    // The opening handshake writes outside the stream's own queue, so nothing else is written
    // before it ends: neither a pushed message nor a close frame.
    void accepted() {
        open_ = true;
        if (core_->stopping) closing_ = true;  // the stop may have passed before the upgrade
        read_unless_full();
        advance();
    }

    // Starts the next write, if one may start: messages first, then the close frame.
    void advance() {
        if (!open_ || writing_) return;
        if (!out_.empty()) return write();
        if (closing_ && !std::exchange(goodbye_, true)) say_goodbye();
    }

    void drop() {
        error_code ignored;
        open_ = false;
        closing_ = true;
        write_timer_.cancel();
        beast::get_lowest_layer(stream_).socket().close(ignored);
    }

    void say_goodbye() {
        stream_.async_close(websocket::close_code::going_away,
                            [self = self()](const error_code&) { self->drop(); });
    }

    void read() {
        reading_ = true;
        stream_.async_read(in_, [self = self()](const error_code& error, std::size_t) {
            self->reading_ = false;
            if (error) return self->drop();
            self->handle();
        });
    }

    void handle() {
        *static_cast<char*>(in_.prepare(1).data()) = '\0';  // the parser's end mark
        core_->dispatcher.handle(
            static_cast<char*>(in_.data().data()), shared_from_this(),
            [self = self()](JsonBuffer reply) {
                auto send = [self, reply = std::move(reply)]() mutable {
                    self->send({.reply = std::move(reply), .head = {}, .body = nullptr});
                };
                asio::dispatch(self->executor_, std::move(send));
            });
        in_.consume(in_.size());
        read_unless_full();
    }

    void read_unless_full() {
        if (!reading_ && !closing_ && out_bytes_ < kPauseBytes) read();
    }

    void send(Outgoing message) {
        if (message.size() == 0 || goodbye_) return;
        out_bytes_ += message.size();
        out_.push_back(std::move(message));
        advance();
    }

    void write() {
        writing_ = true;
        write_timer_.expires_after(std::chrono::milliseconds(core_->config.write_timeout_ms));
        write_timer_.async_wait([weak = weak_from_this()](const error_code& error) {
            const auto session = weak.lock();
            if (!error && session) session->abort();
        });
        stream_.text(true);
        stream_.async_write(out_.front().buffers(),
                            [self = self()](const error_code& error, std::size_t) {
                                if (error) return self->drop();
                                self->written();
                            });
    }

    void written() {
        writing_ = false;
        write_timer_.cancel();
        if (out_.front().body) pushed_.fetch_sub(1);
        out_bytes_ -= out_.front().size();
        out_.pop_front();
        advance();
        read_unless_full();
    }

    std::shared_ptr<ServerCore> core_;
    const asio::any_io_executor executor_;  // this connection's strand
    websocket::stream<beast::tcp_stream> stream_;
    asio::steady_timer write_timer_;
    beast::flat_buffer in_;
    std::deque<Outgoing> out_;
    std::size_t out_bytes_ = 0;
    std::atomic<std::size_t> pushed_{0};
    bool open_ = false;  // between the opening handshake and drop()
    bool reading_ = false;
    bool writing_ = false;
    bool closing_ = false;  // no further call is read
    bool goodbye_ = false;  // the close frame was sent: nothing may follow it
};

}  // namespace

void start_websocket(beast::tcp_stream stream, HttpRequest request,
                     std::shared_ptr<ServerCore> core, std::shared_ptr<TokenBucket> bucket) {
    std::make_shared<WsSession>(std::move(stream), std::move(core), std::move(bucket))
        ->start(request);
}

}  // namespace assay::rpc
