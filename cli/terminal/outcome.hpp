// Owns how a command ends: the exit codes and the Outcome that carries one with its reason.
#pragma once

#include "chain/base/result.hpp"

namespace assay::cli {

// What the process returns; part of the interface for scripts.
enum class Exit : int {
    ok = 0,
    failed = 1,       // a file, a password, a malformed answer, a proof that does not hold
    usage = 2,        // the command line is wrong
    refused = 3,      // the chain refused the transaction or the call
    unreachable = 4,  // no node answered
};

// Why a command did not succeed. A plain Error becomes Exit::failed.
struct Problem {
    Exit code = Exit::failed;
    std::string message;
    int rpc_code = 0;  // of JSON-RPC, where a node's answer is the cause
    Problem() = default;
    Problem(Exit exit, std::string text) : code(exit), message(std::move(text)) {}
    Problem(const Error& error) : message(error.message) {}
    friend bool operator==(const Problem&, const Problem&) = default;
};

// Called by boost::system::result when value() is taken from a problem: that is a bug.
[[noreturn]] inline void throw_exception_from_error(const Problem& problem,
                                                    const boost::source_location&) {
    throw std::logic_error("Outcome::value() on a problem: " + problem.message);
}

template <class T>
using Outcome = boost::system::result<T, Problem>;

[[nodiscard]] inline Problem usage(std::string message) {
    return {Exit::usage, std::move(message)};
}

}  // namespace assay::cli
