// News are written once and shared by all who asked for them.
#include "rpc/comet/events.hpp"

#include <algorithm>
#include <set>

#include "chain/crypto/hash.hpp"
#include "rpc/comet/json_types.hpp"

namespace assay::rpc::comet {

namespace {

constexpr std::string_view kEventKey = "tm.event";
const std::set<std::string, std::less<>> kPublished{"NewBlock", "NewBlockHeader", "Tx"};

template <class Put>
std::string json_text(Put put) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    put(out);
    return std::string(text_of(buffer));
}

std::string quoted(std::string_view text) {
    return json_text([&](JsonWriter& out) { put_text(out, text); });
}

void add_events(EventMap& out, const std::vector<CometEvent>& events) {
    for (const auto& event : events)
        for (const auto& attribute : event.attributes)
            if (attribute.indexed) out[event.type + "." + attribute.key].push_back(attribute.value);
}

void put_event_map(JsonWriter& out, const EventMap& events) {
    out.StartObject();
    for (const auto& [key, values] : events) {
        put_key(out, key);
        out.StartArray();
        for (const auto& value : values) put_text(out, value);
        out.EndArray();
    }
    out.EndObject();
}

void put_new_block(JsonWriter& out, const FullBlock& full) {
    out.StartObject();
    put_key(out, "block");
    put_block(out, full.block.block);
    put_key(out, "block_id");
    put_block_id(out, full.block.id);
    put_key(out, "result_finalize_block");
    out.StartObject();
    if (!full.outcome.events.empty()) {
        put_key(out, "events");
        put_events(out, full.outcome.events);
    }
    if (!full.outcome.results.empty()) {
        put_key(out, "tx_results");
        out.StartArray();
        for (const auto& result : full.outcome.results) put_tx_result(out, result);
        out.EndArray();
    }
    put_key(out, "validator_updates");
    put_validator_updates(out, full.outcome.updates);
    put_bytes(out, "app_hash", full.outcome.app_hash);
    out.EndObject();
    out.EndObject();
}

void put_new_tx(JsonWriter& out, const FullBlock& full, std::size_t index) {
    out.StartObject();
    put_key(out, "TxResult");
    out.StartObject();
    put_int64(out, "height", full.block.block.header.height);
    if (index != 0) put_number(out, "index", static_cast<std::int64_t>(index));
    put_bytes(out, "tx", full.block.block.txs[index]);
    put_key(out, "result");
    put_bare_tx_result(out, full.outcome.results[index]);
    out.EndObject();
    out.EndObject();
}

}  // namespace

// One thing that happened, and how to write it, which is done only if somebody listens.
struct Events::News {
    const char* name;
    EventMap events;
    std::function<void(JsonWriter&)> put;
};

std::string commit_result(const CometTxResult& checked, const CometTxResult& result,
                          const Hash256& tx_sha256, std::uint64_t height) {
    return json_text([&](JsonWriter& out) {
        out.StartObject();
        put_key(out, "check_tx");
        put_tx_result(out, checked);
        put_key(out, "tx_result");
        put_tx_result(out, result);
        put_hex(out, "hash", tx_sha256);
        put_uint64(out, "height", height);
        out.EndObject();
    });
}

EventMap events_of_tx(const CometTxResult& result, const Hash256& tx_sha256, std::uint64_t height) {
    EventMap out;
    add_events(out, result.events);
    out["tx.hash"] = {upper_hex(tx_sha256)};
    out["tx.height"] = {std::to_string(height)};
    return out;
}

void Events::forget_gone() {
    std::erase_if(entries_, [](const Entry& entry) { return entry.session.expired(); });
}

Result<void> Events::subscribe(const std::shared_ptr<Session>& session, std::string id,
                               const std::string& text) {
    if (text.size() > kMaxQueryBytes) return failure("maximum query length exceeded");
    auto query = parse_query(text);
    if (!query) return failure("failed to parse query: " + query.error().message);
    const Condition* event = query->find(kEventKey);
    if (event != nullptr && event->comparison == Comparison::equal &&
        !kPublished.contains(event->value))
        return failure("this node does not publish " + event->value +
                       " events, but NewBlock, NewBlockHeader and Tx");
    const std::lock_guard lock(mutex_);
    forget_gone();
    std::set<const Session*> clients;
    std::size_t own = 0;
    for (const auto& entry : entries_) {
        const auto other = entry.session.lock();
        clients.insert(other.get());
        if (other != session) continue;
        ++own;
        if (entry.text == text) return failure("already subscribed");
    }
    if (own == 0 && clients.size() >= limits_.clients)
        return failure("max_subscription_clients " + std::to_string(limits_.clients) + " reached");
    if (own >= limits_.subscriptions_per_client)
        return failure("max_subscriptions_per_client " +
                       std::to_string(limits_.subscriptions_per_client) + " reached");
    entries_.push_back({session, std::move(id), text, std::move(*query)});
    return {};
}

Result<void> Events::unsubscribe(const std::shared_ptr<Session>& session,
                                 const std::string& query) {
    const std::lock_guard lock(mutex_);
    const std::size_t removed = std::erase_if(entries_, [&](const Entry& entry) {
        return entry.session.lock() == session && entry.text == query;
    });
    if (removed == 0) return failure("subscription not found");
    return {};
}

Result<void> Events::unsubscribe_all(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    const std::size_t removed = std::erase_if(
        entries_, [&](const Entry& entry) { return entry.session.lock() == session; });
    if (removed == 0) return failure("subscription not found");
    return {};
}

bool Events::wait(const Hash256& tx_sha256, std::uint64_t& ticket, Complete complete) {
    {
        const std::lock_guard lock(mutex_);
        if (waits_.size() >= limits_.waits) return false;
        ticket = ++tickets_;
        waits_.emplace(tx_sha256, std::pair(ticket, std::move(complete)));
    }
    backend_.after(limits_.commit_wait_ms, [this, tx_sha256, number = ticket] {
        if (const Complete late = take(tx_sha256, number))
            late(error_of(ErrorCode::internal,
                          "timed out waiting for tx to be included in a block"));
    });
    return true;
}

Complete Events::take(const Hash256& tx_sha256, std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = waits_.equal_range(tx_sha256);
    for (auto it = first; it != last; ++it) {
        if (it->second.first != ticket) continue;
        Complete out = std::move(it->second.second);
        waits_.erase(it);
        return out;
    }
    return {};
}

bool Events::idle() const {
    const std::lock_guard lock(mutex_);
    return entries_.empty() && waits_.empty();
}

void Events::send(const News& news) {
    std::shared_ptr<const std::string> body;
    const std::lock_guard lock(mutex_);
    for (const auto& entry : entries_) {
        const auto session = entry.session.lock();
        if (!session || !entry.query.matches(news.events)) continue;
        if (!body)
            body = std::make_shared<const std::string>(
                R"({"type":"tendermint/event/)" + std::string(news.name) + R"(","value":)" +
                json_text(news.put) + R"(},"events":)" +
                json_text([&](JsonWriter& out) { put_event_map(out, news.events); }) + "}}");
        session->push(R"({"jsonrpc":"2.0","id":)" + entry.id + R"(,"result":{"query":)" +
                          quoted(entry.text) + R"(,"data":)",
                      body);
    }
    forget_gone();
}

void Events::answer_waits(const FullBlock& full, const std::vector<Hash256>& hashes) {
    std::vector<std::pair<Complete, std::size_t>> ready;
    {
        const std::lock_guard lock(mutex_);
        if (waits_.empty()) return;
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            const auto [first, last] = waits_.equal_range(hashes[i]);
            for (auto it = first; it != last; ++it)
                ready.emplace_back(std::move(it->second.second), i);
            waits_.erase(first, last);
        }
    }
    for (const auto& [complete, index] : ready)
        complete(commit_result({}, full.outcome.results[index], hashes[index],
                               static_cast<std::uint64_t>(full.block.block.header.height)));
}

void Events::publish(const FullBlock& full) {
    const auto& block = full.block.block;
    const auto named = [](const char* name, EventMap events) {
        events[std::string(kEventKey)].emplace_back(name);
        return events;
    };
    EventMap of_block;
    add_events(of_block, full.outcome.events);
    send({"NewBlock", named("NewBlock", of_block),
          [&](JsonWriter& out) { put_new_block(out, full); }});
    send({"NewBlockHeader", named("NewBlockHeader", of_block), [&](JsonWriter& out) {
              out.StartObject();
              put_key(out, "header");
              put_header(out, block.header);
              out.EndObject();
          }});
    std::vector<Hash256> hashes;
    for (std::size_t i = 0; i < block.txs.size(); ++i) {
        hashes.push_back(sha256(block.txs[i]));
        const auto height = static_cast<std::uint64_t>(block.header.height);
        send({"Tx", named("Tx", events_of_tx(full.outcome.results[i], hashes[i], height)),
              [&, i](JsonWriter& out) { put_new_tx(out, full, i); }});
    }
    answer_waits(full, hashes);
}

}  // namespace assay::rpc::comet
