// Searches by hash or over a bounded range of heights; what the index cannot answer is refused.
#include <algorithm>
#include <charconv>

#include "chain/crypto/hash.hpp"
#include "rpc/comet/comet_api.hpp"
#include "rpc/comet/json_types.hpp"

namespace assay::rpc::comet {

namespace {

struct SearchArgs {
    Query query;
    bool prove = false;
    std::optional<std::int64_t> page;
    std::optional<std::int64_t> per_page;
    bool descending = false;
};

struct Heights {
    std::uint64_t low = 1;
    std::uint64_t high = 0;
};

struct Found {
    FullBlockPtr block;
    std::size_t index = 0;
};

// Saturates: a number beyond 64 bits is beyond every height.
std::uint64_t number_of(const Condition& condition) {
    const std::string& text = condition.value;
    std::uint64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() ? out : UINT64_MAX;
}

// Narrows the range by what the query says of this key. Refused where it is not narrow enough.
Result<Heights> heights_of(const CometApi& api, const Query& query, std::string_view key) {
    Heights out{std::max<std::uint64_t>(api.backend.base(), 1), api.backend.height()};
    for (const auto& condition : query.conditions) {
        if (condition.key != key || !condition.number) continue;
        const std::uint64_t value = number_of(condition);
        switch (condition.comparison) {
            case Comparison::equal:
                out.low = std::max(out.low, value);
                out.high = std::min(out.high, value);
                break;
            case Comparison::less: out.high = std::min(out.high, value == 0 ? 0 : value - 1); break;
            case Comparison::less_equal: out.high = std::min(out.high, value); break;
            case Comparison::greater:
                out.low = std::max(out.low, value == UINT64_MAX ? value : value + 1);
                break;
            default: out.low = std::max(out.low, value); break;
        }
    }
    if (out.high >= out.low && out.high - out.low >= api.limits.search_heights)
        return failure("this node searches at most " + std::to_string(api.limits.search_heights) +
                       " heights at once: bound " + std::string(key) + " in the query");
    return out;
}

Result<SearchArgs> search_args(const Args& args, std::size_t first, bool default_descending) {
    const auto text = args.text(0);
    const auto page = args.integer(first);
    const auto per_page = args.integer(first + 1);
    const auto order = args.text(first + 2);
    if (!text) return text.error();
    if (!page) return page.error();
    if (!per_page) return per_page.error();
    if (!order) return order.error();
    if (text->size() > kMaxQueryBytes) return failure("maximum query length exceeded");
    auto query = parse_query(*text);
    if (!query) return query.error();
    if (!order->empty() && *order != "asc" && *order != "desc")
        return failure("expected order_by to be either `asc` or `desc` or empty");
    return SearchArgs{.query = std::move(*query),
                      .page = *page,
                      .per_page = *per_page,
                      .descending = order->empty() ? default_descending : *order == "desc"};
}

// False where the transaction has no such events.
bool tx_matches(const Query& query, const FullBlock& full, std::size_t index) {
    const auto height = static_cast<std::uint64_t>(full.block.block.header.height);
    EventMap events =
        events_of_tx(full.outcome.results[index], sha256(full.block.block.txs[index]), height);
    events["tm.event"] = {"Tx"};
    return query.matches(events);
}

Result<std::vector<Found>> find_txs(CometApi& api, const Query& query) {
    std::vector<Found> out;
    if (const Condition* hash = query.find("tx.hash");
        hash != nullptr && hash->comparison == Comparison::equal) {
        const auto wanted = fixed_from_hex<Hash256::kSize>(hash->value);
        const auto place = wanted ? api.backend.locate(*wanted) : std::nullopt;
        const auto full = place ? api.full(place->height) : FullBlockPtr();
        if (full && tx_matches(query, *full, place->index)) out.push_back({full, place->index});
        return out;
    }
    const auto heights = heights_of(api, query, "tx.height");
    if (!heights) return heights.error();
    for (std::uint64_t height = heights->low; height <= heights->high; ++height) {
        const auto full = api.full(height);
        for (std::size_t i = 0; full && i < full->block.block.txs.size(); ++i) {
            if (!tx_matches(query, *full, i)) continue;
            if (out.size() >= api.limits.search_results)
                return failure("more than " + std::to_string(api.limits.search_results) +
                               " transactions match: narrow the query");
            out.push_back({full, i});
        }
    }
    return out;
}

// Refused where what was written is more than one reply may be.
Result<void> check_reply(const CometApi& api, std::size_t bytes) {
    if (bytes <= api.limits.reply_bytes) return {};
    return failure("the reply is larger than " + std::to_string(api.limits.reply_bytes) +
                   " bytes: ask for fewer per page");
}

Outcome tx_search(CometApi& api, const Args& args, Call& call) {
    auto asked = search_args(args, 2, false);
    const auto prove = args.boolean(1);
    if (!asked) return internal(asked.error().message);
    if (!prove) return invalid_params(prove.error().message);
    auto found = find_txs(api, asked->query);
    if (!found) return internal(found.error().message);
    if (asked->descending) std::reverse(found->begin(), found->end());
    const auto page = page_of(asked->page, asked->per_page, found->size());
    if (!page) return internal(page.error().message);
    std::size_t bytes = 0;
    call.out.StartObject();
    put_key(call.out, "txs");
    call.out.StartArray();
    for (std::size_t i = 0; i < page->count; ++i) {
        const Found& one = (*found)[page->first + i];
        put_tx(call.out, *one.block, one.index, *prove);
        bytes += 2 * one.block->block.block.txs[one.index].size();
        if (const auto fits = check_reply(api, bytes); !fits) return internal(fits.error().message);
    }
    call.out.EndArray();
    put_uint64(call.out, "total_count", found->size());
    call.out.EndObject();
    return Done{};
}

EventMap events_of_block(const FullBlock& full) {
    EventMap out;
    for (const auto& event : full.outcome.events)
        for (const auto& attribute : event.attributes)
            if (attribute.indexed) out[event.type + "." + attribute.key].push_back(attribute.value);
    out["block.height"] = {std::to_string(full.block.block.header.height)};
    return out;
}

Outcome block_search(CometApi& api, const Args& args, Call& call) {
    const auto asked = search_args(args, 1, true);
    if (!asked) return internal(asked.error().message);
    const auto heights = heights_of(api, asked->query, "block.height");
    if (!heights) return internal(heights.error().message);
    std::vector<std::uint64_t> found;
    for (std::uint64_t height = heights->low; height <= heights->high; ++height)
        if (const auto full = api.full(height);
            full && asked->query.matches(events_of_block(*full)))
            found.push_back(height);
    if (asked->descending) std::reverse(found.begin(), found.end());
    const auto page = page_of(asked->page, asked->per_page, found.size());
    if (!page) return internal(page.error().message);
    std::size_t bytes = 0;
    call.out.StartObject();
    put_key(call.out, "blocks");
    call.out.StartArray();
    for (std::size_t i = 0; i < page->count; ++i) {
        const auto full = api.full(found[page->first + i]);
        if (!full) continue;
        bytes += full->block.bytes * 4 / 3;
        if (const auto fits = check_reply(api, bytes); !fits) return internal(fits.error().message);
        put_block_result(call.out, full->block);
    }
    call.out.EndArray();
    put_uint64(call.out, "total_count", found.size());
    call.out.EndObject();
    return Done{};
}

}  // namespace

void add_search_methods(Dispatcher& dispatcher, CometApi& api) {
    api.add(dispatcher, "tx_search", "Transactions by tx.hash, or by tx.height and their events",
            {{"query", ArgKind::text},
             {"prove", ArgKind::boolean},
             {"page", ArgKind::int64},
             {"per_page", ArgKind::int64},
             {"order_by", ArgKind::text}},
            tx_search);
    api.add(dispatcher, "block_search", "Blocks by block.height and their events",
            {{"query", ArgKind::text},
             {"page", ArgKind::int64},
             {"per_page", ArgKind::int64},
             {"order_by", ArgKind::text}},
            block_search);
}

}  // namespace assay::rpc::comet
