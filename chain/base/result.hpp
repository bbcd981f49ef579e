// Owns Result<T>: the one way I/O, decoding and RPC report failure across library borders.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace assay {

// A failure a person can act on: the text names the field and the limit.
// Made by failure() only, not from a bare text: so Result<std::string> can tell text from failure.
struct Error {
    std::string message;
    Error() = default;
    friend bool operator==(const Error&, const Error&) = default;
};

// Called by boost::system::result when value() is taken from a failure: that is a bug.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
    throw std::logic_error("Result::value() on an error: " + error.message);
}

template <class T>
using Result = boost::system::result<T, Error>;

// Makes the failure that converts to any Result<T>.
[[nodiscard]] inline Error failure(std::string message) {
    Error out;
    out.message = std::move(message);
    return out;
}

}  // namespace assay
