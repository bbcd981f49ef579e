// Owns the assay_ methods: every module's views by name, and proofs, ABIs and decoded transactions.
#pragma once

#include "rpc/eth/eth_api.hpp"

namespace assay::rpc {

// A view as a method: "assay_market_getOrder", and "assay_getOrder" where `is_short`.
struct ViewMethod {
    std::string name;
    std::string_view module;
    const ViewEntry* view = nullptr;
    bool is_short = false;
};

// Every view by its full name, and by its short one too where no other module has a view of that
// name. Names are unique; the order is the registry's.
std::vector<ViewMethod> view_methods(const Registry& registry);

// Adds all of them; a new module's views need nothing here. `api` outlives the dispatcher.
void add_assay_methods(Dispatcher& dispatcher, const EthApi& api);

// The two groups of add_assay_methods().
void add_view_methods(Dispatcher& dispatcher, const EthApi& api);
void add_chain_methods(Dispatcher& dispatcher, const EthApi& api);

}  // namespace assay::rpc
