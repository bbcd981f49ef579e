// Messages out and events back.
#include "cli/commands/send.hpp"

#include <algorithm>
#include <ostream>

#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

std::string event_title(const Log& log, const EventEntry* entry) {
    const Module* module = catalog().module_at(log.address);
    const std::string place = module == nullptr ? to_hex0x(log.address) : std::string(module->name);
    return place + "." + (entry == nullptr ? "event" : entry->event.name);
}

void write_event(JsonWriter& out, const Log& log) {
    const EventEntry* entry = event_of(log);
    out.StartObject();
    out.Key("event");
    write_text(out, event_title(log, entry));
    if (entry != nullptr) {
        if (const auto values = decode_event(entry->event, log)) {
            out.Key("values");
            write_values(out, *values);
        }
    }
    out.EndObject();
}

void write_sent(JsonWriter& out, const Sent& sent) {
    const auto text = [&](const char* key, const std::string& value) {
        out.Key(key);
        write_text(out, value);
    };
    out.StartObject();
    out.Key("dryRun");
    out.Bool(sent.dry_run);
    if (!sent.dry_run) text("hash", to_hex0x(sent.hash));
    text("value", to_string(sent.envelope.value));
    text("gasLimit", std::to_string(sent.envelope.gas_limit));
    text("maxFeePerGas", to_string(sent.envelope.max_fee_per_gas));
    if (sent.receipt) {
        text("block", std::to_string(sent.receipt->block));
        text("gasUsed", std::to_string(sent.receipt->gas_used));
        text("gasPrice", to_string(sent.receipt->gas_price));
        out.Key("events");
        out.StartArray();
        for (const auto& log : sent.receipt->logs) write_event(out, log);
        out.EndArray();
    }
    out.EndObject();
}

// Proofs fill pages that nobody reads before a signature.
constexpr std::size_t kLongestShown = 160;

std::string shortened(std::string text) {
    if (text.size() <= kLongestShown) return text;
    return text.substr(0, kLongestShown) + "... (" + std::to_string(text.size()) + " characters)";
}

// "PostOrder: 5 fields" as lines of names and values.
std::vector<std::pair<std::string, std::string>> details_of(const MessageEntry& entry,
                                                            ByteView arguments) {
    std::vector<std::pair<std::string, std::string>> out;
    const auto values = decode_values(entry.function.inputs, arguments);
    if (!values) return out;
    for (const auto& value : *values)
        out.emplace_back(value.param.name, shortened(show_value(value)));
    return out;
}

}  // namespace

MessageCall message_call(const std::string& module, const std::string& message) {
    MessageCall out;
    out.module = module_named(module);
    CHECK(out.module != nullptr);
    out.entry = message_named(*out.module, message);
    CHECK(out.entry != nullptr);
    return out;
}

Outcome<Sent> send_message(const Sender& sender, const MessageCall& call, const JsonValue& fields,
                           const std::function<Result<void>()>& before_send) {
    const std::string title = std::string(call.module->name) + "." + call.entry->function.name;
    if (!call.entry->payable && !call.value.is_zero()) return usage(title + " takes no --value");
    const auto message = call.entry->from_json(fields);
    if (!message) return usage(title + ": " + message.error().message);
    Intent intent{
        title, module_address(call.module->id), call.value, (*message)->encode_call(), {}};
    intent.details = details_of(*call.entry, ByteView(intent.data).subspan(4));
    return sender.send(intent, before_send);
}

void print_sent(const Session& session, const Sent& sent) {
    Output& output = session.output;
    if (output.json()) {
        output.document([&](JsonWriter& out) { write_sent(out, sent); });
        return;
    }
    if (sent.dry_run) {
        output.out() << "dry run: the chain would accept it; nothing was signed or sent\n";
        return;
    }
    Fields fields;
    fields.add("transaction", to_hex0x(sent.hash));
    if (sent.receipt) {
        const TxReceipt& receipt = *sent.receipt;
        fields.add_number("block", receipt.block);
        const auto fee = checked_mul(receipt.gas_price, Amount(receipt.gas_used));
        fields.add("fee paid", fee ? show_money(*fee) : "-");
    }
    fields.print(output);
    if (!sent.receipt) return;
    for (const auto& log : sent.receipt->logs) {
        const EventEntry* entry = event_of(log);
        output.out() << event_title(log, entry);
        if (entry != nullptr)
            if (const auto values = decode_event(entry->event, log))
                for (const auto& value : *values)
                    output.out() << "  " << value.param.name << " " << printable(show_value(value));
        output.out() << "\n";
    }
}

void print_all_sent(const Session& session, const std::vector<Sent>& all) {
    if (!session.output.json()) {
        for (const Sent& sent : all) print_sent(session, sent);
        return;
    }
    session.output.document([&](JsonWriter& out) {
        out.StartArray();
        for (const Sent& sent : all) write_sent(out, sent);
        out.EndArray();
    });
}

std::vector<AbiValue> event_in(const Sent& sent, const std::string& name) {
    if (!sent.receipt) return {};
    for (const auto& log : sent.receipt->logs) {
        const EventEntry* entry = event_of(log);
        if (entry == nullptr || entry->event.name != name) continue;
        if (auto values = decode_event(entry->event, log)) return *values;
    }
    return {};
}

Outcome<std::vector<AbiValue>> ask_view(const RpcClient& rpc, const Module& module,
                                        const ViewEntry& view, const JsonValue& fields,
                                        const std::string& block) {
    const auto arguments = encode_values(view.function.inputs, fields);
    if (!arguments) return usage(view.function.name + ": " + arguments.error().message);
    CallRequest request;
    request.to = module_address(module.id);
    request.data = to_bytes(view.function.selector);
    append(request.data, *arguments);
    const auto answer = rpc.view(request, block);
    if (!answer) return answer.error();
    const auto values = decode_values(view.function.outputs, *answer);
    if (!values) return Problem(values.error());
    return *values;
}

}  // namespace assay::cli
