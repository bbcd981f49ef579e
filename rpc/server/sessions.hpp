// Owns the ways sessions come to be, so that HTTP and WebSocket are compiled apart.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "rpc/server/core.hpp"

namespace assay::rpc {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;

// Serves HTTP on an accepted connection whose executor is a strand of its own.
void start_http(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core,
                std::shared_ptr<TokenBucket> bucket);
// Takes over a connection whose request asked for WebSocket.
void start_websocket(boost::beast::tcp_stream stream, HttpRequest request,
                     std::shared_ptr<ServerCore> core, std::shared_ptr<TokenBucket> bucket);

}  // namespace assay::rpc
