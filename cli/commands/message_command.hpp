// Owns making a command out of a message's declaration.
#pragma once

#include "cli/client/sender.hpp"
#include "cli/commands/catalog.hpp"
#include "cli/terminal/command.hpp"

namespace assay::cli {

// A field that a friendly command fills where its flag is not given.
struct FieldDefault {
    std::string field;  // "specUri", or "terms.policy"
    std::string value;  // as a flag would be written
};

// How a friendly command differs from the generated one.
struct FriendlyName {
    std::string path;
    std::string module;
    std::string message;
    std::string summary;
    std::vector<std::string> examples = {};
    std::string notes = {};
    std::vector<FieldDefault> defaults = {};
};

// `assay tx send MODULE MESSAGE`. Both must outlive the command.
Command message_command(const Module& module, const MessageEntry& entry);
// The same under a friendlier name; the message must exist.
Command friendly_command(const FriendlyName& name);

// --value, or what the module's view quoteMESSAGE says the message needs; a usage error where it is
// payable and neither is there.
Outcome<Amount> value_for(const Arguments& arguments, const RpcClient& rpc, const Module& module,
                          const MessageEntry& entry, const JsonValue& fields,
                          const Address& sender);

// The sending flags, and --value where the message takes one.
std::vector<Flag> message_flags(const MessageEntry& entry);

}  // namespace assay::cli
