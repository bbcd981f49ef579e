// HTTP through Beast; the only file of the program that includes it.
#include "cli/client/http.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>

namespace assay::cli {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Code = boost::system::error_code;

constexpr std::uint64_t kLargestAnswer = 64ULL << 20;

// Resolve, connect, write, read: one after the other, under one deadline.
class Exchange {
  public:
    Exchange(const Endpoint& endpoint, const std::string& body, std::uint32_t timeout_s)
        : endpoint_(endpoint), resolver_(context_), stream_(context_) {
        request_.method(http::verb::post);
        request_.target(endpoint.path);
        request_.version(11);
        request_.set(http::field::host, endpoint.host + ":" + endpoint.port);
        request_.set(http::field::content_type, "application/json");
        request_.set(http::field::user_agent, "assay");
        request_.set(http::field::connection, "close");
        request_.body() = body;
        request_.prepare_payload();
        parser_.body_limit(kLargestAnswer);
        stream_.expires_after(std::chrono::seconds(timeout_s));
    }

    Outcome<std::string> run() {
        resolver_.async_resolve(endpoint_.host, endpoint_.port,
                                [this](Code error, const auto& found) { resolved(error, found); });
        context_.run();
        if (failed_)
            return Problem{Exit::unreachable, "cannot reach a node at " + endpoint_.url + " (" +
                                                  step_ + ": " + failed_.message() + ")" +
                                                  advice()};
        const auto& answer = parser_.get();
        if (answer.result() != http::status::ok)
            return Problem{Exit::unreachable, endpoint_.url + " answered HTTP " +
                                                  std::to_string(answer.result_int()) +
                                                  "; is this the JSON-RPC port of a node?"};
        return answer.body();
    }

  private:
    using Found = asio::ip::tcp::resolver::results_type;

    std::string advice() const {
        if (failed_ == beast::error::timeout)
            return "; the node is busy or not reachable from here";
        return "\nStart a node with \"assayd start\" (or \"assayd devnet\" to try things out), or "
               "name another one with --rpc URL or the environment variable ASSAY_RPC.";
    }
    bool stop(const char* step, Code error) {
        if (!error) return false;
        step_ = step;
        failed_ = error;
        return true;
    }
    void resolved(Code error, const Found& found) {
        if (stop("resolve", error)) return;
        stream_.async_connect(found, [this](Code code, const auto&) { connected(code); });
    }
    void connected(Code error) {
        if (stop("connect", error)) return;
        http::async_write(stream_, request_, [this](Code code, std::size_t) { written(code); });
    }
    void written(Code error) {
        if (stop("send", error)) return;
        http::async_read(stream_, buffer_, parser_,
                         [this](Code code, std::size_t) { stop("answer", code); });
    }

    Endpoint endpoint_;
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response_parser<http::string_body> parser_;
    Code failed_;
    std::string step_;
};

}  // namespace

Outcome<Endpoint> parse_endpoint(const std::string& url) {
    constexpr std::string_view kScheme = "http://";
    if (url.starts_with("https://"))
        return usage("--rpc " + url +
                     ": https is not spoken here; use the node's http:// port, a "
                     "local proxy or an SSH tunnel");
    if (!url.starts_with(kScheme)) return usage("--rpc " + url + ": expected http://HOST:PORT");
    const std::string rest = url.substr(kScheme.size());
    const std::size_t slash = rest.find('/');
    const std::string place = rest.substr(0, slash);
    const std::size_t colon =
        place.find(':', place.find(']') == std::string::npos ? 0 : place.find(']'));
    Endpoint out{url, place.substr(0, colon),
                 colon == std::string::npos ? "80" : place.substr(colon + 1),
                 slash == std::string::npos ? "/" : rest.substr(slash)};
    if (out.host.starts_with("[") && out.host.ends_with("]"))
        out.host = out.host.substr(1, out.host.size() - 2);
    const bool port_is_number =
        !out.port.empty() && out.port.find_first_not_of("0123456789") == std::string::npos;
    if (out.host.empty() || !port_is_number)
        return usage("--rpc " + url + ": expected http://HOST:PORT");
    return out;
}

Outcome<std::string> http_post(const Endpoint& endpoint, const std::string& body,
                               std::uint32_t timeout_s) {
    try {
        return Exchange(endpoint, body, timeout_s).run();
    } catch (const std::exception& error) {
        return Problem{Exit::unreachable, endpoint.url + ": " + error.what()};
    }
}

}  // namespace assay::cli
