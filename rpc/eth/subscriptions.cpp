// Notifications: the result is written once and shared by all who asked for it.
#include "rpc/eth/subscriptions.hpp"

#include "rpc/eth/filters.hpp"
#include "rpc/eth/json_block.hpp"

namespace assay::rpc {

namespace {

std::string head_of(const std::string& id) {
    return R"({"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":")" + id +
           R"(","result":)";
}

// The result and what closes the notification after it.
template <class Put>
std::shared_ptr<const std::string> body_of(Put put) {
    JsonBuffer buffer;
    JsonWriter out(buffer);
    put(out);
    return std::make_shared<const std::string>(std::string(text_of(buffer)) + "}}");
}

}  // namespace

Rpc<std::string> Subscriptions::add(const std::shared_ptr<Session>& session, Topic topic,
                                    LogFilter filter) {
    if (!session->can_push())
        return error_of(ErrorCode::method_not_found, "notifications not supported");
    const std::lock_guard lock(mutex_);
    std::size_t own = 0;
    for (const auto& [id, entry] : entries_)
        if (entry.session.lock() == session) ++own;
    if (own >= limits_.subscriptions)
        return error_of(ErrorCode::limit_exceeded, "at most " +
                                                       std::to_string(limits_.subscriptions) +
                                                       " subscriptions for one connection");
    std::string id = random_id();
    entries_[id] = {.session = session, .topic = topic, .filter = std::move(filter)};
    count();
    return id;
}

bool Subscriptions::remove(const std::shared_ptr<Session>& session, std::string_view id) {
    const std::lock_guard lock(mutex_);
    const auto it = entries_.find(id);
    if (it == entries_.end() || it->second.session.lock() != session) return false;
    entries_.erase(it);
    count();
    return true;
}

template <class Visit>
void Subscriptions::for_each(Visit visit) {
    const std::lock_guard lock(mutex_);
    for (auto it = entries_.begin(); it != entries_.end();) {
        if (const auto session = it->second.session.lock()) {
            visit(it->first, it->second, *session);
            ++it;
        } else {
            it = entries_.erase(it);
        }
    }
    count();
}

void Subscriptions::count() {
    std::size_t pending = 0;
    for (const auto& [id, entry] : entries_)
        if (entry.topic == Topic::pending_hashes || entry.topic == Topic::pending_full) ++pending;
    pending_ = pending;
    count_ = entries_.size();
}

void Subscriptions::publish_logs(const Entry& entry, const std::string& id,
                                 const FullBlockPtr& block) {
    const auto session = entry.session.lock();
    if (!session || !entry.filter.may_match(block->info.header.logs_bloom)) return;
    std::vector<LogPlace> found;
    match_block(block, entry.filter, found);
    for (const auto& place : found)
        session->push(head_of(id), body_of([&](JsonWriter& out) {
                          put_log(out, *place.block, place.tx, place.log);
                      }));
}

void Subscriptions::publish_block(const FullBlockPtr& block) {
    if (idle()) return;
    const auto header = body_of([&](JsonWriter& out) { put_header(out, block->info); });
    for_each([&](const std::string& id, const Entry& entry, Session& session) {
        if (entry.topic == Topic::new_heads) session.push(head_of(id), header);
        if (entry.topic == Topic::logs) publish_logs(entry, id, block);
    });
}

void Subscriptions::publish_pending(const CheckedTx& tx) {
    if (!wants_pending()) return;
    const auto hash = body_of([&](JsonWriter& out) { put_data(out, tx.hash); });
    std::shared_ptr<const std::string> full;
    for_each([&](const std::string& id, const Entry& entry, Session& session) {
        if (entry.topic == Topic::pending_hashes) session.push(head_of(id), hash);
        if (entry.topic != Topic::pending_full) return;
        if (!full) full = body_of([&](JsonWriter& out) { put_pending_tx(out, tx); });
        session.push(head_of(id), full);
    });
}

}  // namespace assay::rpc
