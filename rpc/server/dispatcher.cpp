// Method lookup and the table behind it.
#include "rpc/server/dispatcher.hpp"

#include "chain/base/check.hpp"
#include "rpc/server/run.hpp"

namespace assay::rpc {

void Dispatcher::add(Method method, Handler handler) {
    const auto [entry, added] = entries_.try_emplace(method.name);
    CHECK(added);
    entry->second.method = std::move(method);
    entry->second.handler = std::move(handler);
}

const Dispatcher::Entry* Dispatcher::find(std::string_view name) const {
    const auto it = entries_.find(name);
    return it == entries_.end() ? nullptr : &it->second;
}

std::vector<const Method*> Dispatcher::methods() const {
    std::vector<const Method*> out;
    for (const auto& [name, entry] : entries_) out.push_back(&entry.method);
    return out;
}

void Dispatcher::visit_counts(const VisitCounts& visit) const {
    for (const auto& [name, entry] : entries_) visit(name, entry.answered, entry.refused);
    visit("unknown", 0, unknown_);
}

void Dispatcher::handle(char* text, const std::shared_ptr<Session>& session, Reply reply) const {
    Run run(*this, session);
    run.message(text);
    std::move(run).finish(std::move(reply));
}

}  // namespace assay::rpc
