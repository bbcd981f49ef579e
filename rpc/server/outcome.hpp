// Owns what a handler is given and what it answers.
#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "rpc/server/error.hpp"
#include "rpc/server/json.hpp"
#include "rpc/server/session.hpp"

namespace assay::rpc {

// One call. `params` is an array, an object, or null when absent; it dies when the handler returns.
struct Call {
    const JsonValue* params = nullptr;
    JsonWriter& out;  // the result goes here, straight into the reply
    const std::shared_ptr<Session>& session;
    const JsonValue* id = nullptr;  // nullptr: a notification
};

// The result is complete in Call::out.
struct Done {};
// The answer of a deferred call: JSON text of the result, or an error.
using Answer = std::variant<std::string, RpcError>;
using Complete = std::function<void(Answer)>;
// The answer comes later: `start` runs once every call of the message was handled and must arrange
// for `complete` to be called exactly once, from any thread.
struct Deferred {
    std::function<void(Complete complete)> start;
};
using Outcome = std::variant<Done, RpcError, Deferred>;

using Handler = std::function<Outcome(Call&)>;

}  // namespace assay::rpc
