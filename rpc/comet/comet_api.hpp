// Owns the CometBFT style RPC: its methods, the URIs that call them, and the news for subscribers.
#pragma once

#include <deque>

#include "rpc/comet/args.hpp"
#include "rpc/comet/events.hpp"
#include "rpc/server/server.hpp"

namespace assay::rpc::comet {

// The version of CometBFT whose RPC this is; clients choose their decoders by it.
inline constexpr const char* kCometVersion = "0.38.17-assay";

struct CometLimits {
    EventLimits events;
    std::size_t cached_blocks = 4;
    std::uint64_t blockchain_blocks = 20;  // of one blockchain call
    std::uint64_t search_heights = 100;    // of one search
    std::size_t search_results = 10'000;
    std::size_t reply_bytes = 32U << 20U;  // of a search
    std::size_t waiting_per_page = 100;
};

// Lives as long as the server that uses it.
class CometApi {
  public:
    CometApi(CometBackend& backend, CometLimits limits = {});
    CometApi(const CometApi&) = delete;
    CometApi& operator=(const CometApi&) = delete;

    // Adds every method. The dispatcher words its errors by reword().
    void add_methods(Dispatcher& dispatcher);
    static RpcError reword(RpcError error);
    // GET /status, /block?height=5 and so on; the dispatcher must outlive the routes.
    HttpRoutes routes(const Dispatcher& dispatcher) const;

    // A block was committed and can be read. Returns at once.
    void on_block();

    using Handler = std::function<Outcome(CometApi&, const Args&, Call&)>;
    void add(Dispatcher& dispatcher, const char* name, const char* summary,
             std::vector<ArgSpec> args, Handler handler);

    // nullptr outside the stored blocks; recent ones come from memory.
    FullBlockPtr full(std::uint64_t height);
    // CometBFT's rule for a height that may be missing, with the texts that light clients match.
    Result<std::uint64_t> height_or(std::uint64_t latest, std::optional<std::int64_t> asked) const;
    // The newest height whose validators and parameters can be asked for.
    std::uint64_t uncommitted_height() const;

    CometBackend& backend;
    const CometLimits limits;
    Events events;

  private:
    void publish();

    std::map<std::string, std::vector<ArgSpec>, std::less<>> specs_;
    std::mutex publishing_;
    std::uint64_t next_published_;
    std::mutex cache_mutex_;
    std::deque<FullBlockPtr> cache_;
};

// A page of a list.
struct Page {
    std::size_t first = 0;
    std::size_t count = 0;
};
// CometBFT's rules: 30 a page unless told otherwise, at most 100, pages from 1.
Result<Page> page_of(std::optional<std::int64_t> page, std::optional<std::int64_t> per_page,
                     std::size_t total);
std::size_t per_page_of(std::optional<std::int64_t> per_page);

// One of a block's items as tx and tx_search answer it.
void put_tx(JsonWriter& out, const FullBlock& full, std::size_t index, bool prove);

// A failure while answering: CometBFT's "Internal error".
inline RpcError internal(const std::string& why) {
    return error_of(ErrorCode::internal, why);
}

// One group of methods each; called by add_methods().
void add_node_methods(Dispatcher& dispatcher, CometApi& api);
void add_chain_methods(Dispatcher& dispatcher, CometApi& api);
void add_tx_methods(Dispatcher& dispatcher, CometApi& api);
void add_search_methods(Dispatcher& dispatcher, CometApi& api);
void add_event_methods(Dispatcher& dispatcher, CometApi& api);

}  // namespace assay::rpc::comet
