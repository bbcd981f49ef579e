// Owns sending a message that the program fills itself, by its declared struct.
#pragma once

#include "chain/codec/abi.hpp"
#include "cli/commands/message_command.hpp"
#include "cli/commands/send.hpp"

namespace assay::cli {

// The JSON form of a struct, parsed: what the generic machinery takes.
template <class M>
JsonDocument fields_in(const M& message) {
    auto out = json::parse(json::to_string(message));
    CHECK(out.has_value());
    return std::move(*out);
}

// Sends `message` of `module`. The value is `value`, or else what the chain's quote says the
// message needs. `before_send` as in Sender::send.
template <class M>
Outcome<Sent> send_typed(const Session& session, const Sender& sender, const std::string& module,
                         const M& message, std::optional<Amount> value = {},
                         const std::function<Result<void>()>& before_send = {}) {
    MessageCall call = message_call(module, abi::function_of<M>(false).name);
    const JsonDocument fields = fields_in(message);
    if (!value) {
        const auto quoted = value_for(session.arguments, sender.rpc(), *call.module, *call.entry,
                                      fields, sender.address());
        if (!quoted) return quoted.error();
        value = *quoted;
    }
    call.value = *value;
    return send_message(sender, call, fields, before_send);
}

}  // namespace assay::cli
