// Indexes the modules' lists.
#include "chain/exec/registry.hpp"

namespace assay {

Registry::Registry(std::vector<Module> modules) : modules_(std::move(modules)) {
    for (const auto& module : modules_) {
        const Address address = module_address(module.id);
        CHECK(by_address_.emplace(address, &module).second);
        for (const auto& entry : module.messages)
            CHECK(messages_.emplace(Route{address, entry.function.selector}, &entry).second);
        for (const auto& entry : module.views)
            CHECK(views_.emplace(Route{address, entry.function.selector}, &entry).second);
        for (const auto& [kind, handler] : module.deadlines)
            CHECK(deadlines_.emplace(kind, handler).second);
    }
}

const Module* Registry::module_at(const Address& address) const {
    const auto it = by_address_.find(address);
    return it == by_address_.end() ? nullptr : it->second;
}

const MessageEntry* Registry::message(const Address& address, ByteView calldata) const {
    if (calldata.size() < 4) return nullptr;
    const auto it = messages_.find({address, FixedBytes<4>::from(calldata.first(4))});
    return it == messages_.end() ? nullptr : it->second;
}

const ViewEntry* Registry::view(const Address& address, ByteView calldata) const {
    if (calldata.size() < 4) return nullptr;
    const auto it = views_.find({address, FixedBytes<4>::from(calldata.first(4))});
    return it == views_.end() ? nullptr : it->second;
}

DeadlineHandler Registry::deadline_handler(DeadlineKind kind) const {
    const auto it = deadlines_.find(kind);
    return it == deadlines_.end() ? nullptr : it->second;
}

}  // namespace assay
