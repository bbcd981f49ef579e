// Owns RpcError: a JSON-RPC error object, and the codes that clients act on.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace assay::rpc {

// JSON-RPC 2.0 section 5.1; the -320xx codes are EIP-1474's; 3 is geth's for a revert.
enum class ErrorCode : int {
    parse = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal = -32603,
    server = -32000,
    response_too_large = -32003,
    limit_exceeded = -32005,
    transaction_timeout = 4,  // EIP-7966
    reverted = 3,
};

struct RpcError {
    int code = 0;
    std::string message;
    std::string data;  // JSON text of the data member; empty for none

    RpcError() = default;
    RpcError(int number, std::string text, std::string json)
        : code(number), message(std::move(text)), data(std::move(json)) {}
};

// Called by boost::system::result when value() is taken from a failure: that is a bug.
[[noreturn]] inline void throw_exception_from_error(const RpcError& error,
                                                    const boost::source_location&) {
    throw std::logic_error("value() on an RPC error: " + error.message);
}

// A value or the error that the call is answered with.
template <class T>
using Rpc = boost::system::result<T, RpcError>;

inline RpcError error_of(ErrorCode code, std::string message, std::string data = {}) {
    return {static_cast<int>(code), std::move(message), std::move(data)};
}
inline RpcError invalid_params(std::string message) {
    return error_of(ErrorCode::invalid_params, std::move(message));
}
inline RpcError server_error(std::string message) {
    return error_of(ErrorCode::server, std::move(message));
}

}  // namespace assay::rpc
