// Commands out of declarations.
#include "cli/commands/message_command.hpp"

#include <algorithm>

#include "cli/commands/fields.hpp"
#include "cli/commands/send.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

// quotePostOrder of postOrder; where there is none, the view of its first word: quoteCommit of
// commitSubmission.
const ViewEntry* quote_of(const Module& module, const MessageEntry& entry) {
    const std::string name = upper_first(entry.function.name);
    if (const ViewEntry* whole = view_named(module, "quote" + name)) return whole;
    const auto second =
        std::find_if(name.begin() + 1, name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return view_named(module, "quote" + std::string(name.begin(), second));
}

// The view's arguments out of the message's fields; `sender` where the message has none of the
// name.
Result<JsonDocument> quote_arguments(const ViewEntry& quote, const JsonValue& fields,
                                     const Address& sender) {
    JsonDocument out;
    out.SetObject();
    auto& memory = out.GetAllocator();
    for (const auto& param : quote.function.inputs) {
        JsonValue key(param.name, memory);
        const auto member = fields.FindMember(param.name.c_str());
        if (member != fields.MemberEnd())
            out.AddMember(key, JsonValue(member->value, memory), memory);
        else if (param.type == "address")
            out.AddMember(key, JsonValue(to_hex0x(sender), memory), memory);
        else
            return failure(quote.function.name + " needs " + param.name);
    }
    return Result<JsonDocument>(std::move(out));
}

std::string example_of(const std::string& path, const MessageEntry& entry,
                       const std::vector<Flag>& fields, bool quoted) {
    std::string out = "assay " + path;
    for (const auto& flag : fields)
        if (flag.name.find('.') == std::string::npos) out += " --" + flag.name + " " + flag.value;
    if (entry.payable && !quoted) out += " --value 1.5assay";
    return out;
}

Outcome<void> run_message(const Session& session, const Module& module, const MessageEntry& entry) {
    const auto clock = [&]() -> Outcome<std::uint64_t> {
        const auto rpc = rpc_of(session.arguments);
        if (!rpc) return rpc.error();
        return rpc->latest_time_s();
    };
    const auto fields =
        fields_of(entry.function.inputs, session.arguments, message_flags(entry), clock);
    if (!fields) return fields.error();
    const auto sender = Sender::open(session);
    if (!sender) return sender.error();
    const auto value =
        value_for(session.arguments, sender->rpc(), module, entry, *fields, sender->address());
    if (!value) return value.error();
    const auto sent = send_message(*sender, {&module, &entry, *value}, *fields);
    if (!sent) return sent.error();
    print_sent(session, *sent);
    return {};
}

}  // namespace

std::vector<Flag> message_flags(const MessageEntry& entry) {
    auto out = sending_flags();
    if (entry.payable)
        out.insert(out.begin(),
                   {"value", "AMOUNT",
                    "tokens that travel with the message, as 1.5assay; the chain's own "
                    "quote where it has one"});
    return out;
}

Outcome<Amount> value_for(const Arguments& arguments, const RpcClient& rpc, const Module& module,
                          const MessageEntry& entry, const JsonValue& fields,
                          const Address& sender) {
    if (!entry.payable) return Amount();
    if (const auto text = arguments.maybe("value")) {
        const auto amount = parse_money(*text);
        if (!amount) return usage("--value: " + amount.error().message);
        return *amount;
    }
    const ViewEntry* quote = quote_of(module, entry);
    if (quote == nullptr)
        return usage("missing: --value, the tokens that travel with " + entry.function.name);
    const auto question = quote_arguments(*quote, fields, sender);
    if (!question) return question.error();
    const auto answer = ask_view(rpc, module, *quote, *question);
    if (!answer) return answer.error();
    const AbiValue* value = value_named(*answer, "value");
    if (value == nullptr) value = &answer->front();
    const auto amount = parse_amount(value->text);
    if (!amount) return Problem{Exit::failed, quote->function.name + ": no amount in the answer"};
    return *amount;
}

Command message_command(const Module& module, const MessageEntry& entry) {
    Command out;
    const std::string place = "tx send " + std::string(module.name) + " ";
    const auto sending = message_flags(entry);
    out.path = place + kebab(entry.function.name);
    if (out.path != place + entry.function.name) out.alias = place + entry.function.name;
    out.summary = "Send " + entry.function.signature + (entry.payable ? ", payable" : "");
    out.flags = field_flags(entry.function.inputs, sending);
    out.examples = {example_of(out.path, entry, out.flags, quote_of(module, entry) != nullptr)};
    out.flags.push_back(fields_flag());
    out.flags.insert(out.flags.end(), sending.begin(), sending.end());
    out.notes = "Every field of the message is needed, as a flag or in --fields.";
    out.run = [&module, &entry](const Session& session) {
        return run_message(session, module, entry);
    };
    return out;
}

Command friendly_command(const FriendlyName& name) {
    const MessageCall call = message_call(name.module, name.message);
    Command out = message_command(*call.module, *call.entry);
    out.path = name.path;
    out.alias.clear();
    out.summary = name.summary;
    if (!name.examples.empty()) out.examples = name.examples;
    out.notes = name.notes;
    for (const auto& given : name.defaults) {
        const std::string flag = kebab(given.field);
        for (auto& candidate : out.flags)
            if (candidate.name == flag) candidate.standard = given.value;
    }
    return out;
}

}  // namespace assay::cli
