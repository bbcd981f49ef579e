// Owns making a command out of a view's declaration.
#pragma once

#include "cli/client/abi_value.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

class Output;

// How a friendly command differs from the generated one.
struct FriendlyView {
    std::string path;
    std::string module;
    std::string view;
    std::string summary;
    std::vector<std::string> examples = {};
    std::string positional = {};  // the field that is given without a flag, if any
    std::vector<std::pair<std::string, std::string>> defaults = {};  // field, value
};

// `assay query MODULE VIEW`. Both must outlive the command.
Command view_command(const Module& module, const ViewEntry& view);
// The same under a friendlier name; the view must exist.
Command friendly_view(const FriendlyView& name);

// A JSON-RPC block parameter out of what a person wrote: a height or a tag.
Outcome<std::string> block_of(const std::string& text);
// A view's answer: a list of tuples as a table, anything else as lines.
void print_values(Output& output, const std::vector<AbiValue>& values);

}  // namespace assay::cli
