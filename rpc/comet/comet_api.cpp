// What all methods share: heights, pages, recent blocks, wording of errors, and the news.
#include "rpc/comet/comet_api.hpp"

#include "rpc/comet/encoding.hpp"

namespace assay::rpc::comet {

namespace {

constexpr std::size_t kPerPage = 30;
constexpr std::size_t kMaxPerPage = 100;

std::string_view message_of(int code) {
    switch (static_cast<ErrorCode>(code)) {
        case ErrorCode::parse: return "Parse error. Invalid JSON";
        case ErrorCode::invalid_request: return "Invalid Request";
        case ErrorCode::method_not_found: return "Method not found";
        case ErrorCode::invalid_params: return "Invalid params";
        case ErrorCode::internal: return "Internal error";
        default: return "Server error";
    }
}

}  // namespace

CometApi::CometApi(CometBackend& given, CometLimits given_limits)
    : backend(given),
      limits(given_limits),
      events(given, given_limits.events),
      next_published_(given.height() + 1) {}

RpcError CometApi::reword(RpcError error) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    put_text(out, error.message);
    const bool bare = error.code == static_cast<int>(ErrorCode::method_not_found);
    return {error.code, std::string(message_of(error.code)),
            bare ? std::string() : std::string(text_of(buffer))};
}

void CometApi::add(Dispatcher& dispatcher, const char* name, const char* summary,
                   std::vector<ArgSpec> args, Handler handler) {
    static constexpr const char* kTypes[] = {"string", "string", "string", "string", "boolean"};
    std::vector<MethodParam> params;
    for (const auto& arg : args)
        params.push_back({.name = arg.name,
                          .type = kTypes[static_cast<std::size_t>(arg.kind)],
                          .required = false});
    const auto [specs, added] = specs_.emplace(name, std::move(args));
    CHECK(added);
    dispatcher.add({.name = name, .summary = summary, .params = std::move(params)},
                   [this, &known = specs->second, handler](Call& call) -> Outcome {
                       const auto read = Args::of(known, call.params);
                       if (!read)
                           return invalid_params("error converting json params to arguments: " +
                                                 read.error().message);
                       return handler(*this, *read, call);
                   });
}

void CometApi::add_methods(Dispatcher& dispatcher) {
    add_node_methods(dispatcher, *this);
    add_chain_methods(dispatcher, *this);
    add_tx_methods(dispatcher, *this);
    add_search_methods(dispatcher, *this);
    add_event_methods(dispatcher, *this);
}

FullBlockPtr CometApi::full(std::uint64_t height) {
    {
        const std::lock_guard lock(cache_mutex_);
        for (const auto& cached : cache_)
            if (cached->block.block.header.height == static_cast<std::int64_t>(height))
                return cached;
    }
    auto block = backend.block(height);
    if (!block) return nullptr;
    auto outcome = backend.outcome(*block);
    if (!outcome) return nullptr;
    auto out = std::make_shared<const FullBlock>(std::move(*block), std::move(*outcome));
    const std::lock_guard lock(cache_mutex_);
    cache_.push_back(out);
    if (cache_.size() > limits.cached_blocks) cache_.pop_front();
    return out;
}

std::uint64_t CometApi::uncommitted_height() const {
    return backend.height() + (backend.catching_up() ? 0 : 1);
}

Result<std::uint64_t> CometApi::height_or(std::uint64_t latest,
                                          std::optional<std::int64_t> asked) const {
    if (!asked) return latest;
    if (*asked <= 0)
        return failure("height must be greater than 0, but got " + std::to_string(*asked));
    const auto height = static_cast<std::uint64_t>(*asked);
    if (height > latest)
        return failure("height " + std::to_string(height) +
                       " must be less than or equal to the current blockchain height " +
                       std::to_string(latest));
    if (const std::uint64_t base = backend.base(); height < base)
        return failure("height " + std::to_string(height) + " is not available, lowest height is " +
                       std::to_string(base));
    return height;
}

std::size_t per_page_of(std::optional<std::int64_t> per_page) {
    if (!per_page || *per_page < 1) return kPerPage;
    return std::min(static_cast<std::size_t>(*per_page), kMaxPerPage);
}

Result<Page> page_of(std::optional<std::int64_t> page, std::optional<std::int64_t> per_page,
                     std::size_t total) {
    const std::size_t size = per_page_of(per_page);
    const std::size_t pages = total == 0 ? 1 : (total - 1) / size + 1;
    if (page && (*page <= 0 || static_cast<std::size_t>(*page) > pages))
        return failure("page should be within [1, " + std::to_string(pages) + "] range, given " +
                       std::to_string(*page));
    const std::size_t first = page ? (static_cast<std::size_t>(*page) - 1) * size : 0;
    return Page{.first = first, .count = std::min(size, total - first)};
}

void CometApi::on_block() {
    backend.post([this] { publish(); });
}

void CometApi::publish() {
    const std::lock_guard lock(publishing_);
    if (events.idle()) {
        next_published_ = backend.height() + 1;
        return;
    }
    next_published_ = std::max(next_published_, backend.base());
    for (; next_published_ <= backend.height(); ++next_published_) {
        const auto block = full(next_published_);
        if (!block) return;
        events.publish(*block);
    }
}

}  // namespace assay::rpc::comet
