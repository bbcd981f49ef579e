// Owns the table from (module address, selector) to what runs: built once from the modules' lists.
#pragma once

#include <map>
#include <vector>

#include "chain/exec/module.hpp"

namespace assay {

// Everything the executor and the RPC need to know about the modules. Immutable after construction.
class Registry {
  public:
    // Refuses (CHECK) two modules with one id, two functions of a module with one selector, and two
    // handlers of one deadline kind: those are programming errors.
    explicit Registry(std::vector<Module> modules);

    const std::vector<Module>& modules() const { return modules_; }
    // nullptr where the address is no module's.
    const Module* module_at(const Address& address) const;
    const MessageEntry* message(const Address& address, ByteView calldata) const;
    const ViewEntry* view(const Address& address, ByteView calldata) const;
    // nullptr where nobody handles the kind.
    DeadlineHandler deadline_handler(DeadlineKind kind) const;

  private:
    using Route = std::pair<Address, FixedBytes<4>>;

    std::vector<Module> modules_;
    std::map<Address, const Module*> by_address_;
    std::map<Route, const MessageEntry*> messages_;
    std::map<Route, const ViewEntry*> views_;
    std::map<DeadlineKind, DeadlineHandler> deadlines_;
};

}  // namespace assay
