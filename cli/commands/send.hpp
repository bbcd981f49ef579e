// Owns sending one message of a module and telling what it did.
#pragma once

#include "cli/client/abi_value.hpp"
#include "cli/client/sender.hpp"
#include "cli/commands/catalog.hpp"

namespace assay::cli {

// A message by name with its fields as JSON and the value it carries.
struct MessageCall {
    const Module* module = nullptr;
    const MessageEntry* entry = nullptr;
    Amount value;
};

// Finds what the program itself relies on: a missing one is a bug of the build.
MessageCall message_call(const std::string& module, const std::string& message);

// Checks the fields against the declaration (a wrong one is a usage error), shows them, sends.
Outcome<Sent> send_message(const Sender& sender, const MessageCall& call, const JsonValue& fields,
                           const std::function<Result<void>()>& before_send = {});

// The transaction, its cost and its events.
void print_sent(const Session& session, const Sent& sent);

// The same of several, as one list.
void print_all_sent(const Session& session, const std::vector<Sent>& all);

// The event of that name in a receipt, decoded; empty where there is none.
std::vector<AbiValue> event_in(const Sent& sent, const std::string& name);

// A view's decoded answer. `fields` is the JSON object of its arguments.
Outcome<std::vector<AbiValue>> ask_view(const RpcClient& rpc, const Module& module,
                                        const ViewEntry& view, const JsonValue& fields,
                                        const std::string& block = "latest");

}  // namespace assay::cli
