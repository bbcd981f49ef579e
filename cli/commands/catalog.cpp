// The modules of this build.
#include "cli/commands/catalog.hpp"

#include "modules/wiring/modules.hpp"

namespace assay::cli {

const Registry& catalog() {
    static const Registry kRegistry(all_modules());
    return kRegistry;
}

const Module* module_named(const std::string& name) {
    for (const auto& module : catalog().modules())
        if (module.name == name) return &module;
    return nullptr;
}

const MessageEntry* message_named(const Module& module, const std::string& name) {
    for (const auto& entry : module.messages)
        if (entry.function.name == name) return &entry;
    return nullptr;
}

const ViewEntry* view_named(const Module& module, const std::string& name) {
    for (const auto& entry : module.views)
        if (entry.function.name == name) return &entry;
    return nullptr;
}

const EventEntry* event_of(const Log& log) {
    const Module* module = catalog().module_at(log.address);
    if (module == nullptr || log.topics.empty()) return nullptr;
    for (const auto& entry : module->events)
        if (entry.event.topic == log.topics.front()) return &entry;
    return nullptr;
}

std::string kebab(const std::string& camel) {
    std::string out;
    for (const char c : camel) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !out.empty()) out.push_back('-');
        out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
    }
    return out;
}

}  // namespace assay::cli
