// Owns the program's knowledge of the chain's modules: the same declarations the node runs.
#pragma once

#include "chain/exec/registry.hpp"

namespace assay::cli {

// Every module, built once.
const Registry& catalog();

// nullptr where there is none.
const Module* module_named(const std::string& name);
const MessageEntry* message_named(const Module& module, const std::string& name);
const ViewEntry* view_named(const Module& module, const std::string& name);
const EventEntry* event_of(const Log& log);

// "postOrder" gives "post-order".
std::string kebab(const std::string& camel);

}  // namespace assay::cli
