// A node for tests: answers JSON-RPC calls on a loopback port from a table of method to result.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace assay::cli::testing {

class FakeNode {
  public:
    // Given the params as JSON text, returns `"result":...` or `"error":{...}`.
    using Answer = std::function<std::string(const std::string& params)>;

    explicit FakeNode(std::map<std::string, Answer> answers);
    ~FakeNode();
    FakeNode(const FakeNode&) = delete;
    FakeNode& operator=(const FakeNode&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    // Methods called so far, in order.
    std::vector<std::string> calls() const;

  private:
    void serve();
    std::string answer(const std::string& body);

    std::map<std::string, Answer> answers_;
    int listener_ = -1;
    unsigned short port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> calls_;
    std::thread thread_;
};

// An answer that is always the same.
inline FakeNode::Answer fixed(std::string text) {
    return [text = std::move(text)](const std::string&) { return text; };
}

}  // namespace assay::cli::testing
