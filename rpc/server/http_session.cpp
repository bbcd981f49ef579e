// One HTTP/1.1 connection: requests one after another, JSON-RPC by POST, health by GET, CORS.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "rpc/server/http_text.hpp"
#include "rpc/server/sessions.hpp"

namespace assay::rpc {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint32_t kMaxHeaderBytes = 16U << 10U;
constexpr std::size_t kReadBytes = 16U << 10U;
// What is read and dropped after a refused body, so that the refusal reaches the client before the
// reset does.
constexpr std::size_t kMaxDrainBytes = 64U << 20U;
constexpr std::chrono::seconds kDrainTime{2};

std::string_view view_of(beast::string_view text) {
    return {text.data(), text.size()};
}

class HttpSession final : public Session {
  public:
    HttpSession(asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core,
                std::shared_ptr<TokenBucket> bucket)
        : Session(std::move(bucket)),
          core_(std::move(core)),
          executor_(socket.get_executor()),
          stream_(std::move(socket)) {}
    ~HttpSession() override { core_->delist(this); }

    void start() {
        core_->enlist(shared_from_this());
        asio::dispatch(executor_, [self = self()] { self->read_next(); });
    }

    bool can_push() const override { return false; }
    void push(std::string, std::shared_ptr<const std::string>) override {}
    void shut_down() override {
        asio::post(executor_, [self = self()] {
            if (!self->busy_) self->close();
        });
    }
    void abort() override {
        asio::post(executor_, [self = self()] { self->close(); });
    }

  private:
    std::shared_ptr<HttpSession> self() {
        return std::static_pointer_cast<HttpSession>(shared_from_this());
    }

    void close() {
        error_code ignored;
        stream_.socket().close(ignored);
    }

    void read_next() {
        busy_ = false;
        if (core_->stopping) return close();
        parser_.emplace();
        parser_->body_limit(core_->config.max_body_bytes);
        parser_->header_limit(kMaxHeaderBytes);
        if (buffer_.size() > 0) return read_header();
        stream_.expires_after(std::chrono::milliseconds(core_->config.idle_timeout_ms));
        stream_.async_read_some(buffer_.prepare(kReadBytes),
                                [self = self()](const error_code& error, std::size_t bytes) {
                                    if (error) return self->close();
                                    self->buffer_.commit(bytes);
                                    self->read_header();
                                });
    }

    void read_header() {
        busy_ = true;
        stream_.expires_after(std::chrono::milliseconds(core_->config.read_timeout_ms));
        http::async_read_header(
            stream_, buffer_, *parser_,
            [self = self()](const error_code& error, std::size_t) { self->header_read(error); });
    }

    void header_read(const error_code& error) {
        if (error) return read_failed(error);
        keep_alive_ = parser_->keep_alive();
        origin_ = std::string(view_of(parser_->get()[http::field::origin]));
        if (beast::iequals(parser_->get()[http::field::expect], "100-continue"))
            return send_continue();
        read_body();
    }

    void send_continue() {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(kContinue),
                          [self = self()](const error_code& error, std::size_t) {
                              if (error) return self->close();
                              self->read_body();
                          });
    }

    void read_body() {
        http::async_read(stream_, buffer_, *parser_,
                         [self = self()](const error_code& error, std::size_t) {
                             if (error) return self->read_failed(error);
                             self->handle();
                         });
    }

    void read_failed(const error_code& error) {
        if (error == http::error::body_limit)
            return refuse(413, "request body is larger than " +
                                   std::to_string(core_->config.max_body_bytes) + " bytes");
        if (error == http::error::header_limit) return refuse(431, "request header is too large");
        if (error == beast::error::timeout || error == asio::error::eof ||
            error == http::error::end_of_stream || error == asio::error::operation_aborted ||
            error == asio::error::connection_reset || error == http::error::partial_message)
            return close();
        refuse(400, "malformed HTTP request: " + error.message());
    }

    // Answers a request that was not read to its end, and ends the connection.
    void refuse(unsigned status, std::string why) {
        keep_alive_ = false;
        drain_ = true;
        JsonBuffer body;
        put_error(body, "null", error_of(ErrorCode::invalid_request, std::move(why)));
        send_json(status, std::move(body));
    }

    void handle() {
        const auto& request = parser_->get();
        if (beast::websocket::is_upgrade(request)) return upgrade();
        switch (request.method()) {
            case http::verb::post: return post();
            case http::verb::get: return get();
            case http::verb::options: return preflight();
            default:
                return send_text({.status = 405,
                                  .content_type = "text/plain",
                                  .body = "JSON-RPC is served by POST\n"});
        }
    }

    void upgrade() {
        if (!origin_.empty() && core_->allowed_origin(origin_).empty())
            return send_text({.status = 403,
                              .content_type = "text/plain",
                              .body = "this origin is not allowed\n"});
        start_websocket(std::move(stream_), parser_->release(), core_, bucket());
    }

    void post() {
        const std::string_view type = view_of(parser_->get()[http::field::content_type]);
        if (!is_json_type(type))
            return send_text({.status = 415,
                              .content_type = "text/plain",
                              .body = "content type must be application/json\n"});
        stream_.expires_never();  // the handler's time is not the client's
        request_ = parser_->release();
        core_->dispatcher.handle(request_.body().data(), shared_from_this(),
                                 [self = self()](JsonBuffer reply) {
                                     auto send = [self, reply = std::move(reply)]() mutable {
                                         self->send_json(200, std::move(reply));
                                     };
                                     asio::dispatch(self->executor_, std::move(send));
                                 });
    }

    void get() {
        const std::string_view target = view_of(parser_->get().target());
        if (!core_->routes.all) return send_text(answer_get(core_->routes, target));
        stream_.expires_never();
        core_->routes.all(target, shared_from_this(), [self = self()](HttpReply reply) {
            auto send = [self, reply = std::move(reply)]() mutable {
                self->send_text(std::move(reply));
            };
            asio::dispatch(self->executor_, std::move(send));
        });
    }

    void preflight() {
        const auto& request = parser_->get();
        extra_ = preflight_headers(view_of(request[http::field::access_control_request_headers]),
                                   !request["Access-Control-Request-Private-Network"].empty());
        send_text({.status = 204, .content_type = {}, .body = {}});
    }

    void send_json(unsigned status, JsonBuffer body) {
        json_ = std::move(body);
        send(status, "application/json", text_of(json_));
    }

    void send_text(HttpReply reply) {
        text_ = std::move(reply.body);
        send(reply.status, reply.content_type, text_);
    }

    void send(unsigned status, std::string_view type, std::string_view body) {
        if (core_->stopping) keep_alive_ = false;
        head_ = response_head({.status = status,
                               .content_type = type,
                               .body_bytes = body.size(),
                               .keep_alive = keep_alive_,
                               .allow_origin = core_->allowed_origin(origin_),
                               .extra = extra_});
        extra_.clear();
        stream_.expires_after(std::chrono::milliseconds(core_->config.write_timeout_ms));
        const std::array<asio::const_buffer, 2> parts{asio::buffer(head_),
                                                      asio::const_buffer(body.data(), body.size())};
        asio::async_write(stream_, parts, [self = self()](const error_code& error, std::size_t) {
            self->sent(error);
        });
    }

    void sent(const error_code& error) {
        if (error) return close();
        json_ = JsonBuffer();
        text_.clear();
        if (keep_alive_) return read_next();
        error_code ignored;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        if (!drain_) return close();
        stream_.expires_after(kDrainTime);
        drain(0);
    }

    void drain(std::size_t drained) {
        buffer_.clear();
        stream_.async_read_some(
            buffer_.prepare(kReadBytes),
            [self = self(), drained](const error_code& error, std::size_t bytes) {
                if (error || drained + bytes > kMaxDrainBytes) return self->close();
                self->drain(drained + bytes);
            });
    }

    std::shared_ptr<ServerCore> core_;
    // This connection's strand: an upgrade takes it out of stream_, while a stop may still ask.
    const asio::any_io_executor executor_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    HttpRequest request_;
    std::string origin_;
    std::string head_;
    std::string extra_;
    std::string text_;
    JsonBuffer json_;
    bool keep_alive_ = true;
    bool busy_ = false;
    bool drain_ = false;
};

}  // namespace

void start_http(asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core,
                std::shared_ptr<TokenBucket> bucket) {
    std::make_shared<HttpSession>(std::move(socket), std::move(core), std::move(bucket))->start();
}

}  // namespace assay::rpc
