// Owns Result<T>: the one way I/O, decoding and RPC report failure across library borders.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace assay {

// A failure a person can act on: the text names the field and the limit.
struct Error {
    std::string message;
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
[[nodiscard]] inline Error failure(std::string message) { return Error{std::move(message)}; }

}  // namespace assay
