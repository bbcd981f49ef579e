// Owns Session: one client connection as handlers see it.
#pragma once

#include <memory>
#include <string>

#include "rpc/server/rate_limiter.hpp"

namespace assay::rpc {

class Session : public std::enable_shared_from_this<Session> {
  public:
    virtual ~Session() = default;

    // True where the server may send without being asked (WebSocket).
    virtual bool can_push() const = 0;
    // Queues head + body as one message, after the reply to the call being handled. Thread-safe. A
    // client that lets its buffer fill up is dropped.
    virtual void push(std::string head, std::shared_ptr<const std::string> body) = 0;
    // Ends the connection once replies in progress are sent. Thread-safe.
    virtual void shut_down() = 0;
    // Ends the connection at once. Thread-safe.
    virtual void abort() = 0;

    // Takes one call from the client's budget; false where it is used up.
    bool charge() const { return !bucket_ || bucket_->take(TokenBucket::Clock::now()); }

  protected:
    explicit Session(std::shared_ptr<TokenBucket> bucket) : bucket_(std::move(bucket)) {}
    const std::shared_ptr<TokenBucket>& bucket() const { return bucket_; }

  private:
    std::shared_ptr<TokenBucket> bucket_;
};

}  // namespace assay::rpc
