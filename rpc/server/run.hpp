// Owns the handling of one JSON-RPC message: its calls, their replies and those still to come.
#pragma once

#include <mutex>

#include "rpc/server/dispatcher.hpp"

namespace assay::rpc {

class Dispatcher::Run {
  public:
    Run(const Dispatcher& dispatcher, const std::shared_ptr<Session>& session)
        : dispatcher_(dispatcher), session_(session) {}

    void message(char* text);
    // Starts what was deferred and replies when all is there.
    void finish(Reply reply) &&;

  private:
    struct Waiting {
        std::string id;  // JSON text; empty for a notification
        Deferred call;
    };
    class Collector;

    void batch(const JsonValue& items);
    void call(const JsonValue& request);
    void run_handler(const Entry& entry, const JsonValue* params, const JsonValue* id);
    void begin_item();
    void reply_error(const JsonValue* id, const RpcError& error);

    const Dispatcher& dispatcher_;
    const std::shared_ptr<Session>& session_;
    JsonBuffer out_;
    bool is_batch_ = false;
    std::vector<Waiting> waiting_;
};

}  // namespace assay::rpc
