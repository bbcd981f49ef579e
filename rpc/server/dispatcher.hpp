// Owns the table of methods and the JSON-RPC 2.0 rules between a message and its reply.
#pragma once

#include <atomic>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rpc/server/outcome.hpp"

namespace assay::rpc {

// What rpc.discover publishes about a parameter.
struct MethodParam {
    std::string name;
    std::string type;  // JSON schema type: string, object, integer, array, boolean
    bool required = true;
};

struct Method {
    std::string name;
    std::string summary;
    std::vector<MethodParam> params;
};

// How an API words its errors: called for every error that is replied. May be empty.
using Reword = std::function<RpcError(RpcError)>;

struct DispatchLimits {
    std::size_t batch_items = 1'000;
    std::size_t batch_reply_bytes = 25'000'000;
    unsigned json_depth = kMaxJsonDepth;
};

// Immutable once serving: add() comes first, handle() may then run on any number of threads.
class Dispatcher {
  public:
    explicit Dispatcher(DispatchLimits limits = {}, Reword reword = {})
        : limits_(limits), reword_(std::move(reword)) {}

    // Refuses (CHECK) a name that is already there: that is a programming error.
    void add(Method method, Handler handler);
    // Adds rpc.discover, which lists every method as an OpenRPC 1.3 document.
    void add_discovery(std::string title, std::string version);

    // Gets the whole reply; empty when the message held notifications only.
    using Reply = std::function<void(JsonBuffer reply)>;
    // Answers one message: `text` is NUL-terminated and is overwritten. `reply` is called exactly
    // once, before handle() returns unless a call was deferred.
    void handle(char* text, const std::shared_ptr<Session>& session, Reply reply) const;

    const DispatchLimits& limits() const { return limits_; }
    std::vector<const Method*> methods() const;
    // Calls so far: of each method, those answered and those refused; then of "unknown" ones.
    using VisitCounts =
        std::function<void(std::string_view method, std::uint64_t answered, std::uint64_t refused)>;
    void visit_counts(const VisitCounts& visit) const;

  private:
    struct Entry {
        Method method;
        Handler handler;
        mutable std::atomic<std::uint64_t> answered{0};
        mutable std::atomic<std::uint64_t> refused{0};
    };
    class Run;

    const Entry* find(std::string_view name) const;
    RpcError worded(RpcError error) const {
        return reword_ ? reword_(std::move(error)) : std::move(error);
    }

    DispatchLimits limits_;
    Reword reword_;
    std::map<std::string, Entry, std::less<>> entries_;
    mutable std::atomic<std::uint64_t> unknown_{0};
};

// Appends {"jsonrpc":"2.0","id":<id>,"error":{...}}; `id` is JSON text.
void put_error(JsonBuffer& out, std::string_view id, const RpcError& error);

}  // namespace assay::rpc
