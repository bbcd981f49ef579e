// `assay tx`: any message of any module, made from its declaration, and reading raw transactions.
#include <ostream>

#include "chain/crypto/hash.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/message_command.hpp"
#include "cli/commands/send.hpp"
#include "cli/terminal/files.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/units.hpp"

namespace assay::cli {

namespace {

struct Decoded {
    Envelope envelope;
    Hash256 hash;
    Address sender;
    const Module* module = nullptr;
    const MessageEntry* entry = nullptr;
    std::vector<AbiValue> fields;
    std::string message_json;
};

Outcome<Decoded> decode_raw(const std::string& text) {
    const auto raw = from_hex(text);
    if (!raw) return usage("RAW: " + raw.error().message);
    Decoded out;
    const auto envelope = decode_envelope(*raw);
    if (!envelope) return Problem{Exit::failed, "no transaction: " + envelope.error().message};
    const auto sender = sender_of(*envelope);
    if (!sender) return Problem{Exit::failed, "no transaction: " + sender.error().message};
    out.envelope = *envelope;
    out.sender = *sender;
    out.hash = keccak256(*raw);
    if (!envelope->to) return out;
    out.module = catalog().module_at(*envelope->to);
    out.entry = catalog().message(*envelope->to, envelope->data);
    if (out.entry == nullptr) return out;
    const ByteView arguments = ByteView(envelope->data).subspan(4);
    const auto message = out.entry->decode(arguments);
    if (!message)
        return Problem{Exit::failed,
                       out.entry->function.name + ": malformed: " + message.error().message};
    rapidjson::StringBuffer buffer;
    JsonWriter writer(buffer);
    (*message)->to_json(writer);
    out.message_json = buffer.GetString();
    if (auto values = decode_values(out.entry->function.inputs, arguments)) out.fields = *values;
    return out;
}

void write_decoded(JsonWriter& out, const Decoded& tx) {
    const auto text = [&](const char* key, const std::string& value) {
        out.Key(key);
        write_text(out, value);
    };
    const Envelope& envelope = tx.envelope;
    out.StartObject();
    text("hash", to_hex0x(tx.hash));
    text("sender", to_hex0x(tx.sender));
    out.Key("type");
    out.Uint(envelope.type);
    out.Key("chainId");
    envelope.chain_id ? write_text(out, std::to_string(*envelope.chain_id))
                      : static_cast<void>(out.Null());
    text("nonce", std::to_string(envelope.nonce));
    text("maxPriorityFeePerGas", to_string(envelope.max_priority_fee_per_gas));
    text("maxFeePerGas", to_string(envelope.max_fee_per_gas));
    if (envelope.type < 2) text("gasPrice", to_string(envelope.gas_price()));
    text("gasLimit", std::to_string(envelope.gas_limit));
    out.Key("to");
    envelope.to ? write_text(out, to_hex0x(*envelope.to)) : static_cast<void>(out.Null());
    text("value", to_string(envelope.value));
    text("data", to_hex0x(envelope.data));
    out.Key("accessList");
    out.StartArray();
    for (const auto& entry : envelope.access_list) {
        out.StartObject();
        text("address", to_hex0x(entry.address));
        out.Key("storageKeys");
        json::write(out, entry.storage_keys);
        out.EndObject();
    }
    out.EndArray();
    text("v", to_string(envelope.v()));
    out.Key("yParity");
    out.Uint(envelope.y_parity);
    text("r", to_hex0x(envelope.r));
    text("s", to_hex0x(envelope.s));
    if (tx.module != nullptr) text("module", std::string(tx.module->name));
    if (tx.entry != nullptr) {
        text("message", tx.entry->function.name);
        out.Key("fields");
        out.RawValue(tx.message_json.data(), tx.message_json.size(), rapidjson::kObjectType);
    }
    out.EndObject();
}

std::string what_it_does(const Decoded& tx) {
    if (!tx.envelope.to) return "creates a contract; the chain refuses it";
    if (tx.entry != nullptr) return std::string(tx.module->name) + "." + tx.entry->function.name;
    if (tx.module != nullptr) return std::string(tx.module->name) + ", no message of this version";
    return "plain transfer";
}

Outcome<void> run_decode(const Session& session) {
    std::string raw = session.arguments.text("RAW");
    if (raw == "-") {
        const auto text = read_text_file("-");
        if (!text) return text.error();
        raw = without_line_end(*text);
    }
    const auto tx = decode_raw(raw);
    if (!tx) return tx.error();
    if (session.output.json()) {
        session.output.document([&](JsonWriter& out) { write_decoded(out, *tx); });
        return {};
    }
    const Envelope& envelope = tx->envelope;
    Fields fields;
    fields.add("hash", to_hex0x(tx->hash));
    fields.add("sender", checksummed(tx->sender));
    fields.add("to", envelope.to ? checksummed(*envelope.to) : "-");
    fields.add("does", what_it_does(*tx));
    fields.add("value", show_money(envelope.value));
    fields.add("type", std::to_string(envelope.type));
    fields.add("chain", envelope.chain_id ? std::to_string(*envelope.chain_id)
                                          : "any (no replay protection)");
    fields.add("nonce", std::to_string(envelope.nonce));
    fields.add("gas limit", std::to_string(envelope.gas_limit));
    fields.add("max fee per gas", show_gwei(envelope.max_fee_per_gas));
    fields.add("max tip per gas", show_gwei(envelope.max_priority_fee_per_gas));
    if (tx->entry == nullptr && !envelope.data.empty()) fields.add("data", to_hex0x(envelope.data));
    for (const auto& field : tx->fields) fields.add("  " + field.param.name, show_value(field));
    fields.print(session.output);
    return {};
}

}  // namespace

std::vector<Command> tx_commands() {
    std::vector<Command> out;
    for (const auto& module : catalog().modules())
        for (const auto& entry : module.messages) out.push_back(message_command(module, entry));
    out.push_back({.path = "tx decode",
                   .summary = "Read a signed transaction: hash, sender, envelope and message",
                   .positionals = {{"RAW", "the transaction in hex, - for standard input"}},
                   .examples = {"assay tx decode 0x02f8... --json"},
                   .run = run_decode});
    return out;
}

}  // namespace assay::cli
